import { describe, expect, test } from 'vitest';
import { inspectLetter, reasonsOf, sampleSnapshot, type Letter } from '../../support/sample-world.ts';

const snapshot = sampleSnapshot();
const [ujita, onishi] = ['ujita@toryo-kizai.example.com', 'onishi@choshoku-giken.example.net'] as const;
const list = 'gijutsu@ml.example.org';
const card = '大西 琴音（技術サービス）070-5550-5523';
const quoted = (from: string, to: string, text: string, cc = ''): string =>
  `\n\nFrom: ${from}\nSent: Thursday, November 19, 2026 1:20 PM\nTo: ${to}\n${cc === '' ? '' : `Cc: ${cc}\n`}Subject: デモの件\n\n${text}\n`;
const ours = '中村 翔太 <nakamura@minato-cc.example.jp>';
const ofOnishi = `大西 <${onishi}>`;

const cases: readonly (readonly [string, Letter, readonly string[]])[] = [
  [
    "an acquaintance's signature in a mail that went to him",
    { to: [ujita], text: `氏田様\n\n承知しました。${quoted(ofOnishi, `氏田 <${ujita}>`, card)}` },
    [],
  ],
  [
    "a friend's number that he wrote himself",
    { to: [ujita], text: `氏田様\n\n承知しました。${quoted(`氏田 哲也 <${ujita}>`, ours, '大西 琴音　090-5550-7733')}` },
    [],
  ],
  [
    'a mail to a mailing list, answered to the list',
    {
      to: [list],
      text: `皆様\n\n同じ症状がありました。${quoted('鴨井 <kamoi@kamoi-motors.example.jp>', list, '代表　鴨井 義信\nTEL 03-5550-9043')}`,
    },
    [],
  ],
  [
    'an author by name alone, and an unknown address under that name',
    { to: [ujita], shownTo: `"氏田 哲也" <${ujita}>`, text: `氏田様\n\n承知しました。${quoted('氏田 哲也', ours, card)}` },
    ['unknown_recipient_pii'],
  ],
  [
    'our mail to somebody by name alone, below one of his own',
    {
      to: [ujita],
      text: `氏田様\n\n承知しました。${quoted(`氏田 <${ujita}>`, ours, '木曜に伺います。')}${quoted(ours, '大西 琴音', `大西様\n${card}`)}`,
    },
    ['unknown_recipient_pii'],
  ],
  [
    "an acquaintance's mail that went to us alone",
    { to: [ujita], text: `氏田様\n\n承知しました。${quoted(ofOnishi, ours, card)}` },
    ['unknown_recipient_pii'],
  ],
  [
    'the same below a mail of his own, which did not quote it',
    { to: [ujita], text: `氏田様\n\n承知しました。${quoted(`氏田 <${ujita}>`, ours, '木曜に伺います。')}${quoted(ofOnishi, ours, card)}` },
    ['unknown_recipient_pii'],
  ],
  [
    'one of two recipients was not sent it',
    { to: [ujita, list], text: `氏田様\n\n承知しました。${quoted(ofOnishi, `氏田 <${ujita}>`, card)}` },
    ['unknown_recipient_pii'],
  ],
  [
    'her number in our own words, below which her mail to him is quoted',
    { to: [ujita], text: `氏田様\n\n大西 琴音さん（090-5550-7733）にもお知らせください。${quoted(ofOnishi, `氏田 <${ujita}>`, card)}` },
    ['unknown_recipient_pii'],
  ],
  [
    'her home address in our own words, her mobile in a mail that she sent him',
    { to: [ujita], text: `氏田様\n\n大西 琴音様のご住所　東京都品川区大崎2-11-5${quoted(ofOnishi, `氏田 <${ujita}>`, card)}` },
    ['unknown_recipient_pii'],
  ],
  [
    'her number in an attachment, below which her mail to him is quoted',
    {
      to: [ujita],
      text: `氏田様\n\n承知しました。${quoted(ofOnishi, `氏田 <${ujita}>`, 'よろしくお願いします。')}`,
      attachment: { name: '連絡先.txt', text: card },
    },
    ['unknown_recipient_pii'],
  ],
  [
    'what we sent him by mistake, below the apology',
    {
      to: [ujita],
      text: `氏田様\n\n先ほどのメールは誤って送信しました。削除をお願いいたします。${quoted(ours, ujita, '大西 琴音様　090-5550-7733')}`,
    },
    ['unknown_recipient_pii'],
  ],
  [
    "an acquaintance's two addresses at home and at work, both in a mail that she sent him",
    { to: [ujita], text: `氏田様\n\n承知しました。${quoted(ofOnishi, `氏田 <${ujita}>`, `大西 琴音\n${onishi} / kotone.o@gmail.com`)}` },
    [],
  ],
];

describe('what an unknown recipient wrote or was sent himself', () => {
  test.each(cases)('%s', async (_, letter, reasons) => {
    expect(reasonsOf(await inspectLetter(letter, snapshot))).toEqual(reasons);
  });
});
