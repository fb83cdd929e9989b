import type { Instant, MessageId } from '../../core/index.ts';

export type Entry = { readonly id: MessageId; readonly when: Instant };

/** A binary min-heap by time: 1 M entries cost 20 comparisons a step, a sorted array would copy. */
export class Heap {
  readonly #entries: Entry[] = [];

  first(): Entry | null {
    return this.#entries[0] ?? null;
  }

  add(entry: Entry): void {
    let index = this.#entries.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#before(index, parent)) return;
      this.#swap(index, parent);
      index = parent;
    }
  }

  removeFirst(): void {
    const last = this.#entries.pop();
    if (last === undefined || this.#entries.length === 0) return;
    this.#entries[0] = last;
    let index = 0;
    for (;;) {
      const left = index * 2 + 1;
      const least = left + 1 < this.#entries.length && this.#before(left + 1, left) ? left + 1 : left;
      if (least >= this.#entries.length || !this.#before(least, index)) return;
      this.#swap(least, index);
      index = least;
    }
  }

  #before(a: number, b: number): boolean {
    return (this.#entries[a]?.when ?? 0) < (this.#entries[b]?.when ?? 0);
  }

  #swap(a: number, b: number): void {
    const entries = this.#entries;
    [entries[a], entries[b]] = [entries[b] as Entry, entries[a] as Entry];
  }
}
