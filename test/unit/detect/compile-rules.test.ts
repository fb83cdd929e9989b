import { describe, expect, test } from 'vitest';
import { compileRules, detectStructured, testRules } from '../../../src/detect/index.ts';
import { ticketRule } from './rules.ts';
import { segmentOf } from './segments.ts';

const file = (text: string, path = 'ticket/rule.yaml') => ({ path, text });

function problemsOf(...files: readonly { readonly path: string; readonly text: string }[]): readonly string[] {
  const compiled = compileRules(files);
  return compiled.ok ? [] : compiled.error.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`);
}

describe('compileRules', () => {
  test('takes a valid rule and finds by it', () => {
    const compiled = compileRules([file(ticketRule)]);
    if (!compiled.ok) throw new Error('must compile');
    const found = detectStructured([segmentOf('券はＴＫ－１２３４です')], compiled.value);
    expect(found).toMatchObject([{ type: 'ticket', rule: 'ticket', start: 2, end: 9, canonical: 'TK-1234', confidence: 0.9 }]);
  });

  test('searches every line for a rule without prefilter', () => {
    const text = ticketRule
      .replace('prefilter: { min_digits: 4 }\n', '')
      .replaceAll('[0-9]{4}', '[A-Z]{4}')
      .replace(/match: .*/g, "match: [TK-ABCD, 'TK-BCDE', (TK-CDEF)]")
      .replace(/no_match: .*/, 'no_match: [TK-ABCDE, ATK-ABCD, TK-AB]');
    const compiled = compileRules([file(text)]);
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
    expect(testRules(compiled.value, { seeds: 1 })).toMatchObject({ cases: 6, failures: [] });
  });

  test('names an unknown key where it stands', () => {
    expect(problemsOf(file(ticketRule.replace('entity:', 'colour: red\nentity:')))).toEqual([
      expect.stringMatching(/^ticket\/rule\.yaml:4:1 unknown key `colour`; known here: id, version, /),
    ]);
    expect(problemsOf(file(ticketRule.replace('boundary:', 'bounday: 1, boundary:')))).toEqual([
      'ticket/rule.yaml:8:42 unknown key `bounday`; did you mean `boundary`?',
    ]);
  });

  test('names a wrong type where it stands', () => {
    expect(problemsOf(file(ticketRule.replace('version: 1', 'version: one')))[0]).toMatch(
      /^ticket\/rule\.yaml:2:10 `version` must be a number, not the text "one"$/,
    );
    expect(problemsOf(file(ticketRule.replace('alnum', 'word')))[0]).toMatch(
      /^ticket\/rule\.yaml:8:52 `patterns\.0\.boundary` must be one of digit, alnum, kana, none, not the text "word"$/,
    );
  });

  test('refuses a regex that RE2 refuses, where it stands', () => {
    expect(problemsOf(file(ticketRule.replace("'TK-[0-9]{4}'", "'(?<!A)TK'")))[0]).toMatch(/^ticket\/rule\.yaml:8:27 RE2: /);
    expect(problemsOf(file(ticketRule.replace("'TK-[0-9]{4}'", "'[0-9]*'")))).toEqual([
      'ticket/rule.yaml:8:27 matches the empty text, so it would match everywhere; make a part of it obligatory (`+` instead of `*`)',
    ]);
  });

  test('refuses a rule without proof', () => {
    expect(problemsOf(file(ticketRule.replace(', ATK-1234, TK-12]', ']')))[0]).toMatch(
      /^ticket\/rule\.yaml:11:13 `examples\.no_match` needs at least 3 entries and has 1$/,
    );
    expect(problemsOf(file(ticketRule.slice(0, ticketRule.indexOf('examples:'))))[0]).toMatch(
      /^ticket\/rule\.yaml:1:1 `examples` is missing: it must be a map of keys$/,
    );
  });

  test('refuses an id unlike its folder, and one used twice', () => {
    expect(problemsOf(file(ticketRule, 'coupon/rule.yaml'))).toEqual([
      "coupon/rule.yaml:1:5 id `ticket` is not its folder's name `coupon`; rename one of them",
    ]);
    expect(problemsOf(file(ticketRule), file(ticketRule, 'more/ticket/rule.yaml'))[0]).toMatch(/is taken by ticket\/rule\.yaml$/);
  });

  test('refuses broken YAML with its place, and reports every file', () => {
    const problems = problemsOf(file('id: [1'), file(ticketRule.replace('version: 1', 'version: 0'), 'b/ticket/rule.yaml'));
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatch(/^ticket\/rule\.yaml:1:\d+ /);
  });

  test('refuses a deprecated rule without successor, and one that could never find anything', () => {
    expect(problemsOf(file(ticketRule.replace('stable', 'deprecated')))[0]).toMatch(/a deprecated rule names its successor/);
    expect(problemsOf(file(ticketRule.replace('confidence: 0.9', 'confidence: 0.4')))[0]).toMatch(/never find anything/);
  });

  test('gives equal versions to equal files only', () => {
    const versionOf = (text: string): string => {
      const compiled = compileRules([file(text)]);
      return compiled.ok ? compiled.value.version : '';
    };
    expect(versionOf(ticketRule)).toMatch(/^[0-9]+\.[0-9]+\.[0-9]+\+[0-9a-f]{12}$/);
    expect(versionOf(ticketRule)).toBe(versionOf(ticketRule));
    expect(versionOf(ticketRule)).not.toBe(versionOf(ticketRule.replace('0.9', '0.8')));
  });

  test('leaves a sandbox rule out and lets an incubating one find candidates only', () => {
    const sandbox = compileRules([file(ticketRule.replace('stable', 'sandbox'))]);
    expect(sandbox.ok && sandbox.value.rules).toEqual([]);
    expect(sandbox.ok && detectStructured([segmentOf('TK-1234')], sandbox.value)).toEqual([]);
    const incubating = compileRules([file(ticketRule.replace('stable', 'incubating'))]);
    if (!incubating.ok) throw new Error('must compile');
    expect(detectStructured([segmentOf('TK-1234')], incubating.value)[0]?.confidence).toBeLessThan(0.5);
    expect(testRules(incubating.value, { seeds: 1 }).failures).toEqual([]);
  });
});

describe('testRules', () => {
  test('reports an example that does not do what it says, an unknown macro, a prefilter that hides a match', () => {
    const kindsOf = (text: string): readonly string[] => {
      const compiled = compileRules([file(text)]);
      if (!compiled.ok) throw new Error('must compile');
      return testRules(compiled.value, { seeds: 2 }).failures.map(({ kind, seed }) => `${kind} ${seed}`);
    };
    expect(kindsOf(ticketRule)).toEqual([]);
    expect(kindsOf(ticketRule.replace('[TK-1234,', '[TK-X,'))).toEqual(['match 1', 'match 2']);
    expect(kindsOf(ticketRule.replace('ATK-1234', 'TK-1234'))).toEqual(['no_match 1', 'no_match 2']);
    expect(kindsOf(ticketRule.replace('[TK-1234,', "['{{nonsense}}',"))).toEqual(['macro 1', 'macro 2']);
    expect(kindsOf(ticketRule.replace('min_digits: 4', 'min_digits: 9'))).toHaveLength(6);
  });

  test('reports known gaps that are mended, without failing', () => {
    const compiled = compileRules([file(`${ticketRule}  todo_match: [TK-9999]\n  todo_no_match: [TK-8888]\n`)]);
    if (!compiled.ok) throw new Error('must compile');
    const report = testRules(compiled.value, { seeds: 1 });
    expect(report.failures).toEqual([]);
    expect(report.mended.map(({ example }) => example)).toEqual(['TK-9999']);
  });
});
