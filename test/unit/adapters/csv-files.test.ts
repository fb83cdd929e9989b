import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readStaff } from '../../../src/adapters/csv-files/index.ts';

const file = (content: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'sekisho-csv-')), 'table.csv');
  writeFileSync(path, content);
  return path;
};

test('staff without e-mail are named by line', () => {
  const { staff, problems } = readStaff(
    file('name,name_kana,email,department,manager_email\n田中 由香里,タナカ ユカリ,t@example.jp,営業部,m@example.jp\n無名,,,,\n'),
  );
  expect(staff).toEqual([
    { name: '田中 由香里', nameKana: 'タナカ ユカリ', email: 't@example.jp', department: '営業部', managerEmail: 'm@example.jp' },
  ]);
  expect(problems).toMatchObject([{ line: 3 }]);
});
