import { closeSync, openSync, readSync } from 'node:fs';
import { hasher, type BuildPlan } from './build-plan.ts';
import type { HashedPiece } from './hash-piece.ts';
import { HashThreads } from './hash-threads.ts';
import { blockBytes, readSource, type TableSource } from './read-source.ts';
import { PieceCutter } from './split-records.ts';
import { TableBuild, type BuiltTable, type TableSink } from './table-build.ts';

/**
 * Builds from a CSV file in this thread, which waits meanwhile: for commands that inspect, and for tests. Throws the file system's error when
 * the file cannot be read, RangeError over 16,777,216 rows.
 */
export function buildTable(file: string, plan: BuildPlan, sink: TableSink): BuiltTable {
  const handle = openSync(file, 'r');
  try {
    const table = new TableBuild(plan.columns, plan.keys, sink);
    const hash = hasher(plan);
    const cutter = new PieceCutter();
    const block = Buffer.alloc(blockBytes);
    for (let count = -1; count !== 0;) {
      count = readSync(handle, block);
      const piece = cutter.cut(block.subarray(0, count), count === 0);
      const work = piece === null ? null : table.prepare(piece);
      if (work !== null) table.take(hash(work));
    }
    return table.finish();
  } finally {
    closeSync(handle);
  }
}

/**
 * Builds from any source. A table of more than one piece is hashed in `threads` threads of their own; what they hash is merged here, in order,
 * so that the index is the same however many there are. Rejects with the source's error.
 */
export async function buildTableInThreads(source: TableSource, plan: BuildPlan, threads: number, sink: TableSink): Promise<BuiltTable> {
  const table = new TableBuild(plan.columns, plan.keys, sink);
  const cutter = new PieceCutter();
  const waiting: Promise<HashedPiece>[] = [];
  let workers: HashThreads | null = null;
  let bytes = 0;
  const takeOldest = async (): Promise<void> => {
    const hashed = await waiting.shift();
    if (hashed !== undefined) table.take(hashed);
  };
  try {
    for await (const { block, total, isLast } of readSource(source)) {
      const piece = cutter.cut(block, isLast);
      bytes += block.length;
      const work = piece === null ? null : table.prepare(piece);
      if (work !== null) {
        // Threads take half a second to start: not for a table that is read sooner.
        if (isLast && workers === null) table.take(hasher(plan)(work));
        else waiting.push((workers ??= new HashThreads(plan, threads)).hash(work));
      }
      // No more in memory than what keeps the threads busy.
      while (waiting.length > threads + 1) await takeOldest();
      sink.progress?.({ bytes, total, rows: table.rows });
    }
    while (waiting.length > 0) await takeOldest();
    sink.progress?.({ bytes, total: bytes, rows: table.rows });
    return table.finish();
  } finally {
    // What was read behind an error is nobody's any more.
    for (const hashed of waiting) hashed.catch(() => undefined);
    await workers?.close();
  }
}
