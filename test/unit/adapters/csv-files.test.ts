import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCustomers, readStaff } from '../../../src/adapters/csv-files/index.ts';

const file = (content: string | Uint8Array): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'sekisho-csv-')), 'table.csv');
  writeFileSync(path, content);
  return path;
};

test('a customer table in UTF-8 with BOM is read', () => {
  const { records, problems } = readCustomers(file('\uFEFFcustomer_id,name,email\r\nC1,佐藤 花子,h@example.jp\r\n'), {});
  expect(problems).toEqual([]);
  expect(records).toMatchObject([{ customerId: 'C1', name: '佐藤 花子', email: 'h@example.jp', phone: '' }]);
});

test('a customer table in CP932 is read', () => {
  const bytes = Buffer.concat([Buffer.from('customer_id,name\r\nC1,'), Buffer.from([0x8d, 0xb2, 0x93, 0xa1]), Buffer.from('\r\n')]);
  expect(readCustomers(file(bytes), {}).records[0]?.name).toBe('佐藤');
});

test('bad rows are named by line and skipped, the others stand', () => {
  const { records, problems } = readCustomers(
    file('customer_id,name,company\nC1,佐藤,\n,無名,\nC2,,\nC1,二重,\nC3,"複数\n行",\nC4,多い,x,y\nC5,鈴木,\n'),
    {},
  );
  expect(records.map((record) => record.customerId)).toEqual(['C1', 'C3', 'C5']);
  expect(problems.map((problem) => problem.line)).toEqual([8, 3, 4, 5]);
  expect(problems[3]?.message).toContain('line 2');
});

test('other headers are mapped, and a mapping to a missing header is named', () => {
  const path = file('会員番号,氏名\nC1,佐藤\n');
  expect(readCustomers(path, { customer_id: '会員番号', name: '氏名' }).records[0]).toMatchObject({ customerId: 'C1', name: '佐藤' });
  expect(readCustomers(path, { customer_id: '番号' }).problems[0]?.message).toContain('番号');
});

test('a broken quote costs its own row at most, never the process', () => {
  const { records, problems } = readCustomers(file('customer_id,name\nC1,佐"藤\nC2,鈴木\n'), {});
  expect(records.map((record) => record.customerId)).toContain('C2');
  expect(problems.length).toBeGreaterThan(0);
});

test('staff without e-mail are named by line', () => {
  const { staff, problems } = readStaff(
    file('name,name_kana,email,department,manager_email\n田中 由香里,タナカ ユカリ,t@example.jp,営業部,m@example.jp\n無名,,,,\n'),
  );
  expect(staff).toEqual([
    { name: '田中 由香里', nameKana: 'タナカ ユカリ', email: 't@example.jp', department: '営業部', managerEmail: 'm@example.jp' },
  ]);
  expect(problems).toMatchObject([{ line: 3 }]);
});
