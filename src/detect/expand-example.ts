import { nearestName } from '../core/index.ts';
import { corporateCheckDigit, digitsOf, luhnCheckDigit, modulus11CheckDigit, myNumberCheckDigit } from './validators/check-digits.ts';

/** A source of whole numbers `0 ≤ n < bound`, the same for the same seed. */
export type Random = (bound: number) => number;

/** Mulberry32: 32 bits of state are enough to vary examples, and every run sees the same ones. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

const areas = ['03', '06', '011', '022', '045', '052', '075', '092', '0422', '0466', '0587', '04992'] as const;
const brands = [
  { prefix: '4', length: 16 },
  { prefix: '52', length: 16 },
  { prefix: '3540', length: 16 },
  { prefix: '37', length: 15 },
] as const;

const generators: Readonly<Record<string, (random: Random) => string>> = {
  my_number: (random) => withLast(digits(random, 11), myNumberCheckDigit),
  corporate_number: (random) => {
    const body = digits(random, 12);
    return `${corporateCheckDigit(body)}${body.join('')}`;
  },
  card: (random) => {
    const { prefix, length } = brands[random(brands.length)] ?? brands[0];
    return withLast([...Array.from(prefix, Number), ...digits(random, length - prefix.length - 1)], luhnCheckDigit);
  },
  jan: (random) => withLast([4, 9, ...digits(random, 10)], articleCheckDigit),
  mobile: (random) => `0${['5', '7', '8', '9'][random(4)]}0-${1 + random(9)}${digits(random, 3).join('')}-${digits(random, 4).join('')}`,
  phone: (random) => {
    const area = areas[random(areas.length)] ?? '03';
    return `${area}-${2 + random(8)}${digits(random, 5 - area.length).join('')}-${digits(random, 4).join('')}`;
  },
  postal_code: (random) => `${1 + random(9)}${digits(random, 2).join('')}-${digits(random, 4).join('')}`,
  birth_date: (random) => `${1930 + random(80)}年${1 + random(12)}月${1 + random(28)}日`,
  birth_era: (random) => `昭和${2 + random(61)}年${1 + random(12)}月${1 + random(28)}日`,
  digits6: (random) => digits(random, 6).join(''),
  digits7: (random) => digits(random, 7).join(''),
  digits8: (random) => digits(random, 8).join(''),
  digits10: (random) => digits(random, 10).join(''),
  licence: (random) => `${1 + random(9)}${digits(random, 11).join('')}`,
  letters: (random) => String.fromCharCode(65 + random(26), 65 + random(26)),
};

const filters: Readonly<Record<string, (value: string) => string>> = {
  fullwidth: (value) => value.replaceAll(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)),
  grouped: (value) => value.replaceAll(/(\d{4})(?=\d)/g, '$1-'),
  spaced: (value) => value.replaceAll(/(\d{4})(?=\d)/g, '$1 '),
  spread: (value) => Array.from(value).join(' '),
  /** Broken over two lines, as a mail program wraps it. */
  halved: (value) => `${value.slice(0, 7)}\n> ${value.slice(7)}`,
  joined: (value) => value.replaceAll('-', ''),
  luhn: (value) => value + String(luhnCheckDigit(digitsOf(value))),
  modulus_11: (value) => value + String(modulus11CheckDigit(digitsOf(value))),
  bad_check_digit: (value) => value.slice(0, -1) + String((Number(value.slice(-1)) + 1) % 10),
  kanji: (value) => value.replaceAll(/\d+/g, kanjiNumeral),
  slashes: (value) => value.replace('年', '/').replace('月', '/').replace('日', ''),
  dots: (value) => value.replace('昭和', 'S').replace('年', '.').replace('月', '.').replace('日', ''),
  international: (value) => value.replace(/^0/, '+81-'),
  brackets: (value) => value.replace(/^(\d+)-(\d+)-/, '$1($2)'),
};

/**
 * The example with every `{{macro|filter|filter}}` replaced by a generated value. Throws on a name that does not exist, and so on braces that
 * hold anything else: as plain text they would prove nothing.
 */
export function expandExample(example: string, random: Random): string {
  return example.replaceAll(/\{\{([^{}|]*)((?:\|[^{}|]*)*)\}\}/g, (macro, name: string, chain: string) => {
    const generate = Object.hasOwn(generators, name) ? generators[name] : undefined;
    if (generate === undefined) throw new Error(`names a macro that does not exist: ${macro}; ${hintFor(name, generators)}`);
    return chain
      .split('|')
      .slice(1)
      .reduce((value, filterName) => {
        const filter = Object.hasOwn(filters, filterName) ? filters[filterName] : undefined;
        if (filter === undefined) throw new Error(`names a filter that does not exist: ${macro}; ${hintFor(filterName, filters)}`);
        return filter(value);
      }, generate(random));
  });
}

function hintFor(name: string, known: Readonly<Record<string, unknown>>): string {
  const near = nearestName(name, Object.keys(known));
  return near === null ? `there are ${Object.keys(known).join(', ')}` : `did you mean \`${near}\`?`;
}

function digits(random: Random, count: number): readonly number[] {
  return Array.from({ length: count }, () => random(10));
}

function withLast(body: readonly number[], checkDigit: (body: readonly number[]) => number): string {
  return `${body.join('')}${checkDigit(body)}`;
}

/** 59 → 五十九 up to 99, longer numbers digit by digit: 1984 → 一九八四. */
function kanjiNumeral(numeral: string): string {
  const kanji = '〇一二三四五六七八九';
  if (numeral.length > 2) return Array.from(numeral, (digit) => kanji.charAt(Number(digit))).join('');
  const value = Number(numeral);
  const tens = Math.floor(value / 10);
  const ones = value % 10 === 0 && value !== 0 ? '' : kanji.charAt(value % 10);
  if (tens === 0) return ones;
  return `${tens === 1 ? '' : kanji.charAt(tens)}十${ones}`;
}

/** EAN-13: weights 3 and 1 from the right. */
function articleCheckDigit(body: readonly number[]): number {
  const sum = body.toReversed().reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10;
}
