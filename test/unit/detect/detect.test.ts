import { expect, test } from 'vitest';
import { defaultThreshold, detect, reportableConfidence, type Lexicon } from '../../../src/detect/index.ts';
import { shippedRules } from './rules.ts';
import { segmentOf } from './segments.ts';
import { shippedLists, shippedModel } from './shipped-lists.ts';

const detectors = { ruleSet: shippedRules(), lists: shippedLists, nameModel: shippedModel };
const lexicon = (customerIdPattern: string | null): Lexicon => ({
  staffNames: [],
  customerIdPattern,
  nameThreshold: defaultThreshold,
  isCustomerName: () => false,
  isFirm: () => false,
  isCustomerId: () => false,
});
function idsIn(text: string, pattern: string | null): readonly string[] {
  return detect([segmentOf(text)], detectors, lexicon(pattern))
    .detections.filter(({ type, confidence }) => type === 'customer_id' && confidence >= reportableConfidence)
    .map(({ canonical }) => canonical);
}

test('the site’s id pattern is found anywhere, in one spelling', () => {
  expect(idsIn('ｃ００４２様と（C0043）、C0044_見積.pdf、#C0045', 'C[0-9]{4}')).toEqual(['C0042', 'C0043', 'C0044', 'C0045']);
  expect(idsIn('C00421 AC0042 C0042-7 %C0042', 'C[0-9]{4}')).toEqual([]);
});

test('a pattern of both cases, which ignoring case makes one of many ways, costs no more than another', () => {
  const started = performance.now();
  expect(idsIn(`@${'a'.repeat(60)} と Ab-1234`, '@(?:[A-Z]{1,10}[a-z])+-[0-9]{4}')).toEqual([]);
  expect(idsIn('Ab-1234', '[A-Z][a-z]-[0-9]{4}')).toEqual(['AB-1234']);
  expect(performance.now() - started).toBeLessThan(1000);
});

test('an id of digits alone needs its label', () => {
  expect(idsIn('数量 12345678', '[0-9]{8}')).toEqual([]);
  expect(idsIn('会員番号：12345678', '[0-9]{8}')).toEqual(['12345678']);
});

test('an id of digits and hyphens is one when the table holds it, unless it is a telephone number or a date', () => {
  const table = new Set(['4453-161-483', '086-123-4567', '2024-10-05', '445-3161']);
  const known = { ...lexicon(null), isCustomerId: (id: string) => table.has(id) };
  const found = (text: string): readonly string[] =>
    detect([segmentOf(text)], detectors, known)
      .detections.filter(({ type, confidence }) => type === 'customer_id' && confidence >= reportableConfidence)
      .map(({ canonical }) => canonical);
  expect(found('番号 4453-161-483 ／ 検針 12月4日、４４５３−１６１−４８３')).toEqual(['4453-161-483', '4453-161-483']);
  expect(found('番号 4453-161-484、445-3161、4453-161-483-2')).toEqual([]);
  expect(found('電話 086-123-4567、更新 2024-10-05')).toEqual([]);
});

test('without a pattern only labelled ids are found', () => {
  expect(idsIn('C0042 と お客様番号 C0043', null)).toEqual(['C0043']);
});

test('detections of several segments keep their segment and their original offsets', () => {
  const found = detect(
    [segmentOf('電話０３−１２３４−５６７８', 3), segmentOf('\u200Bx@example.jp', 7)],
    detectors,
    lexicon(null),
  ).detections;
  expect(found.map(({ segment, start, end }) => [segment, start, end])).toEqual([
    [3, 2, 14],
    [7, 1, 13],
  ]);
});
