import RE2 from 're2';
import { takenOver, type FilePlace, type Problem } from '../core/index.ts';
import type { SegmentId, TextSegment } from '../extract/index.ts';
import { normalizeSegment, type NormalizedText } from '../normalize/index.ts';
import type { PartPath } from '../message/index.ts';
import { detectByRules } from './detect-structured.ts';
import { explainMiss } from './explain-miss.ts';
import type { Detection } from './detection.ts';
import { expandExample, seededRandom } from './expand-example.ts';
import { joinLines } from './join-lines.ts';
import { Lines } from './line.ts';
import { plainSigns } from './sign-table.ts';
import { hasWords } from './match-lines.ts';
import { reportableConfidence } from './resolve-overlaps.ts';
import type { CompiledRule } from './compiled-rule.ts';
import type { RuleSet } from './rule-set.ts';

/** An example that does not do what it says, and where it is written; `text` is the expanded example (generated numbers only). */
export type RuleTestFailure = FilePlace & {
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
    const { match, no_match: noMatch } = rule.source.examples;
    for (let seed = 1; seed <= options.seeds; seed += 1) {
      const run =
        (kind: ExampleRun['kind']) =>
        (example: string, index: number): RuleTestFailure | null =>
          runExample(rule, ruleSet, { example, kind, key: kind, index, seed });
      cases += match.length + noMatch.length;
      const results = [...match.map(run('match')), ...noMatch.map(run('no_match'))];
      failures.push(...results.filter((failure) => failure !== null));
    }
    mended.push(...mendedOf(rule, ruleSet, options.seeds));
  }
  return { cases, failures, mended };
}

/** Examples that cannot be expanded, `todo_*` too: a macro or filter that does not exist. */
export function checkExamples({ rules, resting }: Pick<RuleSet, 'rules' | 'resting'>): readonly Problem[] {
  return [...rules, ...resting].flatMap((rule) =>
    (['match', 'no_match', 'todo_match', 'todo_no_match'] as const).flatMap((key) =>
      (rule.source.examples[key] ?? []).flatMap((example, index): readonly Problem[] => {
        const complaint = macroComplaint(example);
        return complaint === null ? [] : [{ ...rule.placeOf(['examples', key, index]), message: `${example} ${complaint}` }];
      }),
    ),
  );
}

function macroComplaint(example: string): string | null {
  try {
    expandExample(example, seededRandom(1));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : 'cannot be expanded';
  }
}

/** The known gaps that hold with every seed. */
function mendedOf(rule: CompiledRule, ruleSet: RuleSet, seeds: number): readonly RuleTestFailure[] {
  const { todo_match: todoMatch = [], todo_no_match: todoNoMatch = [] } = rule.source.examples;
  const mended = (key: 'todo_match' | 'todo_no_match', kind: ExampleRun['kind']) => (example: string, index: number) => {
    const runs = Array.from({ length: seeds }, (_, seed): ExampleRun => ({ example, kind, key, index, seed: seed + 1 }));
    if (runs.some((run) => runExample(rule, ruleSet, run) !== null)) return [];
    const message = `${example} ${kind === 'match' ? 'is found now' : 'is found no more'}; move it from \`${key}\` to \`${kind}\``;
    return [{ ...rule.placeOf(['examples', key, index]), rule: rule.id, kind, example, text: example, seed: 1, message }];
  };
  return [...todoMatch.flatMap(mended('todo_match', 'match')), ...todoNoMatch.flatMap(mended('todo_no_match', 'no_match'))];
}

type ExampleRun = {
  readonly example: string;
  readonly kind: 'match' | 'no_match';
  /** Where it stands: `examples.KEY.INDEX`. */
  readonly key: 'match' | 'no_match' | 'todo_match' | 'todo_no_match';
  readonly index: number;
  readonly seed: number;
};

function runExample(rule: CompiledRule, ruleSet: RuleSet, run: ExampleRun): RuleTestFailure | null {
  const { example, kind, seed } = run;
  let text: string;
  try {
    text = expandExample(example, seededRandom(seed * 7919));
  } catch (error) {
    return failureOf(rule, run, 'macro', '', error instanceof Error ? error.message : 'cannot be expanded');
  }
  const normalized = normalizeSegment(segmentOf(text));
  const detections = detectByRules([normalized], ruleSet);
  const found = detections.find((detection) => detection.rule === rule.id && detection.confidence >= floorOf(rule));
  if (kind === 'no_match') return found === undefined ? null : failureOf(rule, run, kind, text, wordHit(found));
  if (found !== undefined) return null;
  const hidden =
    !passesAnywhere(rule, normalized) && rule.patterns.some(({ rule: { regex } }) => new RE2(regex, 'u').test(normalized.text));
  if (hidden) return failureOf(rule, run, 'prefilter', text, 'does not pass the prefilter, so its patterns are not tried');
  return failureOf(rule, run, kind, text, `is not found: ${explainMiss(rule, normalized, detections, ruleSet)}`);
}

function passesAnywhere(rule: CompiledRule, text: NormalizedText): boolean {
  const lines = new Lines(text.text, plainSigns);
  const joined = joinLines(text, lines).map(({ text: whole }) => new Lines(whole.text, plainSigns));
  return [lines, ...joined].some((all) =>
    Array.from({ length: all.count }, (_, line) => line).some(
      (line) => all.digits(line) >= rule.minDigits && hasWords(rule, all.textOf(line)),
    ),
  );
}

function wordHit({ confidence, because }: Detection): string {
  const word = because?.word ?? null;
  const grounds = word === null ? 'without any context word' : `with the word \`${word}\``;
  return `is found and must not be: by pattern \`${because?.pattern ?? ''}\` ${grounds}, confidence ${confidence}`;
}

function failureOf(
  rule: CompiledRule,
  { example, key, index, seed }: ExampleRun,
  kind: RuleTestFailure['kind'],
  text: string,
  complaint: string,
): RuleTestFailure {
  const shown = text === '' || text === example ? example : `${example} (${text})`;
  const place = rule.placeOf(['examples', key, index]);
  const isTakenOver = place.file !== rule.file;
  const message = `${shown.replaceAll('\n', '⏎').replaceAll('\t', '⇥')} ${complaint}${isTakenOver ? takenOver(place) : ''}`;
  return { ...(isTakenOver ? rule.placeOf(['extends']) : place), rule: rule.id, kind, example, text, seed, message };
}

/** An incubating rule finds candidates only; its examples are proven on those. */
function floorOf(rule: CompiledRule): number {
  return rule.source.maturity === 'incubating' ? reportableConfidence - 0.02 : reportableConfidence;
}

function segmentOf(text: string): TextSegment {
  const location = { in: 'body', part: '' as PartPath, kind: 'plain' } as const;
  return { id: 0 as SegmentId, location, text, hidden: false, grid: null, label: null };
}
