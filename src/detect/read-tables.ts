import { allMatches } from './all-matches.ts';
import type { NormalizedText } from '../normalize/index.ts';
import { lowerCase, type LineCell, type Lines } from './line.ts';
import { columnSigns, lineSigns } from './sign-table.ts';
import type { WordList } from './word-list.ts';

/** A line as a row of a table: its cells, and the header words above each column (lower case). */
export type TableRow = { readonly cells: readonly LineCell[]; readonly headers: ReadonlyMap<number, string> };
/** By line; null for a text without tables. */
export type TableRows = readonly (TableRow | null)[] | null;

type Header = {
  readonly delimiter: string | RegExp;
  readonly score: number;
  readonly columns: number;
  readonly texts: ReadonlyMap<number, string>;
};

const noHeaders: ReadonlyMap<number, string> = new Map();
/** How running text draws a table: tabs, bars, commas, two or more spaces. */
const delimiters: readonly (string | RegExp)[] = ['\t', '|', ',', / {2,}/g];
/** Headers of columns that no rule looks for. */
const plainLabels: ReadonlySet<string> = new Set(
  '氏名 名前 お名前 フリガナ ふりがな カナ 住所 ご住所 会社 会社名 部署 所属 性別 金額 担当 担当者 日付 備考 内容 区分 続柄 no no.'.split(
    ' ',
  ),
);
/** A header cell is a label: longer cells are sentences that happen to hold its word. */
const longestHeader = 24;

/**
 * The table row that each line is, or null. A header is a line of short cells, almost without digits, one of which holds a word of
 * `headerWords`; it holds for the rows below it until a better header, or in running text until a line of another shape.
 */
export function readTables(normalized: NormalizedText, lines: Lines, headerWords: WordList): TableRows {
  const isGrid = normalized.source.grid !== null;
  if (!isGrid && (lines.signs & columnSigns) === 0) return null;
  const columnOf = columnFinder(normalized);
  const rows: (TableRow | null)[] = [];
  let header: Header | null = null;
  for (let line = 0; line < lines.count; line += 1) {
    if (lines.length(line) === 0) {
      if (!isGrid) header = null;
      rows.push(null);
      continue;
    }
    const mayBeHeader = lines.digits(line) < 4 && (isGrid || (lines.low(line) & columnSigns) !== 0);
    const candidate = mayBeHeader ? readHeader(lines, line, columnOf, headerWords, isGrid) : null;
    if (candidate !== null && (header === null || candidate.score >= header.score)) {
      header = candidate;
      rows.push({ cells: split(lines, line, candidate.delimiter, columnOf), headers: noHeaders });
      continue;
    }
    const row: TableRow | null = readRow(lines, line, header, columnOf, isGrid);
    if (row === null || row.headers === noHeaders) header = null;
    rows.push(row);
  }
  return rows;
}

/** A row below the header, if it still holds, or one by itself. */
function readRow(lines: Lines, line: number, header: Header | null, columnOf: ColumnFinder, isGrid: boolean): TableRow | null {
  const delimiter = header?.delimiter ?? (isGrid || (lines.low(line) & lineSigns.tab) !== 0 ? '\t' : null);
  if (delimiter === null) return null;
  const cells = split(lines, line, delimiter, columnOf);
  const holds = header !== null && (isGrid || (cells.length >= 2 && (delimiter === '\t' || cells.length === header.columns)));
  if (holds) return { cells, headers: header.texts };
  const words = header === null || isGrid || delimiter === '|' || delimiter === ',' ? null : readWords(lines, line, header, columnOf);
  if (words !== null && header !== null) return { cells: words, headers: header.texts };
  return isGrid || delimiter === '\t' ? { cells, headers: noHeaders } : null;
}

const nameHeader = /^(?:氏名|お?名前|ご?芳名|[\p{Script=Han}]{1,4}(?:者|人|員)?氏?名)$/u;

/**
 * A row whose cells stand one space apart, where a long value has filled its column (4 折原 真知子 1969/05/22 below 2 井深 拓   1985/11/30): each
 * word of the header has one word below it, a name's has two. Null when they are more or fewer.
 */
function readWords(lines: Lines, line: number, header: Header, columnOf: ColumnFinder): readonly LineCell[] | null {
  const words = split(lines, line, /[ \t]+/g, columnOf);
  const widths = [...header.texts.values()].map((text) => text.split(/ +/).reduce((sum, word) => sum + (nameHeader.test(word) ? 2 : 1), 0));
  if (words.length !== widths.reduce((sum, width) => sum + width, 0)) return null;
  let next = 0;
  return widths.map((width, column) => {
    const [first, last] = [words[next], words[next + width - 1]];
    next += width;
    return { start: first?.start ?? 0, end: last?.end ?? 0, column };
  });
}

function readHeader(lines: Lines, line: number, columnOf: ColumnFinder, headerWords: WordList, isGrid: boolean): Header | null {
  const lower = lowerCase(lines.textOf(line));
  if (!headerWords.isIn(lower)) return null;
  for (const delimiter of isGrid ? ['\t'] : delimiters) {
    const cells = split(lines, line, delimiter, columnOf);
    if (cells.length < 2 && !isGrid) continue;
    const texts = cells.map(({ start, end }) => lower.slice(start, end).trim());
    if (texts.some((text) => text.length > longestHeader)) continue;
    const score = texts.filter((text) => headerWords.isIn(text)).length;
    if (score === 0 || isLabelAndValue(texts, headerWords)) continue;
    return { delimiter, score, columns: cells.length, texts: new Map(cells.map(({ column }, index) => [column, texts[index] ?? ''])) };
  }
  return null;
}

/** A row of two cells is a header when the second one is a label as well: 氏名 | 電話番号, and not 電話番号 | なし. */
function isLabelAndValue(texts: readonly string[], headerWords: WordList): boolean {
  const [, second, ...others] = texts.filter((text) => text !== '');
  return second !== undefined && others.length === 0 && !headerWords.isIn(second) && !plainLabels.has(second);
}

function split(lines: Lines, line: number, delimiter: string | RegExp, columnOf: ColumnFinder): readonly LineCell[] {
  const cells: LineCell[] = [];
  const text = lines.textOf(line);
  const from = lines.start(line);
  let start = 0;
  const push = (end: number): void => {
    cells.push({ start, end, column: columnOf(from + start, cells.length) });
  };
  if (typeof delimiter === 'string') {
    for (let end = text.indexOf(delimiter); end !== -1; end = text.indexOf(delimiter, start)) {
      push(end);
      start = end + 1;
    }
  } else {
    for (const gap of allMatches(text, delimiter)) {
      if (gap.index > 0) push(gap.index);
      start = gap.index + gap[0].length;
    }
  }
  push(text.length);
  return cells;
}

type ColumnFinder = (offset: number, index: number) => number;

/** The grid's column at an offset of the normalized text; the cell's place in its line where there is no grid. */
function columnFinder({ source, map }: NormalizedText): ColumnFinder {
  const { grid } = source;
  if (grid === null) return (_offset, index) => index;
  return (offset, index) => {
    const original = map[offset] ?? 0;
    let low = 0;
    let high = grid.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((grid[middle]?.end ?? 0) < original) low = middle + 1;
      else high = middle;
    }
    const cell = grid[low];
    return cell !== undefined && cell.start <= original ? cell.column : index + 1;
  };
}
