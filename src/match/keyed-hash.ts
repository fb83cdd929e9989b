// SipHash-2-4 (Aumasson, Bernstein: "SipHash: a fast short-input PRF", 2012) with its key of 128 bits, in halves of 32 bits for JavaScript.
// Phones and dates can be enumerated, so whatever lies in memory or on disk must be keyed, and the key must not be guessed.

/** The 64 bits of a keyed hash in two halves; `hash` overwrites them. */
export class KeyedHasher {
  low = 0;
  high = 0;
  readonly #key: Int32Array;
  // One state for all calls: a million rows make ten million hashes, and each would leave an array behind.
  readonly #state = new Int32Array(8);

  /** `key`: its first 16 bytes are used. */
  constructor(key: Uint8Array) {
    const view = new DataView(key.buffer, key.byteOffset, key.byteLength);
    this.#key = Int32Array.from([0, 4, 8, 12], (at) => view.getInt32(at, true));
  }

  /** Hashes the UTF-16 units of `text` behind one unit that says what kind of value it is. */
  hash(kind: number, text: string): void {
    const state = this.#state;
    const units = text.length + 1;
    this.#start();
    let at = -1;
    for (; at + 4 <= text.length; at += 4) {
      const first = at === -1 ? kind : text.charCodeAt(at);
      absorb(state, first | (text.charCodeAt(at + 1) << 16), text.charCodeAt(at + 2) | (text.charCodeAt(at + 3) << 16));
    }
    const unit = (index: number): number => (index === -1 ? kind : index < text.length ? text.charCodeAt(index) : 0);
    // Less than four units are left: the fourth place holds the length in bytes, in its upper half (SipHash §2.2).
    absorb(state, unit(at) | (unit(at + 1) << 16), unit(at + 2) | ((units * 2) << 24));
    this.#finish();
  }

  /** The same with no kind, of bytes: the function as published, which its test vectors check. */
  hashBytes(bytes: Uint8Array): void {
    const state = this.#state;
    const padded = new Uint8Array((bytes.length & ~7) + 8);
    padded.set(bytes);
    padded[padded.length - 1] = bytes.length;
    const view = new DataView(padded.buffer);
    this.#start();
    for (let at = 0; at < padded.length; at += 8) absorb(state, view.getInt32(at, true), view.getInt32(at + 4, true));
    this.#finish();
  }

  #start(): void {
    const [k0 = 0, k1 = 0, k2 = 0, k3 = 0] = this.#key;
    const state = this.#state;
    state[0] = k0 ^ 0x70736575;
    state[1] = k1 ^ 0x736f6d65;
    state[2] = k2 ^ 0x6e646f6d;
    state[3] = k3 ^ 0x646f7261;
    state[4] = k0 ^ 0x6e657261;
    state[5] = k1 ^ 0x6c796765;
    state[6] = k2 ^ 0x79746573;
    state[7] = k3 ^ 0x74656462;
  }

  #finish(): void {
    const state = this.#state;
    state[4] = (state[4] ?? 0) ^ 0xff;
    mix(state, 4);
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    this.low = (a ^ c ^ e ^ g) >>> 0;
    this.high = (b ^ d ^ f ^ h) >>> 0;
  }
}

function absorb(state: Int32Array, low: number, high: number): void {
  state[6] = (state[6] ?? 0) ^ low;
  state[7] = (state[7] ?? 0) ^ high;
  mix(state, 2);
  state[0] = (state[0] ?? 0) ^ low;
  state[1] = (state[1] ?? 0) ^ high;
}

/** SipRounds: v0…v3 lie in the state as low and high halves; a sum carries when its low half is smaller than what was added. */
function mix(state: Int32Array, rounds: number): void {
  let a0 = state[0] ?? 0;
  let b0 = state[1] ?? 0;
  let a1 = state[2] ?? 0;
  let b1 = state[3] ?? 0;
  let a2 = state[4] ?? 0;
  let b2 = state[5] ?? 0;
  let a3 = state[6] ?? 0;
  let b3 = state[7] ?? 0;
  let t = 0;
  for (let round = 0; round < rounds; round += 1) {
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
  state[0] = a0;
  state[1] = b0;
  state[2] = a1;
  state[3] = b1;
  state[4] = a2;
  state[5] = b2;
  state[6] = a3;
  state[7] = b3;
}
