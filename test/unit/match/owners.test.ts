import { expect, test } from 'vitest';
import { examineLetter, sampleSnapshot, type Letter } from '../../support/sample-world.ts';

const snapshot = sampleSnapshot();
const suzuki = 'i.suzuki@mail.example.jp';

async function ownersIn(letter: Letter): Promise<Readonly<Record<string, string>>> {
  const { findings } = await examineLetter(letter, snapshot);
  return Object.fromEntries(findings.map(({ text, owner }) => [text, owner]));
}

test('says whose each finding is', async () => {
  const text = [
    '鈴木様',
    '',
    'あおば生命デスクの中村でございます。',
    'ご指定の 渡邊 恵様 06-5550-7781、ご紹介者の大西 琴音様 090-5550-7733 の件です。',
    '渡邊様には別途ご連絡します。',
    '',
    'お客様の携帯は 090-5550-3306 でよろしいでしょうか。',
    '',
    '-- ',
    '中村 翔太　TEL 0120-555-080　nakamura@minato-cc.example.jp',
  ].join('\n');
  expect(await ownersIn({ to: [suzuki], text })).toEqual({
    鈴木: 'recipient',
    中村: 'own_staff',
    '渡邊 恵': 'customer',
    '06-5550-7781': 'customer',
    '大西 琴音': 'third_party',
    '090-5550-7733': 'third_party',
    渡邊: 'customer',
    '090-5550-3306': 'recipient',
    '中村 翔太': 'own_staff',
    '0120-555-080': 'organisation',
    'nakamura@minato-cc.example.jp': 'own_staff',
  });
});

test("gives a postal code to its address's owner and our people's private data to nobody at work", async () => {
  const text = 'ご担当者様\n\n渡邊 恵\n〒530-0001 大阪府大阪市北区梅田1-3-40\n\n伊藤 真由\n生年月日　1990年5月6日\n';
  expect(await ownersIn({ to: ['info@kikaku-office.example.com'], text })).toEqual({
    '渡邊 恵': 'customer',
    '530-0001': 'customer',
    '大阪府大阪市北区梅田1-3-40': 'customer',
    '伊藤 真由': 'own_staff',
    '1990年5月6日': 'third_party',
  });
});

test('reports a date without a label when it is the birth date of whom the mail is about', async () => {
  const about = await ownersIn({ to: [suzuki], text: '鈴木様\n\n渡邊 恵様 06-5550-7781 1992/08/08\n' });
  expect(about).toHaveProperty('1992/08/08', 'customer');
  const other = await ownersIn({ to: [suzuki], text: '鈴木様\n\n渡邊 恵様 06-5550-7781 1992/08/09\n' });
  expect(other).not.toHaveProperty('1992/08/09');
});

test('knows our own address in Latin letters by its block numbers', async () => {
  const ours = { ...snapshot, organisation: { ...snapshot.organisation, addresses: ['〒220-0012 神奈川県横浜市西区みなとみらい3-6-4'] } };
  const { findings } = await examineLetter(
    { to: [suzuki], text: 'Dear Customer,\n\n3-6-4 Minatomirai, Nishi-ku, Yokohama\n13-6-4 Minatomirai, Nishi-ku, Yokohama\n' },
    ours,
  );
  expect(findings.filter(({ type }) => type === 'address').map(({ owner }) => owner)).toEqual(['organisation', 'recipient']);
});

test("an address outside is never our people's, though it stands below their names", async () => {
  const reader = 'ujita@toryo-kizai.example.com';
  const text = `氏田さん\n\n了解です。\n\nFrom: Tetsuya Ujita <${reader}>\nSent: Thursday, November 19, 2026 4:52 PM\nTo: 中村 翔太 <nakamura@minato-cc.example.jp>\nCc: 鈴鹿 <suzuka@toryo-kizai.example.com>, 仁科 <nishina@kizai.example.net>\nSubject: デモの件\n\n伺います。\n`;
  expect(await ownersIn({ to: [reader], text })).toMatchObject({
    'nakamura@minato-cc.example.jp': 'own_staff',
    'suzuka@toryo-kizai.example.com': 'recipient',
    'nishina@kizai.example.net': 'third_party',
  });
});

test('in a mail from outside a bare surname that our people bear too is its writer', async () => {
  const staff = [
    { name: '加藤 恒一', nameKana: 'カトウ コウイチ', email: 'k.kato@minato-cc.example.jp', department: '', managerEmail: '' },
  ];
  const ours = { ...snapshot, organisation: { ...snapshot.organisation, staff: [...snapshot.organisation.staff, ...staff] } };
  const reader = 'y.kato@hiiragi-kai.example.jp';
  const quoted = (from: string, text: string): string => `\n2026年11月16日(月) 18:58 ${from}:\n\n${text.replaceAll(/^/gm, '> ')}\n`;
  const outside = `佐伯さん\n\n柊会の加藤です。\n自宅は 市川市東菅野3-12-20、家の電話は 047-339-0864 です。\n\n加藤 祐樹`;
  const { findings } = await examineLetter(
    {
      to: [reader],
      shownTo: `=?utf-8?B?${Buffer.from('加藤 祐樹').toString('base64')}?= <${reader}>`,
      text: `ご担当者様\n\n承知しました。\n${quoted(`加藤 祐樹 <${reader}>`, outside)}`,
    },
    ours,
  );
  const owners = Object.fromEntries(findings.map(({ text, owner }) => [text, owner]));
  expect(owners).toMatchObject({ 加藤: 'recipient', '市川市東菅野3-12-20': 'recipient', '047-339-0864': 'recipient' });
});

test('a bare surname in a quoted mail is its writer before a relative whom the mail names in full', async () => {
  const reader = 'masaki.n@mail.example.net';
  const shownTo = `=?utf-8?B?${Buffer.from('中島 正樹').toString('base64')}?= <${reader}>`;
  const text = `正樹さん\n\n請求者　鈴木 一郎様\n\n2026年11月16日(月) 18:58 鈴木 正樹 <${reader}>:\n\n> 都住の鈴木です。\n`;
  const { findings } = await examineLetter({ to: [reader], shownTo, text }, snapshot);
  expect(findings.findLast(({ text: found }) => found === '鈴木')).toMatchObject({ owner: 'recipient' });
});
