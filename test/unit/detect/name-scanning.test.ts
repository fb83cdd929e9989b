import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextKanjiRun, type KanjiRun } from '../../../src/detect/names/kanji-runs.ts';
import { SettledPlaces } from '../../../src/detect/names/settled-places.ts';
import { WordSet } from '../../../src/detect/names/word-set.ts';
import { normalizeSegment } from '../../../src/normalize/index.ts';
import { detectAddresses } from '../../../src/detect/addresses/detect-addresses.ts';
import { shippedLists } from './shipped-lists.ts';
import { segmentOf } from './segments.ts';

const line = fc
  .array(
    fc.oneof(
      fc.constantFrom('佐藤', '々', 'ヶ', 'ノ', ' ', '  ', 'さくら', 'ハナ', 'ー', '𠮷田', '、', 'abc', '\uD842', '部', '者'),
      fc.string({ maxLength: 2 }),
    ),
  )
  .map((parts) => parts.join(''));

test('runs of kanji are those that a pattern finds', () => {
  const pattern = /[\p{Script=Han}々ヶケノ]+(?: [\p{Script=Han}々ヶケノ\p{Script=Hiragana}\p{Script=Katakana}ー]{1,5})?/gu;
  fc.assert(
    fc.property(line, (text) => {
      const runs: string[] = [];
      for (const run: KanjiRun = { start: 0, end: 0, hasLead: false }; nextKanjiRun(text, run.end, run);)
        runs.push(text.slice(run.start, run.end));
      expect(runs).toEqual([...text.matchAll(pattern)].map(([run]) => run));
    }),
    { numRuns: 500 },
  );
});

test('a word set never denies the length of a word that is there', () => {
  const word = fc
    .array(fc.constantFrom('佐', '藤', '堀', 'a', 'か', '\uD842'), { minLength: 1, maxLength: 20 })
    .map((units) => units.join(''));
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), word, word, (words, before, behind) => {
      const set = new WordSet(words);
      const isKnown = (known: string): boolean => {
        const lengths = set.lengthsAt(before + known + behind, before.length);
        return set.has(known) && ((lengths >> Math.min(known.length, 15)) & 1) === 1;
      };
      expect(words.every(isKnown)).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('most places begin no word', () => {
  const set = new WordSet(['佐藤', '堀', '長谷川']);
  expect(set.lengthsAt('佐藤', 0)).toBe(1 << 2);
  expect(set.lengthsAt('堀', 0)).toBe(1 << 1);
  expect(set.lengthsAt('長谷川', 0)).toBe(1 << 3);
  expect(set.lengthsAt('佐賀', 0)).toBe(0);
});

test('an address knows its places in the normalized text', () => {
  const segment = normalizeSegment(segmentOf('㈱ＡＢＣ 東京都千代田区丸の内１－１－１ まで'));
  const places = new SettledPlaces(detectAddresses([segment], shippedLists.gazetteer), segment);
  const start = segment.text.indexOf('東京');
  const end = segment.text.indexOf(' まで');
  expect([start - 1, start, end - 1, end].map((at) => places.holds(at))).toEqual([false, true, true, false]);
});
