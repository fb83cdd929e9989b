import { KeyedHasher } from './keyed-hash.ts';

// Names are looked for at every place of running text (Japanese has no word boundaries), so most look-ups must end before they leave the
// processor's cache: first "does any name begin with these two characters" (three where both are kana: nearly every pair of kana begins a
// reading), then the same of one character more, in as many bits as names, then a Bloom filter whose bits for one name lie in one cache line
// (Putze, Sanders, Singler: "Cache-, Hash- and Space-Efficient Bloom Filters", 2007), then the index itself.

/** Lengths of names that are looked for; two characters are too short to mean anything without a cue. */
export const shortestName = 3;
export const longestName = 7;
/** Of names and readings in kana alone. */
export const longestReading = 12;

const pairBits = 20;
export const pairBytes = (1 << pairBits) / 8;
const blockBytes = 64;
const bitsPerName = 12;
const kindOfCharacter = 0xfffd;

/** Kana, with the mark of a long vowel and without ・. */
const isKanaUnit = (unit: number): boolean => (unit >= 0x3041 && unit <= 0x3096) || (unit >= 0x30a1 && unit <= 0x30fa) || unit === 0x30fc;

/** What a unit is in a name: 0 nothing; 1 a kanji, one of their repetition marks, or another mark among the kana; `kanaUnit`. */
export const kindOfUnit = new Uint8Array(0x10000);
export const kanaUnit = 2;
for (const [first, last] of [
  [0x4e00, 0x9fff],
  [0x3041, 0x30fa],
  [0x30fc, 0x30fc],
  [0x3005, 0x3006],
] as const)
  for (let unit: number = first; unit <= last; unit += 1) kindOfUnit[unit] = isKanaUnit(unit) ? kanaUnit : 1;

/** A hash that grows character by character, from 32 secret bits for each character; hiragana and katakana count as one. */
export class RollingHash {
  /** What each character adds. */
  readonly characters = new Uint32Array(0x10000);

  constructor(hashKey: Uint8Array) {
    const hasher = new KeyedHasher(hashKey);
    // Characters of names: kana, kanji, full stop to Latin. Others share one value, and are told apart by the index.
    for (let unit = 0x21; unit < 0x10000; unit += unit === 0x17f ? 0x2f00 - unit : 1) {
      hasher.hash(kindOfCharacter, String.fromCharCode(unit));
      this.characters[unit] = hasher.low;
    }
    this.characters.copyWithin(0x3041, 0x30a1, 0x30f7);
  }

  next(hash: number, unit: number): number {
    return mixed((hash + (this.characters[unit] ?? 0)) | 0);
  }

  /**
   * Of the first characters (see `isPrefix`), of these and one more (0 when there is none), and of the whole; 0 for all when names of this length are
   * not looked for.
   */
  ofName(name: string): NameHashes {
    let [pair, longer, whole, kana] = [0, 0, 0, 0];
    for (let at = 0; at < name.length; at += 1) {
      const unit = name.charCodeAt(at);
      if (isKanaUnit(unit)) kana += 1;
      whole = this.next(whole, unit);
      if (pair !== 0 && longer === 0) longer = whole || 1;
      if (pair === 0 && isPrefix(at + 1, kana)) pair = whole || 1;
    }
    const longest = kana === name.length ? longestReading : longestName;
    return name.length < shortestName || name.length > longest ? noHashes : { pair, longer, whole: whole || 1 };
  }
}

type NameHashes = { readonly pair: number; readonly longer: number; readonly whole: number };
const noHashes: NameHashes = { pair: 0, longer: 0, whole: 0 };

/** The step of the rolling hash: of the hash so far and what the next character adds. */
export function mixed(sum: number): number {
  const product = Math.imul(sum ^ (sum >>> 15), 0x2c1b3c6d);
  return product ^ (product >>> 13);
}

/** Whether a beginning is long enough to be looked up: two characters, or three when the first two are kana. `kana`: how many of them are. The first such one counts. */
export const isPrefix = (length: number, kana: number): boolean => (length === 2 && kana < 2) || (length === 3 && kana >= 2);

/** A bit for each name, up to a megabyte: what does not fit the cache tells nothing sooner than the filter behind it. */
export const longerBytes = (names: number): number => 2 ** Math.min(20, Math.max(10, Math.ceil(Math.log2(names / 8))));

export function addLonger(longer: Uint8Array, hash: number): void {
  const bit = hash >>> Math.clz32(longer.length * 8 - 1);
  longer[bit >>> 3] = (longer[bit >>> 3] ?? 0) | (1 << (bit & 7));
}

export function hasLonger(longer: Uint8Array, hash: number): boolean {
  const bit = hash >>> Math.clz32(longer.length * 8 - 1);
  return ((longer[bit >>> 3] ?? 0) & (1 << (bit & 7))) !== 0;
}

export const filterBytes = (names: number): number => Math.ceil((names * bitsPerName) / 8 / blockBytes) * blockBytes;

export function addPair(pairs: Uint8Array, hash: number): void {
  const bit = hash >>> (32 - pairBits);
  pairs[bit >>> 3] = (pairs[bit >>> 3] ?? 0) | (1 << (bit & 7));
}

export function hasPair(pairs: Uint8Array, hash: number): boolean {
  const bit = hash >>> (32 - pairBits);
  return ((pairs[bit >>> 3] ?? 0) & (1 << (bit & 7))) !== 0;
}

export function addName(filter: Uint32Array, hash: number): void {
  const words = wordsOf(filter, hash);
  let bits = Math.imul(hash, 0x9e3779b1);
  for (let count = 0; count < 4; count += 1) {
    filter[words + ((bits >>> 5) & 15)] = (filter[words + ((bits >>> 5) & 15)] ?? 0) | (1 << (bits & 31));
    bits = Math.imul(bits ^ (bits >>> 11), 0x85ebca6b);
  }
}

export function hasName(filter: Uint32Array, hash: number): boolean {
  const words = wordsOf(filter, hash);
  let bits = Math.imul(hash, 0x9e3779b1);
  for (let count = 0; count < 4; count += 1) {
    if (((filter[words + ((bits >>> 5) & 15)] ?? 0) & (1 << (bits & 31))) === 0) return false;
    bits = Math.imul(bits ^ (bits >>> 11), 0x85ebca6b);
  }
  return true;
}

/** The first word of a name's block. */
const wordsOf = (filter: Uint32Array, hash: number): number => Math.floor(((hash >>> 0) / 0x1_0000_0000) * (filter.length / 16)) * 16;
