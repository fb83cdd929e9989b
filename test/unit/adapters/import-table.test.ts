import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { loadInThread, loadTable, openTable, type RowProblem } from '../../../src/adapters/customer-index/index.ts';
import type { CustomerId } from '../../../src/core/index.ts';
import { importFile, newFolder, rowsOfTable, tableFile, testPlan } from '../../support/customer-tables.ts';

const load = (dir: string) => loadTable({ kind: 'import', dir, plan: testPlan() });
const filesOf = (dir: string): string[] => readdirSync(join(dir, 'customers')).toSorted();
const manifestOf = (dir: string): { index: string; labels: string } =>
  JSON.parse(readFileSync(join(dir, 'customers', 'current.json'), 'utf8')) as { index: string; labels: string };

/** One byte of a file, changed. */
function damage(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

test('an imported table is found by id, phone and name, and keeps names and addresses sealed', async () => {
  const dir = newFolder();
  const csv =
    'customer_id,name,name_kana,email,phone,address\nC0042,佐藤 花子,サトウ ハナコ,Hanako@Example.jp,０３-５５５０-１２３４,東京都港区芝5-7-1\n';
  expect(await importFile(tableFile(csv), dir)).toMatchObject({ kind: 'imported', before: null, manifest: { rows: 1, refused: 0 } });
  const { table, remarks } = load(dir);
  const index = openTable(table);
  expect(remarks).toEqual([]);
  expect(index.rows('phone', '0355501234')).toEqual([0]);
  expect(index.rows('name', '佐藤花子')).toEqual([0]);
  expect(index.label('C0042' as CustomerId)?.name).toBe('佐藤 花子');
  expect(index.addressesOf(0)).toEqual(['Hanako@Example.jp']);
  for (const name of filesOf(dir)) {
    const bytes = readFileSync(join(dir, 'customers', name));
    for (const secret of ['佐藤', '花子', 'サトウ', 'anako', '0355501234', '東京都', '芝5'])
      expect(bytes.includes(secret), `${secret} in ${name}`).toBe(false);
    expect(statSync(join(dir, 'customers', name)).mode & 0o077).toBe(0);
  }
});

test('the keys lie in files of their own, which nobody else may read', async () => {
  const dir = newFolder();
  const outcome = await importFile(tableFile(rowsOfTable(5)), dir);
  expect(outcome.kind).toBe('imported');
  for (const name of ['customer-index.key', 'customer-labels.key']) {
    const path = join(dir, name);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex');
    for (const file of filesOf(dir)) expect(readFileSync(join(dir, 'customers', file)).includes(key)).toBe(false);
  }
});

test('with another key the table is refused, and so is a key that others may read', async () => {
  const dir = newFolder();
  await importFile(tableFile(rowsOfTable(5)), dir);
  writeFileSync(join(dir, 'customer-labels.key'), '0'.repeat(64));
  expect(() => load(dir)).toThrow('sealed with another key');
  writeFileSync(join(dir, 'customer-index.key'), '0'.repeat(64));
  expect(() => load(dir)).toThrow('made with another key');
  writeFileSync(join(newFolder(), 'x'), '');
  const open = newFolder();
  writeFileSync(join(open, 'customer-index.key'), '0'.repeat(64), { mode: 0o644 });
  await expect(importFile(tableFile(rowsOfTable(5)), open)).rejects.toThrow('can be read by others');
});

test('any changed byte of the index is found by its checksum', async () => {
  const dir = newFolder();
  await importFile(tableFile(rowsOfTable(500)), dir);
  const path = join(dir, 'customers', manifestOf(dir).index);
  const { size } = statSync(path);
  for (const at of [0, 12, 40, 100, 2048, Math.floor(size / 2), size - 1]) {
    damage(path, at);
    expect(() => load(dir), `byte ${at}`).toThrow(/import the customers again/);
    damage(path, at);
  }
  expect(openTable(load(dir).table).count()).toBe(500);
});

test('a cut index, labels of another import and damaged labels are found', async () => {
  const dir = newFolder();
  await importFile(tableFile(rowsOfTable(100)), dir);
  const old = manifestOf(dir);
  await importFile(tableFile(rowsOfTable(101)), dir);
  const now = manifestOf(dir);
  const at = (name: string): string => join(dir, 'customers', name);
  const [index, labels] = [readFileSync(at(now.index)), readFileSync(at(now.labels))];
  writeFileSync(at(now.index), index.subarray(0, -64));
  expect(() => load(dir)).toThrow('not complete');
  writeFileSync(at(now.index), readFileSync(at(old.index)));
  expect(() => load(dir)).toThrow('not the index that current.json names');
  writeFileSync(at(now.index), index);
  writeFileSync(at(now.labels), readFileSync(at(old.labels)));
  expect(() => load(dir)).toThrow(/sealed labels/);
  writeFileSync(at(now.labels), labels);
  damage(at(now.labels), 60);
  expect(() => openTable(load(dir).table).label('C000001' as CustomerId)).toThrow(/authenticate/);
});

test('a table that lost more than a fifth, an empty one and a broken one leave the old one in force', async () => {
  const dir = newFolder();
  await importFile(tableFile(rowsOfTable(100)), dir);
  const before = filesOf(dir);
  const bad = { shrunk: rowsOfTable(79), empty: '', headerOnly: 'customer_id,name\n', noId: '番号,氏名\n1,佐藤\n' };
  for (const [what, content] of Object.entries(bad)) {
    const { kind } = await importFile(tableFile(content), dir);
    expect([what, kind, ...filesOf(dir)]).toEqual([what, 'refused', ...before]);
  }
  expect(openTable(load(dir).table).count()).toBe(100);
  expect(await importFile(tableFile(rowsOfTable(80)), dir)).toMatchObject({ kind: 'imported' });
  expect(await importFile(tableFile(rowsOfTable(10)), dir, { acceptShrink: true })).toMatchObject({ kind: 'imported' });
  expect(load(dir).table.origin).toMatchObject({ rows: 10, acceptedShrink: true });
});

test('unconfirmed it leaves the old one; confirmed, the files before the last are removed', async () => {
  const dir = newFolder();
  await importFile(tableFile(rowsOfTable(10)), dir);
  const asked: number[] = [];
  const confirm = (next: { rows: number }): Promise<boolean> => {
    asked.push(next.rows);
    return Promise.resolve(false);
  };
  expect(await importFile(tableFile(rowsOfTable(11)), dir, { watch: { confirm } })).toMatchObject({
    kind: 'refused',
    why: 'not confirmed',
  });
  expect(asked).toEqual([11]);
  expect(openTable(load(dir).table).count()).toBe(10);
  await importFile(tableFile(rowsOfTable(12)), dir);
  await importFile(tableFile(rowsOfTable(13)), dir);
  // current.json, the pair in force and the pair before it.
  expect(filesOf(dir)).toHaveLength(5);
});

test('what a dead import left behind is removed by the next, what a living one writes is not', async () => {
  const dir = newFolder();
  await importFile(tableFile(rowsOfTable(10)), dir);
  writeFileSync(join(dir, 'customers', '999999999-aa.labels'), 'x');
  writeFileSync(join(dir, 'customers', `${process.ppid}-bb.labels`), 'x');
  await importFile(tableFile(rowsOfTable(11)), dir);
  expect(existsSync(join(dir, 'customers', '999999999-aa.labels'))).toBe(false);
  expect(existsSync(join(dir, 'customers', `${process.ppid}-bb.labels`))).toBe(true);
});

test('every problem is told, the first thousand are kept', async () => {
  const dir = newFolder();
  const rows = Array.from({ length: 1500 }, (_, row) => `,無名${row}\n`).join('');
  const told: RowProblem[] = [];
  const outcome = await importFile(tableFile(`customer_id,name\nC1,佐藤\n${rows}`), dir, {
    watch: { problem: (problem) => told.push(problem) },
  });
  expect(outcome).toMatchObject({ kind: 'imported', manifest: { refused: 1500, problem_count: 1500 } });
  expect(told).toHaveLength(1500);
  expect(load(dir).table.origin.problems).toHaveLength(1000);
});

test('an index of an earlier format is refused with what to do', async () => {
  const dir = newFolder();
  await importFile(tableFile(rowsOfTable(5)), dir);
  const path = join(dir, 'customers', manifestOf(dir).index);
  const bytes = readFileSync(path);
  bytes.writeUInt32LE(2, 8);
  writeFileSync(path, bytes);
  expect(() => load(dir)).toThrow('its format is 2, this program reads 3; import the customers again');
});

test('an id that is longer than the index can hold is refused, and harms no other', async () => {
  const dir = newFolder();
  const long = '顧'.repeat(86);
  const outcome = await importFile(tableFile(`customer_id,name\nC1,佐藤\n${long},林\nC2,高橋\n`), dir);
  expect(outcome).toMatchObject({ kind: 'imported', manifest: { rows: 2, refused: 1 } });
  expect(load(dir).table.origin.problems[0]?.message).toContain('customer_id of more than');
  expect(openTable(load(dir).table).idsOf([0, 1])).toEqual(['C1', 'C2']);
});

test('another recipe is remarked on: such an index finds fewer customers', async () => {
  const dir = newFolder();
  await importFile(tableFile(rowsOfTable(5)), dir);
  const { remarks } = loadTable({ kind: 'import', dir, plan: { ...testPlan(), sharedDomains: ['.ac.jp'] } });
  expect(remarks[0]).toContain('import it again');
});

test('threads share one index: a thread that loads it hands over memory, not a copy', async () => {
  const dir = newFolder();
  await importFile(tableFile(rowsOfTable(1000)), dir);
  const { table } = await loadInThread({ kind: 'import', dir, plan: testPlan() }, 1);
  expect(openTable(table).count()).toBe(1000);
  const worker = new Worker(
    "const { parentPort, workerData } = require('node:worker_threads'); new Uint8Array(workerData.index)[2047] = 77; parentPort.postMessage('done');",
    { eval: true, workerData: table },
  );
  await new Promise((resolve) => {
    worker.once('message', resolve);
  });
  expect(new Uint8Array(table.index)[2047]).toBe(77);
});

test('what goes wrong in the thread comes back as an error with its reason', async () => {
  await expect(loadInThread({ kind: 'import', dir: newFolder(), plan: testPlan() }, 1)).rejects.toThrow('nothing has been imported');
  await expect(loadInThread({ kind: 'file', file: '/nonexistent/customers.csv', plan: testPlan() }, 1)).rejects.toMatchObject({
    code: 'ENOENT',
  });
});

test('a file that somebody still writes to is refused, and the table before it stays', async () => {
  const dir = newFolder();
  await importFile(tableFile(rowsOfTable(5)), dir);
  const files = filesOf(dir);
  const growing = tableFile(rowsOfTable(6));
  let grown = false;
  const progress = (): void => {
    if (!grown) appendFileSync(growing, 'C000007,佐藤 美,03-5550-0007\n');
    grown = true;
  };
  expect(await importFile(growing, dir, { watch: { progress } })).toMatchObject({
    kind: 'refused',
    why: 'the file changed while it was read',
  });
  expect(grown).toBe(true);
  expect(filesOf(dir)).toEqual(files);
  expect(openTable(load(dir).table).count()).toBe(5);
  // The copy is complete now.
  expect(await importFile(growing, dir)).toMatchObject({ kind: 'imported', manifest: { rows: 7 } });
});
