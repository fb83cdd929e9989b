import { read, utils, type CellObject, type WorkBook, type WorkSheet } from '@e965/xlsx';
import type { DocumentPiece } from '../document.ts';
import { Unreadable, type Budget } from '../limits.ts';
import { layOut, type LaidRow } from './read-csv.ts';
import { readPackage, type PackageText } from './read-package.ts';

/** Sheets as grids with hidden sheets, rows and columns marked, comments and properties as hidden text. */
export async function readWorkbook(bytes: Uint8Array, budget: Budget): Promise<PackageText> {
  // The walk over all parts finds what the sheets do not show (comments, drawings, properties), and refuses DTDs and bombs before the library sees them.
  const walked = await readPackage(bytes, budget);
  const book = open(bytes);
  const sheets = book.SheetNames.flatMap((name, index) => readSheet(book, name, index + 1));
  const shown = sheets.map((piece) => piece.text).join('\n');
  const extra = walked.pieces.flatMap((piece) => {
    const text = piece.text
      .split('\n')
      .filter((line) => !isSheetData(line, shown))
      .join('\n');
    return text === '' ? [] : [text];
  });
  return { pieces: [...sheets, ...extra.map(asMetadata)], complete: walked.complete, embedded: walked.embedded };
}

const asMetadata = (text: string, index: number): DocumentPiece => ({
  in: 'metadata',
  number: index + 1,
  text,
  hidden: true,
  cells: null,
  label: null,
});

/** Shared strings and raw cell values come out of the walk too; they stand in the grids already. */
function isSheetData(line: string, shown: string): boolean {
  return line.split('\t').every((piece) => shown.includes(piece.trim()) || /^[\d.E+-]*$/.test(piece.trim()));
}

function open(bytes: Uint8Array): WorkBook {
  try {
    // Built-in date formats are shown as a Japanese Excel shows them, not as month/day/year.
    return read(bytes, { type: 'buffer', cellStyles: true, dateNF: 'yyyy/m/d', dense: false });
  } catch (cause) {
    throw new Unreadable('corrupt', { cause });
  }
}

function readSheet(book: WorkBook, name: string, number: number): DocumentPiece[] {
  const sheet = book.Sheets[name];
  if (sheet === undefined) return [];
  const hidden = (book.Workbook?.Sheets?.[number - 1]?.Hidden ?? 0) !== 0;
  const { text, cells } = layOut(readRows(sheet));
  const pieces: DocumentPiece[] = text.trim() === '' ? [] : [{ in: 'sheet', number, text, hidden, cells, label: name }];
  return [...pieces, { in: 'metadata', number, text: name, hidden: false, cells: null, label: null }];
}

function readRows(sheet: WorkSheet): LaidRow[] {
  const reference = sheet['!ref'];
  if (reference === undefined) return [];
  const rows = new Map<number, { column: number; value: string; hidden: boolean }[]>();
  // By cell, not by range: a sheet may claim a million empty rows.
  for (const [address, value] of Object.entries(sheet)) {
    if (address.startsWith('!')) continue;
    const { r, c } = utils.decode_cell(address);
    const hidden = sheet['!rows']?.[r]?.hidden === true || sheet['!cols']?.[c]?.hidden === true;
    const row = rows.get(r) ?? [];
    row.push({ column: c + 1, value: shownText(value as CellObject), hidden });
    rows.set(r, row);
  }
  return [...rows.entries()]
    .toSorted(([a], [b]) => a - b)
    .map(([row, cells]) => ({ row: row + 1, cells: cells.toSorted((a, b) => a.column - b.column) }));
}

/** What the cell shows; a long number as its digits, where the format would print 1.23E+14 or ####. */
function shownText(cell: CellObject): string {
  const raw = cell.v === undefined ? '' : String(cell.v);
  const shown = cell.w ?? raw;
  // A long number as its digits where the format prints 1.23E+14 or ####, and one that the format (;;;) does not show at all.
  if (cell.t === 'n' && (/E[+-]?\d/.test(shown) || shown.includes('#') || !/\d/.test(shown))) return raw;
  return cell.t === 'z' ? '' : shown;
}
