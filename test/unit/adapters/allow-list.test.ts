import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAllowList } from '../../../src/adapters/csv-files/index.ts';
import type { AllowList, AllowListEntry } from '../../../src/gateway/index.ts';

let folder: string;
let file: string;
let list: AllowList;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'allow-list-'));
  file = join(folder, 'allow', 'allow-list.csv');
  list = createAllowList(() => file);
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
  expect(list.read()).toEqual({ entries: [], problems: [] });
  list.append(entry);
  list.append({ ...entry, customer: 'C2' as AllowListEntry['customer'] });
  expect(list.read()).toEqual({ entries: [entry, { ...entry, customer: 'C2' }], problems: [] });
  expect(readFileSync(file, 'utf8').split('\n')[0]).toMatch(/^decided_at,decision,customer_id,address/);
});

test('of one customer and address the last line counts, and the earlier ones stay', () => {
  list.append(entry);
  list.append({ ...entry, decision: 'dismissed' });
  expect(list.read().entries).toEqual([{ ...entry, decision: 'dismissed' }]);
  expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(4);
});

test('a bad row is named by its line and allows nothing', () => {
  list.append(entry);
  writeFileSync(file, `${readFileSync(file, 'utf8')}2026,acepted,C3,x@example.com,1,,,,\n2026,accepted,C3,no-address,1,,,,\n`);
  const { entries, problems } = list.read();
  expect(entries).toEqual([entry]);
  expect(problems.map(({ line }) => line)).toEqual([3, 4]);
});

test('the export is a list of the same form', () => {
  writeFileSync(join(folder, 'out.csv'), list.csv([entry]));
  expect(createAllowList(() => join(folder, 'out.csv')).read().entries).toEqual([entry]);
});
