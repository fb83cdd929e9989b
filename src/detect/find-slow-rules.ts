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
const runs = 3;

/**
 * The rules that take longer than `budget` milliseconds for a megabyte (UTF-8): each alone, over the examples of all rules between lines of
 * prose. `timed` runs the work and tells how long it took; the least of three runs counts, since machines are shared.
 */
export function findSlowRules(ruleSet: RuleSet, budget: number, timed: (work: () => void) => number): readonly Problem[] {
  const segment = normalizeSegment(sampleText(ruleSet));
  const megabytes = Buffer.byteLength(segment.text) / 1e6;
  return ruleSet.rules.flatMap((rule) => {
    const alone: RuleSet = { ...ruleSet, rules: [rule], search: new PatternSearch([rule]) };
    detectByRules([segment], alone);
    const times = Array.from({ length: runs }, () => timed(() => void detectByRules([segment], alone)));
    const cost = Math.min(...times) / megabytes;
    if (cost <= budget) return [];
    const message = `takes ${cost.toFixed(0)} ms for a megabyte of text, more than the ${budget} that a rule may; give \`prefilter\` more digits or words, or the patterns a rarer beginning`;
    return [{ ...rule.placeOf(['patterns']), message }];
  });
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
