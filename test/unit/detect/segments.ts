import type { Cell, SegmentId, TextSegment } from '../../../src/extract/index.ts';
import type { PartPath } from '../../../src/message/index.ts';

/** A plain body of that text. */
export function segmentOf(text: string, id = 0): TextSegment {
  return {
    id: id as SegmentId,
    location: { in: 'body', part: '' as PartPath, kind: 'plain' },
    text,
    hidden: false,
    grid: null,
    label: null,
  };
}

/** A sheet of those rows, as the extractor gives it: cells joined by tabs, rows by newlines, empty cells left out of the grid. */
export function sheetOf(rows: readonly (readonly string[])[]): TextSegment {
  const grid: Cell[] = [];
  let text = '';
  for (const [row, cells] of rows.entries()) {
    if (row > 0) text += '\n';
    for (const [column, cell] of cells.entries()) {
      if (column > 0) text += '\t';
      if (cell !== '') grid.push({ row: row + 1, column: column + 1, start: text.length, end: text.length + cell.length, hidden: false });
      text += cell;
    }
  }
  return { ...segmentOf(text), location: { in: 'sheet', part: '1' as PartPath, sheet: 1, row: 0, column: 0 }, grid };
}
