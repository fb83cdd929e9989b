import type { RuleId } from '../../core/index.ts';
import type { NormalizedText } from '../../normalize/index.ts';
import { canonicalName } from '../canonical.ts';
import type { Detection, Lexicon } from '../detection.ts';
import { SureNames } from './find-again.ts';
import { findByLayout } from './find-by-layout.ts';
import { findCuedNames, findDisplayNames } from './find-cued-names.ts';
import { NameColumns } from './find-in-columns.ts';
import { findKanjiNames } from './find-kanji-names.ts';
import { findLatinNames } from './find-latin-names.ts';
import type { FoundName } from './found-name.ts';
import { cues, isIdle, markLine, type LineMarks } from './mark-line.ts';
import { kindOf, kinds } from './model/character-classes.ts';
import type { NameModel } from './model/name-model.ts';
import { knownNames, type KnownNames, type NameLists } from './name-lists.ts';
import { findReadingBehind } from './read-name-value.ts';
import { readWithModel } from './read-with-model.ts';
import { isBehindLegalForm, SpokenSurnames, toHiragana } from './spoken-surnames.ts';
import { SettledPlaces } from './settled-places.ts';
import { notNames } from './words.ts';

const rule = 'person-name' as RuleId;
/** Beyond this much text (UTF-16 units a mail) the model reads only lines with an honorific or a label: a list of 100 MB has columns. */
const modelReach = 2_000_000;

/** A line may hold a whole file; names are compared with each other only within so much of it, or time would grow with its square. */
const longestPiece = 1024;
const longestSearch = 256;
const partsWords = /[\s。、,;:|/]/;

export type NameTools = { readonly lists: NameLists; readonly model: NameModel; readonly threshold: number };

/**
 * Person names by columns, labels, honorifics, display names and lists, and, in the lines that leave a doubt, by the name model;
 * a name that is sure once is found again wherever it stands in the mail. The places in `addresses` raise no doubt.
 */
export function detectNames(
  segments: readonly NormalizedText[],
  tools: NameTools,
  lexicon: Lexicon,
  addresses: readonly Detection[] = [],
): readonly Detection[] {
  const known = knownNames(tools.lists, tools.model.words, lexicon);
  const finder = new NameFinder(tools, known);
  const addressesIn = Map.groupBy(addresses, ({ segment }) => segment);
  const found = segments.map((segment) => finder.find(segment, addressesIn.get(segment.source.id) ?? []));
  const names = new Set<string>();
  for (const [index, segment] of segments.entries()) {
    for (const name of found[index] ?? []) if (name.full && name.strong) names.add(canonicalName(segment.text.slice(name.start, name.end)));
  }
  const sure = new SureNames(names);
  const spoken = new SpokenSurnames(surnamesIn(segments, found, known), 'seen-elsewhere');
  return segments.flatMap((segment, index) => {
    const { text } = segment;
    const ours = [
      ...known.staffReadings.findAgain(text, isBehindOther).filter(({ end }) => !isKana(text, end)),
      ...known.staffSurnames.find(text),
    ].filter(({ start, end }) => !known.isFirm(canonicalName(text.slice(start, end))));
    return dropOverlaps([...(found[index] ?? []), ...sure.findAgain(text), ...spoken.find(text), ...ours]).map((name) =>
      toDetection(segment, name),
    );
  });
}

/** The surnames of whom the mail names in full, or beside an address in its header. Cities are as likely meant as people. */
function surnamesIn(segments: readonly NormalizedText[], found: readonly (readonly FoundName[])[], known: KnownNames): readonly string[] {
  return segments.flatMap(({ text, source: { location } }, index) => {
    const isAddressed = location.in === 'header' && location.name !== 'subject';
    return (found[index] ?? []).flatMap(({ start, end, full, strong }) => {
      const [surname = '', given] = text.slice(start, end).split(' ');
      const isKnown = full ? strong && given !== undefined : isAddressed;
      return isKnown && kanjiSurname.test(surname) && known.isPlainlySurname(surname) ? spellingsOf(canonicalName(surname), known) : [];
    });
  });
}

/** People sign in kana too (せりざわ); shorter readings are words. */
function spellingsOf(surname: string, known: KnownNames): readonly string[] {
  const reading = known.readingOf(surname);
  return reading === null || reading.length < 3 ? [surname] : [surname, reading, toHiragana(reading)];
}

const isKana = (text: string, at: number): boolean =>
  kindOf(text.charCodeAt(at)) === kinds.hiragana || kindOf(text.charCodeAt(at)) === kinds.katakana;

/** いでぐち まり, and no kana of a longer word before it. */
const isBehindOther = (text: string, at: number): boolean => isKana(text, at) && !isKana(text, at - 1);

const kana = /[ぁ-ゖァ-ヴー]/;
const kanjiSurname = /^[\p{Script=Han}々ヶケノ]{2,4}$/u;

class NameFinder {
  readonly #tools: NameTools;
  readonly #known: KnownNames;
  readonly #marks: LineMarks = { bits: 0, holds: 0, surnames: [], surnameEnds: [] };
  /** Most mails come as plain text and as HTML, with the same lines in both: the names of each are found once. Offsets in the line. */
  readonly #lines = new Map<string, readonly FoundName[]>();
  #addresses = new SettledPlaces([], { map: new Uint32Array(1) });
  #read = 0;

  constructor(tools: NameTools, known: KnownNames) {
    this.#tools = tools;
    this.#known = known;
  }

  find({ text, source, map }: NormalizedText, addresses: readonly Detection[]): readonly FoundName[] {
    this.#addresses = new SettledPlaces(addresses, { map });
    const found: FoundName[] = [];
    const columns = source.grid !== null || text.includes('\t') ? new NameColumns(this.#known) : null;
    for (let start = 0; start < text.length;) {
      const newline = text.indexOf('\n', start);
      const end = newline === -1 ? text.length : newline;
      for (const name of this.#findInLine(text, start, end, columns)) found.push(name);
      start = end + 1;
    }
    this.#read += text.length;
    for (const name of findLatinNames(text)) found.push(name);
    if (source.location.in === 'header' && source.location.name !== 'subject' && source.location.name !== 'other')
      found.push(...findDisplayNames(text, this.#known));
    return dropOverlaps(found)
      .map((name) => this.#behindFirm(text, name))
      .filter((name) => !this.#isNobody(text, name));
  }

  /** 丸山倉庫 井上様: the first word is whom he works for. */
  #behindFirm(text: string, name: FoundName): FoundName {
    const gap = text.indexOf(' ', name.start) + 1;
    if (gap <= 0 || gap >= name.end) return name;
    const word = text.slice(startOfWord(text, gap - 1), gap - 1);
    if (!this.#known.isFirm(canonicalName(word))) return name;
    return this.#known.isSurname(canonicalName(text.slice(gap, name.end))) ? { ...name, start: gap, full: false } : name;
  }

  /** 織田信長 is nobody's personal data, unless a label, an honorific or a customer of that name says otherwise; nor is サトウ電算, whoever writes to it. */
  #isNobody(text: string, { start, end, evidence, full }: FoundName): boolean {
    const spelled = text.slice(start, end);
    const name = canonicalName(spelled);
    const [first = ''] = spelled.split(' ');
    if (this.#known.isFirm(name) || (first !== spelled && (place.test(first) || this.#known.isFirm(canonicalName(first))))) return true;
    if (isBehindLegalForm(text, start) && kana.test(spelled.charAt(0))) return true;
    if (/^さんち[のがでへに]/.test(text.slice(end, end + 4)) && !neighbour.test(text.slice(Math.max(0, start - 4), start))) return true;
    if (!full && !honoured.test(text.slice(end, end + 3)) && facility.test(text.slice(Math.max(0, start - longestFacility), start)))
      return true;
    // 長 男: a word whose characters stand apart.
    if (name !== spelled && notNames.has(name)) return true;
    if (evidence === 'context-word' || evidence === 'column-header') return false;
    return this.#known.isPublicFigure(name) && !this.#known.isKnownFullName(name);
  }

  #findInLine(text: string, from: number, to: number, columns: NameColumns | null): readonly FoundName[] {
    const inColumns = columns === null ? [] : shifted(columns.read(text.slice(from, to)), from);
    if (to - from <= longestPiece) return this.#findInPiece(text, from, to, inColumns);
    const found: FoundName[] = [];
    for (let start = from, column = 0; start < to;) {
      const end = endOfPiece(text, start, to);
      const first = column;
      while ((inColumns[column]?.start ?? to) < end) column += 1;
      for (const name of this.#findInPiece(text, start, end, inColumns.slice(first, column))) found.push(name);
      start = end;
    }
    return found;
  }

  #findInPiece(text: string, from: number, to: number, inColumns: readonly FoundName[]): readonly FoundName[] {
    const marks = this.#marks;
    markLine(text, from, to, this.#tools.model.words, marks);
    if (isIdle(marks) || (marks.bits === 0 && !mayBeRow(text, from, to))) return inColumns;
    const line = text.slice(from, to);
    const isApart = inColumns.length === 0 && this.#isNear(from) && !this.#addresses.touches(from, to);
    const before = isApart ? this.#lines.get(line) : undefined;
    if (before !== undefined) return shifted(before, from);
    const found = this.#findInWords(text, line, from, to, inColumns);
    if (isApart) this.#lines.set(line, shifted(found, -from));
    return found;
  }

  #findInWords(text: string, line: string, from: number, to: number, inColumns: readonly FoundName[]): readonly FoundName[] {
    const marks = this.#marks;
    const cued = [...findCuedNames(line, marks, this.#known), ...findByLayout(line, marks, this.#known)];
    if ((marks.bits & (cues.honorific | cues.surname | cues.alone)) !== 0) {
      for (const name of findKanjiNames(line, this.#known)) cued.push(name);
    }
    const names = dropOverlaps([...inColumns, ...shifted(cued, from)]);
    const isNear = this.#isNear(from) || (marks.bits & (cues.honorific | cues.label)) !== 0;
    return this.#withReadings(text, to, isNear ? readWithModel(text, from, to, marks, names, this.#addresses, this.#tools) : names);
  }

  #isNear(from: number): boolean {
    return this.#read + from < modelReach;
  }

  /** 佐藤 花子(さとう はなこ), 西田(にしだ). */
  #withReadings(text: string, to: number, names: readonly FoundName[]): readonly FoundName[] {
    const readings = names.flatMap((name) => findReadingBehind(text.slice(name.end, Math.min(to, name.end + 40)), name, this.#known));
    return readings.length === 0 ? names : [...names, ...readings];
  }
}

const longestFirm = 24;
const letters: ReadonlySet<number> = new Set([
  kinds.digit,
  kinds.upper,
  kinds.lower,
  kinds.hiragana,
  kinds.katakana,
  kinds.kanji,
  kinds.middleDot,
]);

/** Where the word that ends at `end` begins. */
function startOfWord(text: string, end: number): number {
  let at = end;
  while (at > 0 && end - at < longestFirm && (letters.has(kindOf(text.charCodeAt(at - 1))) || '&.-'.includes(text.charAt(at - 1)))) at -= 1;
  return at;
}

/** アトリエ ハルナ, 陶芸教室 つちのこ */
const place = /(?:教室|アトリエ|カフェ|サロン|食堂|工房|喫茶|レストラン|スタジオ|ハイツ|メゾン|コーポ|レジデンス|クリニック|サービス)$/;
/** デイサービス間宮, ハローワーク立川: houses are called by the place they stand at. */
const facility = /(?:(?:^|[^ァ-ヴー])デイ|デイサービス|デイケア|グループホーム|ケアハウス|ショートステイ|ハローワーク)$/;
const longestFacility = 8;
const honoured = /^ ?(?:様|さま|さん|氏|殿)/;
/** となりの杉原さんち: not so called as a brand. */
const neighbour = /(?:となり|隣|向かい|裏|近所)の?$/;
const longestRow = 200;
/** A list's row without any cue: a zero, a year or a postal mark begins behind a gap. */
function mayBeRow(text: string, from: number, to: number): boolean {
  if (to - from > longestRow) return false;
  for (let at = from + 3; at < to; at += 1) {
    const gap = text.charCodeAt(at - 1);
    if ((gap === 0x20 || gap === 0x09 || gap === 0x3a) && '0(+12SHRT昭平令〒'.includes(text.charAt(at))) return true;
  }
  return false;
}

/** Behind the last mark that parts words within a piece's length, or there where none is. */
function endOfPiece(text: string, start: number, to: number): number {
  const limit = start + longestPiece;
  if (limit >= to) return to;
  for (let end = limit; end > limit - longestSearch; end -= 1) if (partsWords.test(text.charAt(end - 1))) return end;
  return limit;
}

const shifted = (names: readonly FoundName[], by: number): readonly FoundName[] =>
  by === 0 ? names : names.map((name) => ({ ...name, start: name.start + by, end: name.end + by }));

/** Of names that share text the longer stays, then the surer. */
function dropOverlaps(names: readonly FoundName[]): readonly FoundName[] {
  if (names.length < 2) return names;
  const kept: FoundName[] = [];
  for (const name of names.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (last === undefined || name.start >= last.end) kept.push(name);
    else if (
      name.end - name.start > last.end - last.start ||
      (name.end - name.start === last.end - last.start && name.confidence > last.confidence)
    )
      kept[kept.length - 1] = name;
  }
  return kept;
}

const toDetection = (segment: NormalizedText, name: FoundName): Detection => ({
  type: 'person_name',
  rule,
  segment: segment.source.id,
  start: segment.map[name.start] ?? 0,
  end: segment.map[name.end] ?? segment.source.text.length,
  confidence: name.confidence,
  evidence: [name.evidence],
  canonical: canonicalName(segment.text.slice(name.start, name.end)),
});
