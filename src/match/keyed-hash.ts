// HalfSipHash-2-4, 53 of its 64 bits of output (Aumasson, Bernstein: "SipHash: a fast short-input PRF", 2012; the 32-bit-word variant).
// Phones and dates can be enumerated, so what lies in memory must be keyed; 32-bit words keep it fast in JavaScript.

/** A keyed hash of a text as a number below 2^53. */
export type KeyedHash = (text: string) => number;

/** `key`: its first 8 bytes are used; HalfSipHash has a key of 64 bits. */
export function keyedHash(key: Uint8Array): KeyedHash {
  const view = new DataView(key.buffer, key.byteOffset, key.byteLength);
  const k0 = view.getUint32(0, true);
  const k1 = view.getUint32(4, true);
  return (text) => {
    const state = new Uint32Array([k0, k1 ^ 0xee, 0x6c796765 ^ k0, 0x74656462 ^ k1]);
    let word = 0;
    let filled = 0;
    // Two bytes a UTF-16 unit: no encoder between text and hash.
    for (let index = 0; index < text.length; index += 1) {
      word |= text.charCodeAt(index) << (filled * 16);
      filled += 1;
      if (filled === 2) {
        absorb(state, word >>> 0);
        word = 0;
        filled = 0;
      }
    }
    absorb(state, (((text.length * 2) << 24) | word) >>> 0);
    state[2] = (state[2] ?? 0) ^ 0xee;
    for (let round = 0; round < 4; round += 1) mix(state);
    const low = ((state[1] ?? 0) ^ (state[3] ?? 0)) >>> 0;
    state[1] = (state[1] ?? 0) ^ 0xdd;
    for (let round = 0; round < 4; round += 1) mix(state);
    const high = ((state[1] ?? 0) ^ (state[3] ?? 0)) >>> 11;
    return high * 0x1_0000_0000 + low;
  };
}

function absorb(state: Uint32Array, word: number): void {
  state[3] = (state[3] ?? 0) ^ word;
  mix(state);
  mix(state);
  state[0] = (state[0] ?? 0) ^ word;
}

const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

function mix(state: Uint32Array): void {
  let [v0 = 0, v1 = 0, v2 = 0, v3 = 0] = state;
  v0 = (v0 + v1) | 0;
  v1 = rotate(v1, 5) ^ v0;
  v0 = rotate(v0, 16);
  v2 = (v2 + v3) | 0;
  v3 = rotate(v3, 8) ^ v2;
  v0 = (v0 + v3) | 0;
  v3 = rotate(v3, 7) ^ v0;
  v2 = (v2 + v1) | 0;
  v1 = rotate(v1, 13) ^ v2;
  v2 = rotate(v2, 16);
  state[0] = v0;
  state[1] = v1;
  state[2] = v2;
  state[3] = v3;
}
