import fc from 'fast-check';
import RE2 from 're2';
import { expect, test } from 'vitest';
import { readRules } from '../../../src/adapters/rules-fs/index.ts';
import { neededCharacter, toBoundedRegex } from '../../../src/detect/bounded-regex.ts';
import { compileRules } from '../../../src/detect/index.ts';

const compiled = compileRules(readRules([]).detectors);
if (!compiled.ok) throw new Error('the shipped rules do not compile');
const sources = compiled.value.rules.flatMap(({ patterns }) => patterns.map(({ rule }) => rule.regex));

/** Lines of what the patterns are about: digits, joints, labels, letters. */
const line = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '03-',
        '090',
        '-1234',
        '5678',
        '(',
        ')',
        ' ',
        '・',
        '/',
        '@',
        '.co.jp',
        'AB',
        '〒',
        '口座番号',
        '普通',
        '記号',
        '番号',
      ),
      fc.stringMatching(/^[0-9]{1,8}$/),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join('').replaceAll(/[\r\n]/g, ' '));

const placesOf = (regex: RegExp, text: string): readonly (readonly [number, string, string | undefined])[] => {
  regex.lastIndex = 0;
  const places: (readonly [number, string, string | undefined])[] = [];
  for (let match = regex.exec(text); match !== null; match = regex.exec(text))
    places.push([match.index, match[0], match.groups?.['value']]);
  return places;
};

test('a bounded pattern finds in V8 what it finds in RE2', () => {
  const bounded = sources.flatMap((source) => {
    const regex = toBoundedRegex(source);
    return regex === null ? [] : [{ regex, re2: new RE2(source, 'gmu') }];
  });
  expect(bounded.length).toBeGreaterThan(30);
  fc.assert(
    fc.property(line, (text) => {
      for (const { regex, re2 } of bounded) expect(placesOf(regex, text)).toEqual(placesOf(re2, text));
    }),
    { numRuns: 300 },
  );
});

test.each([
  'a+',
  '[0-9]*x',
  '[0-9]{3,}',
  '(?:ab){2}',
  '(?:[- 0]{1,3}[0-9]){11}',
  '(?:[- ]{1,}[0-9]){11}',
  '(?:[- ]{1,3}[0-9]){11,}',
  'a.c',
  '^a',
  'a$',
  String.raw`\s[0-9]`,
  String.raw`[\s0-9]`,
  '[]a]',
  '[[:digit:]]',
  '(?s)a',
  '(?i:tel)',
  '[0-9]{1,9}[0-9]{1,9}[0-9]{1,9}[0-9]{1,9}',
])('%s is left to RE2', (source) => {
  expect(toBoundedRegex(source)).toBeNull();
});

test('no match is without the character that its pattern needs', () => {
  const needing = sources.flatMap((source) => {
    const needs = neededCharacter(source);
    return needs === '' ? [] : [{ needs, re2: new RE2(source, 'gmu') }];
  });
  expect(needing.length).toBeGreaterThan(0);
  fc.assert(
    fc.property(line, (text) => {
      for (const { needs, re2 } of needing) for (const [, whole] of placesOf(re2, text)) expect(whole).toContain(needs);
    }),
  );
});

test.each([
  ['a@?b', ''],
  ['a@{0,1}b', ''],
  ['[@]x', ''],
  ['a|@', ''],
  ['(?:@)?x', ''],
  ['@+a', '@'],
  ['[a-z]+@(?:[a-z]+|x)', '@'],
])('%s needs "%s"', (source, needs) => {
  expect(neededCharacter(source)).toBe(needs);
});
