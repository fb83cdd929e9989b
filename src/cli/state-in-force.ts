import { hasShrunk, mostShrink, type CustomerTable } from '../adapters/customer-index/index.ts';
import { buildSnapshot, loadSnapshotSource, type LoadedConfig, type Problem, type SnapshotSource } from '../config/index.ts';
import { err, ok, type Result } from '../core/index.ts';
import type { Log, Metrics } from '../gateway/index.ts';
import type { Snapshot } from '../inspect/index.ts';
import { changesBetween, type RuleChanges } from './rule-changes.ts';
import { noticesOf } from './rule-notices.ts';

/** Rules, policies, organisation and customers as they were read and compiled at one moment. */
export type State = { readonly source: SnapshotSource; readonly snapshot: Snapshot; readonly warnings: readonly Problem[] };

/** `current`: the customer table in force, which is kept when it is unchanged. */
export async function readState(
  loaded: LoadedConfig,
  key: Uint8Array,
  current: CustomerTable | null,
): Promise<Result<State, readonly Problem[]>> {
  const report = await loadSnapshotSource(loaded, key, current);
  if (!report.ok) return report;
  const snapshot = buildSnapshot(report.value.source);
  if (!snapshot.ok) return snapshot;
  const { source, warnings } = report.value;
  return ok({ source, snapshot: snapshot.value, warnings: [...warnings, ...noticesOf(snapshot.value, source.organisation)] });
}

/** `changes`: against what was in force before. */
export type Reloaded = State & { readonly changes: RuleChanges };

/** `signal`: an administrator asked for it. `change`: files have changed by themselves. */
export type ReloadCause = 'signal' | 'change';
/** `allowed`: somebody has decided on an address; nothing else was read anew. */
export type ChangeCause = ReloadCause | 'allowed';

export type StateInForce = {
  current(): State;
  /** True while the files on disk have errors and what was read before stays in force. */
  isStale(): boolean;
  /** Reads and compiles all anew, then swaps; with any error nothing changes. One after another. */
  reload(loaded: LoadedConfig, cause: ReloadCause): Promise<Result<Reloaded, readonly Problem[]>>;
  /** Puts other accepted addresses beside the customer table; all else stays as it was read. Takes its turn among the reloads. */
  allow(allowed: SnapshotSource['allowed']): Promise<Result<State, readonly Problem[]>>;
  /** Waits for what is being read; from then on nothing changes: threads that a late reload started would outlive the gateway. */
  close(): Promise<void>;
};

type Deps = {
  /** Puts the source in force in every inspection thread, or rejects and leaves the old one there. */
  readonly swap: (source: SnapshotSource) => Promise<void>;
  readonly record: (before: State, after: State, cause: ChangeCause) => Promise<void>;
  readonly log: Log;
  readonly metrics: Metrics;
};

export function keepInForce(first: State, deps: Deps): StateInForce {
  let current = first;
  let isStale = false;
  let isClosed = false;
  let last: Promise<unknown> = Promise.resolve();
  const reload = async (loaded: LoadedConfig, cause: ReloadCause): Promise<Result<Reloaded, readonly Problem[]>> => {
    const before = current.snapshot;
    const next = await replace(loaded, cause);
    isStale = !next.ok;
    deps.metrics.count('reloads', { outcome: next.ok ? 'done' : 'failed' });
    if (!next.ok) {
      deps.log.error('rules.reload_failed', { problems: next.error.length });
      return next;
    }
    const changes = changesBetween(before, next.value.snapshot);
    const { added, changed, removed } = changes;
    const customers = next.value.snapshot.customers.count();
    deps.log.info('rules.reloaded', { customers, added: added.length, changed: changed.length, removed: removed.length });
    return ok({ ...next.value, changes });
  };
  const replace = async (loaded: LoadedConfig, cause: ReloadCause): Promise<Result<State, readonly Problem[]>> => {
    const read = await readState(loaded, current.source.key, current.source.customers);
    if (!read.ok) return read;
    const shrunk = cause === 'change' ? shrinkage(loaded, current, read.value) : null;
    return shrunk === null ? swapTo(read.value, loaded.file, cause) : err([shrunk]);
  };
  const allow = async (allowed: SnapshotSource['allowed']): Promise<Result<State, readonly Problem[]>> => {
    const source = { ...current.source, allowed };
    const snapshot = buildSnapshot(source);
    return snapshot.ok ? swapTo({ ...current, source, snapshot: snapshot.value }, null, 'allowed') : snapshot;
  };
  const swapTo = async (next: State, file: string | null, cause: ChangeCause): Promise<Result<State, readonly Problem[]>> => {
    try {
      await deps.swap(next.source);
    } catch {
      return err([{ file: file ?? 'environment', line: 0, column: 0, message: 'no inspection thread starts with what was read' }]);
    }
    const before = current;
    current = next;
    // In force all the same: what decides must not wait for what is written about it.
    await deps.record(before, current, cause).catch((error: unknown) => deps.log.error('rules.record_failed', {}, error));
    return ok(next);
  };
  const inTurn = <T extends State>(work: () => Promise<Result<T, readonly Problem[]>>): Promise<Result<T, readonly Problem[]>> => {
    const turn = last.then(() => (isClosed ? err([]) : work()));
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    current: () => current,
    isStale: () => isStale,
    reload: (loaded, cause) => inTurn(() => reload(loaded, cause)),
    allow: (allowed) => inTurn(() => allow(allowed)),
    async close() {
      isClosed = true;
      await last;
    },
  };
}

/** A table that is still being copied has lost many of its rows: that needs a person's word, which an import may have had. */
function shrinkage(loaded: LoadedConfig, before: State, after: State): Problem | null {
  const [had, has] = [before.snapshot.customers.count(), after.snapshot.customers.count()];
  if (!hasShrunk(had, has) || after.source.customers.origin.acceptedShrink) return null;
  const message = `holds ${has} customers where ${had} are in force, more than ${mostShrink * 100} % fewer: not taken over by itself; send SIGHUP when that is meant`;
  return { file: loaded.config.customers.file ?? 'customers', line: 0, column: 0, message };
}
