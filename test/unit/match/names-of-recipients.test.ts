import { describe, expect, test } from 'vitest';
import { loadTable, openTable } from '../../../src/adapters/customer-index/index.ts';
import { inspectLetter, reasonsOf, sampleSnapshot } from '../../support/sample-world.ts';
import { tableFile, testPlan } from '../../support/customer-tables.ts';

const rows = [
  'K1,大谷地 耕平,オオヤチ コウヘイ,,oyachi@mail.example.jp,011-555-6620,',
  'K2,望月 琴音,モチヅキ コトネ,,kotone@mail.example.jp,,',
  'K3,岩永 哲,イワナガ サトシ,岩永設計,iwanaga@sekkei.example.co.jp,0956-55-7742,',
  'K4,岩永 哲,イワナガ サトシ,西海造機,s.iwanaga@zoki.example.co.jp,0956-55-8850,',
];
const { table } = loadTable({
  kind: 'file',
  file: tableFile(`customer_id,name,name_kana,company,email,phone,birth_date\n${rows.join('\n')}\n`),
  plan: testPlan(),
});
const snapshot = { ...sampleSnapshot(), customers: openTable(table) };
const reasons = async (to: string, text: string, attached = ''): Promise<readonly string[]> =>
  reasonsOf(
    await inspectLetter({ to: [to], text, ...(attached === '' ? {} : { attachment: { name: '計算書.txt', text: attached } }) }, snapshot),
  );

describe('a greeting of the recipient', () => {
  test.each([
    ['oyachi@mail.example.jp', '大谷地様\n\nありがとうございました。', []],
    ['oyachi@mail.example.jp', '大谷様\n\nありがとうございました。', ['salutation_mismatch']],
    ['kotone@mail.example.jp', '琴音さん\n\n登録の確認です。\n氏名：望月琴音', []],
    ['oyachi@mail.example.jp', '琴音さん\n\n登録の確認です。', ['salutation_mismatch']],
  ])('%s, %j', async (to, text, expected) => expect(await reasons(to, text)).toEqual(expected));
});

describe('a document made out to a name that two records bear', () => {
  const attached = '岩永　哲　様\n軸受選定計算書\n';
  test('is for the one who gets it', async () => {
    expect(await reasons('iwanaga@sekkei.example.co.jp', '岩永先生\n\n計算書を付けます。', attached)).toEqual([]);
  });

  test('is for the other one when his phone stands in it', async () => {
    expect(await reasons('iwanaga@sekkei.example.co.jp', '岩永先生\n\n計算書を付けます。', `${attached}電話 0956-55-8850\n`)).toContain(
      'wrong_customer',
    );
  });
});
