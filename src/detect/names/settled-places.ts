import type { NormalizedText } from '../../normalize/index.ts';
import type { Detection } from '../detection.ts';
import { reportableConfidence } from '../resolve-overlaps.ts';

/** Where the sure ones among detections stand in one segment's normalized text; made for many questions about it. */
export class SettledPlaces {
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  /** `detections`: of this segment alone, in order and apart from each other, as a detector of one kind gives them. */
  constructor(detections: readonly Detection[], { map }: Pick<NormalizedText, 'map'>) {
    for (const { start, end, confidence } of detections) {
      if (confidence < reportableConfidence) continue;
      this.#starts.push(normalizedOffset(map, start));
      this.#ends.push(normalizedOffset(map, end));
    }
  }

  holds(at: number): boolean {
    const index = firstAbove(this.#starts, at) - 1;
    return index >= 0 && at < (this.#ends[index] ?? 0);
  }

  /** True when one of them shares text with `[from, to)`. */
  touches(from: number, to: number): boolean {
    const index = firstAbove(this.#starts, to - 1) - 1;
    return index >= 0 && from < (this.#ends[index] ?? 0);
  }
}

/** How many of the ascending values are at most `value`. */
function firstAbove(values: readonly number[], value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first normalized unit whose source is at or behind `offset`. */
function normalizedOffset(map: NormalizedText['map'], offset: number): number {
  let low = 0;
  let high = map.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((map[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
