import RE2 from 're2';
import { normalize } from '../normalize/index.ts';
import type { CompiledRule, PatternSet, Program } from './rule-set.ts';
import { toWordList } from './word-list.ts';

/**
 * Counters multiply: all 65 shipped patterns in one automaton want 230 MB and, given 64, start anew every few lines (0.5 MB/s); in sets of
 * a dozen with 16 MB each nothing does (measured, test/bench/detect.ts).
 */
const patternsInSet = 12;
const bytesForSet = 16 * 1024 * 1024;

/** All patterns of the rules, in sets of rules that need about as many digits, so that a line is shown to few of them. */
export function toPatternSets(rules: readonly CompiledRule[]): readonly PatternSet[] {
  const programs = rules
    .toSorted((a, b) => a.minDigits - b.minDigits)
    .flatMap((rule) => rule.patterns.map((pattern): Program => ({ rule, pattern })));
  return [false, true].flatMap((inTables) =>
    inParts(programs.filter(({ pattern }) => pattern.rule.column_only === inTables)).map((part) => toPatternSet(part, inTables)),
  );
}

/** A rule whose set is full begins the next one, so rules with and without digits do not share one either. */
function inParts(programs: readonly Program[]): readonly (readonly Program[])[] {
  const parts: Program[][] = [];
  for (const program of programs) {
    const part = parts.at(-1);
    const first = part?.[0];
    if (
      part !== undefined &&
      first !== undefined &&
      part.length < patternsInSet &&
      (first.rule.minDigits === 0) === (program.rule.minDigits === 0)
    )
      part.push(program);
    else parts.push([program]);
  }
  return parts;
}

function toPatternSet(programs: readonly Program[], inTables: boolean): PatternSet {
  const set = new RE2.Set(
    programs.map(({ pattern }) => pattern.rule.regex),
    'mu',
    { maxMem: bytesForSet },
  );
  const everyProgram = [...programs.keys()];
  const rules = programs.map(({ rule }) => rule);
  const digitless = rules.filter(({ minDigits }) => minDigits === 0);
  return {
    programs,
    inTables,
    fewestDigits: Math.min(...rules.filter(({ minDigits, anyOf }) => minDigits > 0 || anyOf.isEmpty).map(({ minDigits }) => minDigits)),
    digitlessWords: toWordList(digitless.flatMap(({ source }) => (source.prefilter.any_of ?? []).map((word) => normalize(word).text))),
    matching: (text) => matchSet(set, text, everyProgram),
  };
}

/** The set's answer; every program when its automaton needs more memory than it may have: slower, and nothing is missed. */
function matchSet(set: { match(text: Buffer): number[] }, text: Buffer, everyProgram: readonly number[]): readonly number[] {
  try {
    return set.match(text);
  } catch {
    return everyProgram;
  }
}
