/** Kanji numerals and the 大字 of formal papers, by value; ○ and 零 are zero as 〇 is. */
const values: ReadonlyMap<string, string> = new Map([
  ...Array.from('〇一二三四五六七八九', (numeral, value) => [numeral, String(value)] as const),
  ...Array.from('○◯零', (zero) => [zero, '0'] as const),
  ...Array.from('壱弐参', (numeral, index) => [numeral, String(index + 1)] as const),
]);
const numeral = /[〇○◯零一二三四五六七八九壱弐参十拾]/u;
const numerals = /[〇○◯零一二三四五六七八九壱弐参十拾]+/gu;

/** Kanji numerals as digits: 五十九 → 59, 昭和五拾九年 → 昭和59年, 一九八四 → 1984, 〇三 → 03. Numbers from a hundred on are not read. */
export function arabicDigits(text: string): string {
  return numeral.test(text) ? text.replaceAll(numerals, arabic) : text;
}

function arabic(run: string): string {
  const [tens = '', ...rest] = run.split(/[十拾]/);
  const ones = rest.join('');
  if (rest.length === 0) return spelled(run);
  return `${tens === '' ? '1' : spelled(tens)}${ones === '' ? '0' : spelled(ones)}`;
}

function spelled(run: string): string {
  return Array.from(run, (character) => values.get(character) ?? '').join('');
}
