import { expect, test } from 'vitest';
import { detectStructured, reportableConfidence } from '../../../src/detect/index.ts';
import { shippedRules } from './rules.ts';
import { segmentOf } from './segments.ts';

const rules = shippedRules();
const datesIn = (text: string): readonly string[] =>
  detectStructured([segmentOf(text)], rules)
    .filter(({ type, confidence }) => type === 'birth_date' && confidence >= reportableConfidence)
    .map(({ start, end }) => text.slice(start, end));

test('a long name that fills its column does not end a table of spaces', () => {
  expect(datesIn('No 氏名      生年月日\n1 井深 拓    1985/11/30\n2 折原 真知子 1969/05/22\n3 貴島 光    1977/12/01')).toEqual([
    '1985/11/30',
    '1969/05/22',
    '1977/12/01',
  ]);
});

test('nor one of a PDF, whose columns stand a tab apart', () => {
  expect(datesIn('No 氏名\t生年月日\n1 井深 拓\t1985/11/30\n2 折原 真知子 1969/05/22\n3 貴島 光\t1977/12/01')).toEqual([
    '1985/11/30',
    '1969/05/22',
    '1977/12/01',
  ]);
});

test('a sentence behind the table is none of its rows', () => {
  expect(datesIn('No 氏名\t生年月日\n1 井深 拓\t1985/11/30\n次回の 打ち合わせは 会議室で 2026/12/01 です')).toEqual(['1985/11/30']);
});
