import { prefectures, type Gazetteer } from './gazetteer.ts';

/** An address in normalised text: `[start, end)`; `block` is town and numbers in one spelling. */
export type ParsedAddress = {
  readonly start: number;
  readonly end: number;
  readonly prefecture: string | null;
  readonly municipality: string;
  /** Municipality (without its city or county), town, numbers joined by hyphens: equal for all spellings of one address. */
  readonly key: string;
  readonly room: string | null;
};

const digits = '[0-9]{1,5}|[〇一二三四五六七八九十百]{1,5}';
// A first number that is written in kanji needs its unit, or every 一 in a town's name would begin a block.
const first = '[0-9]{1,5}|[一二三四五六七八九十百]{1,4}(?=丁目|番地|番(?!町)|号)';
const unit = '(?:丁目?|番地の?|番(?!町)|号(?!室)|地割|線|-|の(?=[0-9])|ノ(?=[0-9]))';
const block = new RegExp(`(?:${first})(?:[ ]?${unit}[ ]?(?:(?:${digits})(?![0-9]))?)*`, 'y');
const town =
  /[ ]?(?:大字|字)?((?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ーヶケノ々〆条]|[0-9]{1,2}条){0,18}?)[ ]?(?=[0-9]{1,5}(?![0-9条])|[一二三四五六七八九十百]{1,4}(?:丁目|番地|番(?!町)|号))/uy;
const building =
  /[ ]?(?:[^\s、。,，()（）「」<>|:;：；/=※■●・\n\t]{1,24}?)?[ ]?(?:[0-9A-Z]{0,2}-?[0-9]{1,4}(?:号室|号|室)|[0-9]{1,2}(?:階|F(?![A-Za-z]))|[A-Z]?-?[0-9]{2,4}(?![0-9-]))/y;
const buildingWord =
  /(?:ビル|マンション|ハイツ|コーポ|荘|タワー|寮|団地|ハウス|パレス|レジデンス|メゾン|館|棟|プラザ|アパート|ヒルズ|コート|ガーデン|シティ|テラス|センター|レオ|グラン|ヴィラ|エステート|クレスト|ライオンズ|パーク|ドミール|サン|会館|号室|階|[ァ-ヴー]{3,})/;

/** The address whose municipality begins at `at`, or null: a municipality alone, without block numbers, is a place. */
export function parseAddressAt(text: string, at: number, municipality: string, gazetteer: Gazetteer): ParsedAddress | null {
  let end = at + municipality.length;
  town.lastIndex = end;
  const townMatch = town.exec(text);
  if (townMatch === null) return null;
  end = town.lastIndex;
  block.lastIndex = end;
  const blockMatch = block.exec(text);
  if (blockMatch === null) return null;
  end = block.lastIndex;
  const townName = (townMatch[1] ?? '')
    .replaceAll(/^(?:大字|字)|\s/g, '')
    .replaceAll(/[ヶヵ]/g, 'ケ')
    .replaceAll(/([上下入])る/g, '$1ル')
    .replaceAll(/[一二三四五六七八九十]+(?=条)/g, (number) => String(kanjiNumber(number)));
  const numbers = numbersOf(blockMatch[0]);
  // 2026年, 10月, 30名, 5階, 3番線 … are no blocks; one bare number needs a town before it.
  if (
    /^[年月日時分名件人円個回階歳点台本枚%％]/.test(text.slice(end)) ||
    (numbers.length === 1 && townName === '' && !/番|丁目|号/.test(blockMatch[0]))
  )
    return null;
  const tail = readBuilding(text, end);
  const prefecture = prefectureBefore(text, at);
  const core = gazetteer.names.get(municipality) ?? municipality;
  const own = splitRoom(numbers);
  return {
    start: at - (prefecture?.length ?? 0) - (prefecture !== null && text[at - 1] === ' ' ? 1 : 0),
    end: tail.end,
    prefecture,
    municipality,
    key: `${core.replaceAll(/[ヶヵ]/g, 'ケ')}${townName}${own.block.join('-')}`,
    room: tail.room ?? own.room,
  };
}

/** 4-5-17-903: a fourth number is a room. */
function splitRoom(numbers: readonly number[]): { readonly block: readonly number[]; readonly room: string | null } {
  return numbers.length >= 4 ? { block: numbers.slice(0, 3), room: String(numbers[3]) } : { block: numbers, room: null };
}

function readBuilding(text: string, from: number): { readonly end: number; readonly room: string | null } {
  building.lastIndex = from;
  const match = building.exec(text);
  if (match === null) return readNamedBuilding(text, from);
  const isRoom = /^[ ]?[0-9A-Z-]{1,6}(?:号室|号|室|階|F)$/.test(match[0]) || (/^[ ]/.test(match[0]) && /^[ ][0-9]{3,4}$/.test(match[0]));
  if (!isRoom && !buildingWord.test(match[0])) return { end: from, room: null };
  const room = /([0-9]{1,4})(?:号室|号|室|階|F)?$/.exec(match[0])?.[1] ?? null;
  return { end: building.lastIndex, room };
}

const namedBuilding =
  /[ ][^\s、。,，()（）「」<>|:;：；/=\n\t]{1,20}?(?:ビル|マンション|ハイツ|コーポ|荘|タワー|寮|団地|ハウス|パレス|レジデンス|会館|館|棟|プラザ|アパート|ヒルズ|コート|センター)(?:[0-9]{0,3}F?)/y;

function readNamedBuilding(text: string, from: number): { readonly end: number; readonly room: null } {
  namedBuilding.lastIndex = from;
  return { end: namedBuilding.exec(text) === null ? from : namedBuilding.lastIndex, room: null };
}

function prefectureBefore(text: string, at: number): string | null {
  const before = text.slice(Math.max(0, at - 5), at).trimEnd();
  return prefectures.find((prefecture) => before.endsWith(prefecture)) ?? null;
}

const kanjiDigits = '〇一二三四五六七八九';

/** The numbers of a block, kanji ones included (十二 → 12). */
function numbersOf(block: string): number[] {
  return [...block.matchAll(/[0-9]+|[〇一二三四五六七八九十百]+/g)].map(([number]) =>
    /[0-9]/.test(number) ? Number(number) : kanjiNumber(number),
  );
}

export function kanjiNumber(text: string): number {
  if (!/[十百]/.test(text)) return Number(Array.from(text, (character) => kanjiDigits.indexOf(character)).join(''));
  let total = 0;
  let current = 0;
  for (const character of text) {
    if (character === '百') {
      total += Math.max(1, current) * 100;
      current = 0;
    } else if (character === '十') {
      total += Math.max(1, current) * 10;
      current = 0;
    } else current = kanjiDigits.indexOf(character);
  }
  return total + current;
}
