import type { Cell } from './text-segment.ts';

/** The last cell that begins at or before `offset`, by halving: a sheet may have a million cells. Null before the first. */
export function cellAt(cells: readonly Cell[], offset: number): Cell | null {
  let low = 0;
  let high = cells.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cells[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return cells[low - 1] ?? null;
}
