import { err, later, ok, type Instant, type Result } from '../core/index.ts';
import type { Address } from '../message/index.ts';
import type { HeldRecipient, Hold } from './hold.ts';
import { isOwnMail } from './own-mail.ts';

/** What may be done to a hold. `by` is the decider's account e-mail; `version` null: whatever stands now. */
export type HoldAction =
  | {
      readonly kind: 'release';
      readonly by: string;
      /** Who shall get the mail; null: every held recipient (refused for severity high). The others get nothing. */
      readonly recipients: readonly Address[] | null;
      readonly reason: string;
      readonly version: number | null;
      /** Whose data it is, as the decider says: a customer id or `many`. */
      readonly answer: string | null;
      /** The answers that are right. Empty (no customer was identified): `many`. */
      readonly rightAnswers: readonly string[];
    }
  | { readonly kind: 'return'; readonly by: string; readonly reason: string; readonly version: number | null }
  | { readonly kind: 'undo'; readonly by: string }
  /** The sender withdraws the mail: the one decision that is open to its sender. */
  | { readonly kind: 'cancel'; readonly by: string }
  /** Moves the hold between the sender's own check, an approver and a question to the sender. */
  | { readonly kind: 'pass'; readonly to: Hold['phase'] }
  | { readonly kind: 'settle' }
  | { readonly kind: 'expire' };

export type HoldRefusalCode =
  | 'own_mail'
  | 'not_allowed'
  | 'already_decided'
  | 'stale_version'
  | 'reason_required'
  | 'recipients_required'
  | 'answer_required'
  | 'wrong_answer'
  | 'undo_over';
/** Why nothing changes. `by` and `at` name the earlier decision, null where there is none. */
export type HoldRefusal = { readonly code: HoldRefusalCode; readonly by: string | null; readonly at: Instant | null };

/** A decision can be taken back this long; nothing leaves the gateway before (invariant I8). */
const undoSeconds = 30;
const reasonCharacters = { high: 10, medium: 1, low: 1 } as const;

/**
 * The hold after `action` at `now`, its version one higher, or why it is refused. Total: every action has an answer in every state.
 * Store the result with compare-and-set on the old version, or two people both decide.
 */
export function decideHold(hold: Hold, action: HoldAction, now: Instant): Result<Hold, HoldRefusal> {
  const refusal = refuse(hold, action, now);
  if (refusal !== null) return err({ code: refusal, by: hold.decidedBy, at: hold.decidedAt });
  return ok({ ...hold, ...changed(hold, action, now), version: hold.version + 1 });
}

function refuse(hold: Hold, action: HoldAction, now: Instant): HoldRefusalCode | null {
  switch (action.kind) {
    case 'release':
      return refuseDecision(hold, action) ?? refuseRelease(hold, action);
    case 'return':
      return refuseDecision(hold, action) ?? (length(action.reason) < 1 ? 'reason_required' : null);
    case 'undo':
      if (isOwnMail(hold, action.by)) return 'own_mail';
      return hold.settlesAt !== null && now < hold.settlesAt ? null : 'undo_over';
    case 'cancel':
    case 'pass':
      return hold.state === 'held' ? null : 'already_decided';
    case 'settle':
      return hold.settlesAt !== null && now >= hold.settlesAt ? null : 'not_allowed';
    case 'expire':
      if (hold.state !== 'held') return 'already_decided';
      return now >= hold.expiresAt ? null : 'not_allowed';
    default:
      return action satisfies never;
  }
}

function refuseDecision(hold: Hold, action: { readonly by: string; readonly version: number | null }): HoldRefusalCode | null {
  if (isOwnMail(hold, action.by)) return 'own_mail';
  if (hold.state !== 'held') return 'already_decided';
  return action.version !== null && action.version !== hold.version ? 'stale_version' : null;
}

function refuseRelease(hold: Hold, action: Extract<HoldAction, { kind: 'release' }>): HoldRefusalCode | null {
  const { recipients, answer } = action;
  if (recipients === null && hold.severity === 'high') return 'recipients_required';
  // An address that is not held cannot be released: it would be a way to add a recipient nobody inspected (invariant I11).
  const held = new Set(hold.recipients.map((recipient) => recipient.address));
  if (recipients !== null && (recipients.length === 0 || recipients.some((address) => !held.has(address)))) return 'recipients_required';
  if (length(action.reason) < reasonCharacters[hold.severity]) return 'reason_required';
  if (answer === null || answer.trim() === '') return hold.severity === 'high' ? 'answer_required' : null;
  const right = action.rightAnswers.length > 0 ? action.rightAnswers : ['many'];
  return right.includes(answer.trim()) ? null : 'wrong_answer';
}

function changed(hold: Hold, action: HoldAction, now: Instant): Partial<Hold> {
  switch (action.kind) {
    case 'release': {
      const send = action.recipients ?? hold.recipients.map(({ address }) => address);
      return { state: 'releasing', ...decision(hold, action, now, (address) => (send.includes(address) ? 'send' : 'drop')) };
    }
    case 'return':
      return { state: 'returning', ...decision(hold, action, now, () => 'drop') };
    case 'undo':
      return { state: 'held', recipients: decided(hold, () => null), ...undecided };
    case 'cancel':
      return { state: 'cancelled', recipients: decided(hold, () => 'drop'), decidedBy: action.by, decidedAt: now };
    case 'pass':
      return { phase: action.to };
    case 'settle':
      return { state: hold.state === 'releasing' ? 'released' : 'returned', settlesAt: null };
    case 'expire':
      return { state: 'expired', recipients: decided(hold, () => 'drop'), decidedAt: now };
    default:
      return action satisfies never;
  }
}

const undecided = { settlesAt: null, decidedBy: null, decidedAt: null, decisionReason: null } as const;

function decision(
  hold: Hold,
  action: { readonly by: string; readonly reason: string },
  now: Instant,
  of: (address: Address) => HeldRecipient['decision'],
): Partial<Hold> {
  return {
    recipients: decided(hold, of),
    settlesAt: later(now, undoSeconds),
    decidedBy: action.by,
    decidedAt: now,
    decisionReason: action.reason.trim(),
  };
}

const decided = (hold: Hold, of: (address: Address) => HeldRecipient['decision']): HeldRecipient[] =>
  hold.recipients.map((recipient) => ({ ...recipient, decision: of(recipient.address) }));

/** In characters as a person counts them, not UTF-16 units. */
const length = (reason: string): number => Array.from(reason.trim()).length;
