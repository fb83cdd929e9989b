import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { inMemory, openCustomerIndex, readAbout, type CustomerIndex, type IndexKeys, type SealedFile } from '../../match/index.ts';
import type { RowProblem } from './read-rows.ts';

/** A table as threads get it: plain data of which the large part is shared, never copied. */
export type CustomerTable = {
  readonly index: SharedArrayBuffer;
  readonly keys: IndexKeys;
  /** The sealed labels: the file, read only when a label is asked for, or its bytes. */
  readonly labels: { readonly file: string } | { readonly bytes: SharedArrayBuffer };
  readonly origin: TableOrigin;
};

/** What is known of where a table came from and how it was taken. */
export type TableOrigin = {
  /** `file`: built from customers.file. `import`: by `customers import` or a query. `none`: there is no table. */
  readonly kind: 'file' | 'import' | 'none';
  /** The CSV file or database, for people. */
  readonly source: string;
  /** When the source was last changed or asked, milliseconds; null without one. */
  readonly modifiedAt: number | null;
  /** When it was put in force, of an imported table; milliseconds. */
  readonly importedAt: number | null;
  /** Equal for two readings of one unchanged table. */
  readonly stamp: string;
  readonly rows: number;
  readonly refused: number;
  readonly problemCount: number;
  readonly problems: readonly RowProblem[];
  /** Somebody said that it may be much smaller than the one before. */
  readonly acceptedShrink: boolean;
  /** Bytes on disk; 0 for what is held in memory alone. */
  readonly disk: { readonly index: number; readonly labels: number };
};

/** The index over the table's shared memory. */
export function openTable({ index, keys, labels }: CustomerTable): CustomerIndex {
  return openCustomerIndex(index, keys, 'file' in labels ? sealedFile(labels.file) : inMemory(new Uint8Array(labels.bytes)));
}

/** The shapes of the table's ids as one regular expression (C0042 → C[0-9]{4}); null when they have none in common. */
export function idPatternOf({ index }: CustomerTable): string | null {
  const { idShapes } = readAbout(new Uint8Array(index));
  return idShapes.length === 0 ? null : `(?:${idShapes.join('|')})`;
}

/** Opened for each read: labels are read once in a while, and the file may be replaced meanwhile. */
function sealedFile(file: string): SealedFile {
  let size: number | null = null;
  return {
    get size() {
      return (size ??= statSync(file).size);
    },
    read(offset, length) {
      const handle = openSync(file, 'r');
      try {
        const bytes = Buffer.alloc(length);
        if (readSync(handle, bytes, 0, length, offset) < length) throw new Error('the sealed labels are not complete');
        return bytes;
      } finally {
        closeSync(handle);
      }
    },
  };
}
