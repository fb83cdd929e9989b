import { isDisjoint, isWithin, sizeOf, union, type CharSet } from './char-set.ts';
import type { PatternNode } from './parse-pattern.ts';

/** What every match of a pattern holds, so that text without it needs no search. */
export type PatternNeeds = {
  /** At least one character of each of these sets. */
  readonly sets: readonly CharSet[];
  /** At least so many digits, and so many of them side by side. */
  readonly digits: number;
  readonly run: number;
};

/** While it is put together: `before` and `behind` digits begin and end the match; `isAll`: it holds nothing else. */
type Needs = PatternNeeds & { readonly before: number; readonly behind: number; readonly isAll: boolean };

const nothing: Needs = { sets: [], digits: 0, run: 0, before: 0, behind: 0, isAll: true };
const digit: CharSet = [[0x30, 0x39]];
/** A larger set stands in almost every line. */
const largestSet = 64;
const mostSets = 24;
/** Digits are counted, not looked up. */
const isTelling = (set: CharSet): boolean => sizeOf(set) <= largestSet && isDisjoint(set, digit);

/** The rarest sets first. */
export function needsOf(pattern: PatternNode): PatternNeeds {
  const { sets, digits, run } = read(pattern);
  return { sets, digits, run };
}

function read(node: PatternNode): Needs {
  switch (node.kind) {
    case 'set':
      return isWithin(node.units, digit)
        ? { sets: [], digits: 1, run: 1, before: 1, behind: 1, isAll: true }
        : { sets: isTelling(node.units) ? [node.units] : [], digits: 0, run: 0, before: 0, behind: 0, isAll: false };
    case 'edge':
      return nothing;
    case 'value':
      return read(node.item);
    case 'sequence':
      return node.items.map(read).reduce(inOrder, nothing);
    case 'choice':
      return node.items.map(read).reduce(either);
    case 'repeat':
      return repeated(read(node.item), node.least, node.most);
    default:
      return node satisfies never;
  }
}

function inOrder(a: Needs, b: Needs): Needs {
  return {
    sets: rarest([...a.sets, ...b.sets]),
    digits: a.digits + b.digits,
    run: Math.max(a.run, b.run, a.behind + b.before),
    before: a.isAll ? a.digits + b.before : a.before,
    behind: b.isAll ? a.behind + b.digits : b.behind,
    isAll: a.isAll && b.isAll,
  };
}

function either(a: Needs, b: Needs): Needs {
  // One character of `a` and one of `b` are needed: together they are one set of which a match holds one.
  const sets = a.sets.flatMap((set) => {
    const joined = b.sets.map((other) => union(set, other)).toSorted(byRarity)[0];
    return joined === undefined || sizeOf(joined) > largestSet ? [] : [joined];
  });
  return {
    sets: rarest(sets),
    digits: Math.min(a.digits, b.digits),
    run: Math.min(a.run, b.run),
    before: Math.min(a.before, b.before),
    behind: Math.min(a.behind, b.behind),
    isAll: a.isAll && b.isAll,
  };
}

function repeated(item: Needs, least: number, most: number): Needs {
  let whole = nothing;
  for (let count = 0; count < Math.min(least, mostSets); count += 1) whole = inOrder(whole, item);
  return most === least ? whole : either(whole, inOrder(whole, item));
}

const byRarity = (a: CharSet, b: CharSet): number => frequencyOf(a) - frequencyOf(b);

/** How often one of the set stands in a line of mail, roughly: small letters and the signs of numbers most, Japanese letters before kanji. */
function frequencyOf(set: CharSet): number {
  let sum = 0;
  for (const [first, last] of set) {
    for (let unit = first; unit <= last; unit += 1) sum += weights.find(([limit]) => unit <= limit)?.[1] ?? 1;
  }
  return sum;
}

/** Up to which unit, and how much each counts. */
const weights: readonly (readonly [number, number])[] = [
  [0x1f, 3],
  [0x20, 12],
  [0x2c, 2],
  [0x2f, 12],
  [0x40, 2],
  [0x5a, 4],
  [0x60, 2],
  [0x7a, 8],
  [0x303f, 2],
  [0x30ff, 6],
];

function rarest(sets: readonly CharSet[]): readonly CharSet[] {
  const bySpelling = new Map(sets.map((set) => [JSON.stringify(set), set]));
  return [...bySpelling.values()].toSorted(byRarity).slice(0, mostSets);
}
