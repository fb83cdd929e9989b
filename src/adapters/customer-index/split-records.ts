const quote = 0x22;
const comma = 0x2c;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** A longer record is a quote that somebody forgot to close. */
export const longestRecord = 1 << 20;

/** `end`: behind the record's line feed. `broken`: its quotes make no sense, and it ends with its first line. */
export type RecordEnd = { readonly end: number; readonly broken: boolean };

/**
 * Where the CSV record at `start` ends (RFC 4180: quoted cells may hold commas, quotes written twice and line feeds). Null when `bytes` may go
 * on and do not hold its end. Bytes, not text: in UTF-8 and CP932 no part of a character looks like a comma, a quote or a line feed.
 */
export function endOfRecord(bytes: Buffer, start: number, isLast: boolean): RecordEnd | null {
  let at = start;
  for (;;) {
    if (bytes[at] === quote) {
      const close = closingQuote(bytes, at + 1);
      const isTooLong = (close === -1 ? bytes.length : close) - start > longestRecord;
      if (isTooLong || (close === -1 && isLast)) return firstLine(bytes, start, isLast);
      if (close === -1 || (close + 2 >= bytes.length && !isLast)) return null;
      at = close + 1;
      if (bytes[at] === carriageReturn) at += 1;
      if (at >= bytes.length) return { end: at, broken: false };
      if (bytes[at] === lineFeed) return { end: at + 1, broken: false };
      if (bytes[at] !== comma) return firstLine(bytes, start, isLast);
      at += 1;
    } else {
      const line = bytes.indexOf(lineFeed, at);
      const next = bytes.indexOf(comma, at);
      const end = line === -1 ? bytes.length : line;
      const cell = next === -1 || next > end ? end : next;
      const hasQuote = includesQuote(bytes, at, cell);
      if (cell === end) {
        if (line === -1 && !isLast) return bytes.length - start > longestRecord ? firstLine(bytes, start, isLast) : null;
        return { end: line === -1 ? end : end + 1, broken: hasQuote };
      }
      if (hasQuote) return firstLine(bytes, start, isLast);
      at = cell + 1;
    }
  }
}

function closingQuote(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(quote, from); at !== -1; at = bytes.indexOf(quote, at + 2)) if (bytes[at + 1] !== quote) return at;
  return -1;
}

function includesQuote(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (bytes[at] === quote) return true;
  return false;
}

function firstLine(bytes: Buffer, start: number, isLast: boolean): RecordEnd | null {
  const line = bytes.indexOf(lineFeed, start);
  if (line === -1 && !isLast && bytes.length - start <= longestRecord) return null;
  return { end: line === -1 ? bytes.length : line + 1, broken: true };
}

/** Whole records of a table, some megabytes of them. `bytes` is memory of its own that may be handed to a thread. */
export type Piece = { readonly bytes: Buffer; readonly firstLine: number };

/** Cuts blocks of bytes, which end anywhere, into pieces of whole records. */
export class PieceCutter {
  #rest: Buffer = Buffer.alloc(0);
  #line = 1;

  /** The whole records up to the end of `block`; with `isLast` what is left as well. Null when there are none yet. */
  cut(block: Uint8Array, isLast: boolean): Piece | null {
    const filled = Buffer.from(new ArrayBuffer(this.#rest.length + block.length));
    filled.set(this.#rest);
    filled.set(block, this.#rest.length);
    const end = isLast ? filled.length : lastBoundary(filled);
    this.#rest = Buffer.from(filled.subarray(end));
    if (end === 0) return null;
    const piece = { bytes: filled.subarray(0, end), firstLine: this.#line };
    this.#line += countLines(piece.bytes);
    return piece;
  }
}

function lastBoundary(bytes: Buffer): number {
  if (!bytes.includes(quote)) return bytes.lastIndexOf(lineFeed) + 1;
  let at = 0;
  while (at < bytes.length) {
    const record = endOfRecord(bytes, at, false);
    if (record === null) break;
    at = record.end;
  }
  return at;
}

export function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(lineFeed); at !== -1; at = bytes.indexOf(lineFeed, at + 1)) count += 1;
  return count;
}
