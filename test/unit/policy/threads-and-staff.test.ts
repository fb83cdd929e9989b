import { describe, expect, test } from 'vitest';
import { inspectLetter, reasonsOf, sampleSnapshot, type Letter } from '../../support/sample-world.ts';

const snapshot = sampleSnapshot();
const suzuki = 'i.suzuki@mail.example.jp';
const kimura = 'kimura@hokushin.example.co.jp';
const inoue = 'inoue@maruyama-soko.example.co.jp';
const stranger = 'info@kikaku-office.example.com';
const signature =
  '\n-- \nみなとコールセンター株式会社　あおば生命デスク\n中村 翔太\nTEL 0120-555-080　携帯 070-5550-4321\nnakamura@minato-cc.example.jp\n';
const watanabeRecord = '渡邊 恵\n電話 06-5550-7781\n大阪府大阪市北区梅田1-3-40';

/** Written to 木村 alone. */
const fromOgawa =
  '> From: 小川 理沙 <ogawa@hokushin.example.co.jp>\n> To: 木村 誠 <kimura@hokushin.example.co.jp>\n> Date: 2026/11/12 13:40\n>\n> 当日は私が立ち会います。03-5550-6002 にお電話ください。\n>\n> 北辰精工 小川 理沙\n';

const cases: readonly (readonly [string, Letter, readonly string[]])[] = [
  [
    "a reply with the recipient's own mail quoted",
    {
      to: [suzuki],
      text: `鈴木様\n\n承知しました。${signature}\n2026年11月20日(金) 10:12 鈴木 一郎 <i.suzuki@mail.example.jp>:\n> 鈴木です。\n> 携帯は 090-5550-3306 です。住所は名古屋市中区栄3-18-21 のままです。\n`,
    },
    [],
  ],
  [
    "a colleague's mobile in a quoted mail that went to one recipient, the other of another firm",
    { to: [kimura, inoue], text: `木村様\n\n28日で進めます。\n${fromOgawa}` },
    ['wrong_customer'],
  ],
  ['the same to him alone', { to: [kimura], text: `木村様\n\n28日で進めます。\n${fromOgawa}` }, []],
  [
    'another customer left below the fold, Outlook form',
    {
      to: [suzuki],
      text: `鈴木様\n\n承知しました。${signature}\n-----Original Message-----\nFrom: 渡邊 恵 <megumi.w@mail.example.jp>\nSent: Friday, November 20, 2026 9:12 AM\nTo: 中村 翔太 <nakamura@minato-cc.example.jp>\nSubject: 変更\n\n${watanabeRecord}\n`,
    },
    ['wrong_customer'],
  ],
  [
    'the same, Japanese Outlook form',
    {
      to: [suzuki],
      text: `鈴木様\n\n承知しました。\n\n差出人: 渡邊 恵 <megumi.w@mail.example.jp>\n送信日時: 2026年11月20日 9:12\n宛先: 中村 翔太 <nakamura@minato-cc.example.jp>\n件名: 変更\n\n${watanabeRecord}\n`,
    },
    ['wrong_customer'],
  ],
  [
    "another customer's data in what the recipient wrote himself",
    {
      to: [suzuki],
      text: `鈴木様\n\n承知しました。\n\n2026/11/20 10:12、鈴木 一郎 <i.suzuki@mail.example.jp>のメール:\n> 友人の分もお願いします。\n> ${watanabeRecord.replaceAll('\n', '\n> ')}\n`,
    },
    [],
  ],
  [
    'the same in an older mail of hers, below his',
    {
      to: [suzuki],
      text: `鈴木様\n\n承知しました。\n\n差出人: 鈴木 一郎 <i.suzuki@mail.example.jp>\n送信日時: 2026年11月20日 9:12\n宛先: 中村 翔太 <nakamura@minato-cc.example.jp>\n件名: 変更\n\nお願いします。\n\n差出人: 渡邊 恵 <megumi.w@mail.example.jp>\n送信日時: 2026年11月19日 9:12\n宛先: 中村 翔太 <nakamura@minato-cc.example.jp>\n件名: 別件\n\n${watanabeRecord}\n`,
    },
    ['wrong_customer'],
  ],
  [
    'the same, where her mail went to him too',
    {
      to: [suzuki],
      text: `鈴木様\n\n承知しました。\n\n差出人: 渡邊 恵\n送信日時: 2026年11月19日 9:12\n宛先: 中村 翔太 <nakamura@minato-cc.example.jp>\nCC: 鈴木 一郎 <i.suzuki@mail.example.jp>\n件名: 別件\n\n${watanabeRecord}\n`,
    },
    [],
  ],
  [
    'what we sent him by mistake, below the apology',
    {
      to: [suzuki],
      text: `鈴木様\n\n先ほどのメールは、他のお客様宛のものを誤ってお送りしました。申し訳ございません。削除をお願いいたします。${signature}\n-----Original Message-----\nFrom: 中村 翔太 <nakamura@minato-cc.example.jp>\nSent: Friday, November 20, 2026 9:12 AM\nTo: i.suzuki@mail.example.jp\nSubject: 変更\n\n${watanabeRecord}\n`,
    },
    ['wrong_customer'],
  ],
  [
    'what we sent him before, below a footer for whom it reaches by mistake',
    {
      to: [suzuki],
      text: `鈴木様\n\n承知しました。${signature}※誤送信の場合はお手数ですが破棄してください。\n\n-----Original Message-----\nFrom: 中村 翔太 <nakamura@minato-cc.example.jp>\nSent: Friday, November 20, 2026 9:12 AM\nTo: i.suzuki@mail.example.jp\nSubject: 変更\n\n${watanabeRecord}\n`,
    },
    [],
  ],
  [
    'a company contact quoted who also gets the mail',
    { to: [kimura, inoue], text: `木村様、井上様\n\n承知しました。\n\n> 丸山倉庫株式会社\n> 井上 徹\n> TEL 052-550-6103\n` },
    [],
  ],
  [
    'a company contact in the thread, Cc',
    { to: [kimura], cc: `<${inoue}>`, text: `木村様\n\n丸山倉庫の井上様（052-550-6103）と日程を調整します。\n` },
    [],
  ],
  [
    'a company contact who is not in the thread',
    { to: [kimura], text: `木村様\n\n丸山倉庫株式会社の井上 徹様（052-550-6103）の件です。\n` },
    ['wrong_customer'],
  ],
  [
    'a thread whose members know each other',
    {
      to: [kimura],
      shownTo:
        '<kimura@hokushin.example.co.jp>, <inoue@maruyama-soko.example.co.jp>, <azuma@aozora-clinic.example.jp>, <miyake@midori-foods.example.co.jp>, <murakami@murakami-p.example.jp>',
      text: '皆様\n\n承知しました。\n\n差出人: 木村 誠 <kimura@hokushin.example.co.jp>\n送信日時: 2026年11月20日 9:12\n宛先: <nakamura@minato-cc.example.jp>; <inoue@maruyama-soko.example.co.jp>; <azuma@aozora-clinic.example.jp>\nCC: <miyake@midori-foods.example.co.jp>; <murakami@murakami-p.example.jp>\n件名: 日程\n\nよろしくお願いします。\n',
    },
    [],
  ],
  [
    'our signature with a work mobile, to somebody unknown',
    { to: [stranger], text: `ご担当者様\n\nお見積りをお願いします。${signature}` },
    [],
  ],
  [
    'our signature in romaji and of somebody who is in no staff file, to somebody unknown',
    {
      to: [stranger],
      text: 'ご担当者様\n\nお見積りをお願いします。\n\n-- \nNAKAMURA Shota\nMobile 070-5550-4321\n\n新井 絵里\n携帯 070-5550-4399\nerai@minato-cc.example.jp\n',
    },
    [],
  ],
  [
    "our colleague's home address and birth date, to somebody unknown",
    { to: [stranger], text: 'ご担当者様\n\n氏名　伊藤 真由\n生年月日　1990年5月6日\n住所　神奈川県川崎市中原区小杉町3-10-2\n' },
    ['unknown_recipient_pii'],
  ],
  [
    'a list of our staff with work phones',
    {
      to: [kimura],
      text: `木村様\n\n氏名\t電話\n${['田中 由紀', '中村 翔太', '高橋 美咲', '伊藤 真由', '斎藤 健', '渡辺 聡'].map((name, index) => `${name}\t070-5550-43${20 + index}`).join('\n')}`,
    },
    [],
  ],
  ['a surname alone of another customer', { to: [suzuki], text: '鈴木様\n\n先日は渡邊様のご紹介でありがとうございました。\n' }, []],
  [
    'a namesake company and places',
    { to: [suzuki], text: '鈴木様\n\n佐藤商店、高橋会計事務所、福島県、石川町、渡辺建設株式会社の各店で扱っています。\n' },
    [],
  ],
  [
    'order, tracking and serial numbers',
    { to: [suzuki], text: '鈴木様\n\nご注文番号 090-5550-1114\nお問い合わせ番号 1234-5678-9018\n製造番号 4111111111111111\n' },
    [],
  ],
  ['an id of another customer alone', { to: [suzuki], text: '鈴木様\n\n会員番号 C1103 の件です。\n' }, ['wrong_customer']],
  ['his own id', { to: [suzuki], text: '鈴木様\n\n会員番号 C1102 の件です。\n' }, []],
  [
    'half-width kana and bare digits in a table',
    {
      to: [suzuki],
      text: '鈴木様\n\n一覧をお送りします。',
      attachment: { name: '一覧.csv', text: 'ﾌﾘｶﾞﾅ,TEL\nﾜﾀﾅﾍﾞ ﾒｸﾞﾐ,0655507781\n', type: 'text/csv' },
    },
    ['wrong_customer'],
  ],
  [
    "another customer's data in the subject only",
    { to: [suzuki], subject: '渡邊 恵様 06-5550-7781 の件', text: '鈴木様\n\nお世話になっております。\n' },
    ['wrong_customer'],
  ],
  [
    "another customer's data in the file name only",
    { to: [suzuki], text: '鈴木様\n\n資料です。', attachment: { name: 'C1103_渡邊恵様.txt', text: '資料' } },
    ['wrong_customer'],
  ],
  [
    'the answer to a web form of somebody in no record',
    {
      to: ['yuta@mail.example.net'],
      text: '遠藤様\n\nお問い合わせありがとうございます。\n\n--- お問い合わせ内容 ---\nお名前：遠藤 優太\nメール：yuta@mail.example.net\n電話：090-5550-2468\n',
    },
    [],
  ],
  [
    "a registered customer's form pasted under it",
    {
      to: ['yuta@mail.example.net'],
      text: '遠藤 優太 様\n\nお問い合わせありがとうございます。\n\nお名前：渡邊 恵\n電話：06-5550-7781\n住所：大阪府大阪市北区梅田1-3-40\n',
    },
    ['unknown_recipient_pii', 'wrong_customer'],
  ],
  [
    'an automatic mail with the null sender keeps the rules',
    { from: 'noreply@minato-cc.example.jp', to: [suzuki], text: '会員番号 C1103 渡邊 恵様のお手続きが完了しました。\n' },
    ['wrong_customer'],
  ],
];

describe('quoted history, threads, our own people', () => {
  test.each(cases)('%s', async (_, letter, reasons) => {
    expect(reasonsOf(await inspectLetter(letter, snapshot))).toEqual(reasons);
  });
});

test('data of somebody in no record to a customer is recorded, and holds nothing', async () => {
  const { verdict } = await inspectLetter({ to: [suzuki], text: '鈴木様\n\n氏名　大西 琴音\n電話　090-5550-7733\n' }, snapshot);
  expect(verdict.disposition).toBe('deliver');
  expect(verdict.reasons).toMatchObject([{ code: 'third_party_pii', severity: 'low', holds: false, recipients: [suzuki] }]);
});

test('a hold tells whether the data stands in quoted history alone, and the address of whom it is about', async () => {
  const quote = `\n\n差出人: 渡邊 恵 <megumi.w@mail.example.jp>\n送信日時: 2026年11月20日 9:12\n宛先: 中村 翔太 <nakamura@minato-cc.example.jp>\n件名: 変更\n\n${watanabeRecord}\n`;
  const quoted = await inspectLetter({ to: [suzuki], text: `鈴木様\n\n承知しました。${quote}` }, snapshot);
  expect(quoted.verdict.reasons).toMatchObject([{ code: 'wrong_customer', onlyQuoted: true, suggestion: 'megumi.w@mail.example.jp' }]);
  const written = await inspectLetter({ to: [suzuki], text: `鈴木様\n\n渡邊 恵様 06-5550-7781 の件です。${quote}` }, snapshot);
  expect(written.verdict.reasons).toMatchObject([{ code: 'wrong_customer', onlyQuoted: false }]);
});
