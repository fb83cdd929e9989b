import { canonicalKana, canonicalName } from '../canonical.ts';
import type { Lexicon } from '../detection.ts';

/** Down to about 石井 and 小川: further down the list cities such as 松山 and 長野 are met more often than people. */
const commonest = 60;

/** What names are made of; readings in katakana. */
export type NameLists = {
  readonly surnames: ReadonlySet<string>;
  /** The surnames so common that they are rather a person's than a place's. */
  readonly commonest: ReadonlySet<string>;
  readonly surnameReadings: ReadonlySet<string>;
  readonly givenNames: ReadonlySet<string>;
  readonly givenReadings: ReadonlySet<string>;
};

/** `surnames`: lines `kanji TAB reading`, the most borne first; the others one a line. */
export function loadNameLists(files: {
  readonly surnames: string;
  readonly givenNames: string;
  readonly givenReadings: string;
}): NameLists {
  const rows = files.surnames.split('\n').map((line) => line.split('\t'));
  const surnames = rows.map(([kanji]) => canonicalName(kanji ?? '')).filter((name) => name !== '');
  return {
    surnames: new Set(surnames),
    commonest: new Set(surnames.slice(0, commonest)),
    surnameReadings: new Set(rows.map(([, reading]) => canonicalKana(reading ?? '')).filter((name) => name !== '')),
    givenNames: new Set(files.givenNames.split('\n').map((name) => canonicalName(name))),
    givenReadings: new Set(files.givenReadings.split('\n').map((name) => canonicalKana(name))),
  };
}

/** The lists together with the names that the site itself knows. */
export type KnownNames = {
  isSurname(text: string): boolean;
  isGivenName(text: string): boolean;
  isReading(surname: string, given: string): boolean;
  isSurnameReading(text: string): boolean;
  /** A full name of staff or of a customer, without space. */
  isKnownFullName(text: string): boolean;
};

export function knownNames(lists: NameLists, lexicon: Lexicon): KnownNames {
  const staff = lexicon.staffNames.map((name) => name.normalize('NFKC').trim().split(/\s+/));
  const staffSurnames = new Set(staff.filter((parts) => parts.length === 2).map(([surname]) => canonicalName(surname ?? '')));
  const staffGiven = new Set(staff.filter((parts) => parts.length === 2).map(([, given]) => canonicalName(given ?? '')));
  const staffFull = new Set(lexicon.staffNames.map((name) => canonicalName(name)));
  return {
    isSurname: (text) => lists.surnames.has(text) || staffSurnames.has(text),
    isGivenName: (text) =>
      lists.givenNames.has(text) ||
      staffGiven.has(text) ||
      (/^[ぁ-んァ-ヴー]{2,}$/.test(text) && lists.givenReadings.has(canonicalKana(text))),
    isReading: (surname, given) => lists.surnameReadings.has(canonicalKana(surname)) && lists.givenReadings.has(canonicalKana(given)),
    isSurnameReading: (text) => lists.surnameReadings.has(text),
    isKnownFullName: (text) => staffFull.has(text) || lexicon.isCustomerName(text),
  };
}
