import { expect, test } from 'vitest';
import { loadTable, openTable } from '../../../src/adapters/customer-index/index.ts';
import { tableFile, testPlan } from '../../support/customer-tables.ts';
import { inspectLetter, reasonsOf, sampleSnapshot, type Letter } from '../../support/sample-world.ts';

/** A surname that no list has, and two homes in one building. */
const { table } = loadTable({
  kind: 'file',
  file: tableFile(
    [
      'customer_id,name,name_kana,company,email,phone,address',
      'P1,鍵主 千歳,カギヌシ チトセ,,chitose.k@mail.example.jp,052-550-7301,愛知県名古屋市中区栄3-18-21 とまりハイツ201',
      'P2,鍵主 亘,カギヌシ ワタル,,wataru@mail.example.jp,090-5550-7302,愛知県名古屋市中区栄3-18-21 とまりハイツ204',
      'W1,木村 誠,キムラ マコト,北辰精工株式会社,kimura@hokushin.example.co.jp,03-5550-6001,',
    ].join('\n'),
  ),
  plan: testPlan(),
});
const snapshot = { ...sampleSnapshot(), customers: openTable(table) };

const [chitose, wataru, kimura] = ['chitose.k@mail.example.jp', 'wataru@mail.example.jp', 'kimura@hokushin.example.co.jp'] as const;
const inn = 'yoyaku@ryokan-hoshi.example.com';
const both = ['unknown_recipient_pii', 'wrong_customer'];

const cases: readonly (readonly [string, Letter, readonly string[]])[] = [
  ['a surname that no list has', { to: [inn], text: 'ご担当者様\n\n鍵主千歳さん（052-550-7301）が伺います。\n' }, both],
  [
    'a consumer who gets the mail too',
    {
      to: [chitose],
      cc: `<${inn}>`,
      text: '鍵主様\n\nお届け先は次のとおりです。\n鍵主 千歳 様　名古屋市中区栄3-18-21 電話 052-550-7301\n\n2026年11月20日(金) 10:12 鍵主 千歳 <chitose.k@mail.example.jp>:\n> お願いします。\n',
    },
    both,
  ],
  [
    'the work phone of somebody who gets it too',
    { to: [kimura], cc: `<${inn}>`, text: '木村様\n\n木村 誠様 03-5550-6001 へご連絡ください。\n' },
    [],
  ],
  [
    'another home of the building, whatever its name',
    { to: [wataru], text: '鍵主様\n\n鍵主 千歳様（052-550-7301）の件です。\n' },
    ['wrong_customer'],
  ],
];

test.each(cases)('%s', async (_, letter, codes) => {
  const sent = {
    ...letter,
    to: letter.cc === undefined ? letter.to : [...letter.to, inn],
    shownTo: letter.to.map((to) => `<${to}>`).join(', '),
  };
  expect(reasonsOf(await inspectLetter(sent, snapshot)).toSorted()).toEqual(codes);
});
