import type { Instant, MessageId } from '../core/index.ts';
import type { Address } from '../message/index.ts';
import type { Disposition, ReasonCode, Severity } from '../policy/index.ts';

export const holdStates = ['held', 'releasing', 'returning', 'released', 'returned', 'cancelled', 'expired'] as const;
export type HoldState = (typeof holdStates)[number];
export type HoldPhase = 'self_check' | 'approval' | 'asked';

export type HeldRecipient = {
  readonly address: Address;
  /** What the policy said of this recipient. */
  readonly verdict: Disposition;
  /** What a person said: null while undecided. */
  readonly decision: 'send' | 'drop' | null;
};

/** A held mail. Times are UTC instants; `version` grows with every change and guards each of them (compare-and-set). */
export type Hold = {
  readonly id: MessageId;
  readonly state: HoldState;
  readonly phase: HoldPhase;
  readonly severity: Severity;
  readonly reasons: readonly ReasonCode[];
  readonly from: Address | null;
  /** Department of the sender in the staff file, '' when unknown: approvers of that department see it. */
  readonly department: string;
  /** The one approver it is for, by account e-mail; null: those of the department. Approvers of all departments may always decide. */
  readonly approver: string | null;
  /** Everyone who counts as the sender (envelope, From, Sender, Reply-To, authenticated user), lower case: none of them may decide. */
  readonly ownAddresses: readonly string[];
  readonly recipients: readonly HeldRecipient[];
  readonly heldAt: Instant;
  readonly dueAt: Instant;
  readonly expiresAt: Instant;
  /** End of the undo window while releasing or returning; null otherwise. */
  readonly settlesAt: Instant | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
  /** The decider's written reason; goes to the sender on return. */
  readonly decisionReason: string | null;
  readonly version: number;
  /** SHA-256 of the body the hold is about; an approval is bound to it (invariant I8). */
  readonly sha256: string;
  readonly policyVersion: string;
};
