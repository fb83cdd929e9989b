import { describe, expect, test } from 'vitest';
import {
  canonicalCode,
  canonicalCustomerId,
  canonicalDate,
  canonicalDigits,
  canonicalEmail,
  canonicalKana,
  canonicalName,
  canonicalPhone,
  canonicalPostalCode,
} from '../../../src/detect/index.ts';

describe('canonical forms', () => {
  test.each([
    '090-1234-5678',
    '０９０（１２３４）５６７８',
    '+81 (0)90-1234-5678',
    '+81-90-1234-5678',
    '0081 90 1234 5678',
    '090ー1234ー5678 内線 12',
  ])('phone %s', (text) => {
    expect(canonicalPhone(text)).toBe('09012345678');
  });

  test.each([
    'Hanako+dm@Example.CO.JP',
    'hanako@example.co.jp',
    'ｈａｎａｋｏ＠ｅｘａｍｐｌｅ．ｃｏ．ｊｐ',
    'hanako (at) example (dot) co.jp',
  ])('e-mail %s', (text) => {
    expect(canonicalEmail(text)).toBe('hanako@example.co.jp');
  });

  test.each([
    '1984年3月7日',
    '1984/3/7',
    '1984-03-07',
    '1984. 3. 7',
    '19840307',
    '昭和59年3月7日',
    'S59.3.7',
    's59/03/07',
    '昭59・3・7',
    'S590307',
    '昭和五十九年三月七日',
    '一九八四年三月七日',
    'Ｓ５９．３．７',
    '㍼59年3月7日',
    '西暦1984年3月7日',
    '1984年（昭和59年）3月7日',
    '昭和59年（1984年）3月7日',
    'March 7, 1984',
    '7 Mar 1984',
    '3/7/1984',
  ])('date %s', (text) => {
    expect(canonicalDate(text)).toBe('1984-03-07');
  });

  test.each([
    ['平成元年1月8日', '1989-01-08'],
    ['令和元年5月1日', '2019-05-01'],
    ['大正15年12月24日', '1926-12-24'],
    ['昭和65年1月1日', '昭和65年1月1日'],
    ['2023年2月29日', '2023年2月29日'],
    ['2024/2/29', '2024-02-29'],
    ['未定', '未定'],
  ])('date %s is %s', (text, date) => {
    expect(canonicalDate(text)).toBe(date);
  });

  test('names, kana, ids, codes, digits', () => {
    expect(canonicalName('髙橋　眞由美')).toBe(canonicalName('高橋真由美'));
    expect(canonicalName('ジョン・スミス')).toBe('ジョンスミス');
    expect(canonicalName('Nguyen Van Anh')).toBe(canonicalName('NGUYEN VAN ANH'));
    expect(canonicalKana('さとう　けんいち')).toBe(canonicalKana('ｻﾄｳ ｹﾝｲﾁ'));
    expect(canonicalCustomerId('ｃ００４２')).toBe('C0042');
    expect(canonicalCode('ab 1234-5678 cd')).toBe('AB12345678CD');
    expect(canonicalPostalCode('〒１６０−００２３')).toBe('1600023');
    expect(canonicalDigits('1234 5678 9018')).toBe('123456789018');
  });
});
