// SipHash-2-4 (Aumasson, Bernstein: "SipHash: a fast short-input PRF", 2012) with its key of 128 bits, in halves of 32 bits for JavaScript.
// Phones and dates can be enumerated, so whatever lies in memory or on disk must be keyed, and the key must not be guessed.

/** The 64 bits of a keyed hash in two halves; `hash` overwrites them. */
export class KeyedHasher {
  low = 0;
  high = 0;
  readonly #key: Int32Array;

  /** `key`: its first 16 bytes are used. */
  constructor(key: Uint8Array) {
    const view = new DataView(key.buffer, key.byteOffset, key.byteLength);
    this.#key = Int32Array.from([0, 4, 8, 12], (at) => view.getInt32(at, true));
  }

  /**
   * Hashes the UTF-16 units of `text` behind one unit that says what kind of value it is. Everything in one function, the state in local variables:
   * a million rows make ten million hashes.
   */
  hash(kind: number, text: string): void {
    const key = this.#key;
    const k0 = key[0] ?? 0;
    const k1 = key[1] ?? 0;
    const k2 = key[2] ?? 0;
    const k3 = key[3] ?? 0;
    // v0…v3 as low and high halves; a sum carries when its low half is smaller than what was added.
    let a0 = k0 ^ 0x70736575;
    let b0 = k1 ^ 0x736f6d65;
    let a1 = k2 ^ 0x6e646f6d;
    let b1 = k3 ^ 0x646f7261;
    let a2 = k0 ^ 0x6e657261;
    let b2 = k1 ^ 0x6c796765;
    let a3 = k2 ^ 0x79746573;
    let b3 = k3 ^ 0x74656462;
    const last = (text.length + 1) >> 2;
    // One word of four units a turn, then the end.
    for (let word = 0; word <= last + 1; word += 1) {
      const low = word > last ? 0 : lowOf(kind, text, word * 4 - 1);
      const high = word > last ? 0 : highOf(text, word * 4 - 1, word === last);
      const rounds = word > last ? 4 : 2;
      if (word > last) a2 ^= 0xff;
      a3 ^= low;
      b3 ^= high;
      for (let round = 0; round < rounds; round += 1) {
        let t = 0;
        a0 = (a0 + a1) | 0;
        b0 = (b0 + b1 + (a0 >>> 0 < a1 >>> 0 ? 1 : 0)) | 0;
        t = (a1 << 13) | (b1 >>> 19);
        b1 = ((b1 << 13) | (a1 >>> 19)) ^ b0;
        a1 = t ^ a0;
        t = a0;
        a0 = b0;
        b0 = t;
        a2 = (a2 + a3) | 0;
        b2 = (b2 + b3 + (a2 >>> 0 < a3 >>> 0 ? 1 : 0)) | 0;
        t = (a3 << 16) | (b3 >>> 16);
        b3 = ((b3 << 16) | (a3 >>> 16)) ^ b2;
        a3 = t ^ a2;
        a0 = (a0 + a3) | 0;
        b0 = (b0 + b3 + (a0 >>> 0 < a3 >>> 0 ? 1 : 0)) | 0;
        t = (a3 << 21) | (b3 >>> 11);
        b3 = ((b3 << 21) | (a3 >>> 11)) ^ b0;
        a3 = t ^ a0;
        a2 = (a2 + a1) | 0;
        b2 = (b2 + b1 + (a2 >>> 0 < a1 >>> 0 ? 1 : 0)) | 0;
        t = (a1 << 17) | (b1 >>> 15);
        b1 = ((b1 << 17) | (a1 >>> 15)) ^ b2;
        a1 = t ^ a2;
        t = a2;
        a2 = b2;
        b2 = t;
      }
      a0 ^= low;
      b0 ^= high;
    }
    this.low = (a0 ^ a1 ^ a2 ^ a3) >>> 0;
    this.high = (b0 ^ b1 ^ b2 ^ b3) >>> 0;
  }
}

const lowOf = (kind: number, text: string, at: number): number => (at === -1 ? kind : unitAt(text, at)) | (unitAt(text, at + 1) << 16);

/** The fourth place of the last word holds the length in bytes in its upper half (SipHash §2.2). */
const highOf = (text: string, at: number, isLast: boolean): number =>
  unitAt(text, at + 2) | (isLast ? ((text.length + 1) * 2) << 24 : unitAt(text, at + 3) << 16);

const unitAt = (text: string, at: number): number => (at < text.length ? text.charCodeAt(at) : 0);
