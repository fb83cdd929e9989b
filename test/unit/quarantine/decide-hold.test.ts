import { describe, expect, it } from 'vitest';
import { later } from '../../../src/core/index.ts';
import { decideHold, isOwnMail, openHold, type Hold, type HoldAction } from '../../../src/quarantine/index.ts';
import { address, holdingVerdict, newHold, newMessage, start } from '../../support/store-samples.ts';

const to = ['a@example.com', 'b@example.com'].map(address);
const high = newHold(newMessage({ to }));
const medium: Hold = { ...high, severity: 'medium' };
const approver = 'sato@example.co.jp';
type Release = Extract<HoldAction, { kind: 'release' }>;
const release = (changes: Partial<Release> = {}): Release => ({
  kind: 'release',
  by: approver,
  recipients: [address('a@example.com')],
  reason: '本人に電話で確認しました。',
  version: 1,
  answer: 'C0042',
  rightAnswers: ['C0042'],
  ...changes,
});
const giveBack = (changes: object = {}): HoldAction => ({ kind: 'return', by: approver, reason: '宛先違い', version: 1, ...changes });
const must = (hold: Hold, action: HoldAction, at = start): Hold => {
  const result = decideHold(hold, action, at);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};
const refused = (hold: Hold, action: HoldAction, at = start): string | null => {
  const result = decideHold(hold, action, at);
  return result.ok ? null : result.error.code;
};

describe('openHold', () => {
  const message = { ...newMessage({ to }), body: null };
  const spooled = { envelope: message.envelope, size: 1, sha256: 'ff' };
  const opened = (severity: 'high' | 'medium', split = false): Hold =>
    openHold({
      verdict: {
        ...holdingVerdict(to, { severity }),
        recipients: [
          { address: to[0]!, kind: 'customer', customer: null, verdict: 'hold' },
          { address: to[1]!, kind: 'internal', customer: null, verdict: 'deliver' },
        ],
      },
      message: spooled,
      department: '営業部',
      approver: null,
      ownAddresses: ['Tanaka+web@example.co.jp'],
      heldAt: start,
      split,
    });

  it('is due after 30 business minutes or 2 hours, expires after 24 hours, is bound to body and policy', () => {
    expect(opened('high')).toMatchObject({ state: 'held', version: 1, dueAt: later(start, 1800), sha256: 'ff', policyVersion: '1.0.0' });
    expect(opened('medium').dueAt).toBe(later(start, 7200));
    expect(opened('high').expiresAt).toBe(later(start, (2 * 24 + 6) * 3600));
  });

  it('holds everyone, or with split only those the policy held', () => {
    expect(opened('high').recipients.map(({ address }) => address)).toEqual(to);
    expect(opened('high', true).recipients.map(({ address }) => address)).toEqual([to[0]]);
  });

  it('knows its senders by every spelling', () => {
    expect(opened('high').ownAddresses).toEqual(['tanaka+web@example.co.jp', 'tanaka@example.co.jp']);
    for (const own of ['TANAKA@Example.CO.JP', 'tanaka+x@example.co.jp', ' tanaka@example.co.jp '])
      expect(isOwnMail(opened('high'), own)).toBe(true);
    for (const other of ['tanaka2@example.co.jp', 'tanaka@example.com', 'x@tanaka']) expect(isOwnMail(opened('high'), other)).toBe(false);
  });
});

describe('release', () => {
  it('sends to the named recipients only, after the undo window', () => {
    const releasing = must(high, release());
    expect(releasing).toMatchObject({ state: 'releasing', version: 2, settlesAt: later(start, 30), decidedBy: approver, decidedAt: start });
    expect(releasing.recipients.map(({ decision }) => decision)).toEqual(['send', 'drop']);
    expect(refused(releasing, { kind: 'settle' }, later(start, 29))).toBe('not_allowed');
    expect(must(releasing, { kind: 'settle' }, later(start, 30))).toMatchObject({ state: 'released', version: 3, settlesAt: null });
  });

  it('of severity medium sends to all when none is named, with a short reason and no answer', () => {
    const releasing = must(medium, release({ recipients: null, reason: '可', answer: null }));
    expect(releasing.recipients.map(({ decision }) => decision)).toEqual(['send', 'send']);
  });

  it.each<[string, Hold, Partial<Release>, string]>([
    ['own mail', high, { by: 'TANAKA+a@example.co.jp' }, 'own_mail'],
    ['another version', high, { version: 2 }, 'stale_version'],
    ['high without recipients', high, { recipients: null }, 'recipients_required'],
    ['an empty list', medium, { recipients: [] }, 'recipients_required'],
    ['an address that is not held', medium, { recipients: [address('evil@example.com')] }, 'recipients_required'],
    ['high with nine characters', high, { reason: ' 一二三四五六七八九 ' }, 'reason_required'],
    ['medium without a reason', medium, { reason: '  ' }, 'reason_required'],
    ['high without an answer', high, { answer: null }, 'answer_required'],
    ['high with an empty answer', high, { answer: ' ' }, 'answer_required'],
    ['the wrong answer', high, { answer: 'C0077' }, 'wrong_answer'],
    ['many where it is one', high, { answer: 'many' }, 'wrong_answer'],
    ['a wrong answer nobody asked for', medium, { answer: 'C0077' }, 'wrong_answer'],
  ])('is refused: %s', (_, hold, changes, code) => {
    expect(refused(hold, release(changes))).toBe(code);
  });

  it('counts ten characters, not ten UTF-16 units', () => {
    expect(refused(high, release({ reason: '𠮷𠮷𠮷𠮷𠮷' }))).toBe('reason_required');
    expect(refused(high, release({ reason: '𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷' }))).toBeNull();
  });

  it('takes `many` where no customer was identified, and any version when none is named', () => {
    expect(refused(high, release({ answer: 'many', rightAnswers: [], version: null }))).toBeNull();
  });
});

describe('other actions', () => {
  it('return gives back to the sender, with the reason', () => {
    const returning = must(high, giveBack());
    expect(returning).toMatchObject({ state: 'returning', decisionReason: '宛先違い' });
    expect(must(returning, { kind: 'settle' }, later(start, 60)).state).toBe('returned');
    expect(refused(high, giveBack({ reason: '' }))).toBe('reason_required');
    expect(refused(high, giveBack({ by: 'tanaka@example.co.jp' }))).toBe('own_mail');
  });

  it('a second decision is told who was first', () => {
    const result = decideHold(must(high, release()), giveBack({ by: 'suzuki@example.co.jp', version: null }), later(start, 5));
    expect(result).toEqual({ ok: false, error: { code: 'already_decided', by: approver, at: start } });
  });

  it('undo within 30 seconds leads back as if nothing had been decided', () => {
    const releasing = must(high, release());
    expect(must(releasing, { kind: 'undo', by: approver }, later(start, 29))).toEqual({ ...high, version: 3 });
    expect(refused(releasing, { kind: 'undo', by: approver }, later(start, 30))).toBe('undo_over');
    expect(refused(releasing, { kind: 'undo', by: 'tanaka@example.co.jp' }, later(start, 1))).toBe('own_mail');
    expect(refused(high, { kind: 'undo', by: approver })).toBe('undo_over');
  });

  it('expire waits for its time and never undoes a decision', () => {
    expect(refused(high, { kind: 'expire' }, start)).toBe('not_allowed');
    expect(must(high, { kind: 'expire' }, high.expiresAt)).toMatchObject({ state: 'expired', decidedBy: null });
    expect(refused(must(high, release()), { kind: 'expire' }, high.expiresAt)).toBe('already_decided');
  });

  it('cancel is open to the sender; a phase can be passed on', () => {
    expect(must(high, { kind: 'cancel', by: 'tanaka@example.co.jp' })).toMatchObject({
      state: 'cancelled',
      decidedBy: 'tanaka@example.co.jp',
    });
    expect(must(high, { kind: 'pass', to: 'asked' })).toMatchObject({ state: 'held', phase: 'asked', version: 2 });
  });
});
