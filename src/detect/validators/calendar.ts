import { arabicDigits } from './kanji-digits.ts';

/** Eras since 1868: first day and the year before year 1. 元号法, and the cabinet orders that named each era. */
const eras = [
  { names: ['令和', '令', 'R'], from: '2019-05-01', to: '9999-12-31', base: 2018 },
  { names: ['平成', '平', 'H'], from: '1989-01-08', to: '2019-04-30', base: 1988 },
  { names: ['昭和', '昭', 'S'], from: '1926-12-25', to: '1989-01-07', base: 1925 },
  { names: ['大正', '大', 'T'], from: '1912-07-30', to: '1926-12-24', base: 1911 },
  { names: ['明治', '明', 'M'], from: '1868-01-25', to: '1912-07-29', base: 1867 },
] as const;

/** Years of two digits: up to this one of this century, the others of the last. */
const latestShortYear = 35;

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/**
 * The date that `text` (normalized) writes, as `YYYY-MM-DD`: 1984年3月7日, 1984/3/7, 1984-03-07, 19840307, 昭和59年3月7日, S59.3.7, 昭59・3・7,
 * S590307, 平成元年…, kanji numerals, March 7, 1984, 7 Mar 1984, 07-MAR-1984, 07MAR1984. Null when it is none, or no day of the calendar or of its era.
 */
export function isoDateOf(text: string): string | null {
  const simple = plainDate(text);
  if (simple !== undefined) return simple;
  // The same year in the other reckoning may stand beside it: 1984年(昭和59年)3月7日.
  const plain = text
    .replaceAll(/\([^)]*\)/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const spelled = arabicDigits(plain.replace(/^西暦 ?/, ''));
  return eraDate(spelled) ?? westernDate(spelled) ?? englishDate(spelled);
}

/**
 * A day on which somebody alive may be born: from 1900 on, and not after the given year. The inspector has no clock; the bound keeps out
 * 令和40年 and the like for the years to come.
 */
export function isBirthDate(text: string, latestYear = 2035): boolean {
  const date = isoDateOf(text);
  return date !== null && date >= '1900-01-01' && Number(date.slice(0, 4)) <= latestYear;
}

function eraDate(text: string): string | null {
  const match = /^(令和|令|R|平成|平|H|昭和|昭|S|大正|大|T|明治|明|M)[ .]?(.+)$/i.exec(text);
  const era = eras.find(({ names }) => names.some((name) => name === match?.[1]?.toUpperCase()));
  const parts = match?.[2] === undefined ? null : numbers(match[2].replace(/^元/, '1'), /^(\d\d)(\d\d)(\d\d)$/);
  if (era === undefined || parts === null || parts[0] < 1) return null;
  const date = iso(era.base + parts[0], parts[1], parts[2]);
  // Months before an era's first day are often written in it (平成元年1月1日); its last year is exact.
  return date !== null && date.slice(0, 4) >= era.from.slice(0, 4) && date.slice(0, 4) <= era.to.slice(0, 4) ? date : null;
}

function westernDate(text: string): string | null {
  const parts = numbers(text, /^(\d{4})(\d\d)(\d\d)$/);
  if (parts === null) return null;
  // Only what says that it is a date of birth is read with two digits of a year (93.6.6).
  const year = /^\d\d[./-]/.test(text) ? parts[0] + (parts[0] <= latestShortYear ? 2000 : 1900) : parts[0];
  return year < 1000 ? null : iso(year, parts[1], parts[2]);
}

function englishDate(text: string): string | null {
  const named =
    /^(?:([a-z]{3})[a-z]*\.?[ -](\d{1,2})(?:st|nd|rd|th)?|(\d{1,2})(?:st|nd|rd|th)?[ -]?([a-z]{3})[a-z]*\.?)(?:,? |-)?(\d{4})$/i.exec(text);
  if (named !== null) {
    const month = months.indexOf((named[1] ?? named[4] ?? '').toLowerCase()) + 1;
    return iso(Number(named[5]), month, Number(named[2] ?? named[3]));
  }
  const numeric = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  if (numeric === null) return null;
  const [first, second, year] = [Number(numeric[1]), Number(numeric[2]), Number(numeric[3])];
  return iso(year, first, second) ?? iso(year, second, first);
}

function numbers(text: string, joined: RegExp): readonly [number, number, number] | null {
  const match = joined.exec(text) ?? /^(\d{1,4}) ?[年/.・-] ?(\d{1,2}) ?[月/.・-] ?(\d{1,2}) ?日?$/.exec(text);
  return match === null ? null : [Number(match[1]), Number(match[2]), Number(match[3])];
}

/** 1984/3/7, 1984年3月7日 as most people write them, without the work for all other forms; undefined for those. */
function plainDate(text: string): string | null | undefined {
  const year = text.length < 8 || text.length > 11 ? 0 : numberAt(text, 0, 4);
  if (year < 1000) return undefined;
  const month = numberAt(text, 5, 2);
  const behindMonth = month > 9 || text.charCodeAt(5) === 0x30 ? 7 : 6;
  const day = numberAt(text, behindMonth + 1, 2);
  const end = behindMonth + (day > 9 || text.charCodeAt(behindMonth + 1) === 0x30 ? 3 : 2);
  const isWhole = end === text.length || (end + 1 === text.length && text.charAt(end) === '日');
  if (month === -1 || day === -1 || !isWhole || !'年/.-'.includes(text.charAt(4)) || !'月/.-'.includes(text.charAt(behindMonth)))
    return undefined;
  return iso(year, month, day);
}

/** The number of at most so many digits that stands there; -1 where none does. */
function numberAt(text: string, at: number, most: number): number {
  let value = -1;
  for (let index = at; index < at + most; index += 1) {
    const digit = text.charCodeAt(index) - 0x30;
    if (!(digit >= 0 && digit <= 9)) break;
    value = Math.max(0, value) * 10 + digit;
  }
  return value;
}

const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Null for no day of the calendar, and for years before 100. */
function iso(year: number, month: number, day: number): string | null {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && isLeap ? 29 : (daysInMonth[month - 1] ?? 0);
  if (year < 100 || day < 1 || day > days) return null;
  return `${String(year).padStart(4, '0')}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`;
}
