import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { allowListCsv, appendToAllowList, readAllowList, type AllowListEntry } from '../../../src/adapters/csv-files/index.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'allow-list-'));
  file = join(folder, 'allow', 'allow-list.csv');
});
afterEach(() => rmSync(folder, { recursive: true }));

const entry = {
  decidedAt: '2026-11-25T01:00:00.000Z',
  decision: 'accepted',
  customer: 'C1042',
  address: 'new@example.com',
  releases: 2,
  proposedAt: '2026-11-24T01:00:00.000Z',
  releasedBy: 'boss@example.co.jp',
  decidedBy: 'admin@example.co.jp',
  reason: '電話で確認、"本人"です',
} as AllowListEntry;

test('what is added is read again, quotes and commas included; no file is an empty list', () => {
  expect(readAllowList(file)).toEqual({ entries: [], problems: [] });
  appendToAllowList(file, entry);
  appendToAllowList(file, { ...entry, customer: 'C2' as AllowListEntry['customer'] });
  expect(readAllowList(file)).toEqual({ entries: [entry, { ...entry, customer: 'C2' }], problems: [] });
  expect(readFileSync(file, 'utf8').split('\n')[0]).toMatch(/^decided_at,decision,customer_id,address/);
});

test('of one customer and address the last line counts, and the earlier ones stay', () => {
  appendToAllowList(file, entry);
  appendToAllowList(file, { ...entry, decision: 'dismissed' });
  expect(readAllowList(file).entries).toEqual([{ ...entry, decision: 'dismissed' }]);
  expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(4);
});

test('a bad row is named by its line and allows nothing', () => {
  appendToAllowList(file, entry);
  writeFileSync(file, `${readFileSync(file, 'utf8')}2026,acepted,C3,x@example.com,1,,,,\n2026,accepted,C3,no-address,1,,,,\n`);
  const { entries, problems } = readAllowList(file);
  expect(entries).toEqual([entry]);
  expect(problems.map(({ line }) => line)).toEqual([3, 4]);
});

test('the export is a list of the same form', () => {
  writeFileSync(join(folder, 'out.csv'), allowListCsv([entry]));
  expect(readAllowList(join(folder, 'out.csv')).entries).toEqual([entry]);
});
