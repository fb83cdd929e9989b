import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { readAllowList } from '../adapters/csv-files/index.ts';
import { idPatternOf, manifestPath, openTable, type CustomerTable } from '../adapters/customer-index/index.ts';
import { builtInRules, readNameModel, readRules, type RulePack } from '../adapters/rules-fs/index.ts';
import { err, nearestName, ok, type Organisation, type Result } from '../core/index.ts';
import { compileRules, NameModel, type NameModelData, type RuleSet } from '../detect/index.ts';
import type { Snapshot } from '../inspect/index.ts';
import { withAllowedAddresses, type AllowedAddress } from '../match/index.ts';
import { checkNames, compilePolicies, type PolicySettings } from '../policy/index.ts';
import { storeFolder, takeTable, takeTableInThread, type TakenTable } from './load-customers.ts';
import type { LoadedConfig } from './load-config.ts';
import { loadOrganisation } from './load-organisation.ts';
import type { Problem } from './problem.ts';
import { shippedLists } from './shipped-lists.ts';

/** All an inspection depends on, as plain data that can be handed to a thread: rule texts, organisation, customer table, the fingerprint key. */
export type SnapshotSource = {
  readonly organisation: Organisation;
  readonly rules: RulePack & { readonly disable: readonly string[] };
  readonly settings: PolicySettings;
  /** In shared memory, as the name model: a thread gets it, not a copy. */
  readonly customers: CustomerTable;
  /** Addresses accepted beside the table's. */
  readonly allowed: readonly AllowedAddress[];
  readonly idPattern: string | null;
  /** In shared memory: a thread gets it, not a copy. */
  readonly nameModel: NameModelData;
  readonly nameThreshold: number;
  readonly key: Uint8Array;
};

export type SourceReport = { readonly source: SnapshotSource; readonly warnings: readonly Problem[] };

/**
 * Reads every file that the configuration names. Errors keep the old state in force: a missing file, no readable customer where a table is
 * named. Bad rows of the staff file or the customer table are warnings; the rest of the table stands.
 */
export function readSnapshotSource(loaded: LoadedConfig, key: Uint8Array): Result<SourceReport, readonly Problem[]> {
  const read = loadOrganisation(loaded);
  return compose(loaded, key, read, takeTable(loaded, key));
}

/** The same with the customer table loaded in a thread of its own; `current` stays when it is unchanged. */
export async function loadSnapshotSource(
  loaded: LoadedConfig,
  key: Uint8Array,
  current: CustomerTable | null,
): Promise<Result<SourceReport, readonly Problem[]>> {
  const read = loadOrganisation(loaded);
  return compose(loaded, key, read, await takeTableInThread(loaded, key, current));
}

function compose(
  loaded: LoadedConfig,
  key: Uint8Array,
  { organisation, errors, warnings }: ReturnType<typeof loadOrganisation>,
  customers: Result<TakenTable, readonly Problem[]>,
): Result<SourceReport, readonly Problem[]> {
  const problems: Problem[] = [...errors];
  const rules = readPack(loaded, problems);
  if (!customers.ok) problems.push(...customers.error);
  if (problems.length > 0 || rules === null || !customers.ok) return err(problems);
  const { policy, mode } = loaded.config;
  const { table, notes } = customers.value;
  const allowed = readAllowed(loaded);
  const source: SnapshotSource = {
    organisation,
    rules,
    settings: { mode, split: policy.split, unscannable: policy.unscannable, allowTypes: policy.allow_types },
    customers: table,
    allowed: allowed.addresses,
    idPattern: loaded.config.customers.id_pattern ?? idPatternOf(table),
    nameModel: readNameModel(),
    nameThreshold: loaded.config.detection.name_threshold,
    key,
  };
  return ok({ source, warnings: [...warnings, ...notes, ...allowed.problems] });
}

/** The rule files that the configuration puts in force. Unknown ids in `rules.disable` and missing folders are problems of the configuration. */
export function readPack(loaded: LoadedConfig, problems: Problem[]): SnapshotSource['rules'] | null {
  const { dirs, disable } = loaded.config.rules;
  const folders = dirs.map((dir) => resolve(loaded.base, dir));
  const missing = folders.flatMap((folder, index) => (isFolder(folder) ? [] : [{ folder, index }]));
  for (const { folder, index } of missing)
    problems.push(loaded.problemAt(['rules', 'dirs', index], `${folder} is not a folder; make it or take it out of rules.dirs`));
  if (missing.length > 0) return null;
  const { problems: ofFiles, ...pack } = readRules(folders);
  // A site's rules may lie beside its configuration.
  problems.push(...ofFiles.filter(({ file }) => loaded.file === null || file !== resolve(loaded.file)));
  const ids = [...pack.detectors, ...pack.policies].map(({ path }) => basename(dirname(path)));
  for (const [index, id] of disable.entries()) {
    const near = nearestName(id, ids);
    const hint = near === null ? '`sekisho rules list` names them' : `did you mean \`${near}\`?`;
    if (!ids.includes(id)) problems.push(loaded.problemAt(['rules', 'disable', index], `there is no rule \`${id}\` to disable; ${hint}`));
  }
  return { ...pack, disable };
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** Where `sekisho allow` writes what was accepted; in a folder of its own, which is watched without the store's traffic. */
export const allowListFile = ({ base, config }: LoadedConfig): string =>
  config.customers.allow_list === undefined
    ? resolve(base, config.store.dir, 'allow', 'allow-list.csv')
    : resolve(base, config.customers.allow_list);

function readAllowed(loaded: LoadedConfig): { readonly addresses: readonly AllowedAddress[]; readonly problems: readonly Problem[] } {
  const file = allowListFile(loaded);
  const { entries, problems } = readAllowList(file);
  return {
    addresses: entries.filter(({ decision }) => decision === 'accepted').map(({ customer, address }) => ({ customer, address })),
    problems: problems.map((problem) => ({ file, ...problem })),
  };
}

/** Compiles the source into what `inspect` needs. Problems name rule files with line and column. */
export function buildSnapshot(source: SnapshotSource): Result<Snapshot, readonly Problem[]> {
  const { detectors, policies: policyFiles, disable } = source.rules;
  const ruleSet = compileRules(detectors, { disable });
  const policies = compilePolicies(policyFiles, disable);
  if (!ruleSet.ok || !policies.ok) return err([...(ruleSet.ok ? [] : ruleSet.error), ...(policies.ok ? [] : policies.error)]);
  const unknown = checkNames(policies.value, {
    groups: [...source.organisation.groups.keys()],
    types: typesOf(source.rules, ruleSet.value),
  });
  if (unknown.length > 0) return err(unknown);
  return ok({
    ruleSet: ruleSet.value,
    policies: policies.value,
    settings: source.settings,
    organisation: source.organisation,
    customers: withAllowedAddresses(openTable(source.customers), source.allowed),
    lists: shippedLists().lists,
    nameModel: new NameModel(source.nameModel),
    nameThreshold: source.nameThreshold,
    idPattern: source.idPattern,
    key: source.key,
  });
}

/** Types that rules find, those of disabled rules too: a policy may go on naming what is not looked for at present. */
export function typesOf({ detectors, disable }: SnapshotSource['rules'], inForce: RuleSet): readonly string[] {
  const all = disable.length === 0 ? null : compileRules(detectors);
  return (all?.ok === true ? all.value : inForce).rules.map(({ entity }) => entity);
}

/** The files and folders of which a change changes what is in force: rules and lists, the staff file, the customer table, what was imported. */
export function watchedPaths(loaded: LoadedConfig): readonly string[] {
  const { rules, organisation, customers } = loaded.config;
  const named = [...rules.dirs, organisation.staff, customers.file, allowListFile(loaded)].filter((path) => typeof path === 'string');
  return [builtInRules, ...named.map((path) => resolve(loaded.base, path)), manifestPath(storeFolder(loaded))];
}
