import { describe, expect, test } from 'vitest';
import { loadTable, openTable } from '../../../src/adapters/customer-index/index.ts';
import type { CustomerIndex } from '../../../src/match/index.ts';
import { tableFile, testPlan } from '../../support/customer-tables.ts';
import { inspectLetter, reasonsOf, sampleSnapshot, type Letter } from '../../support/sample-world.ts';

/** An outsourcer's customers are employees of its clients. */
function tableOf(rows: readonly string[]): CustomerIndex {
  const head = 'customer_id,name,name_kana,company,email,phone,mobile,address,birth_date';
  return openTable(loadTable({ kind: 'file', file: tableFile([head, ...rows].join('\n')), plan: testPlan() }).table);
}
const mikumo =
  'M1,三雲 葵,ミクモ アオイ,メリディアン株式会社,a.mikumo@meridian.example.com,,080-5550-2259,神奈川県横浜市港北区大倉山3-26-9,1994-02-11';
const yokoi =
  'M2,横井 学,ヨコイ マナブ,メリディアン株式会社,m.yokoi@meridian.example.com,,080-5550-2260,東京都世田谷区太子堂4-18-2,1980-05-30';
const masui = 'S1,増井 剛士,マスイ ツヨシ,汐見水産株式会社,masui@docomo.ne.jp,,090-5550-1495,静岡県焼津市本町2-7-11,1991-04-02';
const [toMikumo, toMasui] = ['a.mikumo@meridian.example.com', 'masui@docomo.ne.jp'] as const;

const address = '三雲さん\n\nお引っ越しお疲れさまでした。\n住所：神奈川県横浜市港北区大倉山3-26-9\n氏名：三雲 葵\n';
const mobile = '三雲さん\n\n氏名：三雲 葵　　携帯：080-5550-2259\n';
const unseen = (text: string): Letter => ({ to: [toMikumo, toMasui], shownTo: `<${toMikumo}>`, text });

async function reasonsWith(rows: readonly string[], letter: Letter): Promise<readonly string[]> {
  return reasonsOf(await inspectLetter(letter, { ...sampleSnapshot(), customers: tableOf(rows) }));
}

describe('a firm that lists its employees at home', () => {
  const firm = [mikumo, yokoi, masui];

  test('an address at home is no work data: an unseen Bcc to a customer of another firm', async () => {
    expect(await reasonsWith(firm, unseen(address))).toEqual(['wrong_customer']);
  });

  test('nor is the mobile', async () => {
    expect(await reasonsWith(firm, unseen(mobile))).toEqual(['wrong_customer']);
  });

  test('but in a signature of his own, in a mail that all may know of', async () => {
    const signed = `増井様\n\n三雲様のご確認が取れました。\n\nFrom: 三雲 葵 <${toMikumo}>\nSent: Friday, November 20, 2026 9:12 AM\nTo: <nakamura@minato-cc.example.jp>\nSubject: 確認\n\n承知しました。\n三雲 葵\n080-5550-2259\n`;
    expect(await reasonsWith(firm, { to: [toMasui], cc: `<${toMikumo}>`, text: signed })).toEqual([]);
  });

  test('his data to himself alone, or to a colleague', async () => {
    expect(await reasonsWith(firm, { to: [toMikumo], text: address })).toEqual([]);
    expect(await reasonsWith(firm, { to: ['m.yokoi@meridian.example.com'], text: address.replace('三雲さん', '横井さん') })).toEqual([]);
  });

  test('a couple at one address are at home', async () => {
    const wife = 'M3,三雲 律,ミクモ リツ,メリディアン株式会社,r.mikumo@meridian.example.com,,,神奈川県横浜市港北区大倉山3-26-9,1993-08-19';
    expect(await reasonsWith([...firm, wife], unseen(address))).toEqual(['wrong_customer']);
  });

  test('thousands of colleagues', async () => {
    const many = Array.from(
      { length: 3000 },
      (_, row) =>
        `M${row + 10},山田 ${row}郎,ヤマダ,メリディアン株式会社,y${row}@meridian.example.com,,,東京都世田谷区桜${(row % 9) + 1}-${(row % 80) + 1}-${(row % 40) + 1},1980-01-01`,
    );
    expect(await reasonsWith([...many, mikumo, masui], unseen(address))).toEqual(['wrong_customer']);
  });
});

describe('work data as before', () => {
  test.each([
    ["a firm of one record, with its owner's birth date", [mikumo, masui]],
    [
      'a firm of a couple at one address',
      [mikumo, yokoi.replace('横井 学', '三雲 学').replace('東京都世田谷区太子堂4-18-2', '神奈川県横浜市港北区大倉山3-26-9'), masui],
    ],
    [
      'records that share the address',
      [
        mikumo,
        yokoi,
        `M4${mikumo.slice(2).replace('三雲 葵', '沢村 環').replace('a.mikumo', 'sawamura').replace('5550-2259', '5550-2261')}`,
        masui,
      ],
    ],
    ['no birth date on the record', [mikumo.replace('1994-02-11', ''), yokoi, masui]],
    ['contacts of branches, of whom only the owner has a birth date', [mikumo, yokoi.replace('1980-05-30', ''), masui]],
  ])('%s', async (_, rows) => {
    expect(await reasonsWith(rows, unseen(address))).toEqual([]);
    expect(await reasonsWith(rows, unseen(mobile))).toEqual([]);
  });

  test('a phone that several of the firm share', async () => {
    const rows = [mikumo, yokoi.replace('080-5550-2260', '080-5550-2259'), masui];
    const to = [toMikumo, 'm.yokoi@meridian.example.com', toMasui];
    expect(await reasonsWith(rows, { ...unseen(mobile), to })).toEqual([]);
  });
});
