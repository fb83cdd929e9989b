// `customers/` in the store's folder: index and sealed labels under names of their own, and current.json, which says which pair is in force.
// Replacing current.json by one rename replaces both, for every process that reads it.
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { syncFolder } from './secret-file.ts';

const manifestSchema = z.strictObject({
  format: z.literal(1),
  index: z.string().regex(/^[\w-]+\.index$/),
  labels: z.string().regex(/^[\w-]+\.labels$/),
  /** The index file's own; so that no other file can take its place. */
  checksum: z.string(),
  labels_salt: z.string(),
  labels_key: z.string(),
  version: z.string(),
  rows: z.number(),
  refused: z.number(),
  problem_count: z.number(),
  problems: z.array(z.strictObject({ line: z.number(), column: z.number(), message: z.string() })),
  source: z.string(),
  modified_at: z.number(),
  imported_at: z.number(),
  recipe: z.string(),
  index_bytes: z.number(),
  labels_bytes: z.number(),
  accepted_shrink: z.boolean(),
  /** Rows with a value, by column of the index. */
  filled: z.record(z.string(), z.number()),
});

/** What current.json says. It holds no value of the table. */
export type Manifest = z.infer<typeof manifestSchema>;

const manifestName = 'current.json';

export const tableFolder = (dir: string): string => join(dir, 'customers');
/** The one file that changes when an import comes into force. */
export const manifestPath = (dir: string): string => join(tableFolder(dir), manifestName);

/** Null when nothing was imported yet. Throws when the file cannot be read or is none of ours. */
export function readManifest(dir: string): Manifest | null {
  let text: string;
  try {
    text = readFileSync(manifestPath(dir), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch {
    throw new Error('it is damaged, or was written by another version; import the customers again');
  }
}

/** A pair of files that is being written. */
export class Draft {
  readonly indexName: string;
  readonly labelsName: string;
  readonly #folder: string;
  #labels: number | null;
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  labelsBytes = 0;

  constructor(dir: string) {
    this.#folder = tableFolder(dir);
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    // The process stands in the name: what a dead one left behind can be told from what another is writing.
    const name = `${process.pid}-${randomBytes(6).toString('hex')}`;
    this.indexName = `${name}.index`;
    this.labelsName = `${name}.labels`;
    this.#labels = openSync(join(this.#folder, this.labelsName), 'wx', 0o600);
  }

  addLabels(bytes: Uint8Array): void {
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    this.labelsBytes += bytes.length;
    if (this.#pendingBytes >= 1 << 20) this.#flush();
  }

  /** Both files are on stable storage afterwards. */
  finish(index: SharedArrayBuffer): void {
    this.#flush();
    if (this.#labels !== null) fsyncSync(this.#labels);
    this.#close();
    writeDurably(join(this.#folder, this.indexName), new Uint8Array(index));
    syncFolder(this.#folder);
  }

  /** Puts the pair in force; the one before stays until the next import, for processes that still read it. */
  commit(manifest: Manifest, before: Manifest | null): void {
    const draft = join(this.#folder, `${this.indexName}.json`);
    writeDurably(draft, Buffer.from(JSON.stringify(manifest)));
    renameSync(draft, join(this.#folder, manifestName));
    syncFolder(this.#folder);
    sweep(this.#folder, [manifest, before]);
  }

  discard(): void {
    this.#close();
    for (const name of [this.indexName, this.labelsName]) rmSync(join(this.#folder, name), { force: true });
  }

  #close(): void {
    if (this.#labels !== null) closeSync(this.#labels);
    this.#labels = null;
  }

  #flush(): void {
    if (this.#labels !== null) writeAll(this.#labels, Buffer.concat(this.#pending));
    this.#pending = [];
    this.#pendingBytes = 0;
  }
}

function writeDurably(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeAll(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** In steps: one call writes two gigabytes at most, and may write less than it was given. */
function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at, Math.min(bytes.length - at, 1 << 28));
}

/** Removes files of imports that are neither in force nor still being written. */
function sweep(folder: string, kept: readonly (Manifest | null)[]): void {
  const named = new Set<string>(kept.flatMap((manifest) => (manifest === null ? [] : [manifest.index, manifest.labels])));
  for (const name of readdirSync(folder)) {
    const writer = /^(\d+)-[0-9a-f]+\.(?:index|labels|index\.json)$/.exec(name)?.[1];
    if (writer === undefined || named.has(name) || isRunning(Number(writer))) continue;
    rmSync(join(folder, name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
