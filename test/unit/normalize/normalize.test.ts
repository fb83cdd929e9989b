import { describe, expect, test } from 'vitest';
import { compact, foldVariants, normalize, toKatakana } from '../../../src/normalize/index.ts';

describe('normalize', () => {
  test.each([
    ['０９０ー１２３４−５６７８', '090-1234-5678'],
    ['090‐1234‑5678', '090-1234-5678'],
    ['03（1234）―5678', '03(1234)-5678'],
    ['サーバーとルーター', 'サーバーとルーター'],
    ['ｻｰﾊﾞｰ　ﾙｰﾀｰ', 'サーバー ルーター'],
    ['2026年10月1日―5日', '2026年10月1日―5日'],
    ['髙橋 﨑本 渡邉 渡邊 齋藤 齊藤 斎藤', '高橋 崎本 渡辺 渡辺 斉藤 斉藤 斉藤'],
    ['辻\u{E0100}本', '辻本'],
    ['辻\uFE00本', '辻本'],
    ['𠮷野', '吉野'],
    ['か\u3099き', 'がき'],
    ['ﾊﾟｽﾎﾟｰﾄ', 'パスポート'],
    ['㈱みどり ㍻2年', '(株)みどり 平成2年'],
    ['①090-1111-2222', '①090-1111-2222'],
    ['①電話', '1電話'],
    ['\u202E0\u200B9\u00AD0\u2060', '090'],
    ['a\tb\r\nc\rd\n', 'a\tb\nc\nd\n'],
    ['氏名\r\n佐藤\r\n', '氏名\n佐藤\n'],
  ])('spells %s as %s', (text, spelled) => {
    expect(normalize(text).text).toBe(spelled);
  });

  test('maps every unit to where it came from', () => {
    const { text, map } = normalize('㈱\u200B髙ｶﾞ9');
    expect(text).toBe('(株)高ガ9');
    expect([...map]).toEqual([0, 0, 0, 2, 3, 5, 6]);
  });

  test('leaves ASCII as it is, with the identity as map', () => {
    expect(normalize('a-b')).toEqual({ text: 'a-b', map: Uint32Array.of(0, 1, 2, 3) });
    expect(normalize('')).toEqual({ text: '', map: Uint32Array.of(0) });
  });

  test('grows for characters that expand', () => {
    const { text, map } = normalize('\uFDFA'.repeat(100)); // the longest expansion of NFKC: 18 units
    expect(text).toHaveLength(1800);
    expect(map[1800]).toBe(100);
  });

  test('takes time that follows the text, however many marks stand on one character', () => {
    const marks = 'か' + '\u0301\u0327'.repeat(250_000);
    const started = performance.now();
    expect(normalize(marks).text).toHaveLength(500_001);
    // Sorting half a million marks as one run takes minutes.
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

test('foldVariants takes all shapes of a name to one', () => {
  expect(new Set(['齋', '齊', '斎', '斉'].map(foldVariants)).size).toBe(1);
  expect(foldVariants('濵﨑 眞德 廣瀨 國澤 櫻嶋 惠 龍')).toBe('浜崎 真徳 広瀬 国沢 桜島 恵 竜');
});

test('toKatakana and compact', () => {
  expect(toKatakana('さとう ｹﾝｲﾁ ゔ')).toBe('サトウ ケンイチ ヴ');
  expect(compact(' 渡邉　千夏 \n')).toBe('渡辺千夏');
});
