import { isDisjoint, sizeOf, union, type CharSet } from './char-set.ts';
import { allUnits, type PatternNode } from './parse-pattern.ts';

/**
 * Of all ways through a pattern no more may exist than this; RE2 takes the others. What V8 can try from one place is bounded by it, so time stays
 * linear in the text.
 */
const mostWays = 4096;
/** How often a part may repeat whose every repetition ends at a mark of its own, and what one without bound counts as. */
const mostParts = 64;

/**
 * The pattern for V8's own engine, global, when nothing in it repeats without bound; else null. The group `value` is its only capture. A call to RE2
 * with a match costs ten times as much as one to V8, whatever the text's length.
 */
export function toBoundedRegex(pattern: PatternNode): RegExp | null {
  if (countWays(pattern, []) > mostWays) return null;
  try {
    return new RegExp(spell(pattern), 'gu');
  } catch {
    return null;
  }
}

/** What is skipped before a core: a class that repeats so often is read anew from each of its characters. */
const longRepeat = 16;
const fewUnits = 16;

/**
 * The part of a pattern behind a long beginning of letters, as far as it is bounded: `@` and the host of a mail address, ` at ` of one spelled out.
 * Text without it holds no match, and looking for it costs a tenth. Null for a pattern without such a beginning.
 */
export function toCore(pattern: PatternNode): RegExp | null {
  if (pattern.kind !== 'sequence') return null;
  const first = pattern.items.findIndex((item) => {
    const begin = unitsAt([item], 'first');
    return begin !== null && sizeOf(begin) <= fewUnits;
  });
  const isLong = (item: PatternNode): boolean => item.kind === 'repeat' && item.most >= longRepeat && item.item.kind === 'set';
  if (first < 1 || !pattern.items.slice(0, first).some(isLong)) return null;
  const items = pattern.items.slice(first);
  for (let end = items.length; end > 0; end -= 1) {
    const core = toBoundedRegex({ kind: 'sequence', items: items.slice(0, end) });
    if (core !== null) return core;
  }
  return null;
}

function spell(node: PatternNode): string {
  switch (node.kind) {
    case 'set':
    case 'edge':
      return node.source;
    case 'sequence':
      return node.items.map((item) => (item.kind === 'choice' ? `(?:${spell(item)})` : spell(item))).join('');
    case 'choice':
      return node.items.map(spell).join('|');
    case 'value':
      return `(${spell(node.item)})`;
    case 'repeat':
      return `${node.item.kind === 'set' || node.item.kind === 'value' ? spell(node.item) : `(?:${spell(node.item)})`}${node.source}`;
    default:
      return node satisfies never;
  }
}

/**
 * How many ways there are to match from one place at most: every branch and every count of a repetition is a choice, unless what follows leaves only
 * one. `rest`: what follows the node. Infinity for what repeats without bound or in more ways than one.
 */
function countWays(node: PatternNode, rest: readonly PatternNode[]): number {
  switch (node.kind) {
    case 'set':
    case 'edge':
      return 1;
    case 'value':
      return countWays(node.item, rest);
    case 'sequence':
      return node.items.reduce(
        (ways, item, index) =>
          ways * (isEndless(item) ? waysOfLoop(item, node.items[index - 1]) : countWays(item, [...node.items.slice(index + 1), ...rest])),
        1,
      );
    case 'choice':
      return waysOfChoice(node.items, rest);
    case 'repeat':
      return waysOfRepeat(node, rest);
    default:
      return node satisfies never;
  }
}

/** Of branches that cannot begin alike only one is entered. */
function waysOfChoice(items: readonly PatternNode[], rest: readonly PatternNode[]): number {
  const ways = items.map((item) => countWays(item, rest));
  const begins = items.map((item) => unitsAt([item], 'first'));
  const meet = (a: CharSet | null | undefined, b: CharSet | null | undefined): boolean =>
    a === null || a === undefined || b === null || b === undefined || !isDisjoint(a, b);
  // What a branch shares its beginning with is more than what is entered with it, never less.
  return Math.max(
    ...items.map((_, index) => ways.reduce((sum, count, other) => sum + (meet(begins[index], begins[other]) ? count : 0), 0)),
  );
}

type Repeat = Extract<PatternNode, { kind: 'repeat' }>;

const isEndless = (node: PatternNode): node is Repeat => node.kind === 'repeat' && node.most === Infinity;

function waysOfRepeat({ item, least, most }: Repeat, rest: readonly PatternNode[]): number {
  if (most === Infinity) return Infinity;
  if (item.kind === 'set') {
    return isForced(item.units, rest) ? 1 : most - least + 1;
  }
  if (most === 1) {
    const begin = unitsAt([item], 'first');
    const behind = unitsAt(rest, 'first');
    const isOneWay = begin !== null && behind !== null && isDisjoint(begin, behind);
    const ways = countWays(item, rest);
    return least === 1 || isOneWay ? ways : ways + 1;
  }
  return endsAtMark(item) && most <= mostParts ? most - least + 1 : Infinity;
}

/**
 * A part may repeat without bound behind a sign that it cannot hold ('@' before the labels of a host): then the text behind one such sign is read
 * from no more places than there are ways up to the sign.
 */
function waysOfLoop({ item }: Repeat, before: PatternNode | undefined): number {
  const sign = before === undefined ? null : unitsAt([before], 'last');
  return sign !== null && endsAtMark(item) && isDisjoint(sign, allUnits(item)) ? mostParts : Infinity;
}

/** True when there is one way through the part, and it ends at a character that it holds nowhere else: each repetition is where it must be. */
function endsAtMark(part: PatternNode): boolean {
  if (part.kind !== 'sequence') return false;
  const mark = part.items.at(-1);
  if (mark?.kind !== 'set' || countWays(part, []) !== 1) return false;
  return part.items.slice(0, -1).every((item) => isDisjoint(allUnits(item), mark.units));
}

/**
 * True when only one count of the set can go on, or need: what follows holds, behind single characters at most, one that neither the set nor they can be.
 * With a smaller count that one would stand where the set or they stand.
 */
function isForced(units: CharSet, rest: readonly PatternNode[]): boolean {
  // Behind it the match is complete: the first way is taken.
  if (rest.length === 0) return true;
  let passed = units;
  const queue = [...rest];
  for (;;) {
    const next = unitsAt(queue, 'first');
    if (next === null) return false;
    if (isDisjoint(next, passed)) return true;
    const [item] = queue.splice(0, 1);
    if (item?.kind === 'sequence') queue.unshift(...item.items);
    else if (item?.kind === 'value') queue.unshift(item.item);
    else if (item?.kind === 'set') passed = union(passed, item.units);
    else return false;
  }
}

/** What the text of the nodes, one behind the other, may begin or end with; null when it may be empty. */
function unitsAt(nodes: readonly PatternNode[], side: 'first' | 'last'): CharSet | null {
  let units: CharSet = [];
  for (const node of side === 'first' ? nodes : nodes.toReversed()) {
    const own = edgeUnits(node, side);
    units = union(units, own.units);
    if (!own.mayBeEmpty) return units;
  }
  return null;
}

function edgeUnits(node: PatternNode, side: 'first' | 'last'): { readonly units: CharSet; readonly mayBeEmpty: boolean } {
  switch (node.kind) {
    case 'set':
      return { units: node.units, mayBeEmpty: false };
    case 'edge':
      return { units: [], mayBeEmpty: true };
    case 'value':
      return edgeUnits(node.item, side);
    case 'repeat': {
      const own = edgeUnits(node.item, side);
      return { units: own.units, mayBeEmpty: own.mayBeEmpty || node.least === 0 };
    }
    case 'choice': {
      const all = node.items.map((item) => edgeUnits(item, side));
      return {
        units: all.reduce<CharSet>((sum, { units }) => union(sum, units), []),
        mayBeEmpty: all.some(({ mayBeEmpty }) => mayBeEmpty),
      };
    }
    case 'sequence': {
      const units = unitsAt(node.items, side);
      return units === null ? { units: allUnits(node), mayBeEmpty: true } : { units, mayBeEmpty: false };
    }
    default:
      return node satisfies never;
  }
}
