import { closeSync, openSync, writeSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import {
  importTable,
  mostProblems,
  type ImportOutcome,
  type Manifest,
  type Progress,
  type RowProblem,
  type TableSource,
} from '../adapters/customer-index/index.ts';
import { formatProblem, planOf, querySource, storeFolder, type LoadedConfig } from '../config/index.ts';
import { cannotRun, CommandError, exitCode, usageError } from './exit.ts';
import { progressLine, terminal } from './terminal.ts';

export type ImportOptions = {
  readonly yes?: boolean;
  readonly acceptShrink?: boolean;
  readonly report?: string;
  readonly json?: boolean;
};

/** Imports `file`, or what customers.query brings, and says what became of it; ends with code 1 when the old table stays in force. */
export async function importCustomers(file: string | null, loaded: LoadedConfig, options: ImportOptions): Promise<void> {
  const { source, title } = chooseSource(file, loaded);
  const progress = progressLine();
  const started = performance.now();
  const report = options.report === undefined ? null : openReport(resolve(options.report));
  let outcome: ImportOutcome;
  try {
    outcome = await importTable(
      {
        source,
        title,
        dir: storeFolder(loaded),
        plan: planOf(loaded),
        threads: Math.min(8, availableParallelism()),
        acceptShrink: options.acceptShrink === true,
        now: Date.now(),
      },
      {
        progress: (at) => progress.show(describeProgress(at, started)),
        ...(report === null ? {} : { problem: (problem: RowProblem) => report.add(problem) }),
        ...(terminal.isInteractive && options.yes !== true ? { confirm } : {}),
      },
    );
  } catch (cause) {
    throw cannotRun(`${title} cannot be imported: ${messageOf(cause)}; the table in force stays`, cause);
  } finally {
    progress.end();
    report?.close();
  }
  const seconds = (performance.now() - started) / 1000;
  if (outcome.kind === 'refused') refuse(title, outcome, options.json === true);
  else announce(title, outcome, seconds, loaded, options.json === true);
}

function chooseSource(file: string | null, loaded: LoadedConfig): { readonly source: TableSource; readonly title: string } {
  if (file !== null) return { source: { kind: 'csv', file: resolve(file) }, title: resolve(file) };
  try {
    const query = querySource(loaded);
    if (query !== null) return query;
  } catch (cause) {
    throw cannotRun(`customers.query: ${messageOf(cause)}`, cause);
  }
  const configured = loaded.config.customers.file;
  if (configured === undefined) throw usageError('name a CSV file, or set customers.query in sekisho.yaml');
  const path = resolve(loaded.base, configured);
  return { source: { kind: 'csv', file: path }, title: path };
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : 'unknown error');

function describeProgress({ bytes, total, rows }: Progress, started: number): string {
  const share = total === 0 ? '' : `${Math.floor((bytes / Math.max(total, bytes)) * 100)} %, `;
  return `reading: ${share}${rows.toLocaleString('en')} customers, ${Math.round((performance.now() - started) / 1000)} s`;
}

async function confirm(next: Manifest, before: Manifest | null): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const old = before === null ? 'nothing was imported before' : `${before.rows} now`;
    const answer = await lines.question(`\nput ${next.rows} customers in force (${old}; ${next.refused} rows refused)? [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}

function announce(
  title: string,
  { manifest, before }: Extract<ImportOutcome, { kind: 'imported' }>,
  seconds: number,
  loaded: LoadedConfig,
  json: boolean,
): void {
  printRows(title, manifest.problems, manifest.problem_count);
  const result = {
    file: title,
    imported: true,
    records: manifest.rows,
    refused: manifest.refused,
    problem_count: manifest.problem_count,
    problems: manifest.problems,
    version: manifest.version,
    records_before: before?.rows ?? null,
    modified_at: new Date(manifest.modified_at).toISOString(),
    imported_at: new Date(manifest.imported_at).toISOString(),
    bytes: { index: manifest.index_bytes, labels: manifest.labels_bytes },
    filled: manifest.filled,
    seconds: Number(seconds.toFixed(1)),
  };
  if (json) terminal.out(JSON.stringify(result));
  else
    terminal.out(
      `${title}: ${manifest.rows} customers in force, ${manifest.refused} rows refused, version ${manifest.version}, ${seconds.toFixed(1)} s`,
    );
  terminal.note(
    loaded.config.rules.watch
      ? 'a running gateway takes it over by itself'
      : 'a running gateway takes it over at SIGHUP (rules.watch is off)',
  );
  if (loaded.config.customers.file !== undefined) terminal.note('it is in force until customers.file changes');
}

function refuse(title: string, { why, problems, problemCount }: Extract<ImportOutcome, { kind: 'refused' }>, json: boolean): never {
  printRows(title, problems, problemCount);
  if (json) terminal.out(JSON.stringify({ file: title, imported: false, why, problem_count: problemCount, problems }));
  const hint = why.includes('fewer') ? '; with --accept-shrink it is taken all the same' : '';
  throw new CommandError(exitCode.problems, `${title} was not imported, the table in force stays: ${why}${hint}`);
}

function printRows(file: string, problems: readonly RowProblem[], count: number): void {
  for (const problem of problems) terminal.note(formatProblem({ file, ...problem }));
  if (count > problems.length) terminal.note(`${count} problems in all, the first ${mostProblems} shown; --report FILE writes them all`);
}

/** A file that takes every problem as it is found, since there may be millions. */
function openReport(path: string): { add(problem: RowProblem): void; close(): void } {
  const isJson = path.endsWith('.json');
  const file = openSync(path, 'w', 0o600);
  let [pending, isFirst] = [isJson ? '[' : 'line,column,message\n', true];
  const flush = (): void => {
    writeSync(file, pending);
    pending = '';
  };
  return {
    add({ line, column, message }) {
      if (isJson) pending += `${isFirst ? '' : ','}\n${JSON.stringify({ line, column, message })}`;
      else pending += `${line},${column},"${message.replaceAll('"', '""')}"\n`;
      isFirst = false;
      if (pending.length > 1 << 16) flush();
    },
    close() {
      if (isJson) pending += '\n]\n';
      flush();
      closeSync(file);
    },
  };
}
