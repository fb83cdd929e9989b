/** Stable 32-bit ids of features: `template` says what is looked at, the other numbers what was seen there. */
export function hash2(template: number, x: number, y: number): number {
  let mixed = Math.imul(template * 0x9e3779b1 + x, 0x85ebca6b);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed ^ y, 0xc2b2ae35);
  return mixed ^ (mixed >>> 14);
}

export function hash3(template: number, x: number, y: number, z: number): number {
  let mixed = Math.imul(template * 0x9e3779b1 + x, 0x85ebca6b);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed ^ y, 0xc2b2ae35);
  mixed ^= mixed >>> 14;
  mixed = Math.imul(mixed ^ z, 0x27d4eb2f);
  return mixed ^ (mixed >>> 15);
}
