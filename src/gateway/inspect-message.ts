import type { Instant, Organisation } from '../core/index.ts';
import type { Inspection } from '../inspect/index.ts';
import type { BodyCache } from './body-cache.ts';
import { carryOut } from './carry-out.ts';
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

/** A message that took the process down this often is not inspected again: it is held (I4). */
const maxInspections = 3;

/** Inspects the message and writes verdict, recipients and hold in one transaction. Returns when it is due next. */
export async function inspectMessage(message: StoredMessage, deps: InspectDeps): Promise<Instant | null> {
  const { envelope } = message.spooled;
  const cached = deps.cache.get(message.id);
  const body = cached ?? (await deps.store.body(message.id));
  // A mail that an earlier process left behind may be what ended it: counted just before it is looked at, so that a crash in the middle counts,
  // and a backlog that waits for its turn while processes come and go does not.
  const tries = message.inspections + 1;
  const countTry = async (): Promise<void> => {
    await deps.store.apply(message.id, { inspections: tries }, deps.clock.now());
  };
  const inspection =
    tries > maxInspections
      ? deps.inspector.failed(envelope)
      : await deps.inspector.inspect(envelope, body, cached === null ? countTry : undefined);
  const now = deps.clock.now();
  const { fates, ...change } = await carryOut(message, inspection, body, deps, now);
  await deps.store.apply(message.id, { ...change, inspection, inspections: tries }, now);
  const held = change.stage === 'held';
  // What waits for a person, or for its time, waits in the store.
  if (held || fates.deliver.length === 0) deps.cache.drop(message.id);
  count(inspection, change.stage, deps.metrics);
  deps.log.info('message.decided', {
    id: message.id,
    verdict: inspection.verdict.disposition,
    reasons: inspection.verdict.reasons.length,
    held,
  });
  return change.dueAt ?? null;
}

function count({ verdict }: Inspection, stage: Change['stage'], metrics: Metrics): void {
  if (stage === 'held') metrics.count('messages_held', { severity: verdict.severity ?? 'medium' });
  else metrics.count(stage === 'done' ? 'messages_returned' : 'messages_delivered');
  const actions = new Map(
    verdict.reasons.map(({ mode, action, code }) => {
      const labels = { action: mode === 'monitor' ? mode : action, reason: code };
      return [`${labels.action} ${code}`, labels];
    }),
  );
  for (const labels of actions.values()) metrics.count('policy_actions', labels);
}
