import type { Instant, MessageId, Result } from '../core/index.ts';
import type { Examination } from '../inspect/index.ts';
import type { Address } from '../message/index.ts';
import type { Actor, AuditRecord } from '../audit/index.ts';
import type { Hold } from '../quarantine/index.ts';
import type { StoredMessage } from './ports.ts';
import type { User } from './users.ts';

/** Who decides: a person in the web UI or API, or a local operator acting as that person on the command line (audited as such). */
export type Decider = { readonly via: 'web' | 'api' | 'operator'; readonly user: User };

/** Why a decision is refused. `by` and `at` name the earlier decision for `already_decided`. */
export type Refusal = {
  readonly code:
    | 'not_found'
    | 'own_mail'
    | 'not_allowed'
    | 'already_decided'
    | 'stale_version'
    | 'reason_required'
    | 'recipients_required'
    | 'answer_required'
    | 'wrong_answer'
    | 'undo_over'
    | 'body_gone'
    | 'too_late';
  readonly by: string | null;
  readonly at: Instant | null;
};

/** `recipients` null: all held ones (refused for severity high). `version` null: whatever stands now. `answer`: whose data it is, a customer id of `about` or `many`. */
export type ReleaseRequest = {
  readonly recipients: readonly Address[] | null;
  readonly reason: string;
  readonly version: number | null;
  readonly answer: string | null;
};
export type ReturnRequest = { readonly reason: string; readonly version: number | null };

/** A hold with all that its page shows. `examination` null: the body is gone or cannot be examined. */
export type HoldView = {
  readonly hold: Hold;
  readonly message: StoredMessage;
  readonly examination: Examination | null;
  readonly isOwn: boolean;
  readonly mayDecide: boolean;
  readonly history: readonly AuditRecord[];
};

/** Decisions on holds, the same for web, API and command line. Each checks the role, the department, own mail and the version itself. */
export type Review = {
  /** Audited as `hold.viewed`. Auditors and policy admins get no examination. */
  view(id: MessageId, decider: Decider): Promise<Result<HoldView, Refusal>>;
  release(id: MessageId, decider: Decider, request: ReleaseRequest): Promise<Result<Hold, Refusal>>;
  returnToSender(id: MessageId, decider: Decider, request: ReturnRequest): Promise<Result<Hold, Refusal>>;
  /** Within 30 s of a decision: back to held. */
  undo(id: MessageId, decider: Decider): Promise<Result<Hold, Refusal>>;
  /** Departments whose holds the user may list: null for all, [] for none. */
  departmentsOf(user: User): readonly string[] | null;
};

/** Approvers see their department, or all when they have none; auditors and administrators see that there are holds, but no bodies. */
export function departmentsOf(user: User): readonly string[] | null {
  switch (user.role) {
    case 'approver':
      return user.department === null ? null : [user.department];
    case 'auditor':
    case 'policy_admin':
    case 'admin':
      return null;
    case 'sender':
      return [];
    default:
      return user.role satisfies never;
  }
}

export const actorOf = (decider: Decider): Actor => ({ kind: decider.via === 'operator' ? 'operator' : 'user', name: decider.user.email });
