import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importTable, type BuildPlan, type ImportOutcome, type ImportWatch } from '../../src/adapters/customer-index/index.ts';
import { readLists } from '../../src/adapters/rules-fs/index.ts';
import { listFiles } from '../../src/detect/index.ts';
import { deriveIndexKeys } from '../../src/match/index.ts';

const lists = readLists(listFiles);

/** A plan with the shipped lists and keys that stay the same. */
export const testPlan = (columns: Readonly<Record<string, string>> = {}): BuildPlan => ({
  columns,
  sharedDomains: [],
  lists,
  keys: deriveIndexKeys(new Uint8Array(16).fill(1), new Uint8Array(16).fill(2)),
});

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'sekisho-table-'));

/** A file of a folder of its own. */
export function tableFile(content: string | Uint8Array): string {
  const path = join(newFolder(), 'customers.csv');
  writeFileSync(path, content);
  return path;
}

/** `count` rows C0001 … with a name each and a phone. */
export const rowsOfTable = (count: number): string =>
  `customer_id,name,phone\n${Array.from({ length: count }, (_, row) => `C${String(row + 1).padStart(6, '0')},佐藤 ${'花子一郎次三美'.charAt(row % 7)}${row},03-5550-${String(row % 10_000).padStart(4, '0')}\n`).join('')}`;

export type ImportSettings = { readonly acceptShrink?: boolean; readonly threads?: number; readonly watch?: ImportWatch };

/** Imports a CSV file into the store's folder `dir`. */
export const importFile = (
  file: string,
  dir: string,
  { acceptShrink = false, threads = 1, watch = {} }: ImportSettings = {},
): Promise<ImportOutcome> =>
  importTable({ source: { kind: 'csv', file }, title: file, dir, plan: testPlan(), threads, acceptShrink, now: 1_000 }, watch);
