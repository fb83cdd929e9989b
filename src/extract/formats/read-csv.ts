import { parse } from 'csv-parse/sync';
import type { Cell } from '../text-segment.ts';

export type Grid = { readonly text: string; readonly cells: readonly Cell[] };

const delimiters = [',', '\t', ';'];

/** A table of cells, or null when the text is none (fewer than two columns in most of its first lines). Quotes may hold line breaks. */
export function readCsv(text: string): Grid | null {
  const lines = text.split(/\r?\n/, 20).filter((line) => line.trim() !== '');
  const counts = delimiters.map((delimiter) => lines.filter((line) => line.includes(delimiter)).length);
  const most = Math.max(...counts);
  const delimiter = delimiters[counts.indexOf(most)] ?? ',';
  if (lines.length === 0 || most < lines.length * 0.6) return null;
  const rows = parse(text, {
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: false,
    bom: true,
  }) as readonly (readonly string[])[];
  return layOut(
    rows.map((row, index) => ({ row: index + 1, cells: row.map((value, column) => ({ column: column + 1, value, hidden: false })) })),
  );
}

export type LaidRow = {
  readonly row: number;
  readonly cells: readonly { readonly column: number; readonly value: string; readonly hidden: boolean }[];
};

/** Rows as text: cells joined by tabs, rows by line breaks, both replaced by spaces inside a cell; missing columns stay as empty cells. */
export function layOut(rows: readonly LaidRow[]): Grid {
  const cells: Cell[] = [];
  const pieces: string[] = [];
  let length = 0;
  for (const { row, cells: given } of rows) {
    let column = 1;
    for (const cell of given) {
      while (column < cell.column) {
        pieces.push('\t');
        length += 1;
        column += 1;
      }
      const value = cell.value.replaceAll(/[\t\r\n]+/g, ' ');
      if (value !== '') cells.push({ row, column: cell.column, start: length, end: length + value.length, hidden: cell.hidden });
      pieces.push(value);
      length += value.length;
    }
    pieces.push('\n');
    length += 1;
  }
  return { text: pieces.join(''), cells };
}
