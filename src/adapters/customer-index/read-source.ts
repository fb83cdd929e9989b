import { open, stat, type FileHandle } from 'node:fs/promises';
import { queryPostgres } from './query-postgres.ts';
import { querySqlite } from './query-sqlite.ts';

/** Where a customer table comes from. `url` may hold a password: it is shown nowhere. */
export type TableSource =
  | { readonly kind: 'csv'; readonly file: string }
  | { readonly kind: 'sqlite'; readonly file: string; readonly sql: string }
  | { readonly kind: 'postgres'; readonly url: string; readonly sql: string };

/** `total`: bytes there are in all, 0 when nobody knows beforehand. */
export type Block = { readonly block: Uint8Array; readonly total: number; readonly isLast: boolean };

export const blockBytes = 1 << 22;

/** The table as CSV, some megabytes at a time, whatever it comes from: one way to read rows, one way to name what is wrong with them. */
export function readSource(source: TableSource): AsyncIterable<Block> {
  switch (source.kind) {
    case 'csv':
      return readFile(source.file);
    case 'sqlite':
      return asCsv(querySqlite(source.file, source.sql));
    case 'postgres':
      return asCsv(queryPostgres(source.url, source.sql));
    default:
      return source satisfies never;
  }
}

/** A file that changed while it was read: somebody is still copying it. */
export class TableChanged extends Error {
  override name = 'TableChanged';
}

async function* readFile(file: string): AsyncGenerator<Block> {
  const handle = await open(file, 'r');
  try {
    const before = await handle.stat();
    // One block ahead, so that the last one is known for it: a small table then is one piece.
    let block = await nextBlock(handle);
    for (let isLast = false; !isLast;) {
      const next = await nextBlock(handle);
      isLast = next.length === 0;
      yield { block, total: before.size, isLast };
      block = next;
    }
    const after = await stat(file);
    if (after.size !== before.size || after.mtimeMs !== before.mtimeMs || after.ino !== before.ino)
      throw new TableChanged('the file changed while it was read');
  } finally {
    await handle.close();
  }
}

async function nextBlock(handle: FileHandle): Promise<Uint8Array> {
  const block = Buffer.alloc(blockBytes);
  const { bytesRead } = await handle.read(block);
  return block.subarray(0, bytesRead);
}

/** Rows of a query, the first of them the names of its columns. */
export type QueryRows = Iterable<readonly unknown[]> | AsyncIterable<readonly unknown[]>;

async function* asCsv(rows: QueryRows): AsyncGenerator<Block> {
  let lines: string[] = [];
  let length = 0;
  for await (const row of rows) {
    const line = csvLine(row);
    lines.push(line);
    length += line.length;
    // In units, not bytes: Japanese takes two to three times as many bytes.
    if (length < blockBytes / 2) continue;
    yield { block: Buffer.from(lines.join('')), total: 0, isLast: false };
    lines = [];
    length = 0;
  }
  yield { block: Buffer.from(lines.join('')), total: 0, isLast: true };
}

/** One row on one line, so that a problem's line is the row's number and one more. */
const csvLine = (row: readonly unknown[]): string => `${row.map((value) => csvCell(textOf(value))).join(',')}\n`;

const csvCell = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.replaceAll(/[\r\n]+/g, ' ');
  if (value instanceof Uint8Array) return textOf(Buffer.from(value).toString('utf8'));
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : '';
}
