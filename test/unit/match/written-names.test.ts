import { describe, expect, test } from 'vitest';
import { loadTable, openTable } from '../../../src/adapters/customer-index/index.ts';
import { inspectLetter, reasonsOf, sampleSnapshot } from '../../support/sample-world.ts';
import { tableFile, testPlan } from '../../support/customer-tables.ts';

const sample = sampleSnapshot();
const [suzuki, megumi] = ['i.suzuki@mail.example.jp', 'megumi.w@mail.example.jp'];

describe('names that no cue marks, with other data of their record', () => {
  test.each([
    ['a reading in katakana', 'ワタナベメグミ 平成4年8月8日生', ['C1103']],
    ['a reading in hiragana', '昨日わたなべめぐみが来店、平成4年8月8日生', ['C1103']],
    ['a reading in half-width kana', 'ﾜﾀﾅﾍﾞﾒｸﾞﾐ H4.8.8', ['C1103']],
    ['characters written apart', '三　宅　　由　美　子\n広島県広島市中区基町5-19', ['H3005']],
    ['a reading alone', 'ワタナベメグミが来店しました。', []],
    ['characters written apart alone', '三　宅　　由　美　子', []],
  ])('%s', async (_, line, customers) => {
    const { about } = await inspectLetter({ to: [suzuki], text: `鈴木様\n\n${line}\n` }, sample);
    expect(about.filter(({ strength }) => strength === 'strong').map(({ customer }) => customer)).toEqual(customers);
  });
});

const { table } = loadTable({
  kind: 'file',
  file: tableFile(
    [
      'customer_id,name,name_kana,company,email,address',
      'C1,Claire Fontaine,クレール フォンテーヌ,,claire@outlook.jp,',
      'C2,PETROVA OLGA,ペトロワ オルガ,,olga@gmail.com,',
      'C3,オルガ・スミルノワ,オルガ スミルノワ,,smirnova@gmail.com,',
      'C4,田中 村,タナカ ムラ,,tanaka@gmail.com,広島県広島市中区基町5-19',
      'C5,佐藤 花子,サトウ ハナコ,,hanako@gmail.com,',
    ].join('\n'),
  ),
  plan: testPlan(),
});
const foreign = { ...sample, customers: openTable(table) };
const body = '\n\nいつもお世話になっております。先日はありがとうございました。\n';

describe('a greeting by any word of a foreign name', () => {
  test.each([
    ['フォンテーヌ様', 'claire@outlook.jp', []],
    ['クレール様', 'claire@outlook.jp', []],
    ['Fontaine様', 'claire@outlook.jp', []],
    ['フォンテーヌ・クレール様', 'claire@outlook.jp', []],
    ['ペトロワ様', 'olga@gmail.com', []],
    ['オルガ様', 'olga@gmail.com', []],
    ['スミルノワ様', 'smirnova@gmail.com', []],
    ['スミルノワ様', 'claire@outlook.jp', ['salutation_mismatch']],
    ['フォンテーヌ様', 'olga@gmail.com', ['salutation_mismatch']],
    // A Japanese name is greeted by its surname.
    ['花子様', 'hanako@gmail.com', ['salutation_mismatch']],
  ])('%s to %s', async (greeting, to, reasons) => {
    expect(reasonsOf(await inspectLetter({ to: [to], text: `${greeting}${body}` }, foreign))).toEqual(reasons);
  });
});

test('characters that a heading spaces out name nobody, though an address speaks for a name in them', async () => {
  const text = `お世話になっております。\n\n山 田 中 村 上\n広島県広島市中区基町5-19${body}`;
  const { about } = await inspectLetter({ to: [megumi], text }, foreign);
  expect(about.filter(({ evidence }) => evidence.includes('person_name'))).toEqual([]);
});
