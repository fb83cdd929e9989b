import { describe, expect, test } from 'vitest';
import { checkExamples, compileRules, detectStructured, testRules } from '../../../src/detect/index.ts';
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

  test('tells one mistake of YAML once, and what was probably meant', () => {
    const withLine = (line: string): readonly string[] => problemsOf(file(ticketRule.replace('  match: [', `${line}\n  match: [`)));
    expect(problemsOf(file('id: ticket\npatterns:\n  - regex: [A-Z]{2}[0-9]{7}\n    name: a\n'))).toEqual([
      expect.stringMatching(/^ticket\/rule\.yaml:3:17 not valid YAML: .*'single quotes' \(\+\d+ more that follow from it\)$/),
    ]);
    expect(problemsOf(file(ticketRule.replace('TK-1234, ', '{{my_number}}, ')))).toEqual([
      "ticket/rule.yaml:10:12 `{{my_number}}` is a map to YAML; put the whole text into 'single quotes'",
    ]);
    expect(problemsOf(file(ticketRule.replace('version: 1', 'version：1')))).toEqual([
      'ticket/rule.yaml:2:8 `：` is a full-width colon; behind a key write `: `, half-width, and a space',
    ]);
    expect(problemsOf(file(ticketRule.replace('ja: 整理券', 'ja：整理券')))[0]).toMatch(/:3:12 `：` is a full-width colon/);
    expect(withLine('　　no_match: [a, b, c]')).toEqual([
      'ticket/rule.yaml:10:1 begins with a full-width space; indent with half-width ones',
    ]);
    expect(problemsOf(file(ticketRule.replace('  match: [', ' match: [')))[0]).toMatch(/:1[01]:1 .*count the spaces/);
    expect(problemsOf(file(`${ticketRule}---\nid: other\n`))).toEqual([
      'ticket/rule.yaml:12:1 not valid YAML: a second document begins here; a file holds one: take the line `---` out, and what follows into a file of its own',
    ]);
    expect(problemsOf(file(ticketRule.replace('TK-1234, ', '番号: TK-1234, ')))[0]).toMatch(
      /must be text, not a map of keys; put text that holds/,
    );
  });

  test('says what RE2 means', () => {
    const refusal = (regex: string): string => problemsOf(file(ticketRule.replace('TK-[0-9]{4}', regex)))[0] ?? '';
    expect(refusal('(?:[0-9]{300}){5}')).toContain('RE2 repeats at most 1000 times, and repeats inside each other multiply');
    expect(refusal('(MB[0-9]')).toMatch(/RE2: missing \): \(MB\[0-9\]$/);
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

  test('says what took an example away', () => {
    const complaintOf = (example: string, change: (text: string) => string): string => {
      const compiled = compileRules([file(change(ticketRule.replace('[TK-1234,', `["${example}",`)))]);
      if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
      return (testRules(compiled.value, { seeds: 1 }).failures[0]?.message ?? '').replace(
        /^.* is not found: pattern `plain` matches `[^`]*`, but /,
        '',
      );
    };
    const veto = (more: string) => (text: string) => text.replace('examples:', `veto: { words: [注文番号]${more} }\nexamples:`);
    expect(complaintOf('注文番号：TK-1234', veto(''))).toBe('it is vetoed by `注文番号` (`veto.words`)');
    expect(complaintOf('TK-1234円', veto(', followed_by: [円]'))).toBe('it is vetoed by `円` behind it (`veto.followed_by`)');
    expect(complaintOf('資料番号：TK-1234', veto(', any_label: true'))).toBe('it is vetoed by another label before it (`veto.any_label`)');
    expect(complaintOf('https://example.jp/a?TK-1234', (text) => text)).toBe('it stands in a web address');
    const context = (text: string): string =>
      text
        .replace('examples:', 'context: { words: [整理券], within: 20, raises_to: 0.9, required: true }\nexamples:')
        .replace('confidence: 0.9 }', 'confidence: 0.3 }');
    expect(complaintOf('TK-1234', context)).toMatch(/^it lacks the context that it needs \(context words, within 20 characters: 整理券/);
    const column = (text: string): string => context(text).replace('confidence: 0.3 }', 'confidence: 0.3, column_only: true }');
    expect(complaintOf('整理券 TK-1234', column)).toContain('(`column_only`)');
  });

  test('names the extending file for an example that it took over', () => {
    const extending = {
      path: 'site/ticket/rule.yaml',
      text: "id: ticket\nextends: ticket\nversion: 2\npatterns:\n  - { name: plain, regex: 'TK-[0-9]{5}', boundary: alnum, confidence: 0.9 }\n",
      origin: 'site',
    };
    const compiled = compileRules([{ ...file(ticketRule), origin: 'built-in' }, extending]);
    if (!compiled.ok) throw new Error('must compile');
    const [first] = testRules(compiled.value, { seeds: 1 }).failures;
    expect(first).toMatchObject({ file: 'site/ticket/rule.yaml', line: 2, column: 10 });
    expect(first?.message).toContain('this example is taken over from ticket/rule.yaml:10');
  });

  test('an example with a macro that does not exist is a problem by itself', () => {
    const complaints = (example: string): readonly string[] => {
      const compiled = compileRules([file(ticketRule.replace('[TK-1234,', `['${example}',`))]);
      if (!compiled.ok) throw new Error('must compile');
      return checkExamples(compiled.value).map(({ line, column, message }) => `${line}:${column} ${message}`);
    };
    expect(complaints('TK-1234')).toEqual([]);
    expect(complaints('{{mynumber}}')).toEqual([
      '10:11 {{mynumber}} names a macro that does not exist: {{mynumber}}; did you mean `my_number`?',
    ]);
    expect(complaints('{{my_number|fullwdith}}')[0]).toContain('did you mean `fullwidth`?');
    expect(complaints('{{ my_number }}')[0]).toContain('names a macro that does not exist');
    expect(complaints('{{constructor}}')[0]).toContain('names a macro that does not exist');
  });

  test('reports known gaps that are mended, without failing', () => {
    const compiled = compileRules([file(`${ticketRule}  todo_match: [TK-9999]\n  todo_no_match: [TK-8888]\n`)]);
    if (!compiled.ok) throw new Error('must compile');
    const report = testRules(compiled.value, { seeds: 1 });
    expect(report.failures).toEqual([]);
    expect(report.mended.map(({ example }) => example)).toEqual(['TK-9999']);
  });
});
