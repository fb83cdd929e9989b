import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { idPatternOf, manifestPath, openTable, type CustomerTable } from '../adapters/customer-index/index.ts';
import { builtInRules, readNameModel, readRules, type RulePack } from '../adapters/rules-fs/index.ts';
import { err, nearestName, ok, type Organisation, type Result } from '../core/index.ts';
import { compileRules, NameModel, type NameModelData } from '../detect/index.ts';
import type { Snapshot } from '../inspect/index.ts';
import { compilePolicies, type PolicySettings } from '../policy/index.ts';
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
  const source: SnapshotSource = {
    organisation,
    rules,
    settings: { mode, split: policy.split, unscannable: policy.unscannable, allowTypes: policy.allow_types },
    customers: table,
    idPattern: loaded.config.customers.id_pattern ?? idPatternOf(table),
    nameModel: readNameModel(),
    nameThreshold: loaded.config.detection.name_threshold,
    key,
  };
  return ok({ source, warnings: [...warnings, ...notes] });
}

/** The rule files that the configuration puts in force. Unknown ids in `rules.disable` and missing folders are problems of the configuration. */
export function readPack(loaded: LoadedConfig, problems: Problem[]): SnapshotSource['rules'] | null {
  const { dirs, disable } = loaded.config.rules;
  const folders = dirs.map((dir) => resolve(loaded.base, dir));
  const missing = folders.flatMap((folder, index) => (isFolder(folder) ? [] : [{ folder, index }]));
  for (const { folder, index } of missing)
    problems.push(loaded.problemAt(['rules', 'dirs', index], `${folder} is not a folder; make it or take it out of rules.dirs`));
  if (missing.length > 0) return null;
  const pack = readRules(folders);
  const ids = [...pack.detectors, ...pack.policies].map(({ path }) => basename(dirname(path)));
  for (const [index, id] of disable.entries()) {
    const near = nearestName(id, ids);
    const hint = near === null ? '`sekisho rules list` names them' : `did you mean \`${near}\`?`;
    if (!ids.includes(id)) problems.push(loaded.problemAt(['rules', 'disable', index], `there is no rule \`${id}\` to disable; ${hint}`));
  }
  return { ...pack, disable };
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** Compiles the source into what `inspect` needs. Problems name rule files with line and column. */
export function buildSnapshot(source: SnapshotSource): Result<Snapshot, readonly Problem[]> {
  const { detectors, policies: policyFiles, disable } = source.rules;
  const ruleSet = compileRules(detectors, { disable });
  const policies = compilePolicies(policyFiles, disable);
  if (!ruleSet.ok || !policies.ok) return err([...(ruleSet.ok ? [] : ruleSet.error), ...(policies.ok ? [] : policies.error)]);
  return ok({
    ruleSet: ruleSet.value,
    policies: policies.value,
    settings: source.settings,
    organisation: source.organisation,
    customers: openTable(source.customers),
    lists: shippedLists().lists,
    nameModel: new NameModel(source.nameModel),
    nameThreshold: source.nameThreshold,
    idPattern: source.idPattern,
    key: source.key,
  });
}

/** The files and folders of which a change changes what is in force: rules and lists, the staff file, the customer table, what was imported. */
export function watchedPaths(loaded: LoadedConfig): readonly string[] {
  const { rules, organisation, customers } = loaded.config;
  const named = [...rules.dirs, organisation.staff, customers.file].filter((path) => typeof path === 'string');
  return [builtInRules, ...named.map((path) => resolve(loaded.base, path)), manifestPath(storeFolder(loaded))];
}
