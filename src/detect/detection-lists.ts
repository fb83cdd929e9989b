import { loadGazetteer, type Gazetteer } from './addresses/gazetteer.ts';
import { loadNameLists, type NameLists } from './names/name-lists.ts';

/** The word lists that detection and matching need, loaded once. */
export type DetectionLists = {
  readonly names: NameLists;
  readonly gazetteer: Gazetteer;
  readonly mailDomains: ReadonlySet<string>;
};

/** Files under `rules/lists/`. */
export const listFiles = [
  'surnames.tsv',
  'rare-surnames.tsv',
  'given-names.txt',
  'given-readings.txt',
  'public-figures.txt',
  'towns.txt.gz',
  'postal.bin.gz',
  'mail-domains.txt',
] as const;

/** `files`: the contents of `listFiles` by name; texts in UTF-8. */
export function loadDetectionLists(files: ReadonlyMap<string, Uint8Array>): DetectionLists {
  const known = loaded.get(files) ?? load(files);
  loaded.set(files, known);
  return known;
}

/** 福岡, 川崎, 品川: what prefectures, cities and wards are called without 県, 市, 区. */
function citiesOf({ prefectures, municipalities }: Gazetteer): ReadonlySet<string> {
  const names = [...prefectures, ...municipalities.flatMap(({ upper, name }) => [upper, name])];
  return new Set(names.filter((name) => /[都道府県市区]$/.test(name)).map((name) => name.slice(0, -1)));
}

const loaded = new WeakMap<ReadonlyMap<string, Uint8Array>, DetectionLists>();

function load(files: ReadonlyMap<string, Uint8Array>): DetectionLists {
  const bytes = (name: (typeof listFiles)[number]): Uint8Array => files.get(name) ?? new Uint8Array();
  const text = (name: (typeof listFiles)[number]): string => new TextDecoder().decode(bytes(name));
  const gazetteer = loadGazetteer(bytes('towns.txt.gz'), bytes('postal.bin.gz'));
  return {
    names: loadNameLists(
      {
        surnames: `${text('surnames.tsv')}\n${text('rare-surnames.tsv')}`,
        givenNames: text('given-names.txt'),
        givenReadings: text('given-readings.txt'),
        publicFigures: text('public-figures.txt'),
      },
      citiesOf(gazetteer),
    ),
    gazetteer,
    mailDomains: new Set(
      text('mail-domains.txt')
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#')),
    ),
  };
}
