import type { Instant, Organisation } from '../core/index.ts';
import { holdRecipients, planDelivery, type Recipient } from '../delivery/index.ts';
import type { Inspection } from '../inspect/index.ts';
import { parseMessage, type Envelope } from '../message/index.ts';
import { openHold, type Hold } from '../quarantine/index.ts';
import type { BodyCache } from './body-cache.ts';
import { holdNotice } from './notices.ts';
import type { Change, Clock, Inspector, Log, Metrics, Store, StoredMessage } from './ports.ts';
import type { GatewaySettings } from './settings.ts';

export type InspectDeps = {
  readonly store: Store;
  readonly inspector: Inspector;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly settings: GatewaySettings;
  readonly organisation: () => Organisation;
  readonly cache: BodyCache;
};

const system = { kind: 'system', name: 'sekisho' } as const;
/** A message that took the process down this often is not inspected again: it is held (I4). */
const maxInspections = 3;

/** Inspects the message and writes verdict, recipients and hold in one transaction. Returns when it is due next. */
export async function inspectMessage(message: StoredMessage, deps: InspectDeps): Promise<Instant | null> {
  const { envelope } = message.spooled;
  const cached = deps.cache.get(message.id);
  const body = cached ?? (await deps.store.body(message.id));
  // A mail that an earlier process left behind may be what ended it: counted before it is looked at, so that a crash in the middle counts.
  const tries = message.inspections + 1;
  if (cached === null) await deps.store.apply(message.id, { inspections: tries }, deps.clock.now());
  const inspection = tries > maxInspections ? deps.inspector.failed(envelope) : await deps.inspector.inspect(envelope, body);
  const now = deps.clock.now();
  const held = inspection.verdict.disposition !== 'deliver' && deps.settings.mode === 'enforce';
  const change = held ? holdChange(message, inspection, body, deps, now) : deliverChange(message, inspection, now);
  await deps.store.apply(message.id, { ...change, inspection, inspections: tries }, now);
  if (change.stage === 'held') deps.cache.drop(message.id);
  deps.metrics.count(held ? 'messages_held' : 'messages_delivered', held ? { severity: inspection.verdict.severity ?? 'medium' } : {});
  deps.log.info('message.decided', {
    id: message.id,
    verdict: inspection.verdict.disposition,
    reasons: inspection.verdict.reasons.length,
    held,
  });
  return change.dueAt ?? null;
}

function deliverChange(message: StoredMessage, inspection: Inspection, now: Instant): Change {
  const reasons = inspection.verdict.reasons.map((reason) => reason.code);
  return {
    stage: 'deliver',
    dueAt: now,
    recipients: planDelivery(message.recipients, null, now),
    audit: [
      {
        type: 'message.delivered',
        actor: system,
        message: message.id,
        details: { reasons, policy: inspection.verdict.policyVersion, rules: inspection.ruleSet },
      },
    ],
  };
}

function holdChange(message: StoredMessage, inspection: Inspection, body: Uint8Array, deps: InspectDeps, now: Instant): Change {
  const { envelope } = message.spooled;
  const owners = ownAddresses(envelope, body);
  const department = departmentOf(owners, deps.organisation());
  const hold = openHold({
    verdict: inspection.verdict,
    message: message.spooled,
    department,
    ownAddresses: owners,
    heldAt: now,
    split: deps.settings.split,
  });
  const heldAddresses = hold.recipients.map(({ address }) => address);
  const clear = message.recipients.filter(({ address }) => !heldAddresses.includes(address)).map(({ address }) => address);
  let recipients: readonly Recipient[] = holdRecipients(message.recipients, heldAddresses);
  if (clear.length > 0) recipients = planDelivery(recipients, clear, now);
  const notice = isAutomatic(envelope, body) ? null : holdNotice(hold, deps.settings, now);
  return {
    stage: 'held',
    // With some recipients cleared, delivery of theirs comes first; else the next thing to happen is expiry.
    dueAt: clear.length > 0 ? now : hold.expiresAt,
    recipients,
    hold: { next: hold, expectedVersion: null },
    notices: notice === null ? [] : [notice],
    audit: [{ type: 'message.held', actor: system, message: message.id, details: auditDetails(hold, inspection) }],
  };
}

const auditDetails = (hold: Hold, inspection: Inspection): { readonly [key: string]: string | readonly string[] } => ({
  reasons: hold.reasons,
  severity: hold.severity,
  policy: inspection.verdict.policyVersion,
  rules: inspection.ruleSet,
  customers: inspection.customersVersion,
});

/** Everyone who counts as the sender: none of them may decide (I8). */
function ownAddresses(envelope: Envelope, body: Uint8Array): string[] {
  const { from, sender, replyTo } = parseMessage(body).participants;
  const named = [...from, ...sender, ...replyTo].map(({ address }) => address.toLowerCase());
  return [
    ...new Set([
      ...(envelope.mailFrom === null ? [] : [envelope.mailFrom.toLowerCase()]),
      ...named,
      ...(envelope.session.authUser === null ? [] : [envelope.session.authUser.toLowerCase()]),
    ]),
  ];
}

function departmentOf(owners: readonly string[], organisation: Organisation): string {
  return organisation.staff.find((member) => owners.includes(member.email.toLowerCase()))?.department ?? '';
}

/** Null sender, auto-replies, reports: nobody reads a notice to them (RFC 3834 §2). */
function isAutomatic(envelope: Envelope, body: Uint8Array): boolean {
  if (envelope.mailFrom === null) return true;
  const automatic = parseMessage(body).headers.find((header) => header.name === 'auto-submitted');
  return automatic !== undefined && !automatic.value.toLowerCase().startsWith('no');
}
