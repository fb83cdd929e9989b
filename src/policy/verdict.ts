import type { CustomerId, RuleId } from '../core/index.ts';
import type { EntityType } from '../detect/index.ts';
import type { Location } from '../extract/index.ts';
import type { RecipientKind, Strength } from '../match/index.ts';
import type { Address } from '../message/index.ts';

export const reasonCodes = [
  'wrong_customer',
  'cross_client',
  'sensitive_pii',
  'bulk_pii',
  'ambiguous_mime',
  'salutation_mismatch',
  'exposed_recipients',
  'lookalike_address',
  'unknown_recipient_pii',
  'unscannable',
  'inspection_failed',
  'third_party_pii',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];
export type Severity = 'high' | 'medium' | 'low';
export type Disposition = 'deliver' | 'hold' | 'reject';
/** Where a hold begins: with the sender himself, or with an approver. */
export type FirstPhase = 'self_check' | 'approval';

/** Why a mail is held. Holds places and ids, never text of the mail; `explain` words it in Japanese and English. */
export type Reason = {
  readonly code: ReasonCode;
  /** The policy that gave it; several may give one code. */
  readonly policy: RuleId;
  readonly severity: Severity;
  readonly phase: FirstPhase;
  /** False for a reason that is only recorded (monitor). */
  readonly holds: boolean;
  readonly recipients: readonly Address[];
  readonly customers: readonly CustomerId[];
  readonly evidence: readonly Location[];
  /** Kinds of data the evidence is made of. */
  readonly types: readonly EntityType[];
  /** Persons, addresses or parties counted, where the reason counts; else null. */
  readonly count: number | null;
  /** The registered address that was probably meant; null where there is none. */
  readonly suggestion: Address | null;
};

export type RecipientVerdict = {
  readonly address: Address;
  readonly kind: RecipientKind;
  readonly customer: CustomerId | null;
  readonly verdict: Disposition;
};

/** A customer whom the content identifies, and by what. */
export type About = {
  readonly customer: CustomerId;
  readonly strength: Strength;
  readonly evidence: readonly EntityType[];
  readonly places: readonly Location[];
};

export type Verdict = {
  readonly disposition: Disposition;
  /** Of the worst holding reason; null when delivered. */
  readonly severity: Severity | null;
  readonly phase: FirstPhase | null;
  readonly reasons: readonly Reason[];
  readonly recipients: readonly RecipientVerdict[];
  readonly policyVersion: string;
};
