import { isAscii, isUtf8 } from 'node:buffer';
import type { CustomerId } from '../../core/index.ts';
import type { CustomerRecord } from '../../match/index.ts';
import { endOfRecord, type Piece } from './split-records.ts';

/** `column`: the character of the line where the cell begins, from 1; 0 for the whole row. */
export type RowProblem = { readonly line: number; readonly column: number; readonly message: string };
export type Encoding = 'utf-8' | 'shift_jis';

/** Columns by the names of INTERFACES.md. */
export const columnNames = {
  customer_id: 'customerId',
  name: 'name',
  name_kana: 'nameKana',
  company: 'company',
  email: 'email',
  email2: 'email2',
  phone: 'phone',
  mobile: 'mobile',
  postal_code: 'postalCode',
  address: 'address',
  birth_date: 'birthDate',
  owner: 'owner',
  client: 'client',
} as const satisfies Record<string, keyof CustomerRecord>;

/** Which cell of a row is which part of a record; -1: the table has no such column. */
export type TableShape = { readonly cells: number; readonly places: Readonly<Record<keyof CustomerRecord, number>> };
/** A piece without its header row, and what is known of the table. Plain data: goes to a thread. */
export type PieceWork = { readonly piece: Piece; readonly encoding: Encoding; readonly shape: TableShape };
/** A row as it stands: `text` is all of it, `line` where it begins. */
export type Cells = { readonly cells: readonly string[]; readonly line: number; readonly text: string };

const lineFeed = 0x0a;
const quote = 0x22;
const longestId = 100;
/** In UTF-8: the index has one byte for how many there are. */
const mostIdBytes = 255;

/**
 * The rows of a piece, one after another: cells as they stand, trimmed. A row whose bytes or quotes are broken goes to `refuse`. Empty lines
 * are skipped.
 */
export function* readRows({ bytes, firstLine }: Piece, encoding: Encoding, refuse: (problem: RowProblem) => void): Generator<Cells> {
  const decode = decoderOf(bytes, encoding);
  let line = firstLine;
  let nextQuote = bytes.indexOf(quote);
  for (let at = 0; at < bytes.length;) {
    if (nextQuote !== -1 && nextQuote < at) nextQuote = bytes.indexOf(quote, at);
    const lineEnd = bytes.indexOf(lineFeed, at);
    const isPlain = nextQuote === -1 || (lineEnd !== -1 && nextQuote > lineEnd);
    const record = isPlain ? null : endOfRecord(bytes, at, true);
    const end = record?.end ?? (lineEnd === -1 ? bytes.length : lineEnd + 1);
    const text = decode(at, end);
    if (text === null) refuse({ line, column: 0, message: `the row is not valid ${encodingName(encoding)}; it is skipped` });
    else if (record?.broken === true)
      refuse({ line, column: 0, message: 'the quotes of the row make no sense (a cell with " is written "…""…"); it is skipped' });
    else if (text.trim() !== '') yield { cells: isPlain ? plainCells(text) : quotedCells(text), line, text };
    line += isPlain ? 1 : linesIn(bytes, at, end);
    at = end;
  }
}

const encodingName = (encoding: Encoding): string => (encoding === 'utf-8' ? 'UTF-8' : 'CP932');

function decoderOf(bytes: Buffer, encoding: Encoding): (start: number, end: number) => string | null {
  if (encoding === 'utf-8') {
    const isSound = isUtf8(bytes);
    return (start, end) => (isSound || isUtf8(bytes.subarray(start, end)) ? bytes.toString('utf8', start, end) : null);
  }
  const decoder = new TextDecoder('shift_jis', { fatal: true });
  return (start, end) => {
    try {
      return decoder.decode(bytes.subarray(start, end));
    } catch {
      return null;
    }
  };
}

function linesIn(bytes: Buffer, start: number, end: number): number {
  let count = 0;
  for (let at = bytes.indexOf(lineFeed, start); at !== -1 && at < end; at = bytes.indexOf(lineFeed, at + 1)) count += 1;
  return count;
}

const plainCells = (text: string): string[] => text.split(',').map((cell) => cell.trim());

function quotedCells(text: string): string[] {
  const cells: string[] = [];
  const body = text.replace(/\r?\n$/, '');
  for (const match of body.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g))
    cells.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? '').trim());
  return cells;
}

/** UTF-8 when most rows with other characters than ASCII are valid UTF-8: Japanese in CP932 hardly ever is. Null when there are no such rows. */
export function encodingOf(bytes: Buffer): Encoding | null {
  let [valid, invalid] = [0, 0];
  for (let at = 0; at < bytes.length && valid + invalid < 1000;) {
    const lineEnd = bytes.indexOf(lineFeed, at);
    const end = lineEnd === -1 ? bytes.length : lineEnd + 1;
    const row = bytes.subarray(at, end);
    if (!isAscii(row)) {
      if (isUtf8(row)) valid += 1;
      else invalid += 1;
    }
    at = end;
  }
  return valid + invalid === 0 ? null : valid >= invalid ? 'utf-8' : 'shift_jis';
}

/** The table's shape by its header row; problems say what is missing. `mapping` gives our column's header in the site's file. */
export function readShape(
  headers: readonly string[],
  mapping: Readonly<Record<string, string>>,
): { readonly shape: TableShape | null; readonly problems: readonly RowProblem[] } {
  const problems: RowProblem[] = [];
  const headerOf = (column: string): string => mapping[column] ?? column;
  for (const column of Object.keys(mapping)) {
    if (!(column in columnNames))
      problems.push({
        line: 1,
        column: 0,
        message: `columns: unknown column \`${column}\`; known are ${Object.keys(columnNames).join(', ')}`,
      });
    else if (!headers.includes(headerOf(column)))
      problems.push({ line: 1, column: 0, message: `the header \`${headerOf(column)}\` (for ${column}) is not in the file` });
  }
  if (!headers.includes(headerOf('customer_id'))) {
    problems.push({ line: 1, column: 0, message: `no column \`${headerOf('customer_id')}\`; map it with customers.columns.customer_id` });
    return { shape: null, problems };
  }
  const places = Object.fromEntries(Object.entries(columnNames).map(([column, field]) => [field, headers.indexOf(headerOf(column))]));
  return { shape: { cells: headers.length, places: places as TableShape['places'] }, problems };
}

/** A row as a record, or what is wrong with it. */
export function toRecord({ cells, line }: Cells, { cells: expected, places }: TableShape): CustomerRecord | RowProblem {
  if (cells.length !== expected)
    return { line, column: 0, message: `${cells.length} cells where the header has ${expected}; the row is skipped` };
  const cell = (field: keyof CustomerRecord): string => cells[places[field]] ?? '';
  const id = cell('customerId');
  if (id === '') return { line, column: 0, message: 'no customer_id; the row is skipped' };
  if (id.length > longestId || Buffer.byteLength(id) > mostIdBytes)
    return { line, column: 0, message: `a customer_id of more than ${longestId} characters or ${mostIdBytes} bytes; the row is skipped` };
  const name = cell('name');
  const company = cell('company');
  if (name === '' && company === '') return { line, column: 0, message: 'neither name nor company; the row is skipped' };
  return {
    customerId: id as CustomerId,
    name,
    nameKana: cell('nameKana'),
    company,
    email: cell('email'),
    email2: cell('email2'),
    phone: cell('phone'),
    mobile: cell('mobile'),
    postalCode: cell('postalCode'),
    address: cell('address'),
    birthDate: cell('birthDate'),
    owner: cell('owner'),
    client: cell('client'),
  };
}

/** Where a cell begins, in characters from 1, for a report. */
export function columnOfCell({ text }: Cells, cell: number): number {
  const starts = [...text.matchAll(/(?:^|,)(?:"(?:[^"]|"")*"|[^,]*)/g)].map((match) => match.index + (match[0].startsWith(',') ? 2 : 1));
  return starts[cell] ?? 0;
}
