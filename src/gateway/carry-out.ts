import type { AuditEvent } from '../audit/index.ts';
import { later, type Instant, type Organisation } from '../core/index.ts';
import { endRecipients, holdRecipients, isFinished, nextAttemptOf, planDelivery, type Recipient } from '../delivery/index.ts';
import type { Inspection } from '../inspect/index.ts';
import { parseMessage, type Address, type Envelope } from '../message/index.ts';
import type { Disposition, Reason, Verdict } from '../policy/index.ts';
import { openHold, type Hold } from '../quarantine/index.ts';
import { delayNotice, holdNotice, policyNotice, rejectNotice } from './notices.ts';
import type { Change, NewMessage, Store, StoredMessage } from './ports.ts';
import { peopleOf, routeApproval, type Route } from './route-approval.ts';
import type { GatewaySettings } from './settings.ts';

export type CarryOutDeps = {
  readonly store: Store;
  readonly settings: GatewaySettings;
  readonly organisation: () => Organisation;
};

const system = { kind: 'system', name: 'sekisho' } as const;

/** What becomes of each recipient. Without `policy.split` all share the strictest; in monitor mode everything goes out. */
type Fates = Readonly<Record<Disposition, readonly Address[]>>;

/** A verdict → the one change that carries it out: queue, hold, return, notices and audit in one transaction. */
export async function carryOut(
  message: StoredMessage,
  inspection: Inspection,
  body: Uint8Array,
  deps: CarryOutDeps,
  now: Instant,
): Promise<Change & { readonly fates: Fates }> {
  const { verdict } = inspection;
  const fates = fatesOf(message, verdict, deps.settings);
  const owners = ownAddresses(message.spooled.envelope, body);
  const route = await routeApproval(verdict.approver, owners, deps.organisation(), deps.store);
  const hold = fates.hold.length === 0 ? null : holdOf(message, verdict, owners, route, deps.settings, now);
  const recipients = planned(message.recipients, fates, later(now, (verdict.delayMinutes ?? 0) * 60), now);
  const stage = hold !== null ? 'held' : isFinished(recipients) ? 'done' : 'deliver';
  const told = await policyNotices(message, verdict, fates, owners, deps, now);
  return {
    fates,
    stage,
    dueAt: earlier(nextAttemptOf(recipients), hold?.expiresAt ?? null),
    recipients,
    ...(hold === null ? {} : { hold: { next: hold, expectedVersion: null } }),
    notices: [...senderNotices(message, verdict, fates, hold, body, deps.settings, now), ...told],
    audit: auditOf(message, inspection, fates, hold, told.length),
  };
}

export const earlier = (a: Instant | null, b: Instant | null): Instant | null => (a === null || (b !== null && b < a) ? b : a);

function fatesOf(message: StoredMessage, verdict: Verdict, { mode, split }: GatewaySettings): Fates {
  const all = message.recipients.map(({ address }) => address);
  const fateOf = (address: Address): Disposition => {
    if (mode === 'monitor') return 'deliver';
    const own = verdict.recipients.find((recipient) => recipient.address === address)?.verdict;
    // A recipient that the verdict does not name gets what the strictest gets (I11).
    return split && own !== undefined ? own : verdict.disposition;
  };
  const having = (fate: Disposition): readonly Address[] => all.filter((address) => fateOf(address) === fate);
  return { deliver: having('deliver'), delay: having('delay'), hold: having('hold'), reject: having('reject') };
}

function planned(recipients: readonly Recipient[], fates: Fates, after: Instant, now: Instant): readonly Recipient[] {
  const sent = planDelivery(planDelivery(recipients, fates.deliver, now), fates.delay, after);
  return holdRecipients(endRecipients(sent, 'returned', now, fates.reject), fates.hold);
}

function holdOf(
  message: StoredMessage,
  verdict: Verdict,
  owners: readonly string[],
  route: Route,
  settings: GatewaySettings,
  heldAt: Instant,
): Hold {
  return openHold({ verdict, message: message.spooled, ...route, ownAddresses: owners, heldAt, split: settings.split });
}

/** What the sender is told of his own mail. */
function senderNotices(
  message: StoredMessage,
  verdict: Verdict,
  fates: Fates,
  hold: Hold | null,
  body: Uint8Array,
  settings: GatewaySettings,
  now: Instant,
): readonly NewMessage[] {
  const { envelope } = message.spooled;
  const to = envelope.mailFrom;
  if (to === null) return [];
  const of = { to, id: message.id, now, settings };
  // I10, I3: given back to a sender of a trusted network (only such mail is taken), always with the mail itself.
  const rejected =
    fates.reject.length === 0
      ? []
      : [rejectNotice({ ...of, recipients: fates.reject.length, titles: titlesOf(verdict, 'reject'), original: body })];
  if (isAutomatic(envelope, body)) return rejected;
  const held = hold === null ? null : holdNotice(hold, settings, now);
  const delayed =
    fates.delay.length === 0
      ? []
      : [
          delayNotice({
            ...of,
            recipients: fates.delay.length,
            titles: titlesOf(verdict, 'delay'),
            until: later(now, (verdict.delayMinutes ?? 0) * 60),
          }),
        ];
  return [...(held === null ? [] : [held]), ...rejected, ...delayed];
}

const inForce = ({ reasons }: Verdict, action: Reason['action']): readonly Reason[] =>
  reasons.filter((reason) => reason.action === action && reason.mode === 'enforce');

const titlesOf = (verdict: Verdict, action: Reason['action']): readonly Reason['title'][] => [
  ...new Map(inForce(verdict, action).map(({ policy, title }) => [policy, title])).values(),
];

/** `notify`: who is asked to know of a mail that goes out. A policy's recipients that are held or given back are told of there. */
async function policyNotices(
  message: StoredMessage,
  verdict: Verdict,
  fates: Fates,
  owners: readonly string[],
  deps: CarryOutDeps,
  now: Instant,
): Promise<readonly NewMessage[]> {
  if (deps.settings.mode === 'monitor') return [];
  const going = new Set([...fates.deliver, ...fates.delay]);
  const notices: NewMessage[] = [];
  for (const { policy, title, approver, recipients } of oncePerPolicy(inForce(verdict, 'notify'))) {
    if (!recipients.some((address) => going.has(address))) continue;
    const route = await routeApproval(approver, owners, deps.organisation(), deps.store);
    for (const to of await peopleOf(route, owners, deps.store))
      notices.push(policyNotice({ to, id: message.id, policy, title, recipients: recipients.length, settings: deps.settings, now }));
  }
  return notices;
}

const oncePerPolicy = (reasons: readonly Reason[]): readonly Reason[] => [
  ...new Map(reasons.map((reason) => [reason.policy, reason])).values(),
];

function auditOf(message: StoredMessage, inspection: Inspection, fates: Fates, hold: Hold | null, notified: number): readonly AuditEvent[] {
  const { verdict, ruleSet, customersVersion } = inspection;
  const versions = { policy: verdict.policyVersion, rules: ruleSet };
  const codes = (action: Reason['action']): readonly string[] => [...new Set(inForce(verdict, action).map(({ code }) => code))];
  const event = (type: AuditEvent['type'], details: AuditEvent['details']): AuditEvent => ({
    type,
    actor: system,
    message: message.id,
    details,
  });
  const delivered = {
    reasons: verdict.reasons.map(({ code }) => code),
    // In monitor mode: what would have become of it.
    verdict: verdict.disposition,
    tags: codes('tag'),
    exceptions: verdict.exceptions.map(({ policy }) => policy),
    notified,
    ...versions,
  };
  const held = { reasons: hold?.reasons ?? [], severity: hold?.severity ?? null, approver: hold?.approver ?? null, ...versions };
  return [
    ...(hold === null ? [] : [event('message.held', { ...held, customers: customersVersion })]),
    ...(fates.reject.length === 0
      ? []
      : [event('message.rejected', { reasons: codes('reject'), recipients: fates.reject.length, ...versions })]),
    ...(fates.delay.length === 0
      ? []
      : [
          event('message.delayed', { reasons: codes('delay'), minutes: verdict.delayMinutes, recipients: fates.delay.length, ...versions }),
        ]),
    // With others held, that some go out shows in delivery.relayed; the tags and notices are told here once.
    ...(hold === null && fates.deliver.length > 0 ? [event('message.delivered', delivered)] : []),
  ];
}

/** Everyone who counts as the sender: none of them may decide (I8). */
export function ownAddresses(envelope: Envelope, body: Uint8Array): string[] {
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

/** Null sender, auto-replies, reports: nobody reads a notice to them (RFC 3834 §2). */
function isAutomatic(envelope: Envelope, body: Uint8Array): boolean {
  if (envelope.mailFrom === null) return true;
  const automatic = parseMessage(body).headers.find((header) => header.name === 'auto-submitted');
  return automatic !== undefined && !automatic.value.toLowerCase().startsWith('no');
}
