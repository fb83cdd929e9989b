/** UTF-16 code units as ranges, first and last, in order and apart. A character beyond U+FFFF counts as any half of a pair. */
export type CharSet = readonly (readonly [number, number])[];

export const anyUnit: CharSet = [[0, 0xffff]];
const firstHalf = 0xd800;
const lastHalf = 0xdfff;

/** The units of code points, given as ranges in any order. */
export function charSet(codePoints: CharSet): CharSet {
  const units: (readonly [number, number])[] = [];
  for (const [first, last] of codePoints) {
    if (first <= 0xffff) units.push([first, Math.min(last, 0xffff)]);
    if (last > 0xffff) units.push([firstHalf, lastHalf]);
  }
  return merged(units);
}

export function union(a: CharSet, b: CharSet): CharSet {
  return a === b ? a : merged([...a, ...b]);
}

/** Every unit that the set leaves out, and the halves of pairs, since a pair is seldom left out. */
export function complement(set: CharSet): CharSet {
  const rest: (readonly [number, number])[] = [[firstHalf, lastHalf]];
  let from = 0;
  for (const [first, last] of set) {
    if (first > from) rest.push([from, first - 1]);
    from = last + 1;
  }
  if (from <= 0xffff) rest.push([from, 0xffff]);
  return merged(rest);
}

export function isDisjoint(a: CharSet, b: CharSet): boolean {
  return !a.some(([first, last]) => b.some((other) => first <= other[1] && other[0] <= last));
}

export function isWithin(inner: CharSet, outer: CharSet): boolean {
  return inner.every(([first, last]) => outer.some((other) => other[0] <= first && last <= other[1]));
}

export function sizeOf(set: CharSet): number {
  return set.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

function merged(ranges: CharSet): CharSet {
  const kept: [number, number][] = [];
  for (const [first, last] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const before = kept.at(-1);
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else kept.push([first, last]);
  }
  return kept;
}
