import { IdGroups } from './id-groups.ts';
import { columns } from './index-columns.ts';
import { mostShapes, type IndexChunk } from './index-chunk.ts';
import {
  idGroup,
  layOut,
  mostRows,
  writeHeader,
  type IndexAbout,
  type IndexKeys,
  type SectionPlace,
  type WantedSection,
} from './index-layout.ts';
import { addLonger, addName, addPair, filterBytes, longerBytes, pairBytes } from './name-filter.ts';
import { NamesakePairs, pairColumn } from './namesake-pairs.ts';
import { directoryLength, orderEntries, writeDirectory, writeEntries, type EachRow } from './row-buckets.ts';
import { RowsById } from './rows-by-id.ts';

/** A row left out because its id stands in an earlier one. Lines of the source. */
export type RepeatedId = { readonly line: number; readonly first: number };

/** `counts`: rows with a value, by column. */
type Parts = { readonly counts: readonly number[]; readonly about: Uint8Array; readonly ids: IdGroups };

/** Merges chunks in the order of the table into one index. The result depends on the rows and the key alone. */
export class IndexBuilder {
  readonly #keys: IndexKeys;
  readonly #chunks: IndexChunk[] = [];
  readonly #byId = new RowsById();
  readonly #shapes = new Set<string>();
  #rows = 0;

  constructor(keys: IndexKeys) {
    this.#keys = keys;
  }

  get rows(): number {
    return this.#rows;
  }

  /** Adds the chunk's rows but those whose id is taken; gives each label that was added to `label`. Throws over 16,777,216 rows. */
  append(chunk: IndexChunk, label: (bytes: Uint8Array) => void): readonly RepeatedId[] {
    const repeated: RepeatedId[] = [];
    const kept: number[] = [];
    for (let row = 0; row < chunk.rows; row += 1) {
      const line = chunk.lines[row] ?? 0;
      const first = this.#byId.add(chunk.lows[0]?.[row] ?? 0, chunk.highs[0]?.[row] ?? 0, line);
      if (first === null) kept.push(row);
      else repeated.push({ line, first });
    }
    const rest = repeated.length === 0 ? chunk : pick(chunk, kept);
    for (let row = 0; row < rest.rows; row += 1) label(rest.labels.subarray(row === 0 ? 0 : rest.labelEnds[row - 1], rest.labelEnds[row]));
    // Sealed by now: names need not stay in memory.
    this.#chunks.push({ ...rest, labels: new Uint8Array(), labelEnds: new Uint32Array() });
    this.#rows += rest.rows;
    if (this.#rows > mostRows) throw new RangeError(`a customer table may have ${mostRows} rows`);
    for (const shape of chunk.shapes) if (this.#shapes.size <= mostShapes) this.#shapes.add(shape);
    return repeated;
  }

  /** The complete file, in memory that threads share. `version`: see `IndexAbout`. The builder is empty afterwards. */
  finish(version: string): SharedArrayBuffer {
    const counts = columns.map((_, column) => this.#count(column));
    const named = this.#countNames();
    const about = Buffer.from(JSON.stringify(this.#about(version, counts)));
    const pairs = new NamesakePairs(this.#chunks);
    const ids = new IdGroups(this.#chunks);
    const parts = { counts, about, ids };
    const { places, length } = layOut([...this.#sections(parts, named), ...sectionsOfPairs(pairs)]);
    const buffer = new SharedArrayBuffer(length);
    const bytes = new Uint8Array(buffer);
    for (const entry of places) {
      const [offset, size] = [entry.offset, entry.length];
      if (entry.section === 'records') continue;
      if (entry.column !== pairColumn) this.#write(buffer, entry, parts);
      else if (entry.section === 'rows') pairs.writeRows(new Uint32Array(buffer, offset, size / 4));
      else pairs.writeDirectory(new Uint32Array(buffer, offset, size / 4));
    }
    this.#writeRecords(
      buffer,
      places.filter(({ section }) => section === 'records'),
    );
    this.#chunks.length = 0;
    writeHeader(bytes, this.#rows, places, this.#keys);
    return buffer;
  }

  #about(version: string, counts: readonly number[]): IndexAbout {
    // Digits alone would match every number in every mail.
    const usable = this.#shapes.size <= mostShapes && [...this.#shapes].every((shape) => /^[A-Za-z]/.test(shape));
    return {
      version,
      idShapes: usable ? [...this.#shapes] : [],
      filled: Object.fromEntries(columns.map(({ name }, column) => [name, counts[column] ?? 0])),
    };
  }

  #sections({ counts, about, ids }: Parts, named: number): WantedSection[] {
    const worded = this.#chunks.reduce((sum, { words }) => sum + words.length, 0);
    const ofColumns = columns.flatMap(({ keyed, scanned, found }, column): WantedSection[] => {
      const count = counts[column] ?? 0;
      if (count === 0) return [];
      return [
        ...(keyed ? [{ section: scanned ? ('keys' as const) : ('records' as const), column, length: this.#rows * 4 }] : []),
        ...(found ? sectionsOfBuckets(column, count) : []),
      ];
    });
    return [
      ...ofColumns,
      { section: 'ids', column: 0, length: ids.bytes },
      { section: 'id_groups', column: 0, length: Math.ceil(this.#rows / idGroup) * 4 },
      { section: 'landlines', column: 0, length: Math.ceil(this.#rows / 8) },
      ...(named === 0
        ? []
        : [
            { section: 'pairs' as const, column: 0, length: pairBytes },
            { section: 'longer' as const, column: 0, length: longerBytes(named) },
            { section: 'names' as const, column: 0, length: filterBytes(named) },
          ]),
      ...(worded === 0 ? [] : [{ section: 'words' as const, column: 0, length: worded * 4 }]),
      { section: 'about', column: 0, length: about.length },
    ];
  }

  #write(buffer: SharedArrayBuffer, entry: SectionPlace, { counts, about, ids }: Parts): void {
    const bytes = new Uint8Array(buffer, entry.offset, entry.length);
    const words = (): Uint32Array => new Uint32Array(buffer, entry.offset, entry.length / 4);
    switch (entry.section) {
      case 'keys':
        return this.#writeKeys(words(), entry.column);
      case 'directory':
        return writeDirectory(words(), this.#rowsOf(entry.column));
      case 'rows':
        return this.#writeRows(words(), entry.column, counts[entry.column] ?? 0);
      case 'ids':
        return ids.write(bytes);
      case 'id_groups':
        return ids.writePlaces(words());
      case 'landlines':
        return this.#eachRow((chunk, row, global) => {
          if (chunk.landlines[row] === 1) bytes[global >>> 3] = (bytes[global >>> 3] ?? 0) | (1 << (global & 7));
        });
      case 'pairs':
        return this.#eachRow((chunk, row) => {
          if (chunk.names[row] !== 0) addPair(bytes, chunk.pairs[row] ?? 0);
          if (chunk.readings[row] !== 0) addPair(bytes, chunk.readingPairs[row] ?? 0);
        });
      case 'longer':
        return this.#eachRow((chunk, row) => {
          if (chunk.longer[row] !== 0) addLonger(bytes, chunk.longer[row] ?? 0);
          if (chunk.readings[row] !== 0 && chunk.readingLonger[row] !== 0) addLonger(bytes, chunk.readingLonger[row] ?? 0);
        });
      case 'names': {
        const filter = words();
        return this.#eachRow((chunk, row) => {
          if (chunk.names[row] !== 0) addName(filter, chunk.names[row] ?? 0);
          if (chunk.readings[row] !== 0) addName(filter, chunk.readings[row] ?? 0);
        });
      }
      case 'words':
        return this.#writeWords(words());
      default:
        bytes.set(about);
    }
  }

  #writeWords(words: Uint32Array): void {
    let [first, at] = [0, 0];
    for (const chunk of this.#chunks) {
      for (const [index, value] of chunk.words.entries()) words[at + index] = index % 2 === 0 ? first + value : value;
      at += chunk.words.length;
      first += chunk.rows;
    }
  }

  #writeKeys(keys: Uint32Array, column: number): void {
    let at = 0;
    for (const chunk of this.#chunks) {
      keys.set(chunk.lows[column] ?? [], at);
      at += chunk.rows;
    }
  }

  /** Chunk by chunk, so that what is written stays in the cache until its lines are full. */
  #writeRecords(buffer: SharedArrayBuffer, places: readonly SectionPlace[]): void {
    const [first] = places;
    if (first === undefined) return;
    const records = new Uint32Array(buffer, first.offset, this.#rows * places.length);
    let begin = 0;
    for (const { rows, lows } of this.#chunks) {
      for (const [place, { column }] of places.entries()) {
        const keys = lows[column];
        if (keys === undefined) continue;
        for (let row = 0, at = begin + place; row < rows; row += 1, at += places.length) records[at] = keys[row] ?? 0;
      }
      begin += rows * places.length;
    }
  }

  #writeRows(rows: Uint32Array, column: number, count: number): void {
    const directory = new Uint32Array(directoryLength(count));
    writeDirectory(directory, this.#rowsOf(column));
    writeEntries(rows, directory, this.#rowsOf(column));
    if (columns[column]?.ordered !== true) return;
    const keys = new Uint32Array(this.#rows);
    this.#writeKeys(keys, column);
    orderEntries(rows, directory, keys);
  }

  #eachRow(take: (chunk: IndexChunk, row: number, global: number) => void): void {
    let global = 0;
    for (const chunk of this.#chunks)
      for (let row = 0; row < chunk.rows; row += 1) {
        take(chunk, row, global);
        global += 1;
      }
  }

  /** The rows that have a value in a column. */
  #rowsOf(column: number): EachRow {
    return (take) => {
      let first = 0;
      for (const { rows, lows, highs } of this.#chunks) {
        const [low, high] = [lows[column], highs[column]];
        if (low !== undefined && high !== undefined)
          for (let row = 0; row < rows; row += 1) {
            const key = low[row] ?? 0;
            if (key !== 0) take(high[row] ?? 0, first + row, key);
          }
        first += rows;
      }
    };
  }

  #count(column: number): number {
    let count = 0;
    for (const { lows } of this.#chunks) for (const low of lows[column] ?? []) if (low !== 0) count += 1;
    return count;
  }

  #countNames(): number {
    let count = 0;
    for (const { names, readings } of this.#chunks)
      for (const hashes of [names, readings]) for (const hash of hashes) if (hash !== 0) count += 1;
    return count;
  }
}

const sectionsOfPairs = ({ count }: NamesakePairs): readonly WantedSection[] => (count === 0 ? [] : sectionsOfBuckets(pairColumn, count));

const sectionsOfBuckets = (column: number, count: number): readonly WantedSection[] => [
  { section: 'directory', column, length: directoryLength(count) * 4 },
  { section: 'rows', column, length: count * 4 },
];

/** Some rows of a chunk. */
function pick(chunk: IndexChunk, rows: readonly number[]): IndexChunk {
  const numbers = (values: Uint32Array): Uint32Array => (values.length === 0 ? values : Uint32Array.from(rows, (row) => values[row] ?? 0));
  const texts = (bytes: Uint8Array, ends: Uint32Array): { readonly bytes: Uint8Array; readonly ends: Uint32Array } => {
    const parts = rows.map((row) => bytes.subarray(row === 0 ? 0 : ends[row - 1], ends[row]));
    let end = 0;
    return { bytes: Buffer.concat(parts), ends: Uint32Array.from(parts, (part) => (end += part.length)) };
  };
  const places = new Map(rows.map((row, place) => [row, place]));
  const wordsOf: number[] = [];
  for (let index = 0; index < chunk.words.length; index += 2) {
    const place = places.get(chunk.words[index] ?? -1);
    if (place !== undefined) wordsOf.push(place, chunk.words[index + 1] ?? 0);
  }
  const ids = texts(chunk.ids, chunk.idEnds);
  const labels = texts(chunk.labels, chunk.labelEnds);
  return {
    ...chunk,
    rows: rows.length,
    lines: numbers(chunk.lines),
    lows: chunk.lows.map(numbers),
    highs: chunk.highs.map(numbers),
    pairs: numbers(chunk.pairs),
    names: numbers(chunk.names),
    readings: numbers(chunk.readings),
    readingPairs: numbers(chunk.readingPairs),
    longer: numbers(chunk.longer),
    readingLonger: numbers(chunk.readingLonger),
    words: Uint32Array.from(wordsOf),
    landlines: Uint8Array.from(rows, (row) => chunk.landlines[row] ?? 0),
    ids: ids.bytes,
    idEnds: ids.ends,
    labels: labels.bytes,
    labelEnds: labels.ends,
  };
}
