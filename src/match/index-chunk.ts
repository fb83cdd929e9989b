import type { CustomerRecord } from './customer.ts';
import { at, columns, kindOf } from './index-columns.ts';
import { indexedValues, type IndexedValues, type IndexRecipe } from './index-fields.ts';
import { KeyedHasher } from './keyed-hash.ts';
import { RollingHash } from './name-filter.ts';

/** Rows hashed, ready to be merged: arrays that go from a worker thread to the builder without being copied. */
export type IndexChunk = {
  readonly rows: number;
  /** The line of the source each row began on. */
  readonly lines: Uint32Array;
  /** By column, then row: the half of the hash that is compared, 0 where there is no value. */
  readonly lows: readonly Uint32Array[];
  /** By column, then row: the half of the hash that gives the place; empty for columns that are only compared. */
  readonly highs: readonly Uint32Array[];
  readonly landlines: Uint8Array;
  /** Rolling hashes of full names that running text is searched for, of their first characters, and of these and one more; 0 for other names. */
  readonly names: Uint32Array;
  readonly pairs: Uint32Array;
  readonly longer: Uint32Array;
  /** The same of readings. */
  readonly readings: Uint32Array;
  readonly readingPairs: Uint32Array;
  readonly readingLonger: Uint32Array;
  /** Row and key of each word of a foreign name, in order of the rows. */
  readonly words: Uint32Array;
  /** The ids in UTF-8, one after another, and where each ends. */
  readonly ids: Uint8Array;
  readonly idEnds: Uint32Array;
  /** What is to be sealed: names and addresses as they stand in the table. */
  readonly labels: Uint8Array;
  readonly labelEnds: Uint32Array;
  /** Shapes of ids, at most `mostShapes` and one more. */
  readonly shapes: readonly string[];
};

/** Between the parts of a label; no text of a table holds it. */
export const labelSeparator = '\u001F';
export const mostShapes = 8;

export type IndexHashes = { readonly values: KeyedHasher; readonly names: RollingHash };
/** Made once a thread: the names' hash has a table. */
export const indexHashes = (hashKey: Uint8Array): IndexHashes => ({ values: new KeyedHasher(hashKey), names: new RollingHash(hashKey) });

/** What is hashed before the values of each column. */
const kinds = columns.map(({ field }) => kindOf[field]);

/** Takes records one by one; `finish` hands over what they became. */
export class ChunkBuilder {
  readonly #recipe: IndexRecipe;
  readonly #hasher: KeyedHasher;
  readonly #lows: Uint32Array[];
  readonly #highs: Uint32Array[];
  readonly #rolling: RollingHash;
  #names: Uint32Array;
  #pairs: Uint32Array;
  #longer: Uint32Array;
  #readings: Uint32Array;
  #readingPairs: Uint32Array;
  #readingLonger: Uint32Array;
  readonly #words: number[] = [];
  #lines: Uint32Array;
  #landlines: Uint8Array;
  #rows = 0;
  readonly #ids: string[] = [];
  readonly #labels: string[] = [];
  readonly #shapes = new Set<string>();
  /** Of the id before: most ids of a table have one shape. */
  #lastShape = /^(?!)/;

  /** `capacity`: rows to make room for at first. */
  constructor(recipe: IndexRecipe, hashes: IndexHashes, capacity: number) {
    this.#recipe = recipe;
    this.#hasher = hashes.values;
    this.#rolling = hashes.names;
    this.#names = new Uint32Array(capacity);
    this.#pairs = new Uint32Array(capacity);
    this.#readings = new Uint32Array(capacity);
    this.#readingPairs = new Uint32Array(capacity);
    this.#longer = new Uint32Array(capacity);
    this.#readingLonger = new Uint32Array(capacity);
    this.#lows = columns.map(() => new Uint32Array(capacity));
    this.#highs = columns.map(({ found }) => new Uint32Array(found ? capacity : 0));
    this.#lines = new Uint32Array(capacity);
    this.#landlines = new Uint8Array(capacity);
  }

  /** Returns what the record is indexed by. */
  add(record: CustomerRecord, line: number): IndexedValues {
    const row = this.#rows;
    if (row === this.#lines.length) this.#grow(Math.max(64, row * 2));
    const indexed = indexedValues(record, this.#recipe);
    const { values, hasLandline, words } = indexed;
    for (let place = 0; place < kinds.length; place += 1) {
      const value = values[place] ?? '';
      if (value === '') continue;
      this.#hasher.hash(kinds[place] ?? 0, value);
      write(this.#lows[place], row, this.#hasher.low || 1);
      const highs = this.#highs[place];
      // Empty for columns that are only compared.
      if (highs !== undefined && highs.length > 0) highs[row] = this.#hasher.high;
    }
    const { pair, longer, whole } = this.#rolling.ofName(values[at.name] ?? '');
    this.#pairs[row] = pair;
    this.#longer[row] = longer;
    this.#names[row] = whole;
    const reading = this.#rolling.ofName(values[at.kana] ?? '');
    this.#readingPairs[row] = reading.pair;
    this.#readingLonger[row] = reading.longer;
    this.#readings[row] = reading.whole === whole ? 0 : reading.whole;
    for (const word of words) {
      this.#hasher.hash(kindOf.surname, word);
      this.#words.push(row, this.#hasher.low || 1);
    }
    this.#lines[row] = line;
    this.#landlines[row] = hasLandline ? 1 : 0;
    this.#ids.push(record.customerId);
    this.#labels.push([record.name, record.company, record.client, record.email, record.email2].join(labelSeparator));
    if (this.#shapes.size <= mostShapes && !this.#lastShape.test(record.customerId)) this.#addShape(record.customerId);
    this.#rows += 1;
    return indexed;
  }

  finish(): IndexChunk {
    const rows = this.#rows;
    const ids = packed(this.#ids);
    const labels = packed(this.#labels);
    return {
      rows,
      lines: this.#lines.slice(0, rows),
      lows: this.#lows.map((values) => values.slice(0, rows)),
      highs: this.#highs.map((values) => values.slice(0, rows)),
      landlines: this.#landlines.slice(0, rows),
      names: this.#names.slice(0, rows),
      pairs: this.#pairs.slice(0, rows),
      readings: this.#readings.slice(0, rows),
      readingPairs: this.#readingPairs.slice(0, rows),
      longer: this.#longer.slice(0, rows),
      readingLonger: this.#readingLonger.slice(0, rows),
      words: Uint32Array.from(this.#words),
      ids: ids.bytes,
      idEnds: ids.ends,
      labels: labels.bytes,
      labelEnds: labels.ends,
      shapes: [...this.#shapes],
    };
  }

  #addShape(id: string): void {
    const shape = shapeOf(id);
    this.#shapes.add(shape);
    this.#lastShape = new RegExp(`^${shape}$`);
  }

  #grow(capacity: number): void {
    for (const [place, { found }] of columns.entries()) {
      this.#lows[place] = grown(this.#lows[place], capacity);
      if (found) this.#highs[place] = grown(this.#highs[place], capacity);
    }
    this.#lines = grown(this.#lines, capacity);
    this.#names = grown(this.#names, capacity);
    this.#pairs = grown(this.#pairs, capacity);
    this.#readings = grown(this.#readings, capacity);
    this.#readingPairs = grown(this.#readingPairs, capacity);
    this.#longer = grown(this.#longer, capacity);
    this.#readingLonger = grown(this.#readingLonger, capacity);
    const landlines = new Uint8Array(capacity);
    landlines.set(this.#landlines);
    this.#landlines = landlines;
  }
}

function write(values: Uint32Array | undefined, row: number, value: number): void {
  if (values !== undefined) values[row] = value;
}

function grown(values: Uint32Array | undefined, capacity: number): Uint32Array {
  const larger = new Uint32Array(capacity);
  larger.set(values ?? []);
  return larger;
}

function packed(texts: readonly string[]): { readonly bytes: Uint8Array; readonly ends: Uint32Array } {
  const bytes = new Uint8Array(texts.reduce((sum, text) => sum + text.length * 3, 0));
  const ends = new Uint32Array(texts.length);
  const encoder = new TextEncoder();
  let end = 0;
  for (const [row, text] of texts.entries()) {
    end += encoder.encodeInto(text, bytes.subarray(end)).written;
    ends[row] = end;
  }
  return { bytes: bytes.slice(0, end), ends };
}

/** The arrays of a chunk, to be moved between threads rather than copied. */
export const buffersOf = (chunk: IndexChunk): ArrayBuffer[] =>
  [
    chunk.lines,
    chunk.landlines,
    chunk.ids,
    chunk.idEnds,
    chunk.labels,
    chunk.labelEnds,
    chunk.names,
    chunk.pairs,
    chunk.readings,
    chunk.readingPairs,
    chunk.longer,
    chunk.readingLonger,
    chunk.words,
    ...chunk.lows,
    ...chunk.highs,
  ].map((values) => values.buffer as ArrayBuffer);

/** An id's letters as they are, its digits by number: C0042 → C[0-9]{4}. */
const shapeOf = (id: string): string => id.replaceAll(/[^A-Za-z0-9-]/g, '').replaceAll(/[0-9]+/g, (digits) => `[0-9]{${digits.length}}`);
