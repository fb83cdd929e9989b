import type { Problem } from '../core/index.ts';
import type { SegmentId, TextSegment } from '../extract/index.ts';
import type { PartPath } from '../message/index.ts';
import { normalizeSegment } from '../normalize/index.ts';
import { detectByRules } from './detect-structured.ts';
import { expandExample, seededRandom } from './expand-example.ts';
import { PatternSearch } from './pattern-search.ts';
import type { RuleSet } from './rule-set.ts';

/** What a rule may take for a megabyte of text full of every rule's values, in milliseconds of CPU: some five times the slowest shipped one. */
export const ruleBudget = 600;
const textLength = 60_000;
const runs = 5;
/** Further runs of a rule that seems too slow: caches that others fill cost processor time too. */
const secondLook = 10;

export type Speed = {
  readonly problems: readonly Problem[];
  /** Milliseconds of CPU for a megabyte. */
  readonly slowest: { readonly id: string; readonly cost: number } | null;
};

/**
 * The rules that take longer than `budget` milliseconds for a megabyte (UTF-8): each alone, over the examples of all rules between lines of
 * prose. `timed` runs the work and tells how long it took; the least of several runs counts, since machines are shared. Throws on an example
 * that `checkExamples` complains about.
 */
export function findSlowRules(ruleSet: RuleSet, budget: number, timed: (work: () => void) => number): Speed {
  const segment = normalizeSegment(sampleText(ruleSet));
  const megabytes = Buffer.byteLength(segment.text) / 1e6;
  const costs = ruleSet.rules.map((rule) => {
    const alone: RuleSet = { ...ruleSet, rules: [rule], search: new PatternSearch([rule]) };
    detectByRules([segment], alone);
    const least = (count: number): number =>
      Math.min(...Array.from({ length: count }, () => timed(() => void detectByRules([segment], alone)))) / megabytes;
    const first = least(runs);
    return { rule, cost: first <= budget ? first : Math.min(first, least(secondLook)) };
  });
  const problems = costs.flatMap(({ rule, cost }): readonly Problem[] => {
    if (cost <= budget) return [];
    const message = `takes ${cost.toFixed(0)} ms for a megabyte of text, more than the ${budget} that a rule may; give \`prefilter\` more digits or words, or the patterns a rarer beginning`;
    return [{ ...rule.placeOf(['patterns']), message }];
  });
  const last = costs.toSorted((a, b) => b.cost - a.cost)[0];
  return { problems, slowest: last === undefined ? null : { id: last.rule.id, cost: last.cost } };
}

function sampleText({ rules }: RuleSet): TextSegment {
  const examples = rules.flatMap(
    ({
      source: {
        examples: { match, no_match: noMatch },
      },
    }) => [...match, ...noMatch],
  );
  const lines: string[] = [];
  for (let length = 0, index = 0; length < textLength && examples.length > 0; index += 1) {
    const line = `お世話になっております。10月8日(木)の打合せの件、承知いたしました。\n${expandExample(examples[index % examples.length] ?? '', seededRandom(index + 1))}`;
    lines.push(line);
    length += line.length;
  }
  const location = { in: 'body', part: '' as PartPath, kind: 'plain' } as const;
  return { id: 0 as SegmentId, location, text: lines.join('\n'), hidden: false, grid: null, label: null };
}
