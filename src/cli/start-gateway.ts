import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { clockSystem } from '../adapters/clock-system/index.ts';
import { createInspectorThreads, type InspectorThreads } from '../adapters/inspector-threads/index.ts';
import { createLog } from '../adapters/log-pino/index.ts';
import { createMetrics } from '../adapters/metrics-prometheus/index.ts';
import { createCaptureNextHop } from '../adapters/next-hop-capture/index.ts';
import { createSmtpNextHop } from '../adapters/next-hop-smtp/index.ts';
import { createLocalScheduler } from '../adapters/scheduler-local/index.ts';
import { openStore } from '../adapters/store-sqlite/index.ts';
import { storeFolder, type Config, type LoadedConfig, type Problem } from '../config/index.ts';
import { err, ok, type Result } from '../core/index.ts';
import {
  createGateway,
  type AddressReview,
  type CustomerLabels,
  type Gateway,
  type Log,
  type Metrics,
  type NextHopClient,
  type Scheduler,
  type Store,
} from '../gateway/index.ts';
import { titleOfType } from '../detect/index.ts';
import { failedInspection, type Snapshot } from '../inspect/index.ts';
import { clientsOf } from '../match/index.ts';
import { explainReason } from '../policy/index.ts';
import { createSmtpServer } from '../smtpd/index.ts';
import { createWeb } from '../web/index.ts';
import { fingerprintKey } from './fingerprint-key.ts';
import { labelsOf } from './customer-labels.ts';
import { openAddresses } from './open-addresses.ts';
import {
  keepInForce,
  readState,
  type ChangeCause,
  type ReloadCause,
  type Reloaded,
  type State,
  type StateInForce,
} from './state-in-force.ts';

export type Role = 'smtpd' | 'worker' | 'web';
export type Address = { readonly host: string; readonly port: number };

/** A gateway that runs in this process. `reload` puts changed rules and customers in force, or says what is wrong and keeps the old ones. */
export type RunningGateway = {
  readonly smtp: Address | null;
  readonly web: Address | null;
  readonly store: Store;
  readonly gateway: Gateway;
  reload(loaded: LoadedConfig, cause: ReloadCause): Promise<Result<Reloaded, readonly Problem[]>>;
  stop(): Promise<void>;
};

/** Starts the given roles. Errors (bad rules, no customers, a port in use) leave nothing running. */
export async function startGateway(
  loaded: LoadedConfig,
  roles: ReadonlySet<Role>,
  warn: (problems: readonly Problem[]) => void,
): Promise<Result<RunningGateway, readonly Problem[]>> {
  const { config } = loaded;
  const store = await openStore({ dir: storeFolder(loaded) });
  const state = await readState(loaded, fingerprintKey(storeFolder(loaded)), null);
  if (!state.ok) {
    await store.close();
    return err(state.error);
  }
  warn(state.value.warnings);
  const log = createLog(config.log.level);
  const metrics = createMetrics(
    () => store.stats(clockSystem.now()),
    () => inForce.isStale(),
  );
  const inspector = startInspector(loaded, state.value, log, metrics, () => inForce.current().snapshot);
  const inForce = keepInForce(state.value, {
    swap: (source) => inspector.reload(source),
    record: (before, after, cause) => recordReload(store, before, after, cause),
    log,
    metrics,
  });
  const nextHop = openNextHop(loaded, log);
  const name = config.smtp.hostname ?? hostname();
  const works = roles.has('worker');
  const gateway = createGateway({
    store,
    scheduler: works ? createLocalScheduler({ concurrency: 32, clock: clockSystem }) : noTimetable,
    inspector,
    nextHop,
    clock: clockSystem,
    log,
    metrics,
    organisation: () => inForce.current().source.organisation,
    settings: gatewaySettings(config, name, works),
  });
  const labels = labelsOf(inForce, config.customers.max_age_hours, log);
  await inspector.started();
  if (works) await gateway.start();
  const smtpd = roles.has('smtpd') ? createSmtpServer(smtpOptions(loaded, name), gateway, log, metrics, clockSystem) : null;
  const reloads = rememberReloads(loaded, inForce);
  const addresses = openAddresses(reloads.latest, store, inForce);
  const web = roles.has('web') ? createWeb(webDeps(loaded, { store, gateway, addresses, labels, log, metrics, inForce })) : null;
  const smtpAddress = smtpd === null ? null : await smtpd.listen();
  const webAddress = web === null ? null : await web.listen();
  await recordStart(store, state.value, labels);
  return ok({
    smtp: smtpAddress,
    web: webAddress,
    store,
    gateway,
    reload: reloads.reload,
    stop: () => stopInOrder([smtpd, inForce, web, { close: () => gateway.stop() }, inspector, nextHop, store]),
  });
}

/** The configuration as the last reload left it: the allow list may lie elsewhere then. */
function rememberReloads(
  loaded: LoadedConfig,
  inForce: StateInForce,
): { readonly latest: () => LoadedConfig; readonly reload: StateInForce['reload'] } {
  let latest = loaded;
  return {
    latest: () => latest,
    async reload(next, cause) {
      const result = await inForce.reload(next, cause);
      if (result.ok) latest = next;
      return result;
    },
  };
}

/** In the order of the flow: nothing new comes in, what is being done ends, then the ground goes. */
async function stopInOrder(parts: readonly ({ close(): Promise<void> } | null)[]): Promise<void> {
  for (const part of parts) await part?.close();
}

/** A process without the worker role takes mail and decisions; the worker's sweep finds them in the store. */
const noTimetable: Scheduler = { at: () => undefined, start: () => undefined, stop: () => Promise.resolve() };

const gatewaySettings = (config: Config, name: string, works: boolean): Parameters<typeof createGateway>[0]['settings'] => ({
  hostname: name,
  publicUrl: publicUrl(config),
  mode: config.mode,
  split: config.policy.split,
  retentionSeconds: config.retention.body_days * 86_400,
  cacheBytes: works ? 64 * 1024 * 1024 : 0,
});

type WebParts = {
  readonly store: Store;
  readonly gateway: Pick<Gateway, 'review' | 'delays'>;
  readonly addresses: AddressReview;
  readonly labels: CustomerLabels;
  readonly log: Log;
  readonly metrics: { text(): Promise<string> };
  readonly inForce: StateInForce;
};

function webDeps(
  loaded: LoadedConfig,
  { store, gateway, addresses, labels, log, metrics, inForce }: WebParts,
): Parameters<typeof createWeb>[0] {
  return {
    store,
    review: gateway.review,
    delays: gateway.delays,
    addresses,
    labels,
    clock: clockSystem,
    log,
    metricsText: () => metrics.text(),
    ready: async () => (await store.stats(clockSystem.now())).freeBytes > minimumFreeBytes,
    remarks: () => [
      ...(inForce.isStale() ? ['rules: files on disk have errors, the set read before stays in force; the log names file and line'] : []),
      ...remarkOnAge(labels),
    ],
    settings: webSettings(loaded, inForce.current().source.organisation.name),
    explain(reason, language) {
      const { snapshot } = inForce.current();
      const words: Parameters<typeof explainReason>[1] = {
        ...labels,
        typeTitle: (type) => titleOfType(snapshot.ruleSet, type),
        clientsOf: (recipient) => clientsOf(recipient, snapshot, (customer) => labels.label(customer)),
      };
      return explainReason(reason, words, language);
    },
  };
}

function remarkOnAge(labels: CustomerLabels): readonly string[] {
  const at = labels.loadedAt();
  const seconds = at === null ? 0 : (clockSystem.now() - at) / 1000;
  return seconds > labels.maxAgeSeconds
    ? [`customers: the data are ${Math.round(seconds / 3600)} hours old (limit ${labels.maxAgeSeconds / 3600}), holds carry a warning`]
    : [];
}

const minimumFreeBytes = 64 * 1024 * 1024;

const recordStart = (store: Store, { snapshot }: State, labels: CustomerLabels): Promise<void> =>
  store.appendAudit(
    [
      {
        type: 'gateway.started',
        actor: { kind: 'system', name: 'sekisho' },
        message: null,
        details: { rules: snapshot.ruleSet.version, customers: labels.count() },
      },
    ],
    clockSystem.now(),
  );

/** What changed in force, by version: each verdict names the versions it was made with. */
async function recordReload(store: Store, before: State, after: State, cause: ChangeCause): Promise<void> {
  const actor = { kind: 'system', name: 'sekisho' } as const;
  const { ruleSet, policies, customers } = after.snapshot;
  const rulesChanged = ruleSet.version !== before.snapshot.ruleSet.version || policies.version !== before.snapshot.policies.version;
  const rules = { rules: ruleSet.version, policies: policies.version, cause };
  const table = { customers: customers.count(), version: customers.version, cause };
  await store.appendAudit(
    [
      ...(rulesChanged ? [{ type: 'rules.loaded', actor, message: null, details: rules } as const] : []),
      ...(customers.version === before.snapshot.customers.version
        ? []
        : [{ type: 'customers.loaded', actor, message: null, details: table } as const]),
    ],
    clockSystem.now(),
  );
}

function startInspector(loaded: LoadedConfig, state: State, log: Log, metrics: Metrics, snapshot: () => Snapshot): InspectorThreads {
  const { inspection } = loaded.config;
  return createInspectorThreads({
    entry: new URL(import.meta.url.endsWith('.ts') ? '../inspect-worker.ts' : '../inspect-worker.js', import.meta.url),
    source: state.source,
    threads: inspection.threads,
    seconds: inspection.seconds,
    memoryMb: inspection.memory_mb,
    failed: (envelope) => failedInspection(envelope, snapshot()),
    log,
    metrics,
  });
}

function openNextHop(loaded: LoadedConfig, log: Log): NextHopClient {
  const hop = loaded.config.next_hop;
  if ('capture' in hop) return createCaptureNextHop({ dir: resolve(loaded.base, hop.capture) });
  return createSmtpNextHop({ host: hop.host, port: hop.port, tls: hop.tls, hostname: loaded.config.smtp.hostname ?? hostname(), log });
}

function split(listen: string): Address {
  const at = listen.lastIndexOf(':');
  return { host: listen.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(listen.slice(at + 1)) };
}

const publicUrl = (config: Config): string =>
  (config.web.public_url ?? `http${config.web.tls === undefined ? '' : 's'}://${config.web.listen}`).replace(/\/$/, '');

function smtpOptions(loaded: LoadedConfig, name: string): Parameters<typeof createSmtpServer>[0] {
  const { smtp } = loaded.config;
  return {
    listen: split(smtp.listen),
    hostname: name,
    trustedNetworks: smtp.trusted_networks,
    tls: smtp.tls === undefined ? null : readPair(loaded, smtp.tls),
    limits: {
      messageBytes: smtp.limits.message_bytes,
      recipients: smtp.limits.recipients,
      connections: smtp.limits.connections,
      connectionsPerClient: smtp.limits.connections_per_client,
    },
  };
}

function webSettings(loaded: LoadedConfig, organisationName: string): Parameters<typeof createWeb>[0]['settings'] {
  const { web } = loaded.config;
  const url = publicUrl(loaded.config);
  return {
    listen: split(web.listen),
    publicUrl: url,
    tls: web.tls === undefined ? null : readPair(loaded, web.tls),
    trustedProxies: web.trusted_proxies,
    organisationName,
    secureCookies: url.startsWith('https:'),
  };
}

const readPair = (
  loaded: LoadedConfig,
  pair: { readonly cert: string; readonly key: string },
): { readonly cert: Buffer; readonly key: Buffer } => ({
  cert: readFileSync(resolve(loaded.base, pair.cert)),
  key: readFileSync(resolve(loaded.base, pair.key)),
});
