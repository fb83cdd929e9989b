import type { Instant } from '../../core/index.ts';
import { parseMailDate } from '../../message/index.ts';

/** One mail of an mbox file. `bytes` null: longer than the limit; `size` counts its octets all the same. `at`: the date of its From_ line. */
export type MboxMail = { readonly bytes: Uint8Array | null; readonly size: number; readonly at: Instant | null };

/** A From_ line, or a quoted one, is told within this many octets; a longer line is text. The same for every way the file is cut into chunks. */
const tellingOctets = 1000;
const newline = 10;

/**
 * The mails of an mbox file, in order, from its chunks. Mails begin at a From_ line (RFC 4155); `>From ` is unquoted by one `>` as mboxrd
 * wants it, which is right for most of mboxo too. The blank line before a From_ line belongs to neither mail. Holds one mail in memory, at
 * most `maxBytes` of it. Null in place of a mail: the file does not begin with a From_ line, so it is no mbox; nothing follows.
 */
export async function* splitMbox(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<MboxMail | null> {
  const cutter = new LineCutter();
  const reader = new MailReader(maxBytes);
  for await (const chunk of chunks) {
    for (const mail of reader.read(cutter.cut(chunk))) yield mail;
    if (reader.isNoMbox) return;
  }
  for (const mail of reader.read(cutter.rest())) yield mail;
  const last = reader.finish();
  if (last !== null) yield last;
}

class MailReader {
  readonly #maxBytes: number;
  #mail: GrowingMail | null = null;
  #afterBlank = true;
  isNoMbox = false;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  *read(pieces: Iterable<Piece>): Generator<MboxMail | null> {
    for (const { bytes, starts, ends } of pieces) {
      const isWhole = starts && ends;
      if (isWhole && isSeparator(bytes, this.#afterBlank)) {
        if (this.#mail !== null) yield this.#mail.finish();
        this.#mail = new GrowingMail(this.#maxBytes, dateOf(bytes));
        this.#afterBlank = false;
        continue;
      }
      const isBlank = isWhole && (bytes[0] === newline || (bytes[0] === 13 && bytes[1] === newline));
      if (this.#mail === null) {
        if (isBlank) continue;
        this.isNoMbox = true;
        yield null;
        return;
      }
      this.#mail.add(starts && isQuoted(bytes) ? bytes.subarray(1) : bytes, isBlank);
      this.#afterBlank = isBlank;
    }
  }

  finish(): MboxMail | null {
    return this.#mail?.finish() ?? null;
  }
}

class GrowingMail {
  readonly #maxBytes: number;
  readonly #at: Instant | null;
  readonly #pieces: Uint8Array[] = [];
  #size = 0;
  /** A blank line that may turn out to be the one before the next From_ line. */
  #blank: Uint8Array | null = null;

  constructor(maxBytes: number, at: Instant | null) {
    this.#maxBytes = maxBytes;
    this.#at = at;
  }

  add(bytes: Uint8Array, isBlank: boolean): void {
    if (this.#blank !== null) this.#append(this.#blank);
    this.#blank = isBlank ? bytes : null;
    if (!isBlank) this.#append(bytes);
  }

  #append(bytes: Uint8Array): void {
    this.#size += bytes.length;
    if (this.#size <= this.#maxBytes) this.#pieces.push(bytes);
    else this.#pieces.length = 0;
  }

  finish(): MboxMail {
    const [size, at] = [this.#size, this.#at];
    return { bytes: size > this.#maxBytes ? null : new Uint8Array(Buffer.concat(this.#pieces)), size, at };
  }
}

type Piece = { readonly bytes: Uint8Array; readonly starts: boolean; readonly ends: boolean };

/** Lines with their ends. A line longer than `tellingOctets` may come in pieces, of which the first has at least that many. */
class LineCutter {
  #rest: Uint8Array = new Uint8Array();
  #starts = true;

  *cut(chunk: Uint8Array): Generator<Piece> {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let from = 0;
    for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, from)) {
      yield { bytes: bytes.subarray(from, end + 1), starts: this.#starts, ends: true };
      from = end + 1;
      this.#starts = true;
    }
    this.#rest = bytes.subarray(from);
    if (this.#rest.length >= tellingOctets || !this.#starts) yield* this.#flush(false);
  }

  rest(): Generator<Piece> {
    return this.#flush(true);
  }

  *#flush(ends: boolean): Generator<Piece> {
    if (this.#rest.length > 0) {
      yield { bytes: this.#rest, starts: this.#starts, ends };
      this.#starts = false;
    }
    this.#rest = new Uint8Array();
  }
}

/**
 * `From sender date`: any date with a time and a year after a blank line; without one only the date of RFC 4155 (asctime), because text that
 * a writer left unquoted must not be taken for the next mail.
 */
function isSeparator(line: Uint8Array, afterBlank: boolean): boolean {
  if (line.length > tellingOctets || !beginsWith(line, 0, 'From ')) return false;
  const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('latin1');
  if (/ (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ 0-3]?\d \d\d:\d\d/.test(text)) return true;
  return afterBlank && /\d{1,2}:\d{2}/.test(text) && /(?:19|20)\d{2}/.test(text);
}

/** `From sender date`; the sender has no space in what programs write. */
function dateOf(line: Uint8Array): Instant | null {
  const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('latin1');
  return parseMailDate(text.replace(/^From \S+ +/, ''));
}

/** `>From `, `>>From ` … */
function isQuoted(line: Uint8Array): boolean {
  let at = 0;
  while (line[at] === 62 && at < tellingOctets) at += 1;
  return at > 0 && at + 5 <= tellingOctets && beginsWith(line, at, 'From ');
}

function beginsWith(line: Uint8Array, at: number, word: string): boolean {
  for (let index = 0; index < word.length; index += 1) if (line[at + index] !== word.charCodeAt(index)) return false;
  return true;
}
