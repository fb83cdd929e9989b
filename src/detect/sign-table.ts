import type { CharSet } from './char-set.ts';
import { narrowJoints, wideJoints } from './number-shape.ts';

/**
 * What is noted of a line that holds certain characters, by the number that `ofUnit` has for a UTF-16 unit (0: nothing): bits of `low` and `high`,
 * and whether it joins the parts of numbers (2: of any; 1: of telephone numbers and dates only).
 */
export type SignTable = {
  readonly ofUnit: Uint16Array;
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly joint: Uint8Array;
};

/** Bits of `low` that are the same in every table. */
export const lineSigns = { tab: 1, bar: 2, comma: 4, gap: 8, at: 16 } as const;
/** Without one of these a text has no table: tabs, bars, commas, two spaces. */
export const columnSigns = lineSigns.tab | lineSigns.bar | lineSigns.comma | lineSigns.gap;
const firstFree = 5;

/** How many sets a table has bits for. */
export const mostSigns = 64 - firstFree;

export const signBit = (index: number): { readonly low: number; readonly high: number } =>
  index + firstFree < 32 ? { low: 1 << (index + firstFree), high: 0 } : { low: 0, high: 1 << (index + firstFree - 32) };

/** The table of at most `mostSigns` sets (`signBit` of the index is noted for each), besides the signs of every line. */
export function toSignTable(sets: readonly CharSet[]): SignTable {
  const bits = new Map<number, { readonly low: number; readonly high: number }>();
  const note = (unit: number, low: number, high: number): void => {
    const known = bits.get(unit) ?? { low: 0, high: 0 };
    bits.set(unit, { low: known.low | low, high: known.high | high });
  };
  note('\t'.charCodeAt(0), lineSigns.tab, 0);
  note('|'.charCodeAt(0), lineSigns.bar, 0);
  note(','.charCodeAt(0), lineSigns.comma, 0);
  note('@'.charCodeAt(0), lineSigns.at, 0);
  // They end a line or join numbers: what is looked at more closely has a number too.
  for (const sign of `\n${wideJoints}`) note(sign.charCodeAt(0), 0, 0);
  for (const [index, set] of sets.entries()) {
    const { low, high } = signBit(index);
    for (const [first, last] of set) for (let unit = first; unit <= last; unit += 1) note(unit, low, high);
  }
  return toTable(bits);
}

function toTable(bits: ReadonlyMap<number, { readonly low: number; readonly high: number }>): SignTable {
  const ofUnit = new Uint16Array(0x10000);
  const numbers = new Map<string, number>();
  const [lows, highs, joints] = [[0], [0], [0]];
  for (const [unit, { low, high }] of bits) {
    const sign = String.fromCharCode(unit);
    const joint = narrowJoints.includes(sign) ? 2 : wideJoints.includes(sign) ? 1 : 0;
    const key = `${low} ${high} ${joint}`;
    const number = numbers.get(key) ?? lows.length;
    if (number === lows.length) {
      numbers.set(key, number);
      lows.push(low);
      highs.push(high);
      joints.push(joint);
    }
    ofUnit[unit] = number;
  }
  return { ofUnit, low: Int32Array.from(lows), high: Int32Array.from(highs), joint: Uint8Array.from(joints) };
}

/** Lines without any sign of patterns, for those who want digits and tables alone. */
export const plainSigns = toSignTable([]);
