import { formatTable } from '../terminal.ts';
import type { Changes } from './compare.ts';
import type { Unread } from './judge-mail.ts';
import type { Summary } from './tally.ts';

const percent = (value: number | null): string => (value === null ? '–' : `${(value * 100).toFixed(1)} %`);
const listed = 200;

/** The report for a terminal. `seconds`: wall time of the whole run; null for records. */
export function wordSummary(summary: Summary, seconds: number | null): string {
  return [
    ...wordHead(summary, seconds),
    ...wordLabels(summary),
    ...block(
      ['HELD BY', 'POLICY', 'HIGH', 'MEDIUM', 'LOW'],
      summary.by_rule.map(({ code, policy, high, medium, low }) => [code, policy, `${high}`, `${medium}`, `${low}`]),
    ),
    ...block(
      ['REASON', 'FOUND', 'MISSED', 'EXTRA'],
      Object.entries(summary.by_reason).map(([code, { found, missed, extra }]) => [code, `${found}`, `${missed}`, `${extra}`]),
    ),
    ...block(
      ['TYPE', 'FOUND', 'MISSED', 'EXTRA', 'F1'],
      Object.entries(summary.pii).map(([type, { found, missed, extra, f1 }]) => [
        type,
        `${found}`,
        `${missed}`,
        `${extra}`,
        f1 === null ? '–' : f1.toFixed(3),
      ]),
    ),
  ].join('\n');
}

function wordHead(summary: Summary, seconds: number | null): string[] {
  const { messages, held, took_ms: took, envelopes, inspection_failed: failed } = summary;
  const pace =
    seconds === null || seconds === 0 ? '' : `; ${seconds.toFixed(1)} s in all, ${(messages / seconds).toFixed(0)} mails a second`;
  const lines = [
    seconds === null
      ? `${messages} recorded mails, ${held} held or to be held`
      : `${messages} mails, ${held} held, ${took.mean} ms each (median ${took.p50}, 99 % within ${took.p99}, longest ${took.max})${pace}`,
    `rules ${summary.rule_set ?? '–'}, policies ${summary.policy_set ?? '–'}`,
  ];
  if (envelopes.header > 0)
    lines.push(`${envelopes.header} mails without sidecar: envelope taken from the header, so Bcc recipients may be missing`);
  if (summary.clocks.archive > 0)
    lines.push(
      `${summary.clocks.archive} mails without a date in their header: schedules judged by the archive's (From_ line, time of the file)`,
    );
  if (summary.clocks.now > 0) lines.push(`${summary.clocks.now} mails without any date: schedules judged by the time of this run`);
  if (failed > 0) lines.push(`${failed} inspections did not end by themselves and count as held`);
  for (const [why, count] of Object.entries(summary.unread)) lines.push(`${count} mails left out: ${unreadWords[why as Unread]}`);
  return lines;
}

/** Why a mail is left out, for people. */
export const unreadWords: Readonly<Record<Unread, string>> = {
  cannot_be_read: 'the file cannot be read',
  too_large: 'larger than smtp.limits.message_bytes, so the gateway would refuse it',
  no_mbox: 'the file does not begin with a From_ line, so it is no mbox',
  bad_sidecar: 'the sidecar is not {"envelope":{"from":"…","to":["…"]}}',
  bad_envelope: 'the sidecar names an address that SMTP could not carry',
  no_recipient: 'no sidecar, and no recipient in X-Envelope-To, To, Cc or Bcc',
  not_inspected: 'not inspected yet',
};

function wordLabels(summary: Summary): string[] {
  if (summary.labelled === 0) return [];
  const { confusion } = summary;
  const lines = [
    ...block(
      ['EXPECTED', 'HELD', 'DELIVERED'],
      [
        ['hold', `${confusion.hold.hold}`, `${confusion.hold.deliver}`],
        ['deliver', `${confusion.deliver.hold}`, `${confusion.deliver.deliver}`],
      ],
    ),
    '',
    ...wordRates(summary),
  ];
  if (summary.missed.length > 0) lines.push(`missed: ${wordIds(summary.missed)}`);
  if (summary.false_holds.length > 0) lines.push(`held for nothing: ${wordIds(summary.false_holds)}`);
  return lines;
}

function wordRates(summary: Summary): string[] {
  const { labels, hold_precision: precision } = summary;
  if (labels.decision === 0)
    return [
      `hold recall ${percent(summary.hold_recall)}, false holds ${percent(summary.false_hold_rate)}, all reasons right ${percent(summary.reasons_right)}`,
    ];
  return [
    `${labels.decision} of ${summary.messages} records have an answer by people's decision; of the held ones ${percent(precision)} were rightly held`,
    'mail that went out has no answer: what was missed cannot be told from records',
    ...block(
      ['RULE', 'POLICY', 'RETURNED', 'RELEASED'],
      summary.decided_by_rule.map(({ code, policy, returned, released }) => [code, policy, `${returned}`, `${released}`]),
    ),
  ];
}

export function wordChanges(changes: Changes): string {
  const { earlier, now, recall } = changes;
  const lines = [
    '',
    `against the earlier report: rules ${earlier.rule_set ?? '–'} → ${now.rule_set ?? '–'}, policies ${earlier.policy_set ?? '–'} → ${now.policy_set ?? '–'}`,
    `${changes.in_both} mails in both, ${changes.only_now} new, ${changes.only_earlier} no longer there`,
    `known missends newly missed: ${wordIds(changes.newly_missed)}`,
    `known missends newly caught: ${wordIds(changes.newly_caught)}`,
    `newly high: ${wordIds(changes.newly_high)}`,
    `newly held: ${wordIds(changes.newly_held)}`,
    `newly passed: ${wordIds(changes.newly_passed)}`,
    `hold recall over mails in both ${percent(recall.earlier)} → ${percent(recall.now)}, over all ${percent(earlier.hold_recall)} → ${percent(now.hold_recall)}`,
    ...block(
      ['RULE', 'POLICY', 'NEWLY HELD', 'NEWLY PASSED'],
      changes.by_rule.map(({ code, policy, newly_held: held, newly_passed: passed }) => [code, policy ?? '–', `${held}`, `${passed}`]),
    ),
  ];
  return lines.join('\n');
}

const block = (headers: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  rows.length === 0 ? [] : ['', formatTable(headers, rows)];

const wordIds = (ids: readonly string[]): string =>
  ids.length === 0
    ? 'none'
    : `${ids.length}: ${ids.slice(0, listed).join(' ')}${ids.length > listed ? ` … (${ids.length - listed} more: --json)` : ''}`;
