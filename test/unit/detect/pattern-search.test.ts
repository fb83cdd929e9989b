import fc from 'fast-check';
import RE2 from 're2';
import { expect, test } from 'vitest';
import { expandExample, seededRandom } from '../../../src/detect/expand-example.ts';
import { Lines } from '../../../src/detect/line.ts';
import { hasWords, matchesIn, type LineMatch } from '../../../src/detect/match-lines.ts';
import { parsePattern } from '../../../src/detect/parse-pattern.ts';
import { needsOf } from '../../../src/detect/pattern-needs.ts';
import { shapeOf } from '../../../src/detect/number-shape.ts';
import type { CompiledPattern, CompiledRule } from '../../../src/detect/compiled-rule.ts';
import { digitsOfValidator, validators } from '../../../src/detect/validators/validators.ts';
import { toWordList } from '../../../src/detect/word-list.ts';
import { shippedRules } from './rules.ts';

const ruleSet = shippedRules();
const programs = ruleSet.rules.flatMap((rule) =>
  rule.patterns.map((pattern) => ({ rule, pattern, re2: new RE2(pattern.rule.regex, 'gmu') })),
);
const examples = ruleSet.rules.flatMap(({ source: { examples: all } }, index) =>
  [...all.match, ...all.no_match].map((example) => expandExample(example, seededRandom(index + 1)).replaceAll(/\s/g, ' ')),
);

/** Lines of pieces of examples, digits and joints: most are no value, and many nearly one. */
const line = fc
  .array(
    fc.oneof(
      fc.constantFrom(...examples).chain((example) => fc.nat({ max: example.length }).map((at) => example.slice(at, at + 24))),
      fc.constantFrom(...examples),
      fc.stringMatching(/^[0-9]{1,13}$/),
      fc.constantFrom(
        '-',
        ' ',
        '  ',
        '.',
        '(',
        ')',
        '/',
        '+81',
        '・',
        ':',
        'T',
        '@',
        '〒',
        '年',
        '月',
        '日',
        '生',
        '〇三',
        '番号',
        '記号',
        '口座',
      ),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

const spelled = (matches: readonly LineMatch[]): readonly string[] => matches.map(({ start, end }) => `${start}-${end}`);

/** The places by RE2 alone, without asking first whether the line can hold one. */
function plainPlaces(text: string, rule: CompiledRule, pattern: CompiledPattern, re2: RE2): readonly string[] {
  const digits = text.replaceAll(/[^0-9]/g, '').length;
  if (digits < rule.minDigits || !hasWords(rule, text)) return [];
  return spelled(matchesIn(text, rule, { ...pattern, regex: re2, isBounded: false, core: null }));
}

test('no pattern is passed over in a line in which it finds something', () => {
  let found = 0;
  fc.assert(
    fc.property(line, (text) => {
      const lines = new Lines(text, ruleSet.search.signs);
      const tried = new Set<string>();
      for (let at = ruleSet.search.next(lines, 0, 0, true); at !== -1; at = ruleSet.search.next(lines, 0, at + 1, true)) {
        const program = ruleSet.search.program(at);
        if (program !== undefined) tried.add(`${program.rule.id} ${program.pattern.rule.name}`);
      }
      const differences = programs.flatMap(({ rule, pattern, re2 }) => {
        const name = `${rule.id} ${pattern.rule.name}`;
        const places = plainPlaces(text, rule, pattern, re2);
        found += places.length;
        const own = tried.has(name) && hasWords(rule, text) ? spelled(matchesIn(text, rule, pattern)) : [];
        return own.join(' ') === places.join(' ') ? [] : [{ name, own, places }];
      });
      expect(differences).toEqual([]);
    }),
    { numRuns: 600 },
  );
  expect(found).toBeGreaterThan(300);
});

test.each([
  ['a@?b', []],
  ['[@]x|z', ['@z', 'xz']],
  ['(?:@)?x', ['x']],
  ['@{2}a|〒', ['@〒', 'a〒']],
  ['[0-9]{3}-?[0-9]{4}', []],
  ['(?i:no)', ['Nn', 'Oo']],
])('%s needs one of each of %s', (source, sets) => {
  const parsed = parsePattern(source);
  if (parsed === null) throw new Error('is not read');
  const spelled = needsOf(parsed).sets.map((set) =>
    set.map(([first, last]) => (first === last ? String.fromCharCode(first) : '…')).join(''),
  );
  expect(spelled.map((set) => Array.from(set).toSorted().join('')).toSorted()).toEqual(
    expect.arrayContaining(sets.map((set) => Array.from(set).toSorted().join(''))),
  );
});

test.each([
  ['[0-9]{3}-?[0-9]{4}', 7, 4],
  ['[0-9]{2,4}(?:/[0-9]{1,2}){2}', 4, 2],
  ['0[0-9]{9}|x', 0, 0],
  ['(?:[- ][0-9]){11}', 11, 1],
])('%s needs %s digits, %s of them side by side', (source, digits, run) => {
  const parsed = parsePattern(source);
  expect(parsed === null ? null : needsOf(parsed)).toMatchObject({ digits, run });
});

test('the digits of a value are known by their runs', () => {
  const shape = (source: string): unknown => {
    const parsed = parsePattern(source);
    return parsed === null ? null : shapeOf(parsed, 'digit');
  };
  expect(shape('TEL(?P<value>0[0-9]{1,2}-[0-9]{4})')).toMatchObject({
    firstLengths: 0b1100,
    lastLengths: 0b10000,
    firstDigits: 1,
    joints: 'narrow',
  });
  expect(shape('[0-9]{3}-?[0-9]{4}')).toMatchObject({ firstLengths: 0b10001000, lastLengths: 0b10010000, joints: 'narrow' });
  expect(shape('[0-9]{1,50}')).toMatchObject({ firstLengths: ~1, lastLengths: ~1 });
  // A group that takes no part leaves the whole match as value.
  expect(shape('(?:(?P<value>0[0-9]{3})|[0-9]{7})x')).toMatchObject({ firstLengths: -1, lastLengths: -1, firstDigits: -1, joints: null });
});

test('a validator accepts no value of fewer digits than is said of it', () => {
  const written = fc.stringMatching(/^\(?[0-9][-0-9 .()]{5,20}$/);
  fc.assert(
    fc.property(
      fc.oneof(
        written,
        fc.constantFrom(...examples).map((text) => text.replaceAll(/[^-0-9 .()+]/g, '')),
      ),
      (text) => {
        const digits = text.replaceAll(/[^0-9]/g, '').length;
        const accepting = Object.entries(digitsOfValidator).filter(([name, least]) => digits < least && validators[name]?.(text) === true);
        expect(accepting).toEqual([]);
      },
    ),
    { numRuns: 2000 },
  );
});

test('words are found as an alternation finds them', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', '番', '号', '(', ' '), minLength: 1, maxLength: 3 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '番', '号', '(', ' ', 'c'), maxLength: 12 });
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), text, (words, where) => {
      const list = toWordList(words);
      const source = [...new Set(words)]
        .toSorted((a, b) => b.length - a.length)
        .map((plain) => plain.replaceAll('(', String.raw`\(`))
        .join('|');
      const matches = [...where.matchAll(new RegExp(source, 'g'))];
      const last = matches.at(-1);
      expect([list.isIn(where), list.firstIn(where), list.lastEnd(where)]).toEqual([
        matches.length > 0,
        matches[0]?.[0] ?? null,
        last === undefined ? -1 : last.index + last[0].length,
      ]);
    }),
    { numRuns: 1000 },
  );
});
