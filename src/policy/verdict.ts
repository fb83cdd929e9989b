import type { CustomerId } from '../core/index.ts';
import type { EntityType } from '../detect/index.ts';
import type { Location } from '../extract/index.ts';
import type { RecipientKind, Strength } from '../match/index.ts';
import type { Address } from '../message/index.ts';
import type { Ground } from './conditions.ts';

/** The reasons that Sekisho looks for facts of. */
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
export type BuiltInReason = (typeof reasonCodes)[number];
/** A reason that a site's own policy gives: its conditions alone decide. */
export type SiteReason = `site.${string}`;
export type ReasonCode = BuiltInReason | SiteReason;
export const isSiteReason = (code: ReasonCode): code is SiteReason => code.startsWith('site.');

export type Severity = 'high' | 'medium' | 'low';
/** What becomes of a mail, or of one recipient: the strictest of what the policies say. */
export type Disposition = 'deliver' | 'delay' | 'hold' | 'reject';
/** What a reason does. notify: delivered, and people are told; tag: delivered, and remembered. */
export type ReasonAction = 'hold' | 'reject' | 'delay' | 'notify' | 'tag';
/** Where a hold begins: with the sender himself, or with an approver. */
export type FirstPhase = 'self_check' | 'approval';
/** Who decides or is told: a department's approvers, one person by account e-mail, or the sender's manager by the staff file. */
export type Approver = { readonly department: string } | { readonly user: string } | 'sender_manager';
export type Words = { readonly ja: string; readonly en: string };

/** The policy that speaks: id and version of its file, and its title. */
export type PolicyName = { readonly policy: string; readonly version: number; readonly title: Words };

/** Why a mail is held, or what else is to be done with it. Holds places and ids, never text of the mail; `explain` words it in Japanese and English. */
export type Reason = PolicyName & {
  readonly code: ReasonCode;
  readonly severity: Severity;
  readonly phase: FirstPhase;
  readonly action: ReasonAction;
  /** monitor: only recorded, whatever the action says. */
  readonly mode: 'enforce' | 'monitor';
  /** True when the mail must not go out for this: a hold or a reject that is enforced. */
  readonly holds: boolean;
  /** Whole minutes, for `delay`. */
  readonly delayMinutes: number | null;
  /** null: the usual one, approvers of the sender's department. */
  readonly approver: Approver | null;
  readonly recipients: readonly Address[];
  readonly customers: readonly CustomerId[];
  readonly evidence: readonly Location[];
  /** Kinds of data the evidence is made of. */
  readonly types: readonly EntityType[];
  /** Persons or addresses counted, where the reason counts; else null. */
  readonly count: number | null;
  /** To how many parties the counted addresses belong; null where no addresses are counted. */
  readonly parties: number | null;
  /** The registered address that was probably meant; null where there is none. */
  readonly suggestion: Address | null;
  /** All of the evidence stands in quoted history that these recipients have not seen. */
  readonly onlyQuoted: boolean;
  /** The conditions of the policy file that were met. */
  readonly grounds: readonly Ground[];
};

/** What a `deliver` policy let pass: these reasons do not count for these recipients. */
export type Exception = PolicyName & { readonly recipients: readonly Address[]; readonly codes: readonly ReasonCode[] };

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
  /** Recipients who may have it: the person, household, company, the unknown self. People inside and partners are not named. */
  readonly mayReceive: readonly Address[];
};

export type Verdict = {
  readonly disposition: Disposition;
  /** Of the worst holding reason; null when delivered. */
  readonly severity: Severity | null;
  readonly phase: FirstPhase | null;
  /** Of the worst holding reason; null: the usual one. */
  readonly approver: Approver | null;
  /** Whole minutes, the longest of the delays that count; null when nothing is delayed. */
  readonly delayMinutes: number | null;
  readonly reasons: readonly Reason[];
  readonly exceptions: readonly Exception[];
  readonly recipients: readonly RecipientVerdict[];
  readonly policyVersion: string;
};
