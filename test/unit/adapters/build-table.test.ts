import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadTable, openTable } from '../../../src/adapters/customer-index/index.ts';
import { buildTableInThreads } from '../../../src/adapters/customer-index/build-table.ts';
import { PieceCutter } from '../../../src/adapters/customer-index/split-records.ts';
import type { CustomerId } from '../../../src/core/index.ts';
import { tableFile, testPlan } from '../../support/customer-tables.ts';

/** A table of this content: its index, ids, labels and problems. */
function build(content: string | Uint8Array, columns: Readonly<Record<string, string>> = {}) {
  const { table } = loadTable({ kind: 'file', file: tableFile(content), plan: testPlan(columns) });
  const index = openTable(table);
  const ids = Array.from({ length: index.count() }, (_, row) => index.idOf(row) as string);
  const nameOf = (id: string): string | undefined => index.label(id as CustomerId)?.name;
  return { table, index, ids, nameOf, problems: table.origin.problems, refused: table.origin.refused };
}

test('UTF-8 with a byte order mark and CR LF', () => {
  const { ids, nameOf, index, problems } = build('\uFEFFcustomer_id,name,email\r\nC1,佐藤 花子,h@example.jp\r\nC2,鈴木 一郎,i@example.jp');
  expect(problems).toEqual([]);
  expect(ids).toEqual(['C1', 'C2']);
  expect(nameOf('C1')).toBe('佐藤 花子');
  expect(index.rows('email', 'i@example.jp')).toEqual([1]);
});

test('CP932, whose second bytes look like backslashes and letters but never like commas or quotes', () => {
  // ソ is 83 5C, 表 95 5C.
  const bytes = Buffer.concat([
    Buffer.from('customer_id,name,company\r\nC1,'),
    Buffer.from([0x8d, 0xb2, 0x93, 0xa1]),
    Buffer.from(',"'),
    Buffer.from([0x83, 0x5c, 0x95, 0x5c]),
    Buffer.from(',A"\r\n'),
  ]);
  const { index } = build(bytes);
  expect(index.label('C1' as CustomerId)).toMatchObject({ name: '佐藤', company: 'ソ表,A' });
});

test('quotes hold commas, line breaks and quotes; a line number counts the lines of the file', () => {
  const { ids, nameOf, problems } = build('customer_id,name,company\n"C1","佐藤, ""花子""\n様",x\n\n,無名,\nC2,鈴木,\n');
  expect(ids).toEqual(['C1', 'C2']);
  expect(nameOf('C1')).toBe('佐藤, "花子"\n様');
  expect(problems).toEqual([{ line: 5, column: 0, message: 'no customer_id; the row is skipped' }]);
});

test('every kind of bad row is named by line and skipped, the others stand', () => {
  const { ids, problems, refused } = build(
    'customer_id,name,company\nC1,佐藤,\n,無名,\nC2,,\nC1,二重,\nC3,"複数\n行",\nC4,多い,x,y\nC5,鈴"木,\nC6,高橋,\n',
  );
  expect(ids).toEqual(['C1', 'C3', 'C6']);
  expect(problems.map(({ line }) => line)).toEqual([3, 4, 5, 8, 9]);
  expect(problems[2]?.message).toContain('line 2');
  expect(refused).toBe(5);
});

test('a row of broken bytes costs itself alone', () => {
  const rows = Array.from({ length: 5 }, (_, row) => `C${row},佐藤\n`).join('');
  const { ids, problems } = build(
    Buffer.concat([Buffer.from(`customer_id,name\n${rows}X1,`), Buffer.from([0xff, 0xfe]), Buffer.from('\nC9,鈴木\n')]),
  );
  expect(ids).toEqual(['C0', 'C1', 'C2', 'C3', 'C4', 'C9']);
  expect(problems).toEqual([{ line: 7, column: 0, message: 'the row is not valid UTF-8; it is skipped' }]);
});

test('a cell that holds nothing to compare is named with its column, and the row stands', () => {
  const { ids, problems, index } = build(
    'customer_id,name,birth_date,email,phone\nC1,佐藤,不明,なし,000-0000-0000\nC2,鈴木,S59.3.7,a@example.jp,03-5550-1234\n',
  );
  expect(ids).toEqual(['C1', 'C2']);
  expect(problems.map(({ line, column, message }) => [line, column, message.split(' cannot')[0]])).toEqual([
    [2, 10, 'the email'],
    [2, 13, 'the phone'],
    [2, 7, 'the birth_date'],
  ]);
  expect(index.keys(1).birthDate).toBe(index.hash('birth_date', '1984-03-07'));
});

test('other headers are mapped; a missing one is named, without an id there is no table', () => {
  expect(build('会員番号,氏名\nC1,佐藤\n', { customer_id: '会員番号', name: '氏名' }).nameOf('C1')).toBe('佐藤');
  const missing = build('会員番号,氏名\nC1,佐藤\n', { customer_id: '番号' });
  expect(missing.ids).toEqual([]);
  expect(missing.problems[0]?.message).toContain('`番号`');
  expect(build('', {}).problems).toEqual([{ line: 1, column: 0, message: 'there is no header row' }]);
});

test('an id longer than a hundred characters and a cell of two megabytes are refused, what follows is read', () => {
  const { ids, problems } = build(`customer_id,name\n${'X'.repeat(101)},佐藤\nC1,"${'あ'.repeat(700_000)}"\nC2,鈴木\n`);
  expect(ids).toEqual(['C2']);
  expect(problems.map(({ line }) => line)).toEqual([2, 3]);
});

test('hashed in threads the index is byte for byte the same as in one go', async () => {
  // More than one piece of four megabytes, with a repeated id in the second.
  const filler = 'x'.repeat(400);
  const rows = Array.from({ length: 12_000 }, (_, row) => `C${row},佐藤 花${row},03-5550-${1000 + (row % 9000)},${filler}\n`).join('');
  const content = `customer_id,name,phone,note\n${rows}C0,二重 太郎,03-5550-9999,\n`;
  const file = tableFile(content);
  const alone = loadTable({ kind: 'file', file, plan: testPlan() }).table;
  const threaded = await buildTableInThreads({ kind: 'csv', file }, testPlan(), 2, { labels: () => undefined });
  expect(threaded.rows).toBe(12_000);
  expect(threaded.problems).toEqual([
    { line: 12_002, column: 0, message: 'the customer_id stands on line 2 already; this row is skipped' },
  ]);
  expect(Buffer.from(threaded.index).equals(Buffer.from(alone.index))).toBe(true);
}, 60_000);

test('pieces of any size hold whole records, all of them once', () => {
  const cell = fc
    .oneof(fc.string({ maxLength: 6 }), fc.constantFrom('"', ',', '\n', '佐藤', '"\n"', ''))
    .map((text) => `"${text.replaceAll('"', '""')}"`);
  const row = fc.array(cell, { minLength: 1, maxLength: 4 }).map((cells) => `${cells.join(',')}\n`);
  fc.assert(
    fc.property(fc.array(row, { maxLength: 30 }), fc.integer({ min: 1, max: 40 }), (rows, blockBytes) => {
      const bytes = Buffer.from(rows.join(''));
      const cutter = new PieceCutter();
      const pieces: string[] = [];
      for (let at = 0; ; at += blockBytes) {
        const isLast = at >= bytes.length;
        const piece = cutter.cut(bytes.subarray(at, at + blockBytes), isLast);
        if (piece !== null) pieces.push(piece.bytes.toString());
        if (isLast) break;
      }
      expect(pieces.join('')).toBe(bytes.toString());
      // A border that is none of the rows' would cut a record.
      const borders = new Set(rows.reduce<number[]>((ends, text) => [...ends, (ends.at(-1) ?? 0) + text.length], []));
      let end = 0;
      for (const piece of pieces) {
        end += piece.length;
        expect(borders.has(end)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});
