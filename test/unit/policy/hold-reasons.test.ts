import { describe, expect, test } from 'vitest';
import { explainReason } from '../../../src/policy/index.ts';
import { failedInspection } from '../../../src/inspect/index.ts';
import { envelopeOf, examineLetter, inspectLetter, reasonsOf, sampleSnapshot, type Letter } from '../../support/sample-world.ts';

const snapshot = sampleSnapshot();
const [hanako, kako, suzuki, watanabe, yamada] = ['hanako.sato', 'hanako.sato77', 'i.suzuki', 'megumi.w', 'taro.yamada'].map(
  (local) => `${local}@${local === 'taro.yamada' ? 'gmail.com' : 'mail.example.jp'}`,
) as [string, string, string, string, string];
const [kimura, ogawa, inoue] = [
  'kimura@hokushin.example.co.jp',
  'ogawa@hokushin.example.co.jp',
  'inoue@maruyama-soko.example.co.jp',
] as const;
const stranger = 'info@kikaku-office.example.com';
const six = [hanako, kako, suzuki, watanabe, yamada, inoue];
const people = Array.from(
  { length: 10 },
  (_, index) =>
    `${['青木', '石田', '上野', '江口', '大野', '加藤', '木下', '久保', '小池', '坂本'][index]} ${'一二三四五六七八九十'.charAt(index)}郎\t090-5550-20${10 + index}`,
);

const cases: readonly (readonly [string, Letter, readonly string[]])[] = [
  [
    'his own data',
    { to: [hanako], text: '佐藤 花子 様\n\nご住所　東京都世田谷区太子堂4丁目12番7号\nお電話　０９０－５５５０－１１１４' },
    [],
  ],
  [
    "a namesake's data",
    { to: [kako], text: '佐藤様\n\n会員番号 C1042、電話 090-5550-1114 でお間違いないでしょうか。' },
    ['wrong_customer'],
  ],
  [
    'kana and birth date in era form',
    { to: [suzuki], text: '鈴木様\n\nサトウ ハナコ様（昭和59年3月7日生まれ）の件です。' },
    ['wrong_customer'],
  ],
  [
    'a full name and its company',
    { to: [suzuki], text: '鈴木様\n\n丸山倉庫株式会社 井上 徹様の件です。' },
    ['cross_client', 'wrong_customer'],
  ],
  ['a surname and its company', { to: [suzuki], text: '鈴木様\n\n丸山倉庫の井上様にもよろしくお伝えください。' }, []],
  [
    'a name that no cue marks, and the address of its record',
    { to: [suzuki], text: '鈴木様\n\n昨日渡邊恵が来店しました。大阪府大阪市北区梅田1-3-40までお届けします。' },
    ['wrong_customer'],
  ],
  [
    'a second name in the first lines, with a phone behind it',
    { to: [suzuki], text: '鈴木様\n\n渡辺恵様 06 5550 7781' },
    ['wrong_customer'],
  ],
  ['a full name alone', { to: [suzuki], text: '鈴木様\n\n渡邊 恵様にもよろしくお伝えください。' }, []],
  [
    "her husband's data to the wife at the same address",
    { to: [hanako], text: '佐藤様\n\nご主人様の佐藤 一郎様（東京都世田谷区太子堂4-12-7、03-5550-1042）の件です。' },
    [],
  ],
  ['a colleague of the same company', { to: [ogawa], text: '小川様\n\n木村 誠様（03-5550-6001、090-5550-6011）の件です。' }, []],
  [
    'a sub-domain mailbox of the same company',
    { to: ['soumu@osaka.hokushin.example.co.jp'], text: 'ご担当者様\n\n木村 誠様（090-5550-6011）の件です。' },
    [],
  ],
  [
    "another customer's name on the attachment alone",
    { to: [ogawa], text: '小川様\n\nお見積書です。', attachment: { name: '見積書_東涼子様.txt', text: '御見積書\n合計 1,000円' } },
    ['wrong_customer'],
  ],
  [
    "the recipient's own name on the attachment",
    { to: [ogawa], text: '小川様\n\nお見積書です。', attachment: { name: '見積書_小川理沙様.txt', text: '御見積書\n合計 1,000円' } },
    [],
  ],
  [
    "another client's customer",
    { to: [kimura], text: '木村様\n\n会員番号 C1101 の髙橋 治様（048-550-1101）の件です。' },
    ['cross_client', 'wrong_customer'],
  ],
  [
    'the same inside the organisation',
    { to: ['ito@minato-cc.example.jp'], text: '会員番号 C1101 の髙橋 治様（048-550-1101）の件です。' },
    [],
  ],
  [
    'the client that may have it',
    { to: ['report@aoba-life.example.co.jp'], text: 'ご担当者様\n\n会員番号 C1101 の髙橋 治様（048-550-1101）の件です。' },
    [],
  ],
  [
    'a known outsider that may not',
    { to: ['desk@hayate-unyu.example.co.jp'], text: 'ご担当者様\n\n会員番号 C1101 の髙橋 治様（048-550-1101）の件です。' },
    ['wrong_customer'],
  ],
  [
    'the account of a company whose holder stands under spaced labels',
    { to: [watanabe], text: '渡邊様\n\n　銀　行　みずほ銀行　新宿支店\n　種　別　当座\n　番　号　2218845\n　名　義　カ）アケボノキコウ' },
    [],
  ],
  [
    'the same of a person',
    { to: [watanabe], text: '渡邊様\n\n　銀　行　みずほ銀行　新宿支店\n　種　別　普通\n　番　号　2218845\n　名　義　アケボノ　キコ' },
    ['sensitive_pii'],
  ],
  ['a card number with its word', { to: [watanabe], text: '渡邊様\n\nカード番号 4111-1111-1111-1111 を承りました。' }, ['sensitive_pii']],
  ['a number that only passes the check digit', { to: [watanabe], text: '渡邊様\n\n注文番号 4111-1111-1111-1111 を承りました。' }, []],
  [
    'our own account on an invoice',
    { to: [kimura], text: '木村様\n\n振込先：みなと銀行 浜松町支店 普通 5550123 ミナトコールセンター（カ' },
    [],
  ],
  [
    "a payee's account, the corporate holder in the line below",
    { to: [kimura], text: '木村様\n\nお支払先：摂津銀行 高井田支店 普通 5530218\n　　カ）カンサイロードセル' },
    [],
  ],
  [
    "a person's account, the holder in the line below",
    { to: [kimura], text: '木村様\n\nお支払先：摂津銀行 高井田支店 普通 5530218\n　　ワタナベ メグミ' },
    ['sensitive_pii'],
  ],
  [
    'an attachment addressed to another company',
    {
      to: [ogawa],
      text: '小川様\n\nお見積書です。',
      attachment: { name: 'mitsumori.txt', text: '御見積書\n\n丸山倉庫株式会社　御中\n\n合計 1,000円' },
    },
    ['wrong_customer'],
  ],
  [
    "an attachment addressed to the recipient's company",
    {
      to: [ogawa],
      text: '小川様\n\nお見積書です。',
      attachment: { name: 'mitsumori.txt', text: '御見積書\n\n北辰精工㈱ 製造部　御中\n\n合計 1,000円' },
    },
    [],
  ],
  [
    "a foreign customer's name on the file alone",
    { to: [ogawa], text: '小川様\n\n資料です。', attachment: { name: 'マリアサントス様.txt', text: '資料' } },
    ['wrong_customer'],
  ],
  [
    'ten persons with phones, one of them the recipient',
    { to: [suzuki], text: `鈴木様\n\n氏名\t電話\n${[...people.slice(0, 9), '鈴木 一郎\t090-5550-3306'].join('\n')}` },
    [],
  ],
  ['ten persons with phones', { to: [suzuki], text: `鈴木様\n\n氏名\t電話\n${people.join('\n')}` }, ['bulk_pii']],
  ['nine persons with phones', { to: [suzuki], text: `鈴木様\n\n氏名\t電話\n${people.slice(0, 9).join('\n')}` }, []],
  [
    'nine names, one of them of two persons with other phones',
    { to: [suzuki], text: `鈴木様\n\n氏名\t電話\n${[...people.slice(0, 9), people[0]?.replace('2010', '2099')].join('\n')}` },
    ['bulk_pii'],
  ],
  [
    'nine persons, one of them in two rows',
    { to: [suzuki], text: `鈴木様\n\n氏名\t電話\n${[...people.slice(0, 9), people[0]].join('\n')}` },
    [],
  ],
  ['a greeting of somebody else', { to: [suzuki], text: '渡邊様\n\nお世話になっております。' }, ['salutation_mismatch']],
  [
    'a greeting in another spelling of the same name',
    { to: ['osamu.takahashi@mail.example.jp'], text: '高橋 治 様\n\nお世話になっております。' },
    [],
  ],
  [
    'a greeting of a partner whom the header names',
    {
      to: ['report@aoba-life.example.co.jp', suzuki],
      shownTo: '"小林 健" <report@aoba-life.example.co.jp>, <i.suzuki@mail.example.jp>',
      text: '小林様\n\nお世話になっております。',
    },
    [],
  ],
  ['a greeting in hiragana', { to: [suzuki], text: 'すずき様\n\nお世話になっております。' }, []],
  ['a greeting of everybody', { to: [suzuki], text: 'お客様各位\n\nお世話になっております。' }, []],
  ['a greeting of the company', { to: [ogawa], text: '北辰精工株式会社\n木村様\n\nお世話になっております。' }, []],
  ['six customers in To', { to: six, text: 'お客様各位\n\nお知らせです。' }, ['exposed_recipients']],
  ['six customers in Bcc', { to: six, shownTo: '<info@minato-cc.example.jp>', text: 'お客様各位\n\nお知らせです。' }, []],
  [
    'a split envelope, all of them shown',
    { to: [hanako], shownTo: six.map((to) => `<${to}>`).join(', '), text: 'お客様各位\n\nお知らせです。' },
    ['exposed_recipients'],
  ],
  ['a slip in the domain', { to: ['taro.yamada@gmai.com'], text: '山田様\n\nお世話になっております。' }, ['lookalike_address']],
  ['a slip in the ending', { to: ['ito@minato-cc.example.jo'], text: 'お疲れさまです。' }, ['lookalike_address']],
  [
    'an unknown self with the reading behind the name',
    {
      to: ['kotone@mail.example.net'],
      shownTo: '"大西 琴音" <kotone@mail.example.net>',
      text: '大西 琴音 様\n\nお名前　大西 琴音（おおにし ことね）\n電話　090-5550-7733',
    },
    [],
  ],
  [
    "somebody else's data to an unknown address",
    { to: [stranger], text: 'ご担当者様\n\n氏名　大西 琴音\n電話　090-5550-7733' },
    ['unknown_recipient_pii'],
  ],
  [
    "an applicant's own data back to her",
    {
      to: ['kotone@mail.example.net'],
      shownTo: '"大西 琴音" <kotone@mail.example.net>',
      text: '大西 琴音 様\n\nお名前　大西 琴音\n電話　090-5550-7733',
    },
    [],
  ],
  [
    'a plus-address of the customer',
    { to: ['taro.yamada+shop@gmail.com'], text: '山田 太郎 様\n\nお電話 080-5550-4412 で承りました。' },
    [],
  ],
  [
    "our own people's signature",
    { to: [stranger], text: 'ご担当者様\n\nよろしくお願いします。\n-- \n中村 翔太\nTEL 0120-555-080\nnakamura@minato-cc.example.jp' },
    [],
  ],
];

describe('every hold reason, and what comes close to it', () => {
  test.each(cases)('%s', async (_, letter, reasons) => {
    expect(reasonsOf(await inspectLetter(letter, snapshot))).toEqual(reasons);
  });
});

test('only the recipients concerned are held; the others are clear', async () => {
  const { verdict } = await inspectLetter(
    { to: [hanako, suzuki], text: '佐藤様、鈴木様\n\n佐藤 花子様（090-5550-1114）の件です。' },
    snapshot,
  );
  expect(verdict.recipients.map(({ address, verdict: own }) => [address, own])).toEqual([
    [hanako, 'deliver'],
    [suzuki, 'hold'],
  ]);
});

test('a reason is said in both languages with customer and recipient', async () => {
  const { verdict } = await inspectLetter(
    { to: [kako], text: '佐藤様\n\n会員番号 C1042 の佐藤 花子様、電話 090-5550-1114 です。' },
    snapshot,
  );
  const reason = verdict.reasons[0]!;
  expect(explainReason(reason, snapshot.customers, 'ja')).toMatch(
    /佐藤 花子（C1042）さんの情報.*電話番号.*hanako\.sato77@mail\.example\.jp/,
  );
  expect(explainReason(reason, snapshot.customers, 'en')).toMatch(/佐藤 花子 \(C1042\): .*phone.*goes to hanako\.sato77@mail\.example\.jp/);
});

test('a look-alike carries the address that was probably meant', async () => {
  const { verdict } = await inspectLetter({ to: ['taro.yamada@gmai.com'], text: '山田様' }, snapshot);
  expect(verdict.reasons[0]?.suggestion).toBe(yamada);
});

test('I4: an inspection that failed holds mail to the outside, not inside', () => {
  expect(reasonsOf(failedInspection(envelopeOf({ to: [hanako], text: '' }), snapshot))).toEqual(['inspection_failed']);
  expect(reasonsOf(failedInspection(envelopeOf({ to: ['report@aoba-life.example.co.jp'], text: '' }), snapshot))).toEqual([
    'inspection_failed',
  ]);
  expect(reasonsOf(failedInspection(envelopeOf({ to: ['ito@minato-cc.example.jp'], text: '' }), snapshot))).toEqual([]);
});

test('what a site lets pass unread passes', async () => {
  const letter: Letter = {
    to: [hanako],
    text: '佐藤様',
    attachment: { name: 'a.bin', text: '\u0000\u0001\u0002'.repeat(50), type: 'application/octet-stream' },
  };
  expect(reasonsOf(await inspectLetter(letter, snapshot))).toEqual(['unscannable']);
  expect(reasonsOf(await inspectLetter(letter, { ...snapshot, settings: { ...snapshot.settings, unscannable: 'deliver' } }))).toEqual([]);
});

test('I5: an inspection holds no text of the mail', async () => {
  const letter: Letter = {
    to: [stranger],
    shownTo: '"KANARIA" <info@kikaku-office.example.com>',
    subject: 'KANARIA 件名',
    text: 'KANARIA 様\n\n氏名　大西 琴音\n電話　090-5550-7733\n口座 KANARIA',
    attachment: { name: 'KANARIA.csv', text: '氏名,電話\n大西 琴音,090-5550-7733\nKANARIA,1', type: 'text/csv' },
  };
  const inspection = JSON.stringify(await inspectLetter(letter, snapshot));
  for (const word of ['KANARIA', '大西', '琴音', '09055507733', '090-5550-7733']) expect(inspection).not.toContain(word);
});

test('I7: the same bytes give the same inspection, but for the id', async () => {
  const letter = cases[9]![1];
  const [one, other] = [await inspectLetter(letter, snapshot), await inspectLetter(letter, snapshot)];
  expect({ ...other, message: one.message }).toEqual(one);
});

test('a finding says where it stands, in the words of the outside interface', async () => {
  const { findings } = await examineLetter(
    {
      to: [hanako],
      subject: '090-5550-1114 の件',
      text: 'お電話 090-5550-1114',
      attachment: { name: '一覧.csv', text: '氏名,電話\n佐藤 花子,090-5550-1114', type: 'text/csv' },
    },
    snapshot,
  );
  expect(findings.filter(({ type }) => type === 'phone').map(({ where, start, end, owner }) => [where, start, end, owner])).toEqual([
    ['subject', 0, 13, 'recipient'],
    ['text', 4, 17, 'recipient'],
    ['attachment:一覧.csv#B2', 0, 13, 'recipient'],
  ]);
});

test('data of several customers to one wrong address is one reason that names them all', async () => {
  const text = '鈴木様\n\n渡邊 恵様 06-5550-7781\n髙橋 治様 048-550-1101\n';
  const { verdict } = await inspectLetter({ to: [suzuki], text }, snapshot);
  expect(verdict.reasons.map(({ code, customers, suggestion }) => [code, customers, suggestion])).toEqual([
    ['wrong_customer', ['C1103', 'C1101'], null],
  ]);
});
