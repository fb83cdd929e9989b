import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLists } from '../../src/adapters/rules-fs/index.ts';
import { canonicalAddress } from '../../src/detect/index.ts';
import { shippedLists } from '../unit/detect/shipped-lists.ts';

const { gazetteer } = shippedLists;

/** Municipalities with their towns that are divided into 丁目, so that three numbers are a block. */
const places = gunzipSync(readLists(['towns.txt.gz']).get('towns.txt.gz') ?? new Uint8Array())
  .toString('utf8')
  .split('\n')
  .flatMap((line) => {
    const [prefecture = '', upper = '', name = '', towns = ''] = line.split('\t');
    const divided = towns.split(' ').filter((town) => town.endsWith('+') && !/[0-9]ノ?\+$/.test(town));
    return divided.map((town) => ({ prefecture, upper, name, town: town.slice(0, -1) }));
  });
type Place = (typeof places)[number];

/** How many municipalities go by one name and have the town: where there are several, the prefecture or city must be written. */
const bearers = Map.groupBy(places, ({ name, town }) => `${name} ${town}`);
const isAlone = ({ name, town }: Place): boolean =>
  bearers.get(`${name} ${town}`)?.length === 1 && shippedLists.gazetteer.byName.get(name)?.length === 1;

const digits = '〇一二三四五六七八九';
function kanji(number: number): string {
  const tens = Math.floor(number / 10);
  const ten = tens === 0 ? '' : tens === 1 ? '十' : `${digits.charAt(tens)}十`;
  return ten + (number % 10 === 0 ? '' : digits.charAt(number % 10));
}
const wide = (text: string): string =>
  text.replaceAll(/[0-9-]/g, (sign) => (sign === '-' ? '－' : String.fromCharCode(sign.charCodeAt(0) + 0xfee0)));

type Numbers = readonly [number, number, number];
const blocks: readonly ((numbers: Numbers) => string)[] = [
  ([a, b, c]) => `${a}-${b}-${c}`,
  ([a, b, c]) => wide(`${a}-${b}-${c}`),
  ([a, b, c]) => `${a}‐${b}−${c}`,
  ([a, b, c]) => `${a}ー${b}ー${c}`,
  ([a, b, c]) => `${a}丁目${b}番${c}号`,
  ([a, b, c]) => wide(`${a}丁目${b}番${c}号`),
  ([a, b, c]) => `${a}丁目${b}番地${c}`,
  ([a, b, c]) => `${a}丁目${b}番地の${c}`,
  ([a, b, c]) => `${a}丁目${b}-${c}`,
  ([a, b, c]) => `${kanji(a)}丁目${b}番${c}号`,
  ([a, b, c]) => `${kanji(a)}丁目${kanji(b)}番${kanji(c)}号`,
  ([a, b, c]) => `${a}丁目 ${b}番 ${c}号`,
  ([a, b, c]) => `${a}の${b}の${c}`,
];

const place = fc.constantFrom(...places);
const numbers = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 }));
const spelling = fc.record({
  block: fc.constantFrom(...blocks),
  lead: fc.constantFrom('full', 'no prefecture', 'name only'),
  gap: fc.constantFrom('', '', ' ', '　', '\n'),
  sign: fc.constantFrom('ケ', 'ヶ', 'が'),
  numerals: fc.boolean(),
});
type Spelling = typeof spelling extends fc.Arbitrary<infer T> ? T : never;

function spell(where: Place, block: Numbers, { block: write, lead, gap, sign, numerals }: Spelling): string {
  const { prefecture, upper, name } = where;
  const isTwin = upper === '' && !isAlone(where);
  const kept = lead === 'full' || isTwin || (lead === 'name only' && !isAlone(where));
  const city = lead === 'name only' && isAlone(where) ? '' : upper;
  const town = numerals
    ? where.town.replaceAll(/[0-9]+/g, (number) => (Number(number) < 100 ? kanji(Number(number)) : number))
    : where.town;
  const parts = [kept ? prefecture : '', city + name, town].filter((part) => part !== '');
  return (parts.join(gap) + (gap === '\n' ? '' : gap)).replaceAll(/[ケヶ]/g, sign) + write(block);
}

/** 十 before a block that begins with a kanji numeral reads as one number with it. */
const isPlain = ({ town }: Place): boolean => !/[0-9]/.test(town.slice(-1));

describe('a block has one key, however it is written', () => {
  test('kanji or Arabic, 丁目番号 or hyphens, with or without prefecture and city, spaces, ヶ', () => {
    fc.assert(
      fc.property(place.filter(isPlain), numbers, spelling, (where, block, written) => {
        const plain = `${where.prefecture}${where.upper}${where.name}${where.town}${block.join('-')}`;
        const text = spell(where, block, written);
        expect([text, canonicalAddress(text, gazetteer)]).toEqual([text, canonicalAddress(plain, gazetteer)]);
        expect(canonicalAddress(plain, gazetteer)?.key).toMatch(/[0-9]+-[0-9]+-[0-9]+$/);
      }),
      { numRuns: 1500 },
    );
  });

  test('other numbers or another municipality are another key', () => {
    fc.assert(
      fc.property(place, place, numbers, numbers, (one, other, block, otherBlock) => {
        const key = (where: Place, written: Numbers): string | undefined =>
          canonicalAddress(`${where.prefecture}${where.upper}${where.name}${where.town}${written.join('-')}`, gazetteer)?.key;
        expect(key(one, block) === key(one, otherBlock)).toBe(block.join('-') === otherBlock.join('-'));
        expect(key(one, block) === key(other, block)).toBe(one === other);
      }),
      { numRuns: 500 },
    );
  });

  test('a room is told apart and leaves the key as it is', () => {
    fc.assert(
      fc.property(place, numbers, fc.integer({ min: 101, max: 1999 }), (where, block, room) => {
        const plain = `${where.prefecture}${where.upper}${where.name}${where.town}${block.join('-')}`;
        const expected = { key: canonicalAddress(plain, gazetteer)?.key, room: String(room) };
        for (const behind of [`-${room}`, ` ${room}号室`, ` コーポ桜${room}`, `　メゾン${room}号`]) {
          expect(canonicalAddress(plain + behind, gazetteer)).toEqual(expected);
        }
      }),
      { numRuns: 200 },
    );
  });
});
