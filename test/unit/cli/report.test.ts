import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Comparison } from '../../../src/cli/backtest/compare.ts';
import { writeReport } from '../../../src/cli/backtest/html/write-report.ts';
import type { Judged } from '../../../src/cli/backtest/judge-mail.ts';
import { Notebook } from '../../../src/cli/backtest/notebook.ts';
import { progressLine } from '../../../src/cli/backtest/progress.ts';
import { readEarlierReport, type EarlierReport } from '../../../src/cli/backtest/read-report.ts';
import { Tally } from '../../../src/cli/backtest/tally.ts';
import { TimeHistogram } from '../../../src/cli/backtest/time-histogram.ts';
import { wordSummary } from '../../../src/cli/backtest/word-summary.ts';

type Severity = 'high' | 'medium' | 'low';
const reason = (code: string, severity: Severity, policy = code.replaceAll('_', '-')): Judged['reasons'][number] => ({
  code,
  policy,
  severity,
  recipients: ['x@example.com'],
  customers: ['C1'],
  words: null,
});

function judged(id: string, reasons: Judged['reasons'], expected: string | null = null, more: Partial<Judged> = {}): Judged {
  return {
    kind: 'judged',
    id,
    verdict: reasons.length === 0 ? 'deliver' : 'hold',
    severity: reasons[0]?.severity ?? null,
    reasons,
    recorded: [],
    expected: expected === null ? null : { verdict: expected, reasons: [] },
    scores: null,
    types: {},
    size: 1000,
    tookMs: 2,
    envelope: 'sidecar',
    failed: null,
    subject: null,
    receivedAt: 0,
    clock: 'header',
    ruleSet: 'r2',
    policySet: 'p2',
    line: null,
    ...more,
  };
}

const earlierMail = (
  verdict: string,
  ...rules: [string, Severity][]
): { verdict: string; severity: Severity | null; rules: { code: string; policy: string; severity: Severity }[] } => ({
  verdict,
  severity: rules[0]?.[1] ?? null,
  rules: rules.map(([code, severity]) => ({ code, policy: code.replaceAll('_', '-'), severity })),
});

const earlier: EarlierReport = {
  mails: new Map([
    ['lost', earlierMail('hold', ['wrong_customer', 'high'], ['bulk_pii', 'high'])],
    ['found', earlierMail('deliver')],
    ['worse', earlierMail('hold', ['unscannable', 'medium'])],
    ['noisy', earlierMail('deliver')],
    ['quiet', earlierMail('hold', ['unscannable', 'medium'])],
    ['same', earlierMail('hold', ['unscannable', 'medium'])],
    ['gone', earlierMail('deliver')],
  ]),
  messages: 7,
  holdRecall: 0.5,
  ruleSet: 'r1',
  policySet: 'p1',
};
const now: readonly Judged[] = [
  judged('lost', [], 'hold'),
  judged('found', [reason('wrong_customer', 'high')], 'hold'),
  judged('worse', [reason('wrong_customer', 'high')]),
  judged('noisy', [reason('unscannable', 'medium')], 'deliver'),
  judged('quiet', []),
  judged('same', [reason('unscannable', 'medium')]),
  judged('new', [reason('unscannable', 'medium')]),
];

function run(
  results: readonly Judged[],
  against: EarlierReport,
): { changes: ReturnType<Comparison['changes']>; notebook: Notebook; tally: Tally } {
  const comparison = new Comparison(against);
  const notebook = new Notebook();
  const tally = new Tally();
  for (const result of results) {
    tally.add(result);
    notebook.add(result, comparison.add(result));
  }
  return { changes: comparison.changes(tally.summary()), notebook, tally };
}

test('every mail with another verdict is told by kind, by rule and worst first', () => {
  const { changes, notebook } = run(now, earlier);
  expect(changes).toMatchObject({
    in_both: 6,
    only_earlier: 1,
    only_now: 1,
    newly_missed: ['lost'],
    newly_caught: ['found'],
    newly_high: ['found', 'worse'],
    newly_held: ['found', 'noisy'],
    newly_passed: ['lost', 'quiet'],
    recall: { earlier: 0.5, now: 0.5 },
    worse: ['newly_missed'],
    earlier: { rule_set: 'r1', policy_set: 'p1' },
    now: { rule_set: 'r2', policy_set: 'p2' },
  });
  expect(changes.by_rule).toEqual(
    expect.arrayContaining([
      { code: 'wrong_customer', policy: 'wrong-customer', newly_held: 1, newly_passed: 1 },
      { code: 'bulk_pii', policy: 'bulk-pii', newly_held: 0, newly_passed: 1 },
      { code: 'unscannable', policy: 'unscannable', newly_held: 1, newly_passed: 1 },
    ]),
  );
  expect(notebook.changes().items.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
    'lost newly_missed',
    'worse newly_high',
    'noisy newly_held',
    'quiet newly_passed',
    'found newly_caught',
  ]);
});

test('recall that drops through a mail the earlier report did not have is worse too; the same result is not', () => {
  const before = { ...earlier, holdRecall: 1 };
  expect(run([judged('new', [], 'hold'), judged('same', [reason('unscannable', 'medium')], 'hold')], before).changes.worse).toEqual([
    'recall_dropped',
  ]);
  expect(run([judged('same', [reason('unscannable', 'medium')], 'hold')], before).changes.worse).toEqual([]);
});

test('a tally of any mails in any order is the same, and its parts add up', () => {
  const results = [
    ...now,
    judged('timed out', [reason('inspection_failed', 'medium')], null, { failed: 'timed_out', envelope: 'header' }),
    judged('two rules', [reason('bulk_pii', 'high'), reason('bulk_pii', 'medium', 'our-lists')], 'hold', { types: { phone: 12 } }),
  ];
  const summary = (all: readonly Judged[]): ReturnType<Tally['summary']> => {
    const tally = new Tally();
    tally.add({ kind: 'unread', id: 'x', why: 'too_large' });
    for (const one of all) tally.add(one);
    return tally.summary();
  };
  const expected = summary(results);
  expect(expected).toMatchObject({
    messages: 9,
    held: 7,
    labelled: 4,
    confusion: { hold: { hold: 2, deliver: 1 }, deliver: { hold: 1, deliver: 0 } },
    hold_recall: 0.6667,
    false_hold_rate: 1,
    missed: ['lost'],
    false_holds: ['noisy'],
    inspection_failed: 1,
    unread: { too_large: 1 },
    envelopes: { sidecar: 8, header: 1, record: 0 },
    findings: { phone: { findings: 12, mails: 1 } },
    by_severity: { high: 3, medium: 4, low: 0 },
  });
  expect(expected.by_rule.filter(({ code }) => code === 'bulk_pii')).toEqual([
    { code: 'bulk_pii', policy: 'bulk-pii', high: 1, medium: 0, low: 0 },
    { code: 'bulk_pii', policy: 'our-lists', high: 0, medium: 1, low: 0 },
  ]);
  const withoutOrder = (all: ReturnType<Tally['summary']>): object => ({ ...all, missed: all.missed.toSorted() });
  fc.assert(
    fc.property(fc.shuffledSubarray(results, { minLength: results.length }), (shuffled) => {
      expect(withoutOrder(summary(shuffled))).toEqual(withoutOrder(expected));
    }),
  );
});

test('decisions on recorded mail are counted by rule; rates that they cannot tell are not told', () => {
  const decision = (id: string, reasons: Judged['reasons'], verdict: string): Judged =>
    judged(id, reasons, null, { envelope: 'record', clock: 'record', expected: { verdict, reasons: null } });
  const tally = new Tally();
  const records = [
    decision('right', [reason('wrong_customer', 'high'), reason('bulk_pii', 'high')], 'hold'),
    decision('wrong', [reason('bulk_pii', 'high')], 'deliver'),
    decision('wrong too', [reason('bulk_pii', 'high')], 'deliver'),
    decision('stopped while it waited', [], 'hold'),
    judged('undecided', [reason('bulk_pii', 'high')], null, { envelope: 'record', clock: 'record' }),
  ];
  for (const record of records) tally.add(record);
  const summary = tally.summary();
  expect(summary).toMatchObject({
    messages: 5,
    labelled: 4,
    labels: { sidecar: 0, decision: 4 },
    confusion: { hold: { hold: 1, deliver: 1 }, deliver: { hold: 2, deliver: 0 } },
    hold_recall: null,
    false_hold_rate: null,
    hold_precision: 0.3333,
    reasons_right: null,
    by_reason: {},
    missed: ['stopped while it waited'],
    false_holds: ['wrong', 'wrong too'],
    decided_by_rule: [
      { code: 'bulk_pii', policy: 'bulk-pii', returned: 1, released: 2 },
      { code: 'wrong_customer', policy: 'wrong-customer', returned: 1, released: 0 },
    ],
    clocks: { header: 0, archive: 0, record: 5, now: 0 },
  });
  expect(wordSummary(summary, null)).toContain("4 of 5 records have an answer by people's decision");
  const page = writeReport({
    archive: null,
    summary,
    changes: null,
    seconds: null,
    times: tally.times,
    notebook: new Notebook(),
    madeAt: new Date(0),
  });
  expect(page).toContain('承認者の判断（ルール別）');
  expect(page).not.toContain('捕捉率');
});

test('quantiles are right within 5 %, and every time is in one class', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0.02, max: 60_000, noNaN: true }), { minLength: 1, maxLength: 200 }), (all) => {
      const histogram = new TimeHistogram();
      for (const ms of all) histogram.add(ms);
      const sorted = all.toSorted((a, b) => a - b);
      const exact = sorted[Math.ceil(all.length / 2) - 1] ?? 0;
      expect(histogram.summary().p50).toBeGreaterThanOrEqual(exact - 0.051);
      expect(histogram.summary().p50).toBeLessThanOrEqual(exact * 1.0501 + 0.051);
      expect(histogram.doublingClasses().reduce((sum, { count }) => sum + count, 0)).toBe(all.length);
    }),
  );
});

test('an earlier report: what an older version wrote is read, one that was cut off or is none is refused', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-report-'));
  const file = join(folder, 'report.jsonl');
  const old = '{"id":"a","verdict":"hold","reasons":[{"code":"bulk_pii","severity":"high"}],"rule_set":"1.0.0"}\n';
  writeFileSync(file, `${old}{"summary":{"hold_recall":1}}\n`);
  expect(await readEarlierReport(file)).toMatchObject({ messages: 1, holdRecall: 1, ruleSet: '1.0.0', policySet: null });
  writeFileSync(file, old);
  await expect(readEarlierReport(file)).rejects.toThrow(/report\.jsonl:1: the report was cut off/);
  writeFileSync(file, `${old}Subject: no report\n`);
  await expect(readEarlierReport(file)).rejects.toThrow(/report\.jsonl:2: no report/);
  rmSync(folder, { recursive: true });
});

function pageOf(results: readonly Judged[], against: EarlierReport | null): string {
  const { changes, notebook, tally } = run(results, against ?? earlier);
  const input = { archive: 'var/<archive>', summary: tally.summary(), seconds: 3, times: tally.times, notebook, madeAt: new Date(0) };
  return writeReport({ ...input, changes: against === null ? null : changes });
}

test('the page stands alone: no script, nothing from outside, and its policy names the style it has', () => {
  const page = pageOf(now, earlier);
  const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
  expect(page).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/<script|<img|<link|\shref=|\ssrc=|\sstyle=|\son\w+=|url\(|@import/);
  expect(page.indexOf('見逃しになる')).toBeLessThan(page.indexOf('捕捉率'));
  expect(page).toContain('var/&lt;archive&gt;');
});

test('whatever stands in ids, subjects and words stays text', () => {
  const bad = `<img src=x onerror=alert(1)>"'&\u202E`;
  const words = { ja: bad, en: bad };
  const page = pageOf(
    [judged(bad, [{ ...reason(bad, 'high', bad), words, recipients: [bad] }], 'deliver', { subject: bad, types: { [bad]: 1 } })],
    null,
  );
  expect(page).not.toContain('<img');
  expect(page).toContain('[U+202E]');
});

test('both languages say as much: each Japanese text has its English one', () => {
  const page = pageOf(now, earlier);
  expect(page.match(/<span lang="ja">/g)?.length).toBe(page.match(/<span lang="en">/g)?.length);
});

test('progress in words', () => {
  expect(progressLine(1234, 2, 0.5)).toBe('████████████░░░░░░░░░░░░  50 %  1,234 mails  617/s  0:02 left');
  expect(progressLine(10, 1, null)).toBe('10 mails  10/s');
});
