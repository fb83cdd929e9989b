import { endingOf, type Gazetteer, type Municipality } from './gazetteer.ts';
import { fieldLabel, parseAddressAt, type Head, type ParsedAddress } from './parse-address.ts';

/** No town's owner. */
const unlisted = 0xfffd;
const closingLabel = '】'.charCodeAt(0);
const marks = /[市区町村]/g;
/** Between prefecture, county or city and what follows it: spaces, the border of a cell, or a line break with the label of the next field. */
const looseGap = new RegExp(String.raw`(?:[ \t]{1,4}|[ \t]{0,4}\n(?:[>|] ?){0,3}[ \t]{0,8}(?:${fieldLabel})?|"?,"?[ ]?|[ ]?\|[ ]?)$`);

/** Every address of the text that names its municipality, in order. Linear: each 市区町村 costs a look-up or two. */
export function findAddresses(text: string, gazetteer: Gazetteer): readonly ParsedAddress[] {
  const found: ParsedAddress[] = [];
  let from = 0;
  marks.lastIndex = 0;
  for (let match = marks.exec(text); match !== null; match = marks.exec(text)) {
    const end = match.index + 1;
    const address = addressWithNameUntil(text, end, from, gazetteer);
    if (address === null) continue;
    found.push(address);
    from = address.end;
    marks.lastIndex = Math.max(end, from);
  }
  return found;
}

/** The first address only. */
export function findFirstAddress(text: string, gazetteer: Gazetteer): ParsedAddress | null {
  marks.lastIndex = 0;
  for (let match = marks.exec(text); match !== null; match = marks.exec(text)) {
    const address = addressWithNameUntil(text, match.index + 1, 0, gazetteer);
    if (address !== null) return address;
  }
  return null;
}

function addressWithNameUntil(text: string, end: number, from: number, gazetteer: Gazetteer): ParsedAddress | null {
  const head = headEndingAt(text, end, from, gazetteer);
  if (head === null) return null;
  // 中新川郡上市町 holds no 郡上市.
  if (!head.isLed && '市区町村'.includes(text.charAt(end)) && headEndingAt(text, end + 1, from, gazetteer)?.isLed === true) return null;
  return parseAddressAt(text, head, gazetteer);
}

/** The municipality whose name ends at `end`, with the prefecture, city or county before it; nothing before `from` belongs to it. */
function headEndingAt(text: string, end: number, from: number, gazetteer: Gazetteer): Head | null {
  if (!gazetteer.endings.has(endingOf(text, end))) return formerHead(text, end, from, gazetteer);
  for (let length = Math.min(gazetteer.longest, end - from); length >= 2; length -= 1) {
    const named = gazetteer.byName.get(text.slice(end - length, end));
    if (named === undefined) continue;
    if (goesOn(text, end - length, end, gazetteer)) return null;
    const head = leadOf(text, end - length, end, from, named, gazetteer);
    return isCityBeforeItsWard(text, end, head.candidates) ? null : head;
  }
  return formerHead(text, end, from, gazetteer);
}

/** 東村山市 and 東村山郡 are not 東村: a longer name begins where the shorter one does. */
function goesOn(text: string, start: number, end: number, { byName, counties, longest }: Gazetteer): boolean {
  for (let length = end - start + 1; length <= longest && start + length <= text.length; length += 1) {
    const longer = text.slice(start, start + length);
    if (byName.has(longer) || counties.has(longer)) return true;
  }
  return false;
}

/** A municipality that no list holds (merged away, or founded since), right behind its prefecture: 東京都田無市. */
function formerHead(text: string, end: number, from: number, { prefectures }: Gazetteer): Head | null {
  if (end < text.length && '市区町村郡'.includes(text.charAt(end))) return null;
  for (let at = end - 2; at >= Math.max(from + 3, end - 7); at -= 1) {
    const unit = text.charAt(at - 1);
    if (unit !== '県' && unit !== '都' && unit !== '府' && unit !== '道') continue;
    const prefecture = [3, 4].map((length) => text.slice(at - length, at)).find((name) => prefectures.has(name));
    const name = text.slice(at, end);
    if (prefecture === undefined || !/^\p{Script=Han}+$/u.test(name) || /[内各全諸同両下の庁警議市区町村].|役|立|営/u.test(name))
      return null;
    const place: Municipality = { id: unlisted, prefecture, upper: '', name, key: prefecture + name, wards: [] };
    return { start: at - prefecture.length, end, candidates: [place], isLed: true, hasPrefecture: true };
  }
  return null;
}

/** Reads prefecture and city or county backwards from the name, and keeps the municipalities that agree with what stands there. */
function leadOf(text: string, start: number, end: number, from: number, named: readonly Municipality[], gazetteer: Gazetteer): Head {
  let best: { readonly start: number; readonly candidates: Municipality[]; readonly hasPrefecture: boolean } = {
    start,
    candidates: [],
    hasPrefecture: false,
  };
  // 東京都北区 is no ward of Sapporo.
  const isElsewhere = isBehindPrefecture(text, start, from, gazetteer);
  for (const place of named) {
    const upper = place.upper === '' ? start : before(text, start, from, place.upper);
    const inUpper = upper === -1 ? start : upper;
    const prefecture = before(text, inUpper, from, place.prefecture);
    const lead = prefecture === -1 ? inUpper : prefecture;
    if (isElsewhere && prefecture === -1 && inUpper === start) continue;
    if (lead < best.start || (lead === best.start && best.candidates.length === 0))
      best = { start: lead, candidates: [place], hasPrefecture: prefecture !== -1 };
    else if (lead === best.start) best.candidates.push(place);
  }
  return { ...best, end, isLed: best.start < start };
}

/** Where `name` begins when it ends at `at`, a gap between allowed; else -1. */
function before(text: string, at: number, from: number, name: string): number {
  if (text.endsWith(name, at)) return at - name.length >= from ? at - name.length : -1;
  const last = text.charCodeAt(at - 1);
  // Most of what precedes a name is neither space, border nor bracket.
  if (last > 0x7c && last !== closingLabel) return -1;
  const gap = looseGap.exec(text.slice(Math.max(from, at - 32), at));
  if (gap === null) return -1;
  const end = at - gap[0].length;
  return text.endsWith(name, end) && end - name.length >= from ? end - name.length : -1;
}

function isBehindPrefecture(text: string, at: number, from: number, { prefectures }: Gazetteer): boolean {
  if (at - 3 < from || !'県都府道'.includes(text.charAt(at - 1))) return false;
  return prefectures.has(text.slice(at - 3, at)) || prefectures.has(text.slice(at - 4, at));
}

/** 横浜市 before 西区: the ward will be found with its city. */
function isCityBeforeItsWard(text: string, end: number, candidates: readonly Municipality[]): boolean {
  const [only] = candidates;
  if (only === undefined) return true;
  if (only.wards.length === 0) return false;
  const next = /^[ \t]{0,3}(?:\r?\n(?:[>|] ?){0,3}[ \t]{0,8}|"?,"?|\|)?/.exec(text.slice(end, end + 16))?.[0].length ?? 0;
  return only.wards.some((ward) => text.startsWith(ward, end + next));
}
