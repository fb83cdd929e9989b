import { array, assert, constantFrom, nat, oneof, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { normalize } from '../../src/normalize/index.ts';

const pieces = constantFrom(
  ...Array.from('あがーアｱﾞﾟｶﾊ髙﨑邉齋㈱①㍻０９－−‐090-1234 \u3000\u200B\u00AD\uFE00\u3099\u0301é\u202EaZ\n\t()（）'),
  '𠮷',
  '\u{E0100}',
  '\uD842',
  '…',
  '각',
  '\u1161',
);
const texts = array(pieces, { maxLength: 60 }).map((parts) => parts.join(''));

test('the map never falls, starts inside the text and ends at its length', () => {
  assert(
    property(oneof(texts, string({ unit: 'binary' })), (text) => {
      const { text: spelled, map } = normalize(text);
      expect(map).toHaveLength(spelled.length + 1);
      expect(map[spelled.length]).toBe(text.length);
      for (let index = 1; index < map.length; index += 1) expect(map[index]).toBeGreaterThanOrEqual(map[index - 1] ?? 0);
    }),
    { numRuns: 2000 },
  );
});

test('the original text between two mapped offsets normalizes to the text between them', () => {
  // Strokes and list numbers look at their neighbours, so a cut beside one may spell it otherwise.
  const plain = (text: string): string => text.replaceAll(/[-ー−‐①1]/g, '');
  assert(
    property(texts, nat(), nat(), (text, a, b) => {
      const { text: spelled, map } = normalize(text);
      const starts = Array.from(spelled, (_, index) => index).filter((index) => index === 0 || map[index] !== map[index - 1]);
      starts.push(spelled.length);
      const [from = 0, to = 0] = [starts[a % starts.length] ?? 0, starts[b % starts.length] ?? 0].toSorted((x, y) => x - y);
      const original = text.slice(map[from], map[to]);
      expect(plain(normalize(original).text)).toBe(plain(spelled.slice(from, to)));
    }),
    { numRuns: 2000 },
  );
});

test('normalizing twice changes nothing', () => {
  assert(
    property(texts, (text) => {
      const once = normalize(text).text;
      expect(normalize(once).text).toBe(once);
    }),
    { numRuns: 2000 },
  );
});
