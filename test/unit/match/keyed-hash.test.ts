import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeyedHasher } from '../../../src/match/keyed-hash.ts';

const counting = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => index);
const mask = (1n << 64n) - 1n;
const turned = (value: bigint, bits: bigint): bigint => ((value << bits) | (value >> (64n - bits))) & mask;

/** SipHash-2-4 of bytes as the paper has it (§2): the yardstick. */
function published(key: Uint8Array, bytes: Uint8Array): string {
  const word = (from: Uint8Array, at: number): bigint => Buffer.from(from).readBigUInt64LE(at);
  const [k0, k1] = [word(key, 0), word(key, 8)];
  const v = [k0 ^ 0x736f6d6570736575n, k1 ^ 0x646f72616e646f6dn, k0 ^ 0x6c7967656e657261n, k1 ^ 0x7465646279746573n] as [
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  const rounds = (count: number): void => {
    for (let round = 0; round < count; round += 1) {
      v[0] = (v[0] + v[1]) & mask;
      v[1] = turned(v[1], 13n) ^ v[0];
      v[0] = turned(v[0], 32n);
      v[2] = (v[2] + v[3]) & mask;
      v[3] = turned(v[3], 16n) ^ v[2];
      v[0] = (v[0] + v[3]) & mask;
      v[3] = turned(v[3], 21n) ^ v[0];
      v[2] = (v[2] + v[1]) & mask;
      v[1] = turned(v[1], 17n) ^ v[2];
      v[2] = turned(v[2], 32n);
    }
  };
  const padded = new Uint8Array((bytes.length & ~7) + 8);
  padded.set(bytes);
  padded[padded.length - 1] = bytes.length;
  for (let at = 0; at < padded.length; at += 8) {
    v[3] ^= word(padded, at);
    rounds(2);
    v[0] ^= word(padded, at);
  }
  v[2] ^= 0xffn;
  rounds(4);
  const hash = Buffer.alloc(8);
  hash.writeBigUInt64LE(v[0] ^ v[1] ^ v[2] ^ v[3]);
  return hash.toString('hex');
}

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
])('the yardstick gives the published SipHash-2-4 of %i bytes', (length, expected) => {
  expect(published(counting(16), counting(length))).toBe(expected);
});

test('a text behind its kind is hashed as its bytes are, whatever its length', () => {
  const unit = fc.integer({ min: 0, max: 0xffff });
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), unit, fc.array(unit, { maxLength: 40 }), (key, kind, units) => {
      const hasher = new KeyedHasher(key);
      hasher.hash(kind, String.fromCharCode(...units));
      expect(hexOf(hasher)).toBe(published(key, new Uint8Array(Uint16Array.from([kind, ...units]).buffer)));
    }),
  );
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
