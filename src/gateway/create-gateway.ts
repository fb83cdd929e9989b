import { later, type Instant, type MessageId, type Organisation } from '../core/index.ts';
import type { Envelope, SpooledMessage } from '../message/index.ts';
import { BodyCache } from './body-cache.ts';
import { deliverMessage } from './deliver-message.ts';
import { inspectMessage } from './inspect-message.ts';
import type { Clock, Inspector, Log, Metrics, NextHopClient, Scheduler, Store } from './ports.ts';
import { createDelayReview, type DelayReview } from './review-delayed.ts';
import type { Review } from './review-contract.ts';
import { createReview } from './review.ts';
import { hasClearedRecipients, settleHold } from './settle-hold.ts';
import type { GatewaySettings } from './settings.ts';
import { createSweeper } from './sweep.ts';

export type GatewayDeps = {
  readonly store: Store;
  readonly scheduler: Scheduler;
  readonly inspector: Inspector;
  readonly nextHop: NextHopClient;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** As it stands now: a reload changes it. */
  readonly organisation: () => Organisation;
  readonly settings: GatewaySettings;
};

export type Gateway = {
  /** Takes responsibility (RFC 5321 §4.2.5): once it resolves the mail is on stable storage and nothing may fail the transaction (I1, I2). */
  accept(envelope: Envelope, body: Uint8Array): Promise<SpooledMessage>;
  /** Does what the state of the message asks for now. Never rejects: a failure is logged and tried again. */
  advance(id: MessageId): Promise<void>;
  /** Picks up everything that is due, and looks again every few seconds for what other processes decided. */
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly review: Review;
  readonly delays: DelayReview;
};

const retrySeconds = 15;

export function createGateway(deps: GatewayDeps): Gateway {
  const { store, scheduler, clock, log } = deps;
  const parts = { ...deps, cache: new BodyCache(deps.settings.cacheBytes) };
  const sweeper = createSweeper({ ...deps, retentionSeconds: deps.settings.retentionSeconds });
  const advance = async (id: MessageId): Promise<void> => {
    try {
      const due = await step(id);
      if (due !== null) scheduler.at(id, due);
    } catch (cause) {
      log.error('message.failed', { id }, cause);
      // The store still says that it is due; the timetable only must not spin.
      scheduler.at(id, later(clock.now(), retrySeconds));
    }
  };
  const step = async (id: MessageId): Promise<Instant | null> => {
    const message = await store.message(id);
    if (message === null) return null;
    switch (message.stage) {
      case 'inspect':
        return inspectMessage(message, parts);
      case 'deliver':
        return deliverMessage(message, parts);
      case 'held':
        return hasClearedRecipients(message, clock.now()) ? deliverMessage(message, parts) : settleHold(message, parts);
      case 'done':
        return null;
      default:
        return message.stage satisfies never;
    }
  };
  return {
    async accept(envelope, body) {
      const started = performance.now();
      const spooled = await store.accept({ envelope, body, origin: 'smtp' }, clock.now());
      // From here on nothing may fail the SMTP transaction (I2): the sweep finds what is not scheduled here.
      try {
        parts.cache.put(envelope.id, body);
        scheduler.at(envelope.id, clock.now());
        deps.metrics.count('messages_accepted');
        deps.metrics.observe('accept_seconds', (performance.now() - started) / 1000);
        log.info('message.accepted', { id: envelope.id, size: spooled.size, recipients: envelope.rcptTo.length });
      } catch (cause) {
        log.error('accept.not_scheduled', { id: envelope.id }, cause);
      }
      return spooled;
    },
    advance,
    async start() {
      scheduler.start(advance);
      await sweeper.start();
    },
    async stop() {
      sweeper.stop();
      await scheduler.stop();
    },
    review: createReview(deps),
    delays: createDelayReview(deps),
  };
}
