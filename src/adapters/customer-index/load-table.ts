import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  findDamage,
  IndexBuilder,
  labelKeyFingerprint,
  labelsHeaderBytes,
  LabelSealer,
  readHeader,
  saltIn,
  tableVersion,
  type IndexKeys,
} from '../../match/index.ts';
import { recipeVersion, type BuildPlan } from './build-plan.ts';
import { buildTable, buildTableInThreads } from './build-table.ts';
import type { CustomerTable, TableOrigin } from './customer-table.ts';
import { importKeys } from './secret-file.ts';
import type { BuiltTable } from './table-build.ts';
import { manifestPath, readManifest, tableFolder, type Manifest } from './table-folder.ts';

/** What to load: the table that `customers import` left in the store's folder, or a CSV file. */
export type LoadJob =
  | { readonly kind: 'import'; readonly dir: string; readonly plan: Omit<BuildPlan, 'keys'> }
  | { readonly kind: 'file'; readonly file: string; readonly plan: BuildPlan };

/** `remarks`: what an administrator should know although the table can be used. */
export type LoadedTable = { readonly table: CustomerTable; readonly remarks: readonly string[] };

/** Loads in this thread. Throws the file system's error, or one that says what is wrong with an imported table. */
export function loadTable(job: LoadJob): LoadedTable {
  if (job.kind === 'import') return loadImported(job.dir, job.plan);
  const labels: Uint8Array[] = [];
  const stamp = fileStamp(job.file, job.plan);
  const built = buildTable(job.file, job.plan, { labels: (bytes) => labels.push(bytes) });
  return fromFile(job.file, job.plan.keys, built, labels, stamp);
}

/** The same for a thread of its own, which may take further ones for a large file. */
export async function loadTableInThreads(job: LoadJob, threads: number): Promise<LoadedTable> {
  if (job.kind === 'import') return loadImported(job.dir, job.plan);
  const labels: Uint8Array[] = [];
  const stamp = fileStamp(job.file, job.plan);
  const source = { kind: 'csv', file: job.file } as const;
  const built = await buildTableInThreads(source, job.plan, threads, { labels: (bytes) => labels.push(bytes) });
  return fromFile(job.file, job.plan.keys, built, labels, stamp);
}

/** Equal as long as loading again would give the same table. Throws the file system's error. */
export function stampOf(job: LoadJob): string {
  return job.kind === 'file' ? fileStamp(job.file, job.plan) : (readManifest(job.dir)?.checksum ?? '');
}

function fileStamp(file: string, plan: BuildPlan): string {
  const { mtimeMs, size, ino } = statSync(file);
  return JSON.stringify([file, mtimeMs, size, ino, plan.columns, recipeVersion(plan)]);
}

/** No table: nobody is a customer. */
export function emptyTable(keys: IndexKeys): CustomerTable {
  const labels: Uint8Array[] = [];
  new LabelSealer(keys.labels, (bytes) => labels.push(bytes)).finish();
  const index = new IndexBuilder(keys).finish(tableVersion().finish());
  const origin: TableOrigin = {
    kind: 'none',
    source: '',
    modifiedAt: null,
    importedAt: null,
    stamp: '',
    rows: 0,
    refused: 0,
    problemCount: 0,
    problems: [],
    acceptedShrink: false,
    disk: { index: 0, labels: 0 },
  };
  return { index, keys, labels: { bytes: shared(labels) }, origin };
}

function fromFile(file: string, keys: IndexKeys, built: BuiltTable, labels: readonly Uint8Array[], stamp: string): LoadedTable {
  const { rows, refused, problemCount, problems } = built;
  const origin: TableOrigin = {
    kind: 'file',
    source: file,
    modifiedAt: statSync(file).mtimeMs,
    importedAt: null,
    stamp,
    rows,
    refused,
    problemCount,
    problems,
    acceptedShrink: false,
    disk: { index: 0, labels: 0 },
  };
  return { table: { index: built.index, keys, labels: { bytes: shared(labels) }, origin }, remarks: [] };
}

function shared(parts: readonly Uint8Array[]): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(parts.reduce((sum, part) => sum + part.length, 0));
  const bytes = new Uint8Array(buffer);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return buffer;
}

function loadImported(dir: string, plan: Omit<BuildPlan, 'keys'>): LoadedTable {
  const manifest = readManifest(dir);
  if (manifest === null) throw new Error('nothing has been imported yet; run `sekisho customers import`');
  const keys = importKeys(dir);
  const index = readShared(join(tableFolder(dir), manifest.index));
  const damage = findDamage(new Uint8Array(index), keys) ?? mismatch(index, manifest, keys, dir);
  if (damage !== null) throw new Error(`${damage}; import the customers again`);
  const remarks =
    manifest.recipe === recipeVersion({ ...plan, keys })
      ? []
      : ['it was imported with other shared_domains or by another version, and may find fewer customers; import it again'];
  return { table: { index, keys, labels: { file: join(tableFolder(dir), manifest.labels) }, origin: originOf(manifest) }, remarks };
}

function mismatch(index: SharedArrayBuffer, manifest: Manifest, keys: IndexKeys, dir: string): string | null {
  if (readHeader(new Uint8Array(index)).checksum !== manifest.checksum) return 'it is not the index that current.json names';
  if (manifest.labels_key !== labelKeyFingerprint(keys)) return 'its labels were sealed with another key';
  const labels = join(tableFolder(dir), manifest.labels);
  const { size } = statSync(labels);
  if (size !== manifest.labels_bytes) return 'its sealed labels are not complete';
  return saltOf(labels) === manifest.labels_salt ? null : 'its sealed labels belong to another import';
}

function saltOf(labels: string): string {
  const file = openSync(labels, 'r');
  try {
    const header = Buffer.alloc(labelsHeaderBytes);
    readSync(file, header, 0, header.length, 0);
    return saltIn(header);
  } finally {
    closeSync(file);
  }
}

export const originOf = (manifest: Manifest): TableOrigin => ({
  kind: 'import',
  source: manifest.source,
  modifiedAt: manifest.modified_at,
  importedAt: manifest.imported_at,
  stamp: manifest.checksum,
  rows: manifest.rows,
  refused: manifest.refused,
  problemCount: manifest.problem_count,
  problems: manifest.problems,
  acceptedShrink: manifest.accepted_shrink,
  disk: { index: manifest.index_bytes, labels: manifest.labels_bytes },
});

/** When the imported table was put in force, milliseconds; null when nothing was imported, or what was cannot be read. */
export function importedAt(dir: string): number | null {
  try {
    return readManifest(dir)?.imported_at ?? null;
  } catch {
    // Damaged: to be taken for the one in force, so that loading it says so.
    return statSync(manifestPath(dir)).mtimeMs;
  }
}

function readShared(path: string): SharedArrayBuffer {
  const file = openSync(path, 'r');
  try {
    const buffer = new SharedArrayBuffer(fstatSync(file).size);
    const bytes = new Uint8Array(buffer);
    for (let at = 0; at < bytes.length;) {
      const count = readSync(file, bytes, at, Math.min(bytes.length - at, 1 << 28), null);
      if (count === 0) throw new Error('it is not complete');
      at += count;
    }
    return buffer;
  } finally {
    closeSync(file);
  }
}
