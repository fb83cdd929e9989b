import { gunzipSync } from 'node:zlib';
import { readPostalTable, type PostalTable } from './postal-table.ts';
import { TownTable } from './town-table.ts';

/** A municipality, by the parts of its name that people write or leave out. A city of wards is one too: people leave out the ward. */
export type Municipality = {
  readonly id: number;
  readonly prefecture: string;
  /** The city of a ward, the county of a town or village, or ''. */
  readonly upper: string;
  readonly name: string;
  /** Prefecture, upper and name in one spelling (ケ). */
  readonly key: string;
  readonly wards: readonly string[];
};

export type Gazetteer = {
  readonly municipalities: readonly Municipality[];
  readonly prefectures: ReadonlySet<string>;
  readonly counties: ReadonlySet<string>;
  /** By every spelling of `name`; several for 中央区, 府中市, 池田町. */
  readonly byName: ReadonlyMap<string, readonly Municipality[]>;
  /** The length of the longest name. */
  readonly longest: number;
  /** The last two units of every name, as one number: says no to most of a text's 市区町村. */
  readonly endings: ReadonlySet<number>;
  readonly towns: TownTable;
  readonly postal: PostalTable;
};

/** Owner in the town table of the towns of all municipalities; their value is the municipality, or `manyMunicipalities`. */
export const everybody = 0xfffe;
export const manyMunicipalities = 0xffff;
/** In the value of a municipality's own town: it is divided into 丁目. A city's town has its ward as value, or `manyMunicipalities`. */
export const divided = 1;

const plus = 0x2b;
const space = 0x20;

/** `towns`, `postal`: `rules/lists/towns.txt.gz` and `postal.bin.gz` as they are shipped (rules/lists/build/places.mjs says how). */
export function loadGazetteer(towns: Uint8Array, postal: Uint8Array): Gazetteer {
  const text = gunzipSync(towns).toString('utf8');
  const units = Buffer.from(text, 'utf16le');
  const table = new TownTable(new Uint16Array(units.buffer, units.byteOffset, units.length / 2));
  const municipalities: Municipality[] = [];
  const spans: { readonly start: number; readonly end: number }[] = [];
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start);
    const list = text.lastIndexOf('\t', end) + 1;
    const [prefecture = '', upper = '', name = ''] = text.slice(start, list).split('\t');
    municipalities.push(municipality(municipalities.length, prefecture, upper, name, []));
    spans.push({ start: list, end });
    start = end + 1;
  }
  const cities = citiesOf(municipalities);
  for (const [id, { start, end }] of spans.entries()) {
    const city = cities.get(cityKey(municipalities[id]))?.id ?? null;
    addTowns(table, text, start, end, id, city);
  }
  const all = [...municipalities, ...cities.values()];
  const prefectures = new Set(municipalities.map(({ prefecture }) => prefecture));
  const counties = new Set(municipalities.map(({ upper }) => upper).filter((upper) => upper.endsWith('郡')));
  return { municipalities: all, prefectures, counties, ...indexNames(all), towns: table, postal: readPostalTable(gunzipSync(postal)) };
}

function municipality(id: number, prefecture: string, upper: string, name: string, wards: readonly string[]): Municipality {
  return { id, prefecture, upper, name, key: `${prefecture}${upper}${name}`.replaceAll(/[ヶがガ]/g, 'ケ'), wards };
}

const cityKey = (ward: Municipality | undefined): string => `${ward?.prefecture ?? ''}${ward?.upper ?? ''}`;

/** The cities of the wards, by prefecture and name. */
function citiesOf(municipalities: readonly Municipality[]): ReadonlyMap<string, Municipality> {
  const wards = Map.groupBy(
    municipalities.filter(({ upper }) => upper.endsWith('市')),
    cityKey,
  );
  let id = municipalities.length;
  return new Map(
    [...wards].map(([key, members]) => [
      key,
      municipality(
        id++,
        members[0]?.prefecture ?? '',
        '',
        members[0]?.upper ?? '',
        members.map(({ name }) => name),
      ),
    ]),
  );
}

/** Adds the towns of `[start, end)` to their municipality, its city and everybody. */
function addTowns(table: TownTable, text: string, start: number, end: number, id: number, city: number | null): void {
  const isOne = (old: number): number => (old === id ? id : manyMunicipalities);
  for (let from = start; from < end;) {
    let to = from;
    while (to < end && text.charCodeAt(to) !== space) to += 1;
    const isDivided = text.charCodeAt(to - 1) === plus;
    const nameEnd = isDivided ? to - 1 : to;
    table.add(id, from, nameEnd, isDivided ? divided : 0, (old) => old);
    if (city !== null) table.add(city, from, nameEnd, id, isOne);
    table.add(everybody, from, nameEnd, id, isOne);
    from = to + 1;
  }
}

function indexNames(all: readonly Municipality[]): Pick<Gazetteer, 'byName' | 'longest' | 'endings'> {
  const byName = new Map<string, Municipality[]>();
  const endings = new Set<number>();
  let longest = 0;
  for (const place of all) {
    for (const name of spellings(place.name)) {
      const same = byName.get(name);
      if (same === undefined) byName.set(name, [place]);
      else same.push(place);
      endings.add(endingOf(name, name.length));
      longest = Math.max(longest, name.length);
    }
  }
  return { byName, longest, endings };
}

/** The two units before `end` as one number. */
export const endingOf = (text: string, end: number): number => text.charCodeAt(end - 2) * 0x10000 + text.charCodeAt(end - 1);

/** ヶ, ケ and が are one sign to those who write addresses. */
function spellings(name: string): readonly string[] {
  if (!/[ヶケが]/.test(name)) return [name];
  return ['ヶ', 'ケ', 'が', 'ガ'].map((sign) => name.replaceAll(/[ヶケが]/g, sign));
}
