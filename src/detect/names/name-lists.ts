import { canonicalKana, canonicalName } from '../canonical.ts';
import type { Lexicon } from '../detection.ts';
import { StaffSurnames } from './staff-surnames.ts';

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
  readonly publicFigures: ReadonlySet<string>;
};

/** `surnames`: lines `kanji TAB reading`, the most borne first; the others one a line. */
export function loadNameLists(files: {
  readonly surnames: string;
  readonly givenNames: string;
  readonly givenReadings: string;
  readonly publicFigures: string;
}): NameLists {
  const rows = files.surnames.split('\n').map((line) => line.split('\t'));
  const surnames = rows.map(([kanji]) => canonicalName(kanji ?? '')).filter((name) => name !== '');
  return {
    surnames: new Set(surnames),
    commonest: new Set(surnames.slice(0, commonest)),
    surnameReadings: new Set(rows.map(([, reading]) => canonicalKana(reading ?? '')).filter((name) => name !== '')),
    givenNames: new Set(files.givenNames.split('\n').map((name) => canonicalName(name))),
    givenReadings: new Set(files.givenReadings.split('\n').map((name) => canonicalKana(name))),
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
  isGivenName(text: string): boolean;
  isReading(surname: string, given: string): boolean;
  isSurnameReading(text: string): boolean;
  /** A full name of staff or of a customer, without space. */
  isKnownFullName(text: string): boolean;
  /** Somebody of history whom everybody may name: 夏目漱石. */
  isPublicFigure(text: string): boolean;
  readonly staffSurnames: StaffSurnames;
};

type StaffNames = {
  readonly surnames: ReadonlySet<string>;
  readonly given: ReadonlySet<string>;
  readonly full: ReadonlySet<string>;
  readonly signed: StaffSurnames;
};
/** Made once for a staff list: a thousand people must not cost each mail. */
const staffLists = new WeakMap<readonly string[], StaffNames>();

function staffNamesOf(names: readonly string[]): StaffNames {
  const known = staffLists.get(names);
  if (known !== undefined) return known;
  const parts = names.map((name) => name.normalize('NFKC').trim().split(/\s+/)).filter(({ length }) => length === 2);
  const made = {
    surnames: new Set(parts.map(([surname]) => canonicalName(surname ?? ''))),
    given: new Set(parts.map(([, given]) => canonicalName(given ?? ''))),
    full: new Set(names.map((name) => canonicalName(name))),
    signed: new StaffSurnames(names),
  };
  staffLists.set(names, made);
  return made;
}

export function knownNames(lists: NameLists, lexicon: Lexicon): KnownNames {
  const staff = staffNamesOf(lexicon.staffNames);
  return {
    isSurname: (text) => lists.surnames.has(text) || staff.surnames.has(text),
    isGivenName: (text) =>
      lists.givenNames.has(text) ||
      staff.given.has(text) ||
      (/^[ぁ-んァ-ヴー]{2,}$/.test(text) && lists.givenReadings.has(canonicalKana(text))),
    isReading: (surname, given) => lists.surnameReadings.has(canonicalKana(surname)) && lists.givenReadings.has(canonicalKana(given)),
    isSurnameReading: (text) => lists.surnameReadings.has(text),
    isKnownFullName: (text) => staff.full.has(text) || lexicon.isCustomerName(text),
    isPublicFigure: (text) => lists.publicFigures.has(text),
    staffSurnames: staff.signed,
  };
}
