import type { NormalizedText } from '../normalize/index.ts';

/** Cells of a table row, `[start, end)` in the line. `column` counts from 0 or is the grid's own number. */
export type LineCell = { readonly start: number; readonly end: number; readonly column: number };

/** One line of normalized text; a line longer than the window comes in overlapping pieces. */
export type Line = {
  readonly text: string;
  /** Offset of the line in the normalized text. */
  readonly start: number;
  readonly digits: number;
};

// RE2 recodes the whole text at every match: on one line of 1 MB with 10,000 numbers that is quadratic, in windows it is not.
const windowLength = 4096;
const overlap = 128;

/** The lines of a text, with their digit counts. */
export function readLines({ text }: NormalizedText): readonly Line[] {
  const lines: Line[] = [];
  for (let start = 0; start <= text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const stop = end > start && text.charAt(end - 1) === '\r' ? end - 1 : end;
    for (let from = start; ; from += windowLength - overlap) {
      const piece = text.slice(from, Math.min(stop, from + windowLength));
      lines.push({ text: piece, start: from, digits: countDigits(piece) });
      if (from + windowLength >= stop) break;
    }
    start = end + 1;
  }
  return lines;
}

/** Lower case of the same length: offsets stay (İ, the one letter that grows, is left alone). */
export function lowerCase(text: string): string {
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
