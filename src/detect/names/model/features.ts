import { kindOf, kinds } from './character-classes.ts';
import { hash2, hash3 } from './feature-hash.ts';
import { Grams, gramReach } from './grams.ts';
import { longestWord, wordClasses, type WordTable } from './word-table.ts';

/** At most so many features speak about one character; `Features.ids` has this stride. */
export const featureStride = 88;

/** The feature ids of a line: those of character `i` are `ids[i * featureStride .. + counts[i])`. Ids are stable 32-bit hashes. */
export type Features = { readonly ids: Int32Array; readonly counts: Uint8Array; length: number };

/** Longer lines come in pieces: the model looks only a few characters around, so nothing is lost but at the cuts. */
export const longestLine = 512;

const pad = 4;
const outsideBefore = 1;
const outsideAfter = 2;
const sign = { digit: 3, upper: 4, lower: 5 } as const;
const nameBits =
  wordClasses.commonSurname |
  wordClasses.surname |
  wordClasses.givenName |
  wordClasses.surelyGivenName |
  wordClasses.foreignName |
  wordClasses.surnameReading |
  wordClasses.givenReading;
const surnameBits = wordClasses.commonSurname | wordClasses.surname;
const givenBits = wordClasses.givenName | wordClasses.surelyGivenName;
const classCount = 12;

/**
 * What the name model sees of a line: characters and their kinds around each place, words of the lexicon that begin, end or lie there,
 * a surname with a given name behind it, honorifics ahead, the run of one kind of character it stands in.
 * One reader serves one line at a time and allocates nothing.
 */
export class FeatureReader {
  readonly features: Features = { ids: new Int32Array(longestLine * featureStride), counts: new Uint8Array(longestLine), length: 0 };
  readonly #words: WordTable;
  readonly #units = new Uint16Array(longestLine + 3 * pad);
  readonly #grams = new Grams(longestLine + 2 * pad);
  readonly #raw = new Uint16Array(longestLine + pad);
  readonly #kinds = new Uint8Array(longestLine + 2 * pad);
  readonly #runStart = new Uint16Array(longestLine + 1);
  readonly #runEnd = new Uint16Array(longestLine + 1);
  /** By class: the longest word that begins at, ends at, or covers a character. */
  readonly #begins = new Uint8Array(longestLine * classCount);
  readonly #ends = new Uint8Array(longestLine * classCount);
  readonly #covers = new Uint8Array(longestLine * classCount);
  readonly #beginMask = new Uint16Array(longestLine + 1);
  readonly #endMask = new Uint16Array(longestLine + 1);
  readonly #fullName = new Uint16Array(longestLine + 1);
  readonly #honorific = new Uint8Array(longestLine + longestWord);
  readonly #found = new Uint16Array(longestWord + 2);

  constructor(words: WordTable) {
    this.#words = words;
  }

  /** Reads `text[from, to)` (at most `longestLine` units) as one line. */
  read(text: string, from: number, to: number): Features {
    const length = to - from;
    this.features.length = length;
    this.#readUnits(text, from, length);
    this.#grams.read(this.#units, pad - gramReach, pad + length + gramReach);
    this.#readRuns(length);
    this.#readWords(length);
    this.#readFullNames(length);
    for (let at = 0; at < length; at += 1) this.#describe(at, length);
    return this.features;
  }

  #readUnits(text: string, from: number, length: number): void {
    this.#units.fill(outsideBefore, 0, pad);
    this.#kinds.fill(kinds.outside, 0, pad);
    for (let at = 0; at < length; at += 1) {
      const unit = text.charCodeAt(from + at);
      const kind = kindOf(unit);
      this.#raw[at] = unit;
      this.#kinds[pad + at] = kind;
      this.#units[pad + at] =
        kind === kinds.digit ? sign.digit : kind === kinds.upper ? sign.upper : kind === kinds.lower ? sign.lower : unit;
    }
    this.#units.fill(outsideAfter, pad + length, pad + length + 2 * pad);
    this.#kinds.fill(kinds.outside, pad + length, pad + length + pad);
  }

  #readRuns(length: number): void {
    for (let at = 0, start = 0; at < length; at += 1) {
      if (at > 0 && this.#kinds[pad + at] !== this.#kinds[pad + at - 1]) start = at;
      this.#runStart[at] = start;
    }
    for (let at = length - 1, end = length; at >= 0; at -= 1) {
      if (at < length - 1 && this.#kinds[pad + at] !== this.#kinds[pad + at + 1]) end = at + 1;
      this.#runEnd[at] = end;
    }
  }

  #readWords(length: number): void {
    const cells = length * classCount;
    this.#begins.fill(0, 0, cells);
    this.#ends.fill(0, 0, cells);
    this.#covers.fill(0, 0, cells);
    this.#beginMask.fill(0, 0, length + 1);
    this.#endMask.fill(0, 0, length + 1);
    this.#honorific.fill(0, 0, length + longestWord);
    const found = this.#found;
    for (let at = 0; at < length; at += 1) {
      const kind = this.#kinds[pad + at] ?? 0;
      if (kind < kinds.hiragana || kind > kinds.kanji) continue;
      this.#words.readWords(this.#raw, at, length, found);
      for (let size = found[0] ?? 0; size > 0; size -= 1) {
        const classes = found[size] ?? 0;
        if (classes !== 0) this.#enter(at, size, classes);
      }
    }
  }

  #enter(at: number, size: number, classes: number): void {
    this.#beginMask[at] = (this.#beginMask[at] ?? 0) | classes;
    this.#endMask[at + size] = (this.#endMask[at + size] ?? 0) | classes;
    if ((classes & wordClasses.honorific) !== 0) this.#honorific[at] = Math.max(this.#honorific[at] ?? 0, size);
    for (let bits = classes, index = 0; bits !== 0; bits >>= 1, index += 1) {
      if ((bits & 1) === 0) continue;
      const begin = at * classCount + index;
      if ((this.#begins[begin] ?? 0) < size) this.#begins[begin] = size;
      const end = (at + size - 1) * classCount + index;
      if ((this.#ends[end] ?? 0) < size) this.#ends[end] = size;
      for (let inner = at + 1; inner < at + size - 1; inner += 1) {
        const cell = inner * classCount + index;
        if ((this.#covers[cell] ?? 0) < size) this.#covers[cell] = size;
      }
    }
  }

  /** Marks the best surname + given name over each character: role in it, both lengths, how sure the lists are. */
  #readFullNames(length: number): void {
    this.#fullName.fill(0, 0, length + 1);
    let reach = 0;
    for (let at = 0; at < length; at += 1) {
      if (at < reach || ((this.#beginMask[at] ?? 0) & surnameBits) === 0) continue;
      const best = this.#bestFullName(at, length);
      if (best === 0) continue;
      const surname = best >> 8;
      const gap = (best >> 7) & 1;
      const given = (best >> 2) & 31;
      const sure = best & 3;
      const stop = at + surname + gap + given;
      for (let index = at; index < stop; index += 1) {
        const role = index === at ? 1 : index < at + surname ? 2 : index === at + surname ? 3 : index === stop - 1 ? 5 : 4;
        this.#fullName[index] = (((role * 8 + Math.min(surname, 7)) * 8 + Math.min(given, 7)) * 2 + gap) * 4 + sure;
      }
      this.#fullName[stop] ||= 0xff00 + sure;
      reach = stop;
    }
  }

  #bestFullName(at: number, length: number): number {
    const rawOf = (index: number): number => this.#kinds[pad + index] ?? 0;
    let best = 0;
    let bestScore = 0;
    for (let surname = 1; surname <= 4 && at + surname < length; surname += 1) {
      if (!this.#isWord(at, surname, surnameBits)) continue;
      const gap = rawOf(at + surname) === kinds.space ? 1 : 0;
      const from = at + surname + gap;
      for (let given = 1; given <= 5 && from + given <= length; given += 1) {
        if (!this.#isWord(from, given, givenBits)) continue;
        const endsRun = (this.#runEnd[from + given - 1] ?? 0) === from + given;
        const sure =
          (this.#isWord(at, surname, wordClasses.commonSurname) ? 1 : 0) + (this.#isWord(from, given, wordClasses.surelyGivenName) ? 2 : 0);
        const score = (endsRun ? 20 : 0) + sure * 2 + surname + given;
        if (score <= bestScore) continue;
        bestScore = score;
        best = (surname << 8) | (gap << 7) | (given << 2) | sure;
      }
    }
    return best;
  }

  #isWord(at: number, size: number, classes: number): boolean {
    this.#words.readWords(this.#raw, at, at + size, this.#found);
    return (this.#found[0] ?? 0) >= size && ((this.#found[size] ?? 0) & classes) !== 0;
  }

  #describe(at: number, length: number): void {
    const { ids } = this.features;
    const units = this.#units;
    const shapes = this.#kinds;
    const p = at + pad;
    let next = at * featureStride;
    const c = units[p - 1] ?? 0;
    const e = units[p + 1] ?? 0;
    next = this.#grams.describe(p, ids, next);
    ids[next++] = hash2(14, c, e);
    const kind = shapes[p] ?? 0;
    const k1 = shapes[p - 1] ?? 0;
    const k2 = shapes[p + 1] ?? 0;
    const around = (((shapes[p - 2] ?? 0) * 16 + k1) * 16 + kind) * 256 + k2 * 16 + (shapes[p + 2] ?? 0);
    ids[next++] = hash2(23, kind, 0);
    ids[next++] = hash2(24, k1 * 256 + kind * 16 + k2, 0);
    ids[next++] = hash2(25, around, 0);
    ids[next++] = hash2(26, around, (shapes[p - 3] ?? 0) * 16 + (shapes[p + 3] ?? 0));
    ids[next++] = hash3(27, c, kind * 16 + k2, 0);
    ids[next++] = hash3(28, e, kind * 16 + k1, 0);
    next = this.#describeRun(at, length, next, kind);
    next = this.#describeWords(at, length, next);
    this.features.counts[at] = next - at * featureStride;
  }

  #describeRun(at: number, length: number, from: number, kind: number): number {
    const { ids } = this.features;
    const start = this.#runStart[at] ?? 0;
    const end = this.#runEnd[at] ?? 0;
    const size = Math.min(end - start, 12);
    const fromStart = Math.min(at - start, 7);
    const toEnd = Math.min(end - 1 - at, 7);
    const place = fromStart * 8 + toEnd;
    const before = this.#units[pad + start - 1] ?? 0;
    const after = this.#units[pad + end] ?? 0;
    const afterNext = this.#units[pad + end + 1] ?? 0;
    const beforeLast = start > 0 ? (this.#units[pad + start - 2] ?? 0) : 0;
    const head = kind * 16 + size;
    let next = from;
    ids[next++] = hash2(30, head, place);
    ids[next++] = (hash2(31, head, before) << 3) + fromStart;
    ids[next++] = (hash2(32, head, after) << 3) + toEnd;
    ids[next++] = (hash3(33, kind, after, afterNext) << 3) + toEnd;
    ids[next++] = (hash3(34, kind, before, beforeLast) << 3) + fromStart;
    ids[next++] = (hash3(35, head, before, after) << 3) + fromStart;
    // A name often stands alone on its line.
    if (length <= 16) ids[next++] = hash3(36, length, at, kind);
    if (kind === kinds.katakana && before === middleDot) ids[next++] = hash2(37, place, after);
    if (kind === kinds.katakana && after === middleDot) ids[next++] = hash2(38, place, before);
    return next;
  }

  #describeWords(at: number, length: number, from: number): number {
    const { ids } = this.features;
    const begins = this.#beginMask[at] ?? 0;
    const endsBefore = this.#endMask[at] ?? 0;
    const ends = this.#endMask[at + 1] ?? 0;
    let next = from;
    for (let index = 0; index < classCount; index += 1) {
      const cell = at * classCount + index;
      const begin = this.#begins[cell] ?? 0;
      const end = this.#ends[cell] ?? 0;
      const cover = this.#covers[cell] ?? 0;
      if (begin !== 0 && (begin > 1 || (nameBits >> index) & 1)) ids[next++] = hash2(40, index, begin);
      if (end > 1) ids[next++] = hash2(41, index, end);
      if (cover !== 0) ids[next++] = hash2(42, index, cover);
    }
    ids[next++] = hash2(43, endsBefore, begins);
    ids[next++] = hash2(44, endsBefore & nameBits, begins & nameBits);
    ids[next++] = hash2(45, ends, this.#beginMask[at + 1] ?? 0);
    const full = this.#fullName[at] ?? 0;
    if (full !== 0) {
      ids[next++] = hash2(46, full, 0);
      ids[next++] = hash2(47, full >> 2, this.#kinds[pad + at - 1] ?? 0);
      const end = this.#runEnd[at] ?? 0;
      ids[next++] = hash2(48, full >> 2, this.#units[pad + end] ?? 0);
    }
    for (let ahead = 1; ahead <= 8 && at + ahead < length; ahead += 1) {
      const size = this.#honorific[at + ahead] ?? 0;
      if (size === 0) continue;
      ids[next++] = hash2(49, ahead, Math.min(size, 4));
      ids[next++] = hash3(50, ahead, this.#units[pad + at + ahead] ?? 0, begins & nameBits);
      break;
    }
    return next;
  }
}

const middleDot = '・'.charCodeAt(0);
