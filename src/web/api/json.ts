import type { AuditRecord } from '../../audit/index.ts';
import { isoTime } from '../../core/index.ts';
import type { StoredMessage } from '../../gateway/index.ts';
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
export const holdDetailJson = (hold: Hold, { inspection }: StoredMessage): Json => ({
  ...holdJson(hold),
  about: (inspection?.about ?? []).map(({ customer, strength, evidence }) => ({ customer, strength, evidence })),
  details: (inspection?.verdict.reasons ?? [])
    .filter(({ holds }) => holds)
    .map(({ code, severity, recipients, customers }) => ({ code, severity, recipients, customers })),
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
});

export const auditJson = ({ seq, at, event, previous, hash }: AuditRecord): Json => ({ seq, at: isoTime(at), ...event, previous, hash });
