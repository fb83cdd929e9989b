import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadTable, openTable } from '../../../src/adapters/customer-index/index.ts';
import { tableFile, testPlan } from '../../support/customer-tables.ts';

const names = ['佐藤 花子', '佐藤 花', '林 恵', '高橋 一郎', '一郎 次', '鈴木 花子', '勅使河原 千代子', '長谷川 久美子', 'サトウ ハナコ'];
const { table } = loadTable({
  kind: 'file',
  file: tableFile(`customer_id,name\n${names.map((name, row) => `C${row},${name}\n`).join('')}`),
  plan: testPlan(),
});
const index = openTable(table);

/** The same by trying every name at every place: three to seven characters, one gap, the longest from the leftmost start. */
function tryAll(text: string): { readonly start: number; readonly end: number; readonly rows: readonly number[] }[] {
  const found: { start: number; end: number; rows: number[] }[] = [];
  for (let start = 0; start < text.length; start += 1) {
    let best: { start: number; end: number; rows: number[] } | null = null;
    for (let end = start + 3; end <= Math.min(text.length, start + 8); end += 1) {
      const part = text.slice(start, end);
      if (!/^[^ ・]+(?:[ ・][^ ・]+)?$/.test(part)) continue;
      const bare = part.replace(/[ ・]/, '');
      const row = names.findIndex((name) => name.replace(' ', '') === bare);
      if (row !== -1 && bare.length >= 3 && bare.length <= 7) best = { start, end, rows: [row] };
    }
    if (best === null) continue;
    found.push(best);
    start = best.end - 1;
  }
  return found;
}

test('running text is searched as if every name were tried at every place', () => {
  const piece = fc.constantFrom(
    ...names,
    ...names.map((name) => name.replace(' ', '')),
    ...names.map((name) => name.replace(' ', '・')),
    'の',
    '様',
    ' ',
    '・',
    '、',
    '佐',
    '花子',
    'abc',
    '\n',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
      const text = pieces.join('');
      expect(index.probeNames(text)).toEqual(tryAll(text));
    }),
    { numRuns: 500 },
  );
});

test('names of two characters are left to cues, and a table without names finds none', () => {
  expect(index.probeNames('林 恵様、林恵様')).toEqual([]);
  const { table: empty } = loadTable({ kind: 'file', file: tableFile('customer_id,company\nC1,株式会社青葉\n'), plan: testPlan() });
  expect(openTable(empty).probeNames('佐藤 花子')).toEqual([]);
});
