import { statSync } from 'node:fs';
import { labelKeyFingerprint, readAbout, readHeader } from '../../match/index.ts';
import { recipeVersion, type BuildPlan } from './build-plan.ts';
import { buildTableInThreads } from './build-table.ts';
import { TableChanged, type TableSource } from './read-source.ts';
import { importKeys } from './secret-file.ts';
import type { BuiltTable, TableSink } from './table-build.ts';
import { Draft, readManifest, type Manifest } from './table-folder.ts';

export type ImportJob = {
  readonly source: TableSource;
  /** The source as people know it; holds no password. */
  readonly title: string;
  /** The store's folder. */
  readonly dir: string;
  /** Keys are the import's own. */
  readonly plan: Omit<BuildPlan, 'keys'>;
  readonly threads: number;
  readonly acceptShrink: boolean;
  /** Milliseconds. */
  readonly now: number;
};

export type ImportWatch = Omit<TableSink, 'labels'> & {
  /** Asked when all is ready; false leaves the old table in force. */
  readonly confirm?: (next: Manifest, before: Manifest | null) => Promise<boolean>;
};

export type ImportOutcome =
  | { readonly kind: 'imported'; readonly manifest: Manifest; readonly before: Manifest | null }
  /** The old table stays in force. `problems`: the first rows that could not be taken. */
  | { readonly kind: 'refused'; readonly why: string; readonly problems: BuiltTable['problems']; readonly problemCount: number };

/** A table that lost more than this share of its rows is more likely half a file than the truth. */
export const mostShrink = 0.2;

/**
 * Builds index and labels beside those in force and puts them in their place by one rename. Whatever goes wrong before leaves the old ones.
 * Rejects when the source cannot be read or the folder not be written.
 */
export async function importTable(job: ImportJob, watch: ImportWatch): Promise<ImportOutcome> {
  const before = manifestOrNull(job.dir);
  const keys = importKeys(job.dir);
  const plan = { ...job.plan, keys };
  const draft = new Draft(job.dir);
  try {
    const modifiedAt = job.source.kind === 'postgres' ? job.now : changedAt(job);
    const sink = { ...watch, labels: (bytes: Uint8Array) => draft.addLabels(bytes) };
    const built = await buildTableInThreads(job.source, plan, job.threads, sink);
    const why = reasonAgainst(built, before, job.acceptShrink);
    if (why !== null) return refused(draft, why, built);
    const manifest: Manifest = {
      format: 1,
      index: draft.indexName,
      labels: draft.labelsName,
      checksum: readHeader(new Uint8Array(built.index)).checksum,
      labels_salt: built.labelsSalt,
      labels_key: labelKeyFingerprint(keys),
      version: built.version,
      rows: built.rows,
      refused: built.refused,
      problem_count: built.problemCount,
      problems: [...built.problems],
      source: job.title,
      modified_at: modifiedAt,
      imported_at: job.now,
      recipe: recipeVersion(plan),
      index_bytes: built.index.byteLength,
      labels_bytes: draft.labelsBytes,
      accepted_shrink: job.acceptShrink,
      filled: readAbout(new Uint8Array(built.index)).filled,
    };
    draft.finish(built.index);
    if (watch.confirm !== undefined && !(await watch.confirm(manifest, before))) return refused(draft, 'not confirmed', built);
    draft.commit(manifest, before);
    return { kind: 'imported', manifest, before };
  } catch (cause) {
    draft.discard();
    if (cause instanceof TableChanged) return { kind: 'refused', why: cause.message, problems: [], problemCount: 0 };
    throw cause;
  }
}

function refused(draft: Draft, why: string, { problems, problemCount }: BuiltTable): ImportOutcome {
  draft.discard();
  return { kind: 'refused', why, problems, problemCount };
}

/** A file's own time; a database is as it is now. */
const changedAt = ({ source, now }: ImportJob): number => (source.kind === 'csv' ? statSync(source.file).mtimeMs : now);

function reasonAgainst(built: BuiltTable, before: Manifest | null, acceptShrink: boolean): string | null {
  if (built.rows === 0) return 'it holds no usable customer';
  return before !== null && !acceptShrink && hasShrunk(before.rows, built.rows)
    ? `it holds ${built.rows} customers where ${before.rows} are in force, more than ${mostShrink * 100} % fewer`
    : null;
}

/** Whether `next` rows in the place of `before` need somebody's word. */
export const hasShrunk = (before: number, next: number): boolean => next < before * (1 - mostShrink);

/** A manifest that cannot be read must not keep a good table out. */
function manifestOrNull(dir: string): Manifest | null {
  try {
    return readManifest(dir);
  } catch {
    return null;
  }
}
