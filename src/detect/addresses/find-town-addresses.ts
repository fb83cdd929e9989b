import { isDigit, isNumeral } from './fold-place.ts';
import type { Gazetteer, Municipality } from './gazetteer.ts';
import { parseTownAt, type ParsedAddress } from './parse-address.ts';
import { rowsOfCode } from './postal-table.ts';

/** Behind these an address may leave out its municipality. */
const labels = [
  '住所',
  '所在地',
  '届け先',
  '届先',
  '配送先',
  '送付先',
  '送り先',
  '発送先',
  '納品先',
  '納入先',
  '自宅',
  '転居先',
  '引越先',
  '引っ越し先',
  '本籍',
  '〒',
];
/** From a label to what it labels: brackets, colon, は, a line break, and the postal code. */
const behindLabel =
  /(?:地|先|欄|所|住所)?(?:\([^)\n0-9]{0,12}\))?[ \t]*[】\])」』]?[ \t]*(?:[:;=|は→,]|\r?\n(?:[>|] ?){0,3})?[ \t"「(]{0,6}(?:〒? ?([0-9]{3}-?[0-9]{4})[ \t]{0,4}(?:\r?\n(?:[>|] ?){0,3}[ \t]{0,6})?)?/y;
const postalCode = /[ ]?([0-9]{3}-?[0-9]{4})[ \t]{0,4}(?:\r?\n(?:[>|] ?){0,3}[ \t]{0,6})?/y;
const longestName = 12;

/**
 * Addresses without their municipality, outside `taken` (in order): behind a label or a postal code (`住所:栄3-27-18`), and by town, 丁目 and 番
 * (`日吉本町3丁目14番22号`).
 */
export function findTownAddresses(text: string, taken: readonly ParsedAddress[], gazetteer: Gazetteer): readonly ParsedAddress[] {
  const found: ParsedAddress[] = [];
  const isFree = freeOf(taken);
  for (const label of labels) {
    for (let at = text.indexOf(label); at !== -1; at = text.indexOf(label, at + label.length)) {
      const pattern = label === '〒' ? postalCode : behindLabel;
      pattern.lastIndex = at + label.length;
      const code = pattern.exec(text)?.[1];
      const start = pattern.lastIndex;
      if (start === 0 || !isFree(start)) continue;
      const address = parseTownAt(text, start, code === undefined ? [] : municipalitiesOf(code, gazetteer), gazetteer);
      if (address !== null) found.push(address);
    }
  }
  for (let at = text.indexOf('丁目'); at !== -1; at = text.indexOf('丁目', at + 2)) {
    const address = isFree(at) ? addressAroundChome(text, at, gazetteer) : null;
    if (address === null) continue;
    found.push(address);
    at = Math.max(at, address.end - 2);
  }
  return found.length === 0 ? found : withoutOverlaps(found);
}

/** The town addresses of `text` that repeat a town of `known`, found elsewhere in the mail with its municipality. */
export function findRepeatedAddresses(
  text: string,
  taken: readonly ParsedAddress[],
  known: ReadonlyMap<string, Municipality>,
  gazetteer: Gazetteer,
): readonly ParsedAddress[] {
  const found: ParsedAddress[] = [];
  const isFree = freeOf(taken);
  for (const [town, municipality] of known) {
    for (let at = text.indexOf(town); at !== -1; at = text.indexOf(town, at + town.length)) {
      if (!isFree(at) || isName(text.charAt(at - 1))) continue;
      const address = parseTownAt(text, at, [municipality], gazetteer);
      if (address !== null && address.town === town) found.push(address);
    }
  }
  return found.length === 0 ? found : withoutOverlaps(found);
}

/** True of offsets that no address of `taken` holds; asked in any order. */
function freeOf(taken: readonly ParsedAddress[]): (at: number) => boolean {
  return (at) => {
    let low = 0;
    let high = taken.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((taken[middle]?.end ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    const next = taken[low];
    return next === undefined || next.start > at;
  };
}

function withoutOverlaps(found: readonly ParsedAddress[]): readonly ParsedAddress[] {
  const kept: ParsedAddress[] = [];
  for (const address of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (address.start >= (kept.at(-1)?.end ?? 0)) kept.push(address);
  }
  return kept;
}

export function municipalitiesOf(code: string, { postal, municipalities }: Gazetteer): readonly Municipality[] {
  const { first, end } = rowsOfCode(postal, Number(code.replace('-', '')));
  return [...new Set(postal.municipalities.subarray(first, end))].flatMap((id) => municipalities[id] ?? []);
}

/** Reads back from 丁目 over its number to the longest town that ends there; a lone 丁目 is a part of town. */
function addressAroundChome(text: string, chome: number, gazetteer: Gazetteer): ParsedAddress | null {
  let number = chome;
  while (number > 0 && chome - number < 4 && (isDigit(text.charCodeAt(number - 1)) || isNumeral(text.charCodeAt(number - 1)))) number -= 1;
  // 一丁目二丁目… has no town before its numbers.
  if (number === chome || text.charAt(number - 1) === '目' || !/^丁目[ ]?[0-9一二三四五六七八九十]/.test(text.slice(chome, chome + 4)))
    return null;
  for (let start = Math.max(0, number - longestName); start <= number - 2; start += 1) {
    const address = isName(text.charAt(start)) ? parseTownAt(text, start, [], gazetteer) : null;
    if (address !== null && address.start + address.town.length <= number && address.numbers >= 2 && address.end > chome + 2)
      return address;
  }
  return null;
}

const isName = (character: string): boolean => /[\p{Script=Han}ァ-ヴー々A-Za-z0-9]/u.test(character);
