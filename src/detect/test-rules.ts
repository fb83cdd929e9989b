import type { SegmentId, TextSegment } from '../extract/index.ts';
import { normalizeSegment } from '../normalize/index.ts';
import type { PartPath } from '../message/index.ts';
import { detectByRules, passesPrefilter } from './detect-structured.ts';
import { expandExample, seededRandom } from './expand-example.ts';
import { readLines } from './line.ts';
import { reportableConfidence } from './resolve-overlaps.ts';
import type { CompiledRule, RuleSet } from './rule-set.ts';

/** An example that does not do what it says; `text` is the expanded example (generated numbers only). */
export type RuleTestFailure = {
  readonly rule: string;
  readonly kind: 'match' | 'no_match' | 'prefilter' | 'macro';
  readonly example: string;
  readonly text: string;
  readonly seed: number;
  /** One line for a person. */
  readonly message: string;
};
export type RuleTestReport = {
  readonly cases: number;
  readonly failures: readonly RuleTestFailure[];
  /** Known gaps (`todo_*`) that hold now and may become real examples. */
  readonly mended: readonly RuleTestFailure[];
};

/**
 * Runs every example of every rule once per seed. A `match` must give a finding (confidence 0.5 or more) of the rule itself and pass its
 * prefilter, a `no_match` none; other rules run too, so an example also proves that no stronger rule takes the value away.
 */
export function testRules(ruleSet: RuleSet, options: { readonly seeds: number }): RuleTestReport {
  const failures: RuleTestFailure[] = [];
  const mended: RuleTestFailure[] = [];
  let cases = 0;
  for (const rule of ruleSet.rules) {
    const { match, no_match: noMatch, todo_match: todoMatch = [], todo_no_match: todoNoMatch = [] } = rule.source.examples;
    for (let seed = 1; seed <= options.seeds; seed += 1) {
      const run = (example: string, kind: 'match' | 'no_match'): RuleTestFailure | null =>
        runExample(rule, ruleSet, { example, kind, seed });
      cases += match.length + noMatch.length;
      const results = [...match.map((example) => run(example, 'match')), ...noMatch.map((example) => run(example, 'no_match'))];
      failures.push(...results.filter((failure) => failure !== null));
      for (const [examples, kind] of [
        [todoMatch, 'match'],
        [todoNoMatch, 'no_match'],
      ] as const) {
        for (const example of examples)
          if (run(example, kind) === null) mended.push(failureOf(rule, { example, kind, seed }, kind, example));
      }
    }
  }
  return { cases, failures, mended };
}

type ExampleRun = { readonly example: string; readonly kind: 'match' | 'no_match'; readonly seed: number };

function runExample(rule: CompiledRule, ruleSet: RuleSet, run: ExampleRun): RuleTestFailure | null {
  const { example, kind, seed } = run;
  let text: string;
  try {
    text = expandExample(example, seededRandom(seed * 7919));
  } catch {
    return failureOf(rule, run, 'macro', '');
  }
  const normalized = normalizeSegment(segmentOf(text));
  const isFound = detectByRules([normalized], ruleSet).some((found) => found.rule === rule.id && found.confidence >= floorOf(rule));
  if (isFound !== (kind === 'match')) return failureOf(rule, run, kind, text);
  const passes = readLines(normalized).some((line) => passesPrefilter(rule, line));
  return kind === 'match' && !passes ? failureOf(rule, run, 'prefilter', text) : null;
}

const verdicts = {
  match: 'is not found',
  no_match: 'is found and must not be',
  prefilter: 'does not pass the prefilter',
  macro: 'names a macro or filter that does not exist',
} as const;

function failureOf(rule: CompiledRule, { example, seed }: ExampleRun, kind: RuleTestFailure['kind'], text: string): RuleTestFailure {
  const shown = text === '' || text === example ? example : `${example} (${text})`;
  return { rule: rule.id, kind, example, text, seed, message: `${shown} ${verdicts[kind]}` };
}

/** An incubating rule finds candidates only; its examples are proven on those. */
function floorOf(rule: CompiledRule): number {
  return rule.source.maturity === 'incubating' ? reportableConfidence - 0.02 : reportableConfidence;
}

function segmentOf(text: string): TextSegment {
  const location = { in: 'body', part: '' as PartPath, kind: 'plain' } as const;
  return { id: 0 as SegmentId, location, text, hidden: false, grid: null, label: null };
}
