import { describe, expect, test } from 'vitest';
import { loadTable, openTable } from '../../../src/adapters/customer-index/index.ts';
import { tableFile, testPlan } from '../../support/customer-tables.ts';
import { inspectLetter, reasonsOf, sampleSnapshot } from '../../support/sample-world.ts';

const { table } = loadTable({
  kind: 'file',
  file: tableFile(
    [
      'customer_id,name,name_kana,company,email,email2,phone,address',
      'P1,城島 温子,ジョウシマ アツコ,,atsuko.j@mail.example.jp,,052-550-7301,愛知県名古屋市中区栄3-18-21',
      'W1,木村 誠,キムラ マコト,北辰精工株式会社,kimura@hokushin.example.co.jp,makoto.k@icloud.com,03-5550-6001,',
    ].join('\n'),
  ),
  plan: testPlan(),
});
const snapshot = { ...sampleSnapshot(), customers: openTable(table) };
const [atsuko, kimura, stranger] = ['atsuko.j@mail.example.jp', 'kimura@hokushin.example.co.jp', 'hide.n1973@gmail.com'] as const;
const memo = '城島 温子 様\n\n電話 052-550-7301、住所 名古屋市中区栄3-18-21 で承りました。\n';
const both = ['unknown_recipient_pii', 'wrong_customer'];

describe('who is greeted and gets the mail is no other recipient', () => {
  test('an unseen Bcc is not the person greeted', async () => {
    const found = await inspectLetter({ to: [atsuko, stranger], shownTo: `城島温子様 <${atsuko}>`, text: memo }, snapshot);
    expect(reasonsOf(found).toSorted()).toEqual(both);
  });

  test('an unknown address alone with that greeting is', async () => {
    expect(reasonsOf(await inspectLetter({ to: [stranger], text: memo }, snapshot))).toEqual([]);
  });

  test('and so is one whose display name says so, beside the registered one', async () => {
    const shownTo = `<${atsuko}>, 城島 温子 <${stranger}>`;
    expect(reasonsOf(await inspectLetter({ to: [atsuko, stranger], shownTo, text: memo }, snapshot))).toEqual([]);
  });
});

describe("a contact's private address is no work data", () => {
  const quoting = (line: string): string =>
    `木村様\n\n承知しました。\n\n2026年11月16日(月) 18:58 木村 誠 <${kimura}>:\n> ${line}\n> 北辰精工 木村 誠\n`;
  const reasonsFor = async (line: string): Promise<readonly string[]> =>
    reasonsOf(
      await inspectLetter({ to: [kimura, stranger], shownTo: `<${kimura}>`, cc: `<${stranger}>`, text: quoting(line) }, snapshot),
    ).toSorted();

  test('his mail address at home goes to somebody unknown', async () =>
    expect(await reasonsFor('個人の makoto.k@icloud.com に送ってください。')).toEqual(both));

  test('his work phone may', async () => expect(await reasonsFor('03-5550-6001 にお電話ください。')).toEqual([]));
});

describe('whose account a row of a table is', () => {
  const reasonsFor = async (payee: string): Promise<readonly string[]> =>
    reasonsOf(
      await inspectLetter(
        {
          to: [kimura],
          text: '木村様\n\n振込データをお送りします。\n',
          attachment: {
            name: 'soufuri.csv',
            type: 'text/csv',
            text: `取引先,銀行,支店,種別,口座番号,受取人名,金額\n株式会社松浦製函所,駿河中央銀行,島田支店,普通,2048817,${payee},418330\n`,
          },
        },
        snapshot,
      ),
    );

  test('the cell below the header 受取人名 says it: a firm', async () => expect(await reasonsFor('ｶ)ﾏﾂｳﾗｾｲｶﾝｼﾞﾖ')).toEqual([]));
  test('a person, whatever else stands in the row', async () => expect(await reasonsFor('マツウラ タロウ')).toEqual(['sensitive_pii']));
});

test('a greeting by company and surname says whose record that is', async () => {
  const { verdict } = await inspectLetter({ to: [atsuko], text: '北辰精工株式会社\n木村様\n\n先日の件、承知しました。\n' }, snapshot);
  expect(verdict.reasons.map(({ code, customers }) => [code, customers])).toEqual([['salutation_mismatch', ['W1']]]);
});
