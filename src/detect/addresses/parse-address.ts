import { foldedName, foldPlace } from './fold-place.ts';
import { divided, everybody, manyMunicipalities, type Gazetteer, type Municipality } from './gazetteer.ts';
import { isAddressLike, type Reading } from './judge-reading.ts';
import { readBlock, type Block } from './read-block.ts';
import { readBuilding } from './read-building.ts';

/**
 * An address in normalised text, `[start, end)`. `key` is equal for all spellings of one address: prefecture, city or county, municipality,
 * town, block numbers joined by hyphens; `room` tells homes in one building apart.
 */
export type ParsedAddress = {
  readonly start: number;
  readonly end: number;
  readonly municipality: Municipality | null;
  /** The town as it is written, for finding it again; '' when it is not in the gazetteer. */
  readonly town: string;
  readonly key: string;
  readonly room: string | null;
  /** How many block numbers were read. */
  readonly numbers: number;
  readonly confidence: number;
};

/** What stands before the town: the places it may be in, and where the address begins. */
export type Head = {
  readonly start: number;
  /** Where the municipality's name ends. */
  readonly end: number;
  readonly candidates: readonly Municipality[];
  /** Prefecture, city or county stand before the name. */
  readonly isLed: boolean;
  readonly hasPrefecture: boolean;
};

type TownReading = {
  readonly start: number;
  readonly end: number;
  /** Folded, as in the gazetteer. */
  readonly name: string;
  readonly isKnown: boolean;
  readonly isDivided: boolean;
  readonly municipality: Municipality | null;
};

const longestTown = 18;
/** How forms label the further fields of an address: 市区町村:, 【番地】, 住所2 =, ・丁目・番地: */
export const fieldLabel = String.raw`[■●◆・*-]?[ ]?[【\[]?(?:ご?住所[ ]?[1-4]|(?:ご?住所)?[ ]?\(?(?:市区?郡?町村|市区郡|郡市区|市町村|区市町村|町名|町域|町字|丁目|番地|以降|以下|それ以降|建物|の|・|\/){1,5}\)?)[名等]?(?:[ ]?\([^)\n]{0,10}\))?[ ]{0,6}(?:[】\]][ ]{0,2}[:=]?|[:=])[ ]{0,4}`;
/** Between two parts of an address: spaces, a line break with its quote signs and the label of the next field, or the border of a cell. */
const gap = new RegExp(String.raw`[ \t]{0,4}(?:\n(?:[>|] ?){0,3}[ \t]{0,8}(?:${fieldLabel})?|"?,"?[ ]?|\|[ ]?)?`, 'y');
/** Kyoto: along one street, up, down, east or west of a crossing one. */
const streets =
  /[^\s0-9,、。:;()「」-]{1,24}?(?:[上下](?:がる|[るルガ])|[東西南北]入[るルり]?)(?:[^\s0-9,、。:;()「」-]{1,12}?(?:[上下](?:がる|[るルガ])|[東西南北]入[るルり]?))?[ ]?/y;
/** A part of a town that no list holds: 字梅本, 中野, or 西5線; particles and kana words do not belong to it, unless 字 says so: 字ふけ島. */
const subArea =
  /[ ]?(?:[大小]?字[\p{Script=Hiragana}]{1,8})?[\p{Script=Han}\p{Script=Katakana}ーヶ々〆ノのがつ]{1,12}?[ ]?(?=[0-9第]|[イロハニホヘトチリヌルヲワカヨタレソ甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥][-のノ]?[0-9]|[一二三四五六七八九十百]{1,4}(?:丁|番|号|地割|線|条)|無番地|番外地)/uy;

/** The address whose municipality is `head`, or null: without block numbers it is a place. */
export function parseAddressAt(text: string, head: Head, gazetteer: Gazetteer): ParsedAddress | null {
  const from = endOf(gap, text, head.end);
  const listed = readTown(text, from, head, gazetteer);
  const town = readNumbers(text, listed) === null && /[0-9]/.test(listed.name) ? unlisted(from, head) : listed;
  const numbers = readNumbers(text, town);
  if (numbers === null) return null;
  const reading: Reading = {
    text,
    isLed: head.isLed,
    hasPrefecture: head.hasPrefecture,
    isLabelled: false,
    isKnownTown: town.isKnown,
    townGap: text.slice(head.end, from),
    area: text.slice(town.isKnown ? town.end : from, numbers.areaEnd).trim(),
    numbersGap: text.slice(numbers.areaEnd, numbers.block.start),
    block: numbers.block,
  };
  const confidence = isAddressLike(reading);
  if (confidence === 0) return null;
  const place = town.municipality ?? onlyOne(head.candidates);
  return finish(text, head.start, town, numbers, place, place?.key ?? head.candidates[0]?.name ?? '', confidence);
}

/** The address of a label or a postal code, which leaves out the municipality: `栄3-27-18`. `municipalities`: where the postal code lies. */
export function parseTownAt(text: string, at: number, municipalities: readonly Municipality[], gazetteer: Gazetteer): ParsedAddress | null {
  const town = readTown(text, at, { start: at, end: at, candidates: municipalities, isLed: false, hasPrefecture: false }, gazetteer);
  const known = town.isKnown ? town : readAnyTown(text, at, gazetteer);
  if (known === null) return null;
  const numbers = readNumbers(text, known);
  if (numbers === null || numbers.areaEnd > known.end) return null;
  const reading: Reading = {
    text,
    isLed: false,
    hasPrefecture: false,
    isLabelled: true,
    isKnownTown: true,
    townGap: '',
    area: '',
    numbersGap: text.slice(numbers.areaEnd, numbers.block.start),
    block: numbers.block,
  };
  const confidence = isAddressLike(reading);
  if (confidence === 0) return null;
  return finish(text, at, known, numbers, known.municipality, known.municipality?.key ?? '', confidence);
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function onlyOne(candidates: readonly Municipality[]): Municipality | null {
  if (candidates.length === 1) return candidates[0] ?? null;
  // 中央区, 北区, 港区 by themselves are Tokyo's: other cities' wards are written with the city. 65 towns stand in two wards of one name.
  const whole = candidates.filter(({ upper, name }) => upper === '' && name.endsWith('区'));
  return whole.length === 1 ? (whole[0] ?? null) : null;
}

/** The listed town at `at`, a Kyoto crossing before or behind it; else an unlisted one of no length. */
function readTown(text: string, at: number, head: Head, gazetteer: Gazetteer): TownReading {
  const crossing = head.candidates.some(({ key }) => key.startsWith('京都府京都市')) ? endOf(streets, text, at) : at;
  const behind = crossing === at ? null : readListedTown(text, crossing, head.candidates, gazetteer);
  if (behind !== null) return behind;
  const listed = readListedTown(text, at, head.candidates, gazetteer);
  // 役人町中立売通堀川西入260: the crossing may follow the town as well.
  if (listed !== null) return { ...listed, end: Math.max(listed.end, crossing) };
  return unlisted(crossing, head);
}

/** Also for 西3線北26号: a town in the list, and at once all the numbers there are. */
function unlisted(at: number, { candidates }: Head): TownReading {
  return { start: at, end: at, name: '', isKnown: false, isDivided: true, municipality: onlyOne(candidates) };
}

/** The longest town of any candidate. */
function readListedTown(text: string, at: number, candidates: readonly Municipality[], gazetteer: Gazetteer): TownReading | null {
  const place = foldPlace(text, at, longestTown);
  let length = 0;
  let end = at;
  let value = 0;
  let owners: Municipality[] = [];
  for (const candidate of candidates) {
    const match = gazetteer.towns.longest(candidate.id, place);
    if (match === null || match.length < length) continue;
    if (match.length > length) owners = [];
    ({ length, end, value } = match);
    owners.push(candidate);
  }
  if (length === 0) return null;
  const owner = onlyOne(owners);
  const ward = owner !== null && owner.wards.length > 0 && value !== manyMunicipalities ? (gazetteer.municipalities[value] ?? null) : null;
  const name = String.fromCharCode(...place.units.slice(0, length));
  const isDivided = ward === null ? value === divided : gazetteer.towns.longest(ward.id, place)?.value === divided;
  return { start: at, end, name, isKnown: true, isDivided, municipality: ward ?? owner };
}

function readAnyTown(text: string, at: number, gazetteer: Gazetteer): TownReading | null {
  const place = foldPlace(text, at, longestTown);
  const match = gazetteer.towns.longest(everybody, place);
  if (match === null) return null;
  const municipality = match.value === manyMunicipalities ? null : (gazetteer.municipalities[match.value] ?? null);
  const isDivided = municipality === null || gazetteer.towns.longest(municipality.id, place)?.value === divided;
  return {
    start: at,
    end: match.end,
    name: String.fromCharCode(...place.units.slice(0, match.length)),
    isKnown: true,
    isDivided,
    municipality,
  };
}

type Numbers = { readonly block: Block; readonly areas: readonly string[]; readonly areaEnd: number; readonly parts: readonly string[] };

/** The numbers behind the town, with what no list holds between them: 字梅本21-4, 第5地割字中野12-3. */
function readNumbers(text: string, town: TownReading): Numbers | null {
  const direct = readAfterGap(text, town.end);
  if (direct !== null) return withLandShare(text, { block: direct, areas: [], areaEnd: town.end, parts: direct.parts });
  const areaEnd = endOf(subArea, text, endOf(gap, text, town.end));
  if (areaEnd === town.end) return null;
  const block = readBlock(text, areaEnd);
  if (block === null) return null;
  const written = text.slice(town.end, areaEnd);
  return withLandShare(text, { block, areas: [written], areaEnd: town.end + written.trimEnd().length, parts: block.parts });
}

function readAfterGap(text: string, at: number): Block | null {
  const block = readBlock(text, at);
  if (block !== null) return block;
  const behind = endOf(gap, text, at);
  return behind === at ? null : readBlock(text, behind);
}

/** Iwate: behind a 地割 may come one more name with its numbers. */
function withLandShare(text: string, numbers: Numbers): Numbers {
  if (!numbers.block.endsInLandShare) return numbers;
  const areaEnd = endOf(subArea, text, numbers.block.end);
  const more = readBlock(text, areaEnd);
  if (more === null) return numbers;
  const area = text.slice(numbers.block.end, areaEnd);
  return {
    ...numbers,
    block: { ...more, start: numbers.block.start, hasUnit: true },
    areas: [...numbers.areas, area],
    parts: [...numbers.parts, ...more.parts],
  };
}

function finish(
  text: string,
  start: number,
  town: TownReading,
  { block, areas, parts }: Numbers,
  municipality: Municipality | null,
  place: string,
  confidence: number,
): ParsedAddress {
  const building = readBuilding(text, block.end);
  const own = splitRoom(parts, town.isDivided || block.hasChome || !town.isKnown);
  const area = areas.map((written) => foldedName(written.trim())).join('');
  return {
    start,
    end: building.end,
    municipality,
    town: town.isKnown ? text.slice(town.start, town.end) : '',
    key: `${place}${town.name}${area}${own.block.join('-')}`,
    room: building.room ?? own.room,
    numbers: parts.length,
    confidence,
  };
}

/** 4-5-17-903: a fourth number is a room; where there are no 丁目, a third of three digits or more. */
function splitRoom(parts: readonly string[], isDivided: boolean): { readonly block: readonly string[]; readonly room: string | null } {
  const third = parts[2] ?? '';
  if (!isDivided && parts.length === 3 && third.length >= 3) return { block: parts.slice(0, 2), room: third };
  return parts.length >= 4 ? { block: parts.slice(0, 3), room: parts[3] ?? null } : { block: parts, room: null };
}
