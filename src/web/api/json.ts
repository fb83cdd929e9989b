import type { AuditRecord } from '../../audit/index.ts';
import { isoTime } from '../../core/index.ts';
import type { AddressProposal, AllowListEntry, DecidedAddress, DelayedMail, StoredMessage } from '../../gateway/index.ts';
import type { Reason } from '../../policy/index.ts';
import type { Hold } from '../../quarantine/index.ts';

/** Plain JSON values: what scripts get. The names are part of the outside interface. */
type Json = Readonly<Record<string, unknown>>;

export const holdJson = (hold: Hold): Json => ({
  id: hold.id,
  state: hold.state,
  phase: hold.phase,
  severity: hold.severity,
  from: hold.from,
  recipients: hold.recipients.map(({ address, verdict, decision }) => ({ address, verdict, decision })),
  held_at: isoTime(hold.heldAt),
  due_at: isoTime(hold.dueAt),
  expires_at: isoTime(hold.expiresAt),
  reasons: hold.reasons,
  version: hold.version,
});

/** One hold with what a decision needs: whom the content is about (the `answer` to a release of high risk) and what stands in the reasons. */
export const holdDetailJson = (
  hold: Hold,
  { inspection }: StoredMessage,
  explain: (reason: Reason, language: 'ja' | 'en') => string,
): Json => ({
  ...holdJson(hold),
  about: (inspection?.about ?? []).map(({ customer, strength, evidence, mayReceive }) => ({
    customer,
    strength,
    evidence,
    may_receive: mayReceive,
  })),
  policy_set: inspection?.verdict.policyVersion ?? null,
  rule_set: inspection?.ruleSet ?? null,
  details: (inspection?.verdict.reasons ?? [])
    .filter(({ holds }) => holds)
    .map((reason) => ({
      code: reason.code,
      severity: reason.severity,
      recipients: reason.recipients,
      customers: reason.customers,
      policy: reason.policy,
      policy_version: reason.version,
      action: reason.action,
      message: { ja: explain(reason, 'ja'), en: explain(reason, 'en') },
    })),
});

export const messageJson = (message: StoredMessage): Json => ({
  id: message.id,
  stage: message.stage,
  from: message.spooled.envelope.mailFrom,
  recipients: message.recipients.map(({ address }) => ({ address })),
  received_at: isoTime(message.spooled.envelope.receivedAt),
  size: message.spooled.size,
  verdict: message.inspection?.verdict.disposition ?? null,
  reasons: (message.inspection?.verdict.reasons ?? []).map(({ code }) => code),
  tags: tagsOf(message),
  exceptions: (message.inspection?.verdict.exceptions ?? []).map(({ policy }) => policy),
});

/** Reasons of `tag` policies that were in force, each once. */
const tagsOf = ({ inspection }: StoredMessage): readonly string[] => [
  ...new Set(
    (inspection?.verdict.reasons ?? []).filter(({ action, mode }) => action === 'tag' && mode === 'enforce').map(({ code }) => code),
  ),
];

export const auditJson = ({ seq, at, event, previous, hash }: AuditRecord): Json => ({ seq, at: isoTime(at), ...event, previous, hash });

export const delayedJson = ({ message, recipients, goesAt, reasons, isOwn, mayStop }: DelayedMail): Json => ({
  id: message.id,
  from: message.spooled.envelope.mailFrom,
  recipients: recipients.map((address) => ({ address })),
  received_at: isoTime(message.spooled.envelope.receivedAt),
  goes_at: isoTime(goesAt),
  policies: [...new Map(reasons.map(({ policy, version, title }) => [policy, { policy, policy_version: version, title }])).values()],
  own: isOwn,
  may_stop: mayStop,
});

export const proposalJson = ({ id, customer, address, releases, proposedAt, lastAt, releasedBy }: AddressProposal): Json => ({
  id,
  customer,
  address,
  releases,
  proposed_at: isoTime(proposedAt),
  last_at: isoTime(lastAt),
  released_by: releasedBy,
});

/** Times as the list has them. */
export const decidedAddressJson = (entry: AllowListEntry & Partial<Pick<DecidedAddress, 'id'>>): Json => ({
  id: entry.id,
  decision: entry.decision,
  customer: entry.customer,
  address: entry.address,
  releases: entry.releases,
  proposed_at: entry.proposedAt,
  released_by: entry.releasedBy === '' ? [] : entry.releasedBy.split(' '),
  decided_at: entry.decidedAt,
  decided_by: entry.decidedBy,
  reason: entry.reason,
});
