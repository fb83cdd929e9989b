import { complement, isDisjoint, isWithin, union, type CharSet } from './char-set.ts';
import { allUnits, type PatternNode } from './parse-pattern.ts';
import { needsOf } from './pattern-needs.ts';
import type { RulePattern } from './rule.ts';

/**
 * What the digits of a value look like. Where no other digit may stand beside it each of its runs of digits is one of the line's.
 * Masks: bit n for a run of n digits, the last bit for longer ones; bit n for the digit n.
 */
export type NumberShape = {
  readonly firstLengths: number;
  readonly lastLengths: number;
  readonly firstDigits: number;
  /** The value is nothing but so many digits or more and these joints; null when it may hold others. */
  readonly joints: 'narrow' | 'wide' | null;
  readonly digits: number;
};

/** What joins the parts of most numbers, and what joins those of telephone numbers and dates. */
export const narrowJoints = '- ';
export const wideJoints = '- .()/・+';

/** Every bit: nothing is known. */
export const anything = -1;
export const anyShape: NumberShape = { firstLengths: anything, lastLengths: anything, firstDigits: anything, joints: null, digits: 0 };
export const longestLength = 31;

const digit: CharSet = [[0x30, 0x39]];
const noDigit = complement(digit);
const setOf = (signs: string): CharSet =>
  Array.from(signs, (sign): CharSet => [[sign.charCodeAt(0), sign.charCodeAt(0)]]).reduce(union, digit);
const narrow = setOf(narrowJoints);
const wide = setOf(wideJoints);
/** More repetitions than this change nothing. */
const mostSteps = 40;

/** The shape of what the group `value` holds, or the whole pattern. */
export function shapeOf(pattern: PatternNode, boundary: RulePattern['boundary']): NumberShape {
  const value = valuePart(pattern) ?? pattern;
  // A group that takes no part in some match leaves the whole match as value.
  if (value === pattern && holdsValue(pattern)) return anyShape;
  const shape = shapeOfValue(value);
  return boundary === 'digit' || boundary === 'alnum' ? shape : { ...anyShape, joints: shape.joints, digits: shape.digits };
}

function shapeOfValue(value: PatternNode): NumberShape {
  const forward = walk(value, start, false);
  const backward = walk(value, start, true);
  const units = allUnits(value);
  return {
    firstLengths: forward.isBefore ? anything : forward.inRun | forward.behind,
    lastLengths: backward.isBefore ? anything : backward.inRun | backward.behind,
    firstDigits: forward.isBefore ? anything : forward.digits,
    joints: isWithin(units, narrow) ? 'narrow' : isWithin(units, wide) ? 'wide' : null,
    digits: needsOf(value).digits,
  };
}

/** How far a value may have been read: to before its first run, within one of these lengths, or behind it. */
type Reading = { readonly isBefore: boolean; readonly inRun: number; readonly behind: number; readonly digits: number };

const start: Reading = { isBefore: true, inRun: 0, behind: 0, digits: 0 };

function walk(node: PatternNode, from: Reading, isBackward: boolean): Reading {
  switch (node.kind) {
    case 'set':
      return step(node.units, from);
    case 'edge':
      return from;
    case 'value':
      return walk(node.item, from, isBackward);
    case 'sequence':
      return (isBackward ? node.items.toReversed() : node.items).reduce((reading, item) => walk(item, reading, isBackward), from);
    case 'choice':
      return node.items.map((item) => walk(item, from, isBackward)).reduce(joined);
    case 'repeat': {
      let reading = from;
      for (let count = 0; count < Math.min(node.least, mostSteps); count += 1) reading = walk(node.item, reading, isBackward);
      let all = reading;
      for (let count = node.least; count < Math.min(node.most, node.least + mostSteps); count += 1) {
        reading = walk(node.item, reading, isBackward);
        all = joined(all, reading);
      }
      return all;
    }
    default:
      return node satisfies never;
  }
}

function step(units: CharSet, { isBefore, inRun, behind, digits }: Reading): Reading {
  const mayBeDigit = !isDisjoint(units, digit);
  const mayBeOther = !isDisjoint(units, noDigit);
  const longer = (inRun << 1) | (inRun & (1 << longestLength));
  return {
    isBefore: isBefore && mayBeOther,
    inRun: mayBeDigit ? longer | (isBefore ? 2 : 0) : 0,
    behind: behind | (mayBeOther ? inRun : 0),
    digits: isBefore && mayBeDigit ? digits | digitsIn(units) : digits,
  };
}

function digitsIn(units: CharSet): number {
  let mask = 0;
  for (let value = 0; value <= 9; value += 1) if (!isDisjoint(units, [[0x30 + value, 0x30 + value]])) mask |= 1 << value;
  return mask;
}

const joined = (a: Reading, b: Reading): Reading => ({
  isBefore: a.isBefore || b.isBefore,
  inRun: a.inRun | b.inRun,
  behind: a.behind | b.behind,
  digits: a.digits | b.digits,
});

/** The group `value` that every match has. */
function valuePart(node: PatternNode): PatternNode | null {
  if (node.kind === 'value') return node.item;
  return node.kind === 'sequence' ? (node.items.map(valuePart).find((value) => value !== null) ?? null) : null;
}

function holdsValue(node: PatternNode): boolean {
  switch (node.kind) {
    case 'set':
    case 'edge':
      return false;
    case 'value':
      return true;
    case 'repeat':
      return holdsValue(node.item);
    default:
      return node.items.some(holdsValue);
  }
}
