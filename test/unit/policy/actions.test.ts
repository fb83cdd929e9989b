import { describe, expect, test } from 'vitest';
import { explainReason, testPolicies } from '../../../src/policy/index.ts';
import { colleague, customer, judge, mailTo, myNumber, partner, policiesWith, stranger, verdicts } from './policy-files.ts';

const always = { when: { recipient: 'outside' } } as const;
const hold = { id: 'a-hold', reason: 'site.hold', ...always };
const reject = { id: 'a-reject', reason: 'site.reject', action: 'reject', ...always };
const delay = { id: 'a-delay', reason: 'site.delay', action: 'delay', delay_minutes: 15, ...always };
const notify = { id: 'a-notify', reason: 'site.notify', action: 'notify', ...always };
const tag = { id: 'a-tag', reason: 'site.tag', action: 'tag', ...always };

describe('the strictest action wins', () => {
  test.each([
    ['nothing', [], 'deliver'],
    ['a tag and a notice', [tag, notify], 'deliver'],
    ['a delay over a tag', [tag, delay], 'delay'],
    ['a hold over a delay', [delay, hold], 'hold'],
    ['a reject over a hold', [hold, reject, delay], 'reject'],
  ] as const)('%s', (_, policies, expected) => {
    const verdict = judge(mailTo([customer, colleague]), ...policies);
    expect(verdict.disposition).toBe(expected);
    expect(verdicts(verdict)).toEqual([expected, 'deliver']);
    expect(verdict.reasons.map(({ policy }) => policy).toSorted()).toEqual(policies.map(({ id }) => id).toSorted());
  });

  test('what waits, waits as long as the longest delay says', () => {
    expect(judge(mailTo([customer]), delay, { ...delay, id: 'b-delay', delay_minutes: 40 }).delayMinutes).toBe(40);
  });

  test('a policy on trial stops nothing and is remembered with its action', () => {
    const verdict = judge(mailTo([customer]), { ...reject, mode: 'monitor' }, { ...hold, action: 'monitor' });
    expect(verdict.disposition).toBe('deliver');
    expect(verdict.reasons).toMatchObject([
      { policy: 'a-reject', action: 'reject', mode: 'monitor', holds: false },
      { policy: 'a-hold', action: 'hold', mode: 'monitor', holds: false },
    ]);
  });

  test('a mail that cannot be given back is held instead of rejected', () => {
    const facts = mailTo([customer]);
    const verdict = judge({ ...facts, sender: { returnTo: null, names: [] } }, reject);
    expect(verdict).toMatchObject({ disposition: 'hold', reasons: [{ action: 'hold', holds: true }] });
  });

  test('approver, severity and phase are those of the worst holding reason', () => {
    const verdict = judge(
      mailTo([customer]),
      { ...hold, severity: 'low', phase: 'self_check', approver: { department: '総務部' } },
      { ...hold, id: 'b-hold', severity: 'high', approver: { user: 'Boss@own.example.jp' } },
    );
    expect(verdict).toMatchObject({ severity: 'high', phase: 'approval', approver: { user: 'boss@own.example.jp' } });
  });
});

describe('exceptions', () => {
  const pass = { id: 'let-pass', reason: 'site.pass', action: 'deliver', when: { recipient_address: [customer] } };

  test('take their recipients, and nobody else, from what comes after', () => {
    const verdict = judge(mailTo([customer, stranger], myNumber), pass);
    expect(verdicts(verdict)).toEqual(['deliver', 'hold']);
    expect(verdict.exceptions).toEqual([
      {
        policy: 'let-pass',
        version: 1,
        title: { ja: 'ルール let-pass', en: 'Policy let-pass' },
        recipients: [customer],
        codes: ['sensitive_pii'],
      },
    ]);
  });

  test('name the reasons that shall not count', () => {
    const bank = { ...pass, when: { ...pass.when, reasons: ['bulk_pii'] } };
    expect(judge(mailTo([customer], myNumber), bank)).toMatchObject({ disposition: 'hold', exceptions: [] });
    expect(judge(mailTo([customer], myNumber), { ...bank, when: { ...pass.when, reasons: ['sensitive_pii'] } }).disposition).toBe(
      'deliver',
    );
  });

  test('do not reach what comes before them, nor what is final', () => {
    expect(judge(mailTo([customer]), pass, { ...hold, order: 10 }).disposition).toBe('hold');
    expect(judge(mailTo([customer]), pass, { ...hold, final: true }).disposition).toBe('hold');
    expect(judge(mailTo([customer]), pass, hold).disposition).toBe('deliver');
    expect(judge(mailTo([customer], { hasFailed: true }), pass).disposition).toBe('hold');
    expect(judge(mailTo([customer], { isAmbiguous: true }), pass).disposition).toBe('hold');
  });

  test('are not opened by a From that somebody wrote himself', () => {
    const facts = mailTo([customer], myNumber);
    const byBoard = { ...pass, when: { sender_group: ['board'] } };
    const [honest] = facts.sender.names;
    const forged = {
      ...facts,
      sender: { ...facts.sender, names: [honest!, { address: 'x@own.example.jp', departments: [], groups: [] }] },
    };
    expect(judge(facts, byBoard).disposition).toBe('deliver');
    expect(judge(forged, byBoard).disposition).toBe('hold');
  });

  test('on trial let nothing pass', () => {
    expect(judge(mailTo([customer], myNumber), { ...pass, mode: 'monitor' }).disposition).toBe('hold');
  });
});

describe('policies on what others found', () => {
  const asked = { id: 'second-pair', reason: 'site.second_pair', severity: 'high', approver: { user: 'boss@own.example.jp' } };

  test('fire for the recipients that one of the reasons is about', () => {
    const verdict = judge(mailTo([customer, partner], myNumber), { ...asked, when: { recipient: 'outside', reasons: ['sensitive_pii'] } });
    expect(verdict.reasons.map(({ code, recipients }) => [code, recipients])).toEqual([
      ['sensitive_pii', [customer]],
      ['site.second_pair', [customer]],
    ]);
  });

  test('or that has the severity', () => {
    const bySeverity = (severity: string) => judge(mailTo([customer], myNumber), { ...asked, when: { severities: [severity] } });
    expect(bySeverity('high').reasons).toHaveLength(2);
    expect(bySeverity('low').reasons).toHaveLength(1);
  });
});

test('a reason of the site is told with its title, its conditions, and how not to meet them', () => {
  const when = { recipient: ['external', 'partner'], schedule: { days: ['mon'], hours: { from: '22:00', to: '06:00' } } };
  const monday = mailTo([customer], { receivedAt: Date.parse('2026-11-30T23:10:00+09:00') as never });
  const verdict = judge(monday, { ...delay, title: { ja: '夜のメール', en: 'Mail at night' }, when });
  const labels = { label: () => null };
  expect(explainReason(verdict.reasons[0]!, labels, 'ja')).toBe(
    `夜のメール。宛先：${customer}。条件：宛先の種類 external, partner、送信の日時 mon 22:00–06:00。一つでも当てはまらない条件があれば対象外です。15分待ってから送信します。`,
  );
  expect(explainReason(verdict.reasons[0]!, labels, 'en')).toBe(
    `Mail at night. Recipients: ${customer}. Conditions met: kind of recipient external, partner; time of sending mon 22:00–06:00. It does not apply when one of them is not met. It goes out after 15 minutes.`,
  );
});

test('examples are run for actions that hold nothing, with a sender, a time and reasons of others', () => {
  const examples = [
    { facts: { sender: { departments: ['営業部'] }, receivedAt: '2026-11-28T12:00+09:00', reasons: ['bulk_pii'] }, fires: true },
    { facts: { sender: { departments: ['営業部'] }, receivedAt: '2026-11-27T12:00+09:00', reasons: ['bulk_pii'] }, fires: false },
    { facts: { sender: { departments: ['営業部'] }, receivedAt: 'noon', reasons: ['bulk_pii'] }, fires: false, about: 'no time' },
    { facts: { receivedAt: '2026-11-28T12:00+09:00', reasons: ['bulk_pii'] }, fires: true, about: 'nobody of that department' },
  ];
  const when = { department: ['営業部'], schedule: [{ days: ['sat', 'sun'] }], reasons: ['bulk_pii'] };
  expect(testPolicies(policiesWith({ ...tag, when, examples })).failures.map(({ message }) => message)).toEqual([
    '“no time” has no time in `receivedAt`; write it as 2026-11-25T22:30+09:00',
    '“nobody of that department” does not fire, but should',
  ]);
});
