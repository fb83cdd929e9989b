// The inspector in worker threads with a limit on time and memory: whatever goes wrong inside comes back as an inspection that holds.
import type { Inspector, Log, Metrics } from '../../gateway/index.ts';
import type { Examination, Inspection } from '../../inspect/index.ts';
import type { Envelope } from '../../message/index.ts';
import { ThreadPool, type Outcome, type PoolOptions } from './pool.ts';

export { ThreadPool, type Outcome } from './pool.ts';

/** What a thread is asked; it answers `{kind:'done', value}` or `{kind:'threw'}`, and `{kind:'ready'}` once it can work. */
export type InspectorRequest = { readonly kind: 'inspect' | 'examine'; readonly envelope: Envelope; readonly body: Uint8Array };

export type InspectorThreads = Inspector & {
  /** Resolves when the first thread is ready; rejects when threads cannot start. */
  started(): Promise<void>;
  /** Threads with another source (rules, customers) take over; the old ones finish what they have begun. Rejects, and the old stay, when the new cannot start. */
  reload(source: unknown): Promise<void>;
};

export function createInspectorThreads(
  options: PoolOptions & { readonly failed: (envelope: Envelope) => Inspection; readonly log: Log; readonly metrics: Metrics },
): InspectorThreads {
  let pool = new ThreadPool(options);
  const ask = (kind: InspectorRequest['kind'], envelope: Envelope, body: Uint8Array, begin?: () => Promise<void>): Promise<Outcome> => {
    // Transferred, so a copy of its own memory: a Buffer's slice would share the caller's.
    const copy = new Uint8Array(body);
    const request: InspectorRequest = { kind, envelope, body: copy };
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    pool.run({ payload: request, transfer: [copy.buffer], ...(begin === undefined ? {} : { begin }), finish: resolve });
    return promise;
  };
  const report = (envelope: Envelope, why: 'threw' | 'timed_out' | 'crashed'): void => {
    options.metrics.count('inspections_failed');
    options.log.error('inspection.failed', {
      id: envelope.id,
      threw: why === 'threw',
      timedOut: why === 'timed_out',
      crashed: why === 'crashed',
    });
  };
  return {
    async inspect(envelope, body, begin) {
      const started = performance.now();
      let refused: { readonly cause: unknown } | null = null;
      const prepared = async (): Promise<void> => {
        await begin?.().catch((cause: unknown) => {
          refused = { cause };
        });
      };
      const outcome = await ask('inspect', envelope, body, begin === undefined ? undefined : prepared);
      if (refused !== null) throw (refused as { readonly cause: unknown }).cause;
      options.metrics.observe('inspection_seconds', (performance.now() - started) / 1000);
      if (outcome.kind === 'done') return outcome.value as Inspection;
      report(envelope, outcome.why);
      return options.failed(envelope);
    },
    failed: options.failed,
    async examine(envelope, body) {
      const outcome = await ask('examine', envelope, body);
      return outcome.kind === 'done' ? (outcome.value as Examination) : null;
    },
    started: () => pool.started(),
    async reload(source) {
      const next = new ThreadPool({ ...options, source });
      try {
        await next.started();
      } catch (cause) {
        await next.close();
        throw cause;
      }
      const old = pool;
      pool = next;
      await old.drain();
    },
    close: () => pool.close(),
  };
}
