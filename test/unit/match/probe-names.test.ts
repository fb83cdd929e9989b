import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadTable, openTable } from '../../../src/adapters/customer-index/index.ts';
import { tableFile, testPlan } from '../../support/customer-tables.ts';

const people: readonly (readonly [name: string, kana: string])[] = [
  ['佐藤 花子', 'サトウ ハナコ'],
  ['佐藤 花', ''],
  ['林 恵', 'ハヤシ メグミ'],
  ['高橋 一郎', ''],
  ['一郎 次', ''],
  ['能見 理', 'ノウミ オサム'],
  ['勅使河原 千代子', 'テシガワラ チヨコ'],
  ['長谷川 久美子', 'はせがわ くみこ'],
  ['みさき 太郎', ''],
  ['田中 村', ''],
];
const { table } = loadTable({
  kind: 'file',
  file: tableFile(`customer_id,name,name_kana\n${people.map(([name, kana], row) => `C${row},${name},${kana}\n`).join('')}`),
  plan: testPlan(),
});
const index = openTable(table);
const found = (text: string): string[] => index.probeNames(text).map(({ start, end }) => text.slice(start, end));

const katakana = (text: string): string =>
  text.replaceAll(/[ぁ-ゖ]/g, (kana) => String.fromCharCode((kana.codePointAt(0) ?? 0) + 0x60)).replace(' ', '');
const names = new Set(people.map(([name]) => name.replace(' ', '')).filter((name) => name.length >= 3 && name.length <= 7));
const readings = new Set(people.map(([, kana]) => katakana(kana)).filter((kana) => kana !== ''));

/** The same by trying every name at every place: the longest from the leftmost start. */
function tryAll(text: string): { readonly start: number; readonly end: number }[] {
  const hits: { start: number; end: number }[] = [];
  for (let start = 0; start < text.length; start += 1) {
    let best = -1;
    for (let end = start + 3; end <= Math.min(text.length, start + 60); end += 1) {
      const part = text.slice(start, end);
      const hasOneGap = /^[^ ・]+(?:(?: {1,4}|・)[^ ・]+)?$/.test(part);
      const isApart = /^[^ ・](?:(?: {1,4}|・)[^ ・]){2,}$/.test(part);
      if (!hasOneGap && !isApart) continue;
      const bare = part.replaceAll(/[ ・]/g, '');
      if (!names.has(bare) && !readings.has(katakana(bare))) continue;
      if (isApart && goesOn(text, start, end, Math.min(...[...part.matchAll(/ +|・/g)].map(([gap]) => gap.length)))) continue;
      best = end;
    }
    if (best === -1) continue;
    hits.push({ start, end: best });
    start = best - 1;
  }
  return hits;
}

function goesOn(text: string, start: number, end: number, gap: number): boolean {
  const before = /[\p{Script=Han}ぁ-ゖァ-ヺー]( +)$/u.exec(text.slice(0, start))?.[1]?.length ?? 99;
  const [, behind = '', next = ''] = /^( {1,4}(?! )|・)([\p{Script=Han}ぁ-ゖァ-ヺー])/u.exec(text.slice(end)) ?? [];
  return before <= gap || (behind !== '' && behind.length <= gap && !'様殿氏印先'.includes(next));
}

test('running text is searched as if every name were tried at every place', () => {
  const apart = (text: string, gap: string): string => text.replace(' ', '').split('').join(gap);
  const every = people.flatMap(([name, kana]) => (kana === '' ? [name] : [name, kana]));
  const piece = fc.constantFrom(
    ...every,
    ...every.map((name) => name.replace(' ', '')),
    ...every.map((name) => name.replace(' ', '・')),
    ...every.map((name) => name.replace(' ', '   ')),
    ...every.map((name) => apart(name, ' ')),
    ...every.map((name) => apart(name, '  ')),
    ...Array.from('の様 ・、佐田中'),
    '花子',
    'さとう',
    'はなこ',
    '     ',
    'abc',
    '\n',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
      const text = pieces.join('');
      expect(index.probeNames(text)).toEqual(tryAll(text));
    }),
    { numRuns: 1000 },
  );
});

describe('names as they are written', () => {
  test.each([
    ['reading in katakana', 'サトウハナコ 昭和59年3月7日生', ['サトウハナコ']],
    ['reading in hiragana', 'こちらはさとう はなこです', ['さとう はなこ']],
    ['reading of nine kana', 'テシガワラチヨコの', ['テシガワラチヨコ']],
    ['reading kept in hiragana, written in katakana', '（ハセガワ・クミコ）', ['ハセガワ・クミコ']],
    ['reading of a name of two characters', 'ハヤシメグミ', ['ハヤシメグミ']],
    ['surname and given name far apart', '佐藤    花子', ['佐藤    花子']],
    ['five spaces are two columns', '佐藤     花子', []],
    ['every character apart', '能 見   理', ['能 見   理']],
    ['every character apart, before an honorific', '能 見 理 殿', ['能 見 理']],
    ['behind a label that is written apart', '氏 名  能 見   理', ['能 見   理']],
    ['no farther from what stands before it than its own characters', '氏 名 能 見 理', []],
    ['a line that is written apart as a whole', '山 田 中 村 上', []],
    ['three characters of their own', '田 中 村', ['田 中 村']],
    ['apart in part', '佐藤 花 子', ['佐藤 花']],
    ['over two lines', '佐藤\n花子', []],
  ])('%s', (_, text, expected) => expect(found(text)).toEqual(expected));
});

test('names of two characters are left to cues, and a table without names finds none', () => {
  expect(index.probeNames('林 恵様、林恵様')).toEqual([]);
  const { table: empty } = loadTable({ kind: 'file', file: tableFile('customer_id,company\nC1,株式会社青葉\n'), plan: testPlan() });
  expect(openTable(empty).probeNames('佐藤 花子')).toEqual([]);
});
