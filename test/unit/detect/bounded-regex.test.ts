import fc from 'fast-check';
import RE2 from 're2';
import { expect, test } from 'vitest';
import { readRules } from '../../../src/adapters/rules-fs/index.ts';
import { toBoundedRegex, toCore } from '../../../src/detect/bounded-regex.ts';
import { compileRules } from '../../../src/detect/index.ts';
import { parsePattern } from '../../../src/detect/parse-pattern.ts';

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

type Place = readonly [at: number, whole: string, value: string];

const placesOf = (regex: RegExp, text: string, isBounded: boolean): readonly Place[] => {
  regex.lastIndex = 0;
  const places: Place[] = [];
  for (let match = regex.exec(text); match !== null; match = regex.exec(text))
    places.push([match.index, match[0], (isBounded ? match[1] : match.groups?.['value']) ?? match[0]]);
  return places;
};

const boundedOf = (source: string): RegExp | null => {
  const parsed = parsePattern(source);
  return parsed === null ? null : toBoundedRegex(parsed);
};

test('a bounded pattern finds in V8 what it finds in RE2', () => {
  const bounded = sources.flatMap((source) => {
    const regex = boundedOf(source);
    return regex === null ? [] : [{ source, regex, re2: new RE2(source, 'gmu') }];
  });
  expect(bounded.length).toBeGreaterThan(60);
  fc.assert(
    fc.property(line, (text) => {
      for (const { source, regex, re2 } of bounded)
        expect({ source, places: placesOf(regex, text, true) }).toEqual({ source, places: placesOf(re2, text, false) });
    }),
    { numRuns: 300 },
  );
});

test.each([
  [
    '(?i:tel|fax|電話)[:. ]{0,2}(?P<value>0[0-9]{9})',
    ['TEL: 0312345678', 'ファクスFax0312345678', '電話:0312345678', '\u212Aey TeL0312345678'],
  ],
  ['(?i:k[a-z]{2}s)', ['KEYS keys', '\u212Aey\u017F', 'KEYs']],
  [String.raw`\s[^0-9\n]{0,3}.[\d_]`, ['\u00A0ab1', ' あい。_', '\t-9']],
  [String.raw`(?:^|[^-0-9])(?P<value>[0-9]{3}-[0-9]{4})(?:$|[^-0-9])`, ['160-0023', '〒160-0023 ', '1160-0023']],
  [String.raw`\p{Han}{1,3}[^\p{L}\p{N}]{1,2}[0-9]`, ['番号: 1', '番号は1', '第1']],
  ['a(?:b|cd|)x', ['ax', 'abx', 'acdx', 'acx']],
])('%s is read alike by both engines', (source, texts) => {
  const regex = boundedOf(source);
  if (regex === null) throw new Error('is not bounded');
  for (const text of texts) expect(placesOf(regex, text, true)).toEqual(placesOf(new RE2(source, 'gmu'), text, false));
});

test.each([
  'a+',
  '[0-9]*x',
  '[0-9]{3,}',
  '(?:[- 0]{1,3}[0-9]){11}',
  '(?:[- ]{1,}[0-9]){11}',
  '(?:[- ]{1,3}[0-9]){11,}',
  '(?:a{0,20}){20}',
  '(?:[a-z]+)+@',
  // Nothing before the labels keeps them from being read anew from each of them.
  String.raw`(?:[a-z]{1,60}\.)+`,
  String.raw`[a-z]{1,60}(?:[a-z]{1,60}\.)+`,
  // Two ways through a label: with every further one there are twice as many.
  String.raw`@(?:a?a?\.)+`,
  '[]a]',
  '[[:digit:]]',
  '(?s)a',
  String.raw`\ba`,
  '(?i:ÄB)',
  '[0-9]{1,9}[0-9]{1,9}[0-9]{1,9}[0-9]{1,9}[0-9a]',
])('%s is left to RE2', (source) => {
  expect(boundedOf(source)).toBeNull();
});

test('a match holds the core of its pattern', () => {
  const cored = sources.flatMap((source) => {
    const parsed = parsePattern(source);
    const core = parsed === null ? null : toCore(parsed);
    return core === null ? [] : [{ core, re2: new RE2(source, 'gmu') }];
  });
  expect(cored.length).toBeGreaterThan(3);
  const mails = [
    'taro@',
    ' @ ',
    'example.co.jp',
    'taro',
    ' at ',
    ' dot ',
    '日本',
    '.jp',
    '(at)',
    '【アット】',
    '★',
    ' ',
    'x.com',
    '[dot]',
    'a-b',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...mails), { maxLength: 9 }), (parts) => {
      const text = parts.join('');
      for (const { core, re2 } of cored) {
        for (const [, whole] of placesOf(re2, text, false)) expect(whole).toMatch(new RegExp(core.source, 'u'));
      }
    }),
    { numRuns: 400 },
  );
});
