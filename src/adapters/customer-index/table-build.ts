import { IndexBuilder, LabelSealer, tableVersion, type IndexKeys } from '../../match/index.ts';
import type { HashedPiece } from './hash-piece.ts';
import {
  encodingOf,
  readRows,
  readShape,
  type Cells,
  type Encoding,
  type PieceWork,
  type RowProblem,
  type TableShape,
} from './read-rows.ts';
import { countLines, endOfRecord, type Piece } from './split-records.ts';

/** Where what a table becomes goes while it is built. */
export type TableSink = {
  /** The sealed file's bytes, as they come. */
  readonly labels: (bytes: Uint8Array) => void;
  /** Every problem, in the order of finding. */
  readonly problem?: (problem: RowProblem) => void;
  /** After each piece. */
  readonly progress?: (progress: Progress) => void;
};

/** Bytes read, of how many (0: not known beforehand), and rows taken so far. */
export type Progress = { readonly bytes: number; readonly total: number; readonly rows: number };

export type BuiltTable = {
  /** The index file's bytes; of no rows when none could be taken. */
  readonly index: SharedArrayBuffer;
  readonly rows: number;
  /** Rows left out. Single cells left out are among the problems only. */
  readonly refused: number;
  readonly problemCount: number;
  /** The first `mostProblems` of them, by line. */
  readonly problems: readonly RowProblem[];
  readonly version: string;
  /** The sealed file's salt, in hexadecimal. */
  readonly labelsSalt: string;
};

/** More are counted, not kept. */
export const mostProblems = 1000;

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** Takes the pieces of a table in their order: header first, then what became of the rows. */
export class TableBuild {
  readonly #sink: TableSink;
  readonly #columns: Readonly<Record<string, string>>;
  readonly #builder: IndexBuilder;
  readonly #sealer: LabelSealer;
  readonly #digest = tableVersion();
  readonly #problems: RowProblem[] = [];
  #encoding: Encoding | null = null;
  #shape: TableShape | null = null;
  #hasHeader = false;
  #refused = 0;
  #problemCount = 0;

  /** `columns`: our column's name to the header in the table. */
  constructor(columns: Readonly<Record<string, string>>, keys: IndexKeys, sink: TableSink) {
    this.#columns = columns;
    this.#sink = sink;
    this.#builder = new IndexBuilder(keys);
    this.#sealer = new LabelSealer(keys.labels, sink.labels);
    for (const column of Object.keys(columns).toSorted()) this.#digest.add(`${column}\u0001${columns[column] ?? ''}\n`);
  }

  get rows(): number {
    return this.#builder.rows;
  }

  /** Reads the header when it comes by. Null when nothing of the piece can be used. */
  prepare(piece: Piece): PieceWork | null {
    this.#digest.add(piece.bytes);
    const sound = piece.firstLine === 1 ? withoutMark(piece) : piece;
    this.#encoding ??= encodingOf(sound.bytes);
    const rows = this.#hasHeader ? sound : this.#readHeader(sound);
    // Until other characters than ASCII have come, both encodings read the same.
    return this.#shape === null ? null : { piece: rows, encoding: this.#encoding ?? 'utf-8', shape: this.#shape };
  }

  /** Adds the rows; an id that an earlier row has is a problem of the later one. Throws RangeError over 16,777,216 rows. */
  take({ chunk, problems, refused }: HashedPiece): void {
    this.#refused += refused;
    for (const problem of problems) this.#note(problem);
    for (const { line, first } of this.#builder.append(chunk, (label) => this.#sealer.add(label))) {
      this.#refused += 1;
      this.#note({ line, column: 0, message: `the customer_id stands on line ${first} already; this row is skipped` });
    }
  }

  finish(): BuiltTable {
    if (!this.#hasHeader) this.#note({ line: 1, column: 0, message: 'there is no header row' });
    this.#sealer.finish();
    const version = this.#digest.finish();
    const rows = this.#builder.rows;
    return {
      index: this.#builder.finish(version),
      rows,
      refused: this.#refused,
      problemCount: this.#problemCount,
      problems: this.#problems.toSorted((a, b) => a.line - b.line),
      version,
      labelsSalt: this.#sealer.salt.toString('hex'),
    };
  }

  #note(problem: RowProblem): void {
    this.#problemCount += 1;
    if (this.#problems.length < mostProblems) this.#problems.push(problem);
    this.#sink.problem?.(problem);
  }

  #readHeader(piece: Piece): Piece {
    const { header, rest } = cutHeader(piece, this.#encoding ?? 'utf-8', (problem) => this.#note(problem));
    if (header === null) return rest;
    this.#hasHeader = true;
    const { shape, problems } = readShape(header.cells, this.#columns);
    for (const problem of problems) this.#note(problem);
    this.#shape = shape;
    return rest;
  }
}

/** The first row that is not empty, and what follows it. */
function cutHeader(
  piece: Piece,
  encoding: Encoding,
  refuse: (problem: RowProblem) => void,
): { readonly header: Cells | null; readonly rest: Piece } {
  let { bytes, firstLine } = piece;
  while (bytes.length > 0) {
    const end = endOfRecord(bytes, 0, true)?.end ?? bytes.length;
    const record = bytes.subarray(0, end);
    const [header = null] = readRows({ bytes: record, firstLine }, encoding, refuse);
    bytes = bytes.subarray(end);
    firstLine += countLines(record);
    if (header !== null) return { header, rest: { bytes, firstLine } };
  }
  return { header: null, rest: { bytes, firstLine } };
}

const withoutMark = ({ bytes, firstLine }: Piece): Piece => ({
  bytes: bytes.subarray(0, 3).equals(byteOrderMark) ? bytes.subarray(3) : bytes,
  firstLine,
});
