// HalfSipHash-2-4, 53 of its 64 bits of output (Aumasson, Bernstein: "SipHash: a fast short-input PRF", 2012; the 32-bit-word variant).
// Phones and dates can be enumerated, so what lies in memory must be keyed; 32-bit words keep it fast in JavaScript.

/** A keyed hash of a text as a number below 2^53. */
export type KeyedHash = (text: string) => number;

/** `key`: its first 8 bytes are used; HalfSipHash has a key of 64 bits. */
export function keyedHash(key: Uint8Array): KeyedHash {
  const view = new DataView(key.buffer, key.byteOffset, key.byteLength);
  const k0 = view.getUint32(0, true) | 0;
  const k1 = view.getUint32(4, true) | 0;
  // One state for all calls: a million of them build an index, and each would leave an array behind.
  const state = new Int32Array(4);
  return (text) => {
    state[0] = k0;
    state[1] = k1 ^ 0xee;
    state[2] = 0x6c796765 ^ k0;
    state[3] = 0x74656462 ^ k1;
    const units = text.length;
    // Two bytes a UTF-16 unit, two units a word: no encoder between text and hash.
    for (let index = 0; index + 1 < units; index += 2) absorb(state, text.charCodeAt(index) | (text.charCodeAt(index + 1) << 16));
    const last = (units & 1) === 1 ? text.charCodeAt(units - 1) : 0;
    absorb(state, ((units * 2) << 24) | last);
    state[2] = (state[2] ?? 0) ^ 0xee;
    mix(state, 4);
    const low = ((state[1] ?? 0) ^ (state[3] ?? 0)) >>> 0;
    state[1] = (state[1] ?? 0) ^ 0xdd;
    mix(state, 4);
    const high = ((state[1] ?? 0) ^ (state[3] ?? 0)) >>> 11;
    return high * 0x1_0000_0000 + low;
  };
}

function absorb(state: Int32Array, word: number): void {
  state[3] = (state[3] ?? 0) ^ word;
  mix(state, 2);
  state[0] = (state[0] ?? 0) ^ word;
}

function mix(state: Int32Array, rounds: number): void {
  let v0 = state[0] ?? 0;
  let v1 = state[1] ?? 0;
  let v2 = state[2] ?? 0;
  let v3 = state[3] ?? 0;
  for (let round = 0; round < rounds; round += 1) {
    v0 = (v0 + v1) | 0;
    v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
    v0 = (v0 << 16) | (v0 >>> 16);
    v2 = (v2 + v3) | 0;
    v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
    v0 = (v0 + v3) | 0;
    v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
    v2 = (v2 + v1) | 0;
    v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
    v2 = (v2 << 16) | (v2 >>> 16);
  }
  state[0] = v0;
  state[1] = v1;
  state[2] = v2;
  state[3] = v3;
}
