import { canonicalKana, canonicalName } from '../canonical.ts';
import type { Lexicon } from '../detection.ts';
import { wordClasses, type WordTable } from './model/word-table.ts';
import { SureNames } from './find-again.ts';
import { readingsOf, staffSurnames, type SpokenSurnames } from './spoken-surnames.ts';
import { WordSet } from './word-set.ts';
import { notNames } from './words.ts';

/** Down to about 石井 and 小川: further down the list cities such as 松山 and 長野 are met more often than people. */
const commonest = 60;

/** What names are made of; readings in katakana. */
export type NameLists = {
  readonly surnames: WordSet;
  /** The surnames so common that they are rather a person's than a place's. */
  readonly commonest: ReadonlySet<string>;
  readonly surnameReadings: ReadonlySet<string>;
  /** Surname → how most of its bearers read it. */
  readonly readingOf: ReadonlyMap<string, string>;
  readonly givenNames: WordSet;
  readonly givenReadings: ReadonlySet<string>;
  /** Places that are as likely meant as people of that name. */
  readonly cities: ReadonlySet<string>;
  readonly publicFigures: ReadonlySet<string>;
};

/** `surnames`: lines `kanji TAB reading`, the most borne first; the others one a line. */
export function loadNameLists(
  files: { readonly surnames: string; readonly givenNames: string; readonly givenReadings: string; readonly publicFigures: string },
  cities: ReadonlySet<string>,
): NameLists {
  const rows = files.surnames.split('\n').map((line) => line.split('\t'));
  const surnames = rows.map(([kanji]) => canonicalName(kanji ?? '')).filter((name) => name !== '');
  return {
    surnames: new WordSet(surnames),
    commonest: new Set(surnames.slice(0, commonest)),
    readingOf: new Map(rows.toReversed().map(([kanji, reading]) => [canonicalName(kanji ?? ''), canonicalKana(reading ?? '')])),
    surnameReadings: new Set(rows.map(([, reading]) => canonicalKana(reading ?? '')).filter((name) => name !== '')),
    givenNames: new WordSet(files.givenNames.split('\n').map((name) => canonicalName(name))),
    givenReadings: new Set(files.givenReadings.split('\n').map((name) => canonicalKana(name))),
    cities,
    publicFigures: new Set(
      files.publicFigures
        .split(/\s+/)
        .filter((name) => name !== '')
        .map(canonicalName),
    ),
  };
}

/** The lists together with the names that the site itself knows. */
export type KnownNames = {
  isSurname(text: string): boolean;
  /** As bits: how long the surnames are that may begin at `at`; 0 at most places. */
  surnameLengthsAt(text: string, at: number): number;
  isGivenName(text: string): boolean;
  givenLengthsAt(text: string, at: number): number;
  /** A surname that is rather a person's than a place's or a thing's, without anything beside it. */
  isPlainlySurname(text: string): boolean;
  /** A common noun: メーカー, スタッフ, 会員. */
  isNoun(text: string): boolean;
  isReading(surname: string, given: string): boolean;
  isSurnameReading(text: string): boolean;
  /** How most bearers of a surname read it, in katakana; null when no list says so. */
  readingOf(surname: string): string | null;
  /** A full name of staff or of a customer, without space. */
  isKnownFullName(text: string): boolean;
  /** A firm that the site knows, and no full name of anybody. */
  isFirm(text: string): boolean;
  /** Somebody of history whom everybody may name: 夏目漱石. */
  isPublicFigure(text: string): boolean;
  readonly staffSurnames: SpokenSurnames;
  /** Full names of the staff in kana, either part first. */
  readonly staffReadings: SureNames;
};

type StaffNames = {
  readonly surnames: WordSet;
  readonly given: WordSet;
  readonly full: ReadonlySet<string>;
  readonly signed: SpokenSurnames;
  readonly readings: SureNames;
};
/** Made once for a staff list: a thousand people must not cost each mail. */
const staffLists = new WeakMap<readonly string[], StaffNames>();

function staffNamesOf(names: readonly string[]): StaffNames {
  const known = staffLists.get(names);
  if (known !== undefined) return known;
  const parts = names.map((name) => name.normalize('NFKC').trim().split(/\s+/)).filter(({ length }) => length === 2);
  const made = {
    surnames: new WordSet(parts.map(([surname]) => canonicalName(surname ?? ''))),
    given: new WordSet(parts.map(([, given]) => canonicalName(given ?? ''))),
    full: new Set(names.map((name) => canonicalName(name))),
    signed: staffSurnames(names),
    readings: new SureNames(new Set(names.flatMap(readingsOf))),
  };
  staffLists.set(names, made);
  return made;
}

/** Two listed names and nothing else; a given name of one character may as well end a firm's name (湯川荘). */
const isWholeName = (text: string, { surnames, givenNames }: NameLists): boolean =>
  [1, 2, 3].some((length) => text.length - length >= 2 && surnames.has(text.slice(0, length)) && givenNames.has(text.slice(length)));

const everyLength = 0xffff;
const isKana = (unit: number): boolean => unit >= 0x3041 && unit <= 0x30fc;

/** Surnames that the lists lack and the model's words have: no nouns, and none of one character. */
const rareSurname = wordClasses.commonSurname | wordClasses.surname;
const moreThanOne = 0xfffc;

export function knownNames(lists: NameLists, words: WordTable, lexicon: Lexicon): KnownNames {
  const staff = staffNamesOf(lexicon.staffNames);
  const rareLengthsAt = (text: string, at: number): number =>
    words.mayBeginSurname(text, at) ? words.lengthsOf(text, at, rareSurname, wordClasses.noun) & moreThanOne : 0;
  const isWord = (text: string, classes: number): boolean => words.longestOf(text, 0, text.length, classes) === text.length;
  const isSurname = (text: string): boolean =>
    lists.surnames.has(text) || staff.surnames.has(text) || (rareLengthsAt(text, 0) & (1 << text.length)) !== 0;
  return {
    isSurname,
    isPlainlySurname: (text) =>
      text.length > 1 &&
      isSurname(text) &&
      !notNames.has(text) &&
      (lists.commonest.has(text) ||
        staff.surnames.has(text) ||
        (!lists.cities.has(text) && (lists.surnames.has(text) || !isWord(text, wordClasses.place | wordClasses.noun)))),
    isNoun: (text) => isWord(text, wordClasses.noun | wordClasses.otherWord | wordClasses.organisation),
    surnameLengthsAt: (text, at) => lists.surnames.lengthsAt(text, at) | staff.surnames.lengthsAt(text, at) | rareLengthsAt(text, at),
    isGivenName: (text) =>
      lists.givenNames.has(text) ||
      staff.given.has(text) ||
      (/^[ぁ-ゖァ-ヴー]{2,}$/.test(text) && lists.givenReadings.has(canonicalKana(text))),
    // Readings are looked up whole: any two kana may begin one.
    givenLengthsAt: (text, at) =>
      isKana(text.charCodeAt(at)) ? everyLength : lists.givenNames.lengthsAt(text, at) | staff.given.lengthsAt(text, at),
    isReading: (surname, given) => lists.surnameReadings.has(canonicalKana(surname)) && lists.givenReadings.has(canonicalKana(given)),
    readingOf: (surname) => lists.readingOf.get(surname) ?? null,
    isSurnameReading: (text) => lists.surnameReadings.has(text),
    isKnownFullName: (text) => staff.full.has(text) || lexicon.isCustomerName(text),
    // さくら会 may be called さくら, and so may anybody; 山田太郎税理士事務所 is called after its owner.
    isFirm: (text) =>
      text.length > 2 &&
      !isSurname(text) &&
      !isWholeName(text, lists) &&
      !lists.givenReadings.has(canonicalKana(text)) &&
      !staff.full.has(text) &&
      lexicon.isFirm(text) &&
      !lexicon.isCustomerName(text),
    isPublicFigure: (text) => lists.publicFigures.has(text),
    staffSurnames: staff.signed,
    staffReadings: staff.readings,
  };
}
