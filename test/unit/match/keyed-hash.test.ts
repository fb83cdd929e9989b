import { expect, test } from 'vitest';
import { KeyedHasher } from '../../../src/match/keyed-hash.ts';

const counting = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => index);
const hexOf = ({ low, high }: KeyedHasher): string => {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(low, 0);
  bytes.writeUInt32LE(high, 4);
  return bytes.toString('hex');
};

// From the reference implementation's test vectors: key 00…0f, message 00 01 02 …, 15 bytes being the example of the paper's appendix A.
test.each([
  [0, '310e0edd47db6f72'],
  [1, 'fd67dc93c539f874'],
  [2, '5a4fa9d909806c0d'],
  [7, '37d1018bf50002ab'],
  [8, '6224939a79f5f593'],
  [15, 'e545be4961ca29a1'],
])('SipHash-2-4 of %i bytes', (length, expected) => {
  const hasher = new KeyedHasher(counting(16));
  hasher.hashBytes(counting(length));
  expect(hexOf(hasher)).toBe(expected);
});

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13])('a text of %i units with its kind is hashed as its bytes are', (units) => {
  const hasher = new KeyedHasher(counting(16));
  const bytes = counting(units * 2);
  hasher.hashBytes(bytes);
  const expected = hexOf(hasher);
  const [kind = 0, ...text] = new Uint16Array(bytes.buffer);
  hasher.hash(kind, String.fromCharCode(...text));
  expect(hexOf(hasher)).toBe(expected);
});

test('the same under one key, other under another, no two alike among 200,000 phones', () => {
  const [hasher, other] = [new KeyedHasher(new Uint8Array(16).fill(1)), new KeyedHasher(new Uint8Array(16).fill(2))];
  const hash = (with_: KeyedHasher, text: string): string => {
    with_.hash(1, text);
    return hexOf(with_);
  };
  expect(hash(hasher, '09012345678')).toBe(hash(hasher, '09012345678'));
  expect(hash(hasher, '09012345678')).not.toBe(hash(other, '09012345678'));
  expect(new Set(Array.from({ length: 200_000 }, (_, index) => hash(hasher, `090${10_000_000 + index}`))).size).toBe(200_000);
});
