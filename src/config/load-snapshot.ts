import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { readAllowList, readCustomers } from '../adapters/csv-files/index.ts';
import { builtInRules, readLists, readNameModel, readRules, type RulePack } from '../adapters/rules-fs/index.ts';
import { err, nearestName, ok, type Organisation, type Result } from '../core/index.ts';
import { compileRules, listFiles, loadDetectionLists, NameModel, type NameModelData, type RuleSet } from '../detect/index.ts';
import type { Snapshot } from '../inspect/index.ts';
import { buildCustomerIndex, withAllowedAddresses, type AllowedAddress, type CustomerRecord } from '../match/index.ts';
import { checkNames, compilePolicies, type PolicySettings } from '../policy/index.ts';
import type { LoadedConfig } from './load-config.ts';
import { loadOrganisation } from './load-organisation.ts';
import type { Problem } from './problem.ts';

/** All an inspection depends on, as plain data that can be handed to a thread: rule texts, organisation, customer rows, the fingerprint key. */
export type SnapshotSource = {
  readonly organisation: Organisation;
  readonly rules: RulePack & { readonly disable: readonly string[] };
  readonly settings: PolicySettings;
  readonly customers: readonly CustomerRecord[];
  /** Addresses accepted beside the table's. */
  readonly allowed: readonly AllowedAddress[];
  /** When the customer table was last changed, milliseconds; null without one. */
  readonly customersModifiedAt: number | null;
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
  const { organisation, errors, warnings } = loadOrganisation(loaded);
  const problems: Problem[] = [...errors];
  const notes: Problem[] = [...warnings];
  const rules = readPack(loaded, problems);
  const customers = readTable(loaded, problems, notes);
  if (problems.length > 0 || rules === null) return err(problems);
  const { policy, mode } = loaded.config;
  const source: SnapshotSource = {
    organisation,
    rules,
    settings: { mode, split: policy.split, unscannable: policy.unscannable, allowTypes: policy.allow_types },
    customers: customers.records,
    allowed: readAllowed(loaded, notes),
    customersModifiedAt: customers.modifiedAt,
    idPattern: loaded.config.customers.id_pattern ?? shapeOfIds(customers.records),
    nameModel: readNameModel(),
    nameThreshold: loaded.config.detection.name_threshold,
    key,
  };
  return ok({ source, warnings: notes });
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

function readTable(
  loaded: LoadedConfig,
  problems: Problem[],
  notes: Problem[],
): { records: readonly CustomerRecord[]; modifiedAt: number | null } {
  const given = loaded.config.customers;
  if (given.file === undefined) return { records: [], modifiedAt: null };
  const file = resolve(loaded.base, given.file);
  try {
    const table = readCustomers(file, given.columns);
    notes.push(...table.problems.map((problem) => ({ file, ...problem })));
    if (table.records.length === 0)
      problems.push(
        { file, line: 0, column: 0, message: 'holds no usable customer (customers.file)' },
        ...table.problems.map((problem) => ({ file, ...problem })),
      );
    return table;
  } catch {
    problems.push({
      file,
      line: 0,
      column: 0,
      message: 'cannot be read (customers.file); check the path, which counts from the configuration file',
    });
    return { records: [], modifiedAt: null };
  }
}

/** Where `sekisho allow` writes what was accepted; in a folder of its own, which is watched without the store's traffic. */
export const allowListFile = ({ base, config }: LoadedConfig): string =>
  config.customers.allow_list === undefined
    ? resolve(base, config.store.dir, 'allow', 'allow-list.csv')
    : resolve(base, config.customers.allow_list);

function readAllowed(loaded: LoadedConfig, notes: Problem[]): readonly AllowedAddress[] {
  const file = allowListFile(loaded);
  const { entries, problems } = readAllowList(file);
  notes.push(...problems.map((problem) => ({ file, ...problem })));
  return entries.filter(({ decision }) => decision === 'accepted').map(({ customer, address }) => ({ customer, address }));
}

/** A pattern for the ids of a table that names none: their letters as they are, their digits by number (C0042 → C[0-9]{4}). Null when they have no common shapes. */
function shapeOfIds(records: readonly CustomerRecord[]): string | null {
  const shapes = new Set(
    records.map(({ customerId }) =>
      customerId.replaceAll(/[^A-Za-z0-9-]/g, '').replaceAll(/[0-9]+/g, (digits) => `[0-9]{${digits.length}}`),
    ),
  );
  // Digits alone would match every number in every mail.
  return shapes.size === 0 || shapes.size > 8 || ![...shapes].every((shape) => /^[A-Za-z]/.test(shape))
    ? null
    : `(?:${[...shapes].join('|')})`;
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
  const lists = loadDetectionLists(readLists(listFiles));
  const table = buildCustomerIndex(source.customers, { key: source.key, organisation: source.organisation, lists });
  const customers = withAllowedAddresses(table, source.allowed);
  return ok({
    ruleSet: ruleSet.value,
    policies: policies.value,
    settings: source.settings,
    organisation: source.organisation,
    customers,
    lists,
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

/** The files and folders of which a change changes what is in force: rules and lists, the staff file, the customer table. */
export function watchedPaths(loaded: LoadedConfig): readonly string[] {
  const { rules, organisation, customers } = loaded.config;
  const named = [...rules.dirs, organisation.staff, customers.file, allowListFile(loaded)].filter((path) => typeof path === 'string');
  return [builtInRules, ...named.map((path) => resolve(loaded.base, path))];
}
