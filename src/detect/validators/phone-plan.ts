import { digitText } from './check-digits.ts';
import { arabicDigits } from './kanji-digits.ts';

/**
 * Area codes of the Japanese numbering plan (総務省 市外局番の一覧), as "prefix:next digits". 03, 06 and 04 (所沢, 柏) have two digits.
 * Numbers with an area code have ten digits in all (0AB-J), 電気通信番号計画.
 */
const threeDigits =
  '011 015 017 018 019 022 023 024 025 026 027 028 029 042 043 044 045 046 047 048 049 052 053 054 055 058 059 072 073 075 076 077 078 079 ' +
  '082 083 084 086 087 088 089 092 093 095 096 097 098 099';
const fourDigits =
  '012:3456 013:3456789 014:23456 015:2345678 016:234567 017:2345689 018:234567 019:1234578 022:0345689 023:34578 024:012346789 ' +
  '025:0456789 026:013456789 027:046789 028:023457890 029:1345679 042:28 043:689 046:03567 047:05689 048:0 049:345 053:1236789 ' +
  '054:4578 055:01345678 056:123456789 057:2345678 058:14567 059:456789 072:15 073:56789 074:023456789 076:135678 077:01234689 ' +
  '079:01456789 082:034679 083:345678 084:5678 085:23456789 086:356789 087:579 088:03456789 089:2345678 092:0 093:0 094:02346789 ' +
  '095:02456789 096:456789 097:234789 098:0234567 099:34567';
const fiveDigits =
  '01267 01372 01374 01377 01392 01397 01398 01456 01457 01466 01547 01558 01564 01586 01587 01632 01634 01635 01648 01654 01655 01656 01658 ' +
  '04992 04994 04996 04998 05769 05979 07468 08387 08388 08396 08477 08512 08514 09496 09802 09912 09913 09969';

const areaCodes: ReadonlySet<string> = new Set([
  '03',
  '04',
  '06',
  ...threeDigits.split(' '),
  ...readFourDigits(),
  ...fiveDigits.split(' '),
]);

function readFourDigits(): readonly string[] {
  return [...fourDigits.matchAll(/(\d{3}):(\d+)/g)].flatMap(([, prefix, next]) => Array.from(next ?? '', (digit) => `${prefix}${digit}`));
}

/** Mobile, PHS, IP (050) and M2M-free eleven-digit numbers; 0 after the prefix is not assigned. */
const mobile = /^0[5-9]0[1-9]\d{7}$/;
/** Freephone, shared cost, mass calling. */
const service = /^(?:0120\d{6}|0570\d{6}|0990\d{6}|0180\d{6}|0800\d{7})$/;

/** Most numbers: no country code before them, no extension behind. */
const domestic = /^\(?0(?!0|10)[-0-9 .()]*$/;

/**
 * National digits of a number in any punctuation or in kanji numerals: `+81`, `0081` and the trunk `(0)` resolved, an extension cut off. A
 * mobile number without its 0 (a spreadsheet took it for a number) or after a bare 81 gets it back.
 */
export function nationalDigits(text: string): string {
  if (domestic.test(text)) return digitText(text);
  const main = arabicDigits(text).replace(/(?:内線|ext\.?|x).*$/iu, '');
  const international = /^\s*(?:\(?\s*\+|\+?\s*00|010\s*-?\s*)\s*81/.exec(main);
  if (international === null) return main.replaceAll(/[^0-9]/g, '').replace(/^(?:81)?(?=[5789]0[1-9]\d{7}$)/, '0');
  return `0${main
    .slice(international[0].length)
    .replaceAll(/[^0-9]/g, '')
    .replace(/^0/, '')}`;
}

/** A number that the numbering plan allows, without looking at its punctuation. */
export function isPlannedNumber(text: string): boolean {
  const digits = nationalDigits(text);
  return mobile.test(digits) || service.test(digits) || (digits.length === 10 && areaOf(digits) !== null);
}

/** A planned number whose groups, where it is punctuated, stand where the plan has them: 03-1234-5678, never 03123-45-678. */
export function isWellGrouped(text: string): boolean {
  if (!isPlannedNumber(text)) return false;
  const groups = text.replaceAll(/^\s*\(?(?:\+|00|010-?)\s*81[^0-9]*|\(0\)/g, '').match(/\d+/g) ?? [];
  const digits = nationalDigits(text);
  const [first = ''] = groups;
  const area = first.startsWith('0') ? first : `0${first}`;
  if (groups.length === 1) return true;
  if (mobile.test(digits)) return area.length === 3 || area.length >= 5;
  if (service.test(digits)) return area.length === 4;
  if (!areaCodes.has(area)) return false;
  return groups.length === 2 ? groups[1]?.length === 10 - area.length : groups[2]?.length === 4;
}

/** Ten or eleven digits in the outline of a phone number, for text that says it is one: the area code need not exist. */
export function isPhoneShaped(text: string): boolean {
  const digits = nationalDigits(text);
  return /^0[1-9]\d{8}$/.test(digits) || mobile.test(digits) || service.test(digits);
}

/** Country calling codes (ITU E.164) but 81, whose numbers the plan knows. */
const countryCode =
  /^(?:1(?=[2-9]\d{9}$)|7(?=\d{10}$)|2(?:[07]|[1-689]\d)|3(?:[0-469]|[578]\d)|4(?:[013-9]|2\d)|5(?:[1-8]|[09]\d)|6(?:[0-6]|[789]\d)|8(?:[246]|5\d|8\d)|9(?:[0-58]|6\d|7[0-7]|9[2-68]))(?=\d{6,13}$)/;

/** A number with a country code of another country and 8 to 15 digits in all. */
export function isForeignNumber(text: string): boolean {
  const digits = text.replaceAll(/[^0-9]/g, '');
  return digits.length >= 9 && digits.length <= 15 && countryCode.test(digits);
}

function areaOf(digits: string): string | null {
  for (let length = 5; length >= 2; length -= 1) if (areaCodes.has(digits.slice(0, length))) return digits.slice(0, length);
  return null;
}
