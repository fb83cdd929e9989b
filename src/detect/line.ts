import { longestLength } from './number-shape.ts';
import { lineSigns, type SignTable } from './sign-table.ts';

/** Cells of a table row, `[start, end)` in the line. `column` counts from 0 or is the grid's own number. */
export type LineCell = { readonly start: number; readonly end: number; readonly column: number };

// A search that is refused begins anew behind its first character: on one line of 1 MB with 10,000 numbers that is quadratic, in windows it is not.
const windowLength = 4096;
const overlap = 128;

const newline = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
/** start, end, digits, lengths of the runs of digits, what these begin with, most digits between narrow and wide joints, low and high signs */
const fieldsOfLine = 9;

/** Where lines are noted. One may serve texts that are read one after another: a mail has half a dozen, most of them one short line. */
export type LineBuffer = { fields: Int32Array };

export const lineBuffer = (): LineBuffer => ({ fields: new Int32Array(fieldsOfLine * 64) });

/** The lines of a text without an object for each; a line longer than the window comes in overlapping pieces. */
export class Lines {
  readonly text: string;
  readonly #table: SignTable;
  readonly #buffer: LineBuffer;
  #fields: Int32Array;
  #count = 0;
  #allLow = 0;

  /** What was noted in the buffer before is lost. */
  constructor(text: string, table: SignTable, buffer: LineBuffer = lineBuffer()) {
    this.text = text;
    this.#table = table;
    this.#buffer = buffer;
    this.#fields = buffer.fields;
    for (let at = 0; at <= text.length;) at = this.#readLine(at) + 1;
  }

  get count(): number {
    return this.#count;
  }

  /** The low signs of all lines. */
  get signs(): number {
    return this.#allLow;
  }

  start(line: number): number {
    return this.#fields[line * fieldsOfLine] ?? 0;
  }

  end(line: number): number {
    return this.#fields[line * fieldsOfLine + 1] ?? 0;
  }

  length(line: number): number {
    return this.end(line) - this.start(line);
  }

  digits(line: number): number {
    return this.#fields[line * fieldsOfLine + 2] ?? 0;
  }

  /** Bit n: a run of n digits side by side; the last bit: a longer one. */
  runLengths(line: number): number {
    return this.#fields[line * fieldsOfLine + 3] ?? 0;
  }

  /** Bit n: a run begins with the digit n. */
  firstDigits(line: number): number {
    return this.#fields[line * fieldsOfLine + 4] ?? 0;
  }

  /** The most digits with nothing but narrow joints between them. */
  narrowDigits(line: number): number {
    return this.#fields[line * fieldsOfLine + 5] ?? 0;
  }

  wideDigits(line: number): number {
    return this.#fields[line * fieldsOfLine + 6] ?? 0;
  }

  low(line: number): number {
    return this.#fields[line * fieldsOfLine + 7] ?? 0;
  }

  high(line: number): number {
    return this.#fields[line * fieldsOfLine + 8] ?? 0;
  }

  textOf(line: number): string {
    return this.text.slice(this.start(line), this.end(line));
  }

  /** The first line that begins at the offset or behind it. */
  firstFrom(offset: number): number {
    let line = 0;
    while (line < this.#count && this.start(line) < offset) line += 1;
    return line;
  }

  /** Adds the line that begins at `start`; returns where its line feed stands. */
  #readLine(start: number): number {
    const stop = this.#add(start, this.text.length);
    const last = this.#count - 1;
    if (stop > start && this.text.charCodeAt(stop - 1) === carriageReturn) this.#fields[last * fieldsOfLine + 1] = stop - 1;
    const end = this.end(last);
    if (end - start <= windowLength) return stop;
    this.#count = last;
    for (let from = start; ; from += windowLength - overlap) {
      this.#add(from, Math.min(end, from + windowLength));
      if (from + windowLength >= end) return stop;
    }
  }

  /** Adds what stands from `start` to the next line feed, or to `limit`; returns where it ends. */
  #add(start: number, limit: number): number {
    const { text } = this;
    const { ofUnit, low: lowOf, high: highOf, joint } = this.#table;
    let [digits, run, lengths, firsts, low, high] = [0, 0, 0, 0, 0, 0];
    let [narrow, wide, mostNarrow, mostWide] = [0, 0, 0, 0];
    let at = start;
    for (; ; at += 1) {
      const unit = at < limit ? text.charCodeAt(at) : newline;
      if (unit >= 0x30 && unit <= 0x39) {
        if (run === 0) firsts |= 1 << (unit - 0x30);
        run += 1;
        continue;
      }
      if (run !== 0) {
        digits += run;
        narrow += run;
        wide += run;
        if (narrow > mostNarrow) mostNarrow = narrow;
        if (wide > mostWide) mostWide = wide;
        lengths |= 1 << (run < longestLength ? run : longestLength);
        run = 0;
      }
      const sign = ofUnit[unit] ?? 0;
      if (sign === 0) {
        narrow = 0;
        wide = 0;
        continue;
      }
      if (unit === newline) break;
      low |= lowOf[sign] ?? 0;
      high |= highOf[sign] ?? 0;
      if (unit === space && at > start && text.charCodeAt(at - 1) === space) low |= lineSigns.gap;
      const joins = joint[sign] ?? 0;
      if (joins !== 2) narrow = 0;
      if (joins === 0) wide = 0;
    }
    const place = this.#count * fieldsOfLine;
    if (place === this.#fields.length) this.#grow();
    const fields = this.#fields;
    fields[place] = start;
    fields[place + 1] = at;
    fields[place + 2] = digits;
    fields[place + 3] = lengths;
    fields[place + 4] = firsts;
    fields[place + 5] = mostNarrow;
    fields[place + 6] = mostWide;
    fields[place + 7] = low;
    fields[place + 8] = high;
    this.#count += 1;
    this.#allLow |= low;
    return at;
  }

  #grow(): void {
    const fields = new Int32Array(this.#fields.length * 2);
    fields.set(this.#fields);
    this.#fields = fields;
    this.#buffer.fields = fields;
  }
}

const changesCase = casedUnits();

/** The units that lower case spells otherwise, and halves of pairs, which may be a part of one. */
function casedUnits(): Uint8Array {
  const cased = new Uint8Array(0x10000);
  for (let unit = 0x41; unit < 0x10000; unit += 1) {
    const character = String.fromCharCode(unit);
    if ((unit >= 0xd800 && unit <= 0xdfff) || character.toLowerCase() !== character) cased[unit] = 1;
  }
  return cased;
}

/** Lower case of the same length: offsets stay (İ, the one letter that grows, is left alone). */
export function lowerCase(text: string): string {
  // Most windows of Japanese text hold no capital, and asking costs a tenth of spelling.
  let at = 0;
  while (at < text.length && changesCase[text.charCodeAt(at)] === 0) at += 1;
  if (at === text.length) return text;
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

export function countDigits(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit >= 0x30 && unit <= 0x39) count += 1;
  }
  return count;
}
