import { expect, test } from 'vitest';
import { defaultThreshold, detect, type Lexicon } from '../../src/detect/index.ts';
import { loadDetectors } from '../bench/measure-detection.ts';
import { segmentOf } from '../unit/detect/segments.ts';

const detectors = loadDetectors();
const nobody: Lexicon = {
  staffNames: [],
  customerIdPattern: null,
  nameThreshold: defaultThreshold,
  isCustomerName: () => false,
  isFirm: () => false,
  isCustomerId: () => false,
};
const size = 250_000;

const filled = (piece: string): string => piece.repeat(Math.ceil(size / piece.length)).slice(0, size);

/** Text that makes a careless search quadratic. */
const hostile: Readonly<Record<string, string>> = {
  'digits alone': filled('0123456789'),
  'digits and hyphens': filled('090-1234-'),
  'spaced digits': filled('1 2 3 4 '),
  'dates side by side': filled('1984/3/7 '),
  'one line of prose': filled('お世話になっております。佐藤です。'),
  'surnames alone': filled('佐藤鈴木高橋田中'),
  'surnames and marks': filled('佐藤、鈴木・高橋/'),
  'surnames by と': filled('佐藤と'),
  'kana alone': filled('サトウハナコ'),
  'kana pairs': filled('サトウ・ハナコ '),
  'hiragana alone': filled('さとうはなこ '),
  honorifics: filled('様'),
  'spaced honorifics': filled('様 '),
  'at signs': filled('@'),
  'mailboxes without end': filled('a@b.'),
  'local parts': filled('a.b-c_'),
  'postal marks': filled('〒'),
  tabs: filled('\t'),
  commas: filled('氏名,'),
  bars: filled('|電話'),
  'table of names': `氏名\t電話\n${filled('佐藤\t0312345678\n')}`,
  'combining marks': filled('e\u0301\u0302'),
  'one character, all marks': `e${filled('\u0301')}`,
  'nested brackets': filled('(('),
  'brackets with names': filled('(佐藤('),
  labels: filled('氏名:'),
  'labels by lines': filled('担当\n'),
  'capital words': filled('John Smith '),
  'one capital word': filled('A'),
  prefectures: filled('東京都'),
  'addresses without end': filled('東京都新宿区西新宿1丁目'),
  'block numbers': `東京都新宿区西新宿${filled('1-')}`,
  'kanji numerals': filled('一二三'),
  'era names': filled('昭和'),
  'variation selectors': filled('辻\u{E0100}'),
  'zero width': filled('\u200B'),
  quotes: filled('"'),
  'angle brackets': filled('<a'),
  'reply marks': filled('> \n'),
  spaces: filled(' '),
  'line ends': filled('\n'),
  'symbols 記号番号': filled('記号番号'),
  'full width': filled('０９０ー'),
};

test.each(Object.entries(hostile))('a quarter of a million characters of %s take no long time', (_name, text) => {
  const begun = process.cpuUsage();
  detect([segmentOf(text)], detectors, nobody);
  const { user, system } = process.cpuUsage(begun);
  // 5 s are allowed for 1 MB; CPU time, since machines are shared.
  expect((user + system) / 1e6).toBeLessThan(5);
});
