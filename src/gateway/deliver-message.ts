import { createHash } from 'node:crypto';
import type { AuditEvent } from '../audit/index.ts';
import { GatewayError, instant, newMessageId, type Instant } from '../core/index.ts';
import { buildBounce, dueRecipients, isFinished, nextAttemptOf, recordResults, type RecipientResult } from '../delivery/index.ts';
import { receivedHeader, type Address } from '../message/index.ts';
import type { BodyCache } from './body-cache.ts';
import { noticeEnvelope } from './notices.ts';
import type { Change, Clock, Log, Metrics, NewMessage, NextHopClient, Store, StoredMessage } from './ports.ts';
import type { GatewaySettings } from './settings.ts';

export type DeliverDeps = {
  readonly store: Store;
  readonly nextHop: NextHopClient;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly settings: GatewaySettings;
  readonly cache: BodyCache;
};

const system = { kind: 'system', name: 'sekisho' } as const;

/** Hands the message to the next hop for every recipient that is due, and enters what it said in one transaction. Returns the next due time. */
export async function deliverMessage(message: StoredMessage, deps: DeliverDeps): Promise<Instant | null> {
  const now = deps.clock.now();
  const [first, ...others] = dueRecipients(message.recipients, now);
  if (first === undefined) return finishOrWait(message, deps, now);
  if (!(await claim(message, deps, now))) return now;
  const body = deps.cache.get(message.id) ?? (await deps.store.body(message.id));
  // I6: bytes relayed = bytes stored. A damaged body must not leave, nor be lost: it stays, and the log says so.
  if (createHash('sha256').update(body).digest('hex') !== message.spooled.sha256) throw new GatewayError('BODY_DAMAGED');
  const started = performance.now();
  const results = await transmit(message, [first, ...others], body, deps);
  deps.metrics.observe('delivery_seconds', (performance.now() - started) / 1000);
  return enter(message, results, body, deps);
}

/**
 * Mail that a policy had wait may be stopped until now: from here on it cannot be. False when somebody was faster, perhaps in another process.
 */
async function claim(message: StoredMessage, { store }: DeliverDeps, now: Instant): Promise<boolean> {
  const { inspection, recipients, dueAt } = message;
  const untried = recipients.some(({ state }) => state.status === 'pending' && state.attempts === 0 && state.nextAttempt <= now);
  if (inspection === null || inspection.verdict.delayMinutes === null || !untried) return true;
  // Another time than before, so that whoever has read the one before comes too late.
  return store.apply(message.id, { dueAt: now === dueAt ? instant(now + 1) : now, expectedDueAt: dueAt }, now);
}

async function transmit(
  message: StoredMessage,
  recipients: readonly [Address, ...Address[]],
  body: Uint8Array,
  deps: DeliverDeps,
): Promise<readonly RecipientResult[]> {
  const { envelope } = message.spooled;
  const trace = receivedHeader(envelope, deps.settings.hostname);
  try {
    return await deps.nextHop.send({
      id: message.id,
      mailFrom: envelope.mailFrom,
      recipients,
      body: Buffer.concat([trace, body]),
      smtpUtf8: envelope.smtpUtf8,
      eightBit: envelope.eightBit,
    });
  } catch (cause) {
    deps.log.warn('delivery.failed', { id: message.id });
    const reply = cause instanceof GatewayError ? cause.reply : new GatewayError('NEXT_HOP_UNREACHABLE').reply;
    return recipients.map((address) => ({ address, reply }));
  }
}

async function enter(
  message: StoredMessage,
  results: readonly RecipientResult[],
  body: Uint8Array,
  deps: DeliverDeps,
): Promise<Instant | null> {
  const now = deps.clock.now();
  const { recipients, nextAttempt, bounced } = recordResults(message.recipients, results, now, Math.random());
  // policy.split: the cleared recipients of a held message get theirs, the message itself stays held for the others.
  const held = message.stage === 'held';
  const finished = !held && isFinished(recipients);
  const notices = message.origin === 'smtp' && bounced.length > 0 ? bounceOf(message, body, bounced, deps, now) : [];
  const place: Change = held ? { dueAt: now } : { stage: finished ? 'done' : 'deliver', dueAt: nextAttempt };
  const change: Change = { ...place, recipients, audit: auditResults(message, results), notices };
  await deps.store.apply(message.id, change, now);
  deps.cache.drop(message.id); // what is deferred waits in the store
  count(results, deps.metrics);
  const relayed = results.filter(({ reply }) => reply.code < 300).length;
  deps.log.info('delivery.tried', {
    id: message.id,
    relayed,
    refused: bounced.length,
    deferred: results.length - relayed - bounced.length,
  });
  return held ? now : nextAttempt;
}

/** I10: a bounce goes only to a sender whose network we trust (only such mail is accepted), never to the null reverse path. */
function bounceOf(
  message: StoredMessage,
  body: Uint8Array,
  failed: Parameters<typeof buildBounce>[2],
  deps: DeliverDeps,
  now: Instant,
): NewMessage[] {
  const id = newMessageId(now);
  const bounce = buildBounce(message.spooled, body, failed, id, now, deps.settings.hostname);
  if (bounce === null) return [];
  return [
    {
      envelope: { ...noticeEnvelope(id, bounce.to, now, bounce.body), smtpUtf8: bounce.smtpUtf8, eightBit: bounce.eightBit },
      body: bounce.body,
      origin: 'notice',
    },
  ];
}

function auditResults(message: StoredMessage, results: readonly RecipientResult[]): AuditEvent[] {
  return results.map(({ reply }) => ({
    type: reply.code < 300 ? 'delivery.relayed' : reply.code >= 500 ? 'delivery.bounced' : 'delivery.deferred',
    actor: system,
    message: message.id,
    details: { code: reply.code },
  }));
}

function count(results: readonly RecipientResult[], metrics: Metrics): void {
  for (const { reply } of results)
    metrics.count(reply.code < 300 ? 'recipients_relayed' : reply.code >= 500 ? 'recipients_bounced' : 'recipients_deferred');
}

async function finishOrWait(message: StoredMessage, deps: DeliverDeps, now: Instant): Promise<Instant | null> {
  const next = nextAttemptOf(message.recipients);
  const finished = isFinished(message.recipients);
  if (finished) deps.cache.drop(message.id);
  await deps.store.apply(message.id, { stage: finished ? 'done' : 'deliver', dueAt: next }, now);
  return next;
}
