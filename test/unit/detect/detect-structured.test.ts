import { describe, expect, test } from 'vitest';
import { detectStructured, reportableConfidence } from '../../../src/detect/index.ts';
import type { TextSegment } from '../../../src/extract/index.ts';
import { shippedRules } from './rules.ts';
import { segmentOf, sheetOf } from './segments.ts';

const rules = shippedRules();
/** `type text` of every finding (candidates left out). */
function findingsIn(segment: TextSegment | string): readonly string[] {
  const source = typeof segment === 'string' ? segmentOf(segment) : segment;
  return detectStructured([source], rules)
    .filter(({ confidence }) => confidence >= reportableConfidence)
    .map(({ type, start, end }) => `${type} ${source.text.slice(start, end)}`);
}

describe('phones', () => {
  test.each([
    ['Tel:03-1234-5678 / Fax:03-1234-5679', ['phone 03-1234-5678', 'phone 03-1234-5679']],
    ['℡０９０ １２３４ ５６７８', ['phone ０９０ １２３４ ５６７８']],
    ['090ｰ1234ｰ5678', ['phone 090ｰ1234ｰ5678']],
    ['電話番号：０３・１２３４・５６７８', ['phone ０３・１２３４・５６７８']],
    ['0466(88)2914', ['phone 0466(88)2914']],
    ['+81(0)3-1234-5678', ['phone +81(0)3-1234-5678']],
    ['①090-1111-2222 ②03-1111-2222', ['phone 090-1111-2222', 'phone 03-1111-2222']],
    ['1.090-1111-2222', ['phone 090-1111-2222']],
    ['03-1111-2222 090-1111-2222', ['phone 03-1111-2222', 'phone 090-1111-2222']],
    ['09\u200B0-1111\u00AD-2222', ['phone 09\u200B0-1111\u00AD-2222']],
  ])('%s', (text, expected) => {
    expect(findingsIn(text)).toEqual(expected);
  });

  test.each([
    'ヤマト伝票番号 0901-2345-6789',
    '受付番号：090-1234-5678',
    'お問い合わせ番号 0120-123-456',
    '管理No.090-1234-5678',
    'HS-03-1234-5678',
    '03-1234-5678-90',
    '2026-10-05 09:04:12',
    'https://example.jp/orders/0312345678',
    '0123-45-678',
    'ダイヤルイン\n+81 3 4578 1488 日本\n+81 3 4579 5926 日本',
    'お支払い 09012345678円',
  ])('none in %s', (text) => {
    expect(findingsIn(text)).toEqual([]);
  });

  test('the nearer label wins', () => {
    expect(findingsIn('発注番号 0466-88-2914 電話 0466-88-2915')).toEqual(['phone 0466-88-2915']);
    expect(findingsIn('受付番号の件、電話は 0466-88-2915')).toEqual(['phone 0466-88-2915']);
  });
});

describe('context', () => {
  const card = '4539-1488-0274-6353';

  test('a check digit alone is a candidate, no finding', () => {
    const [found] = detectStructured([segmentOf(card)], rules);
    expect(found).toMatchObject({ type: 'credit_card', evidence: ['pattern', 'check-digit'] });
    expect(found?.confidence).toBeLessThan(reportableConfidence);
  });

  test('a word, a label cell and a column header make it one', () => {
    const evidenceOf = (segment: TextSegment): unknown =>
      detectStructured([segment], rules).find(({ type }) => type === 'credit_card')?.evidence;
    expect(evidenceOf(segmentOf(`カード番号 ${card}`))).toEqual(['pattern', 'check-digit', 'context-word']);
    expect(
      evidenceOf(
        sheetOf([
          ['支払', 'カード'],
          ['一括', card],
        ]),
      ),
    ).toEqual(['pattern', 'check-digit', 'column-header']);
    expect(
      evidenceOf(
        sheetOf([
          ['氏名', '佐藤 花子'],
          ['カード', card],
        ]),
      ),
    ).toEqual(['pattern', 'check-digit', 'context-word']);
  });

  test('a date is a birth date by its own cue, not by the one of the date beside it', () => {
    expect(findingsIn('契約日 2020/4/1 生年月日 1984/3/7 満期 2030/4/1')).toEqual(['birth_date 1984/3/7']);
    expect(findingsIn('2020/4/1　生年月日：1984/3/7')).toEqual(['birth_date 1984/3/7']);
    expect(findingsIn('1984/03/07生まれ、2015/05/05 入社')).toEqual(['birth_date 1984/03/07']);
    expect(findingsIn('生年月日\n1984年3月7日')).toEqual(['birth_date 1984年3月7日']);
    expect(findingsIn('2026年10月5日生産')).toEqual([]);
  });

  test('account numbers need a bank’s words beside them', () => {
    expect(findingsIn('武蔵野中央銀行 志木支店（店番 214）\n普通 2281047 ワタナベ')).toEqual(['bank_account 2281047']);
    expect(findingsIn('銀行からの資料 2281047 を送付')).toEqual([]);
  });
});

describe('tables', () => {
  const rows = [
    ['注文番号', '生年月日', '口座番号', '携帯'],
    ['09011112222', '19840307', '1234567', '09033334444'],
    ['09011113333', 'S59.3.7', '7654321', ''],
  ];
  const expected = ['birth_date 19840307', 'bank_account 1234567', 'phone 09033334444', 'birth_date S59.3.7', 'bank_account 7654321'];

  test('the header above decides, in a sheet', () => {
    expect(findingsIn(sheetOf(rows))).toEqual(expected);
  });

  test('an empty cell does not move the columns', () => {
    expect(
      findingsIn(
        sheetOf([
          ['携帯', '備考', '口座番号'],
          ['', '', '1234567'],
        ]),
      ),
    ).toEqual(['bank_account 1234567']);
  });

  test.each(['\t', ',', ' | ', '   '])('in running text parted by %j', (delimiter) => {
    const filled = rows.slice(0, 2);
    expect(findingsIn(filled.map((cells) => cells.join(delimiter)).join('\n'))).toEqual(expected.slice(0, 3));
  });

  test('a header ends with its table in running text', () => {
    expect(findingsIn('番号\t生年月日\n1\t1984/3/7\n\n納品\t2026/3/7')).toEqual(['birth_date 1984/3/7']);
  });

  test('a label cell to the left decides in rows of label and value', () => {
    const rows = [
      ['種別', '普通'],
      ['支店', '渋谷支店'],
      ['口座番号', '1234567'],
      ['電話', 'なし'],
      ['ご契約者様 生年月日', '1984/3/7'],
    ];
    expect(findingsIn(sheetOf(rows))).toEqual(['bank_account 1234567', 'birth_date 1984/3/7']);
  });

  test('a cell to the left is no label under a header of another kind', () => {
    const rows = [
      ['顧客', '振込先銀行', '金額', '契約日'],
      ['佐藤', 'みずほ銀行', '1234567', '2020/4/1'],
      ['生年月日確認済', '', '済', '2026/4/1'],
    ];
    expect(findingsIn(sheetOf(rows))).toEqual([]);
  });

  test('a title above the header does not hide it', () => {
    expect(findingsIn(sheetOf([['電話対応 名簿'], ['氏名', '個人番号欄', '生年月日'], ['佐藤', '', '1984/3/7']]))).toEqual([
      'birth_date 1984/3/7',
    ]);
  });
});

test('CRLF lines are lines', () => {
  expect(findingsIn('番号\t生年月日\r\n1\t1984/3/7\r\n\r\n納品\t2026/3/7\r\n')).toEqual(['birth_date 1984/3/7']);
  expect(findingsIn('2026年3月7日生\r\n')).toEqual(['birth_date 2026年3月7日']);
});

test('a phone inside an e-mail address is none', () => {
  expect(findingsIn('090-1234-5678@docomo.example.jp')).toEqual(['email 090-1234-5678@docomo.example.jp']);
});

test('one line of 300 KB is searched in windows, without loss at their seams', () => {
  const count = 20_000;
  expect(findingsIn('電話,' + '03-1234-5678,'.repeat(count))).toHaveLength(count);
});

test('hostile lines stay linear', () => {
  for (const text of [
    '0123456789'.repeat(30_000),
    '0-'.repeat(150_000),
    '((((0'.repeat(60_000),
    'a@'.repeat(150_000),
    '1984/'.repeat(60_000),
  ]) {
    const begun = performance.now();
    detectStructured([segmentOf(text)], rules);
    expect(performance.now() - begun).toBeLessThan(3000);
  }
});
