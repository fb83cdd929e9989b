import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  emptyTable,
  importedAt,
  loadInThread,
  loadTable,
  stampOf,
  type BuildPlan,
  type CustomerTable,
  type LoadedTable,
  type LoadJob,
  type TableSource,
} from '../adapters/customer-index/index.ts';
import { err, ok, type Result } from '../core/index.ts';
import { deriveIndexKeys } from '../match/index.ts';
import type { LoadedConfig } from './load-config.ts';
import type { Problem } from './problem.ts';
import { shippedLists } from './shipped-lists.ts';

/** The customer table in force; `notes` are what an administrator should know of it. */
export type TakenTable = { readonly table: CustomerTable; readonly notes: readonly Problem[] };

/** More rows with problems are counted: `customers import --report` lists them all. */
const mostNotes = 20;

/** Loads the table in this thread, which waits: a second for ten thousand rows of CSV, for a hundred million of an imported table. */
export function takeTable(loaded: LoadedConfig, key: Uint8Array): Result<TakenTable, readonly Problem[]> {
  const choice = chooseTable(loaded, key);
  if (choice.job === null)
    return choice.problem === null ? ok({ table: emptyTable(deriveIndexKeys(key, key)), notes: [] }) : err([choice.problem]);
  try {
    return judge(loadTable(choice.job), choice);
  } catch (cause) {
    return err([unreadable(choice, cause)]);
  }
}

/** The same in a thread of its own; an unchanged table is not loaded again. */
export async function takeTableInThread(
  loaded: LoadedConfig,
  key: Uint8Array,
  current: CustomerTable | null,
): Promise<Result<TakenTable, readonly Problem[]>> {
  const choice = chooseTable(loaded, key);
  if (choice.job === null)
    return choice.problem === null ? ok({ table: emptyTable(deriveIndexKeys(key, key)), notes: [] }) : err([choice.problem]);
  try {
    const isSame = current !== null && current.origin.stamp === stampOf(choice.job);
    // One more thread for hashing: the others' processors are busy with mail.
    return judge(isSame ? { table: current, remarks: [] } : await loadInThread(choice.job, 1), choice);
  } catch (cause) {
    return err([unreadable(choice, cause)]);
  }
}

type Choice = {
  readonly job: LoadJob | null;
  /** Where the table comes from, for messages. */
  readonly name: string;
  readonly note: string | null;
  readonly problem: Problem | null;
};

/** What was put in place last is in force: the CSV file of the configuration, or what was imported. */
function chooseTable(loaded: LoadedConfig, key: Uint8Array): Choice {
  const { file, query } = loaded.config.customers;
  const dir = storeFolder(loaded);
  const plan = planOf(loaded);
  const imported = importedAt(dir);
  const fromImport: Choice = { job: { kind: 'import', dir, plan }, name: 'customers', note: null, problem: null };
  if (file === undefined) {
    if (imported !== null) return fromImport;
    const message = 'customers.query has brought no table yet: run `sekisho customers import`';
    return { ...fromImport, job: null, problem: query === undefined ? null : loaded.problemAt(['customers', 'query'], message) };
  }
  const path = resolve(loaded.base, file);
  const fromFile: Choice = {
    job: { kind: 'file', file: path, plan: { ...plan, keys: deriveIndexKeys(key, key) } },
    name: path,
    note: null,
    problem: null,
  };
  if (imported === null || imported < placedAt(path)) return fromFile;
  return { ...fromImport, note: `the table that was imported is in force: customers.file (${path}) is older` };
}

/** When the file came to stand where it stands: a copy keeps its old time of change, but not that of its inode. */
function placedAt(path: string): number {
  const state = statSync(path, { throwIfNoEntry: false });
  return state === undefined ? Number.POSITIVE_INFINITY : Math.max(state.mtimeMs, state.ctimeMs);
}

export const storeFolder = (loaded: LoadedConfig): string => resolve(loaded.base, loaded.config.store.dir);

/** What decides, beside the table, what its index holds. */
export const planOf = ({ config }: LoadedConfig): Omit<BuildPlan, 'keys'> => ({
  columns: config.customers.columns,
  sharedDomains: config.organisation.shared_domains.map((domain) => domain.toLowerCase()),
  lists: shippedLists().files,
});

/** The database of customers.query, and how to call it before people. Null without a query. Throws when the file of its URL cannot be read. */
export function querySource(loaded: LoadedConfig): { readonly source: TableSource; readonly title: string } | null {
  const { query } = loaded.config.customers;
  if (query === undefined) return null;
  const { sqlite, postgres, postgres_file: urlFile, sql } = query;
  if (sqlite !== undefined) {
    const file = resolve(loaded.base, sqlite);
    return { source: { kind: 'sqlite', file, sql }, title: file };
  }
  const url = urlFile === undefined ? (postgres ?? '') : readSecret(resolve(loaded.base, urlFile));
  return { source: { kind: 'postgres', url, sql }, title: urlFile === undefined ? url : `the database of ${urlFile}` };
}

function readSecret(path: string): string {
  if ((statSync(path).mode & 0o077) !== 0) throw new Error(`${path} can be read by others: chmod 600 it`);
  return readFileSync(path, 'utf8').trim();
}

function judge({ table, remarks }: LoadedTable, { name, note }: Choice): Result<TakenTable, readonly Problem[]> {
  const { kind, problems, problemCount, rows } = table.origin;
  const file = kind === 'file' ? name : 'customers';
  const bad: Problem[] = problems.slice(0, mostNotes).map((problem) => ({ file, ...problem }));
  const more = problemCount - bad.length;
  if (more > 0)
    bad.push(about(file, `${more} more problems in this table; \`sekisho customers import FILE --report REPORT.csv\` lists all`));
  if (rows === 0) return err([about(file, 'holds no usable customer (customers.file)'), ...bad]);
  const said = [...remarks, ...(note === null ? [] : [note])].map((message) => about(file, message));
  // What an import could not take it said itself.
  return ok({ table, notes: kind === 'file' ? [...said, ...bad] : said });
}

const about = (file: string, message: string): Problem => ({ file, line: 0, column: 0, message });

function unreadable({ job, name }: Choice, cause: unknown): Problem {
  if (job?.kind === 'file') return about(name, 'cannot be read (customers.file); check the path, which counts from the configuration file');
  const why =
    cause instanceof Error && 'code' in cause ? `it cannot be read (${String(cause.code)})` : cause instanceof Error ? cause.message : '';
  return about(name, `the imported table: ${why}`);
}
