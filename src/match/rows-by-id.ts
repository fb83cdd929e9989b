const emptySlot = 0;

/** Lines by the hash of the id that stands on them: finds an id that comes twice among millions, in 16 bytes a row. */
export class RowsById {
  #slots = new Uint32Array(1 << 12);
  #lows = new Uint32Array(1 << 11);
  #highs = new Uint32Array(1 << 11);
  #lines = new Uint32Array(1 << 11);
  #count = 0;

  /** Notes the line and returns null, or returns the line that had the id first. */
  add(low: number, high: number, line: number): number | null {
    if (this.#count === this.#lows.length) this.#grow();
    const slot = this.#find(low, high);
    const taken = this.#slots[slot] ?? emptySlot;
    if (taken !== emptySlot) return this.#lines[taken - 1] ?? 0;
    this.#lows[this.#count] = low;
    this.#highs[this.#count] = high;
    this.#lines[this.#count] = line;
    this.#count += 1;
    this.#slots[slot] = this.#count;
    return null;
  }

  /** The slot of this hash, or the free one where it belongs. */
  #find(low: number, high: number): number {
    const mask = this.#slots.length - 1;
    let slot = low & mask;
    for (let taken = this.#slots[slot] ?? 0; taken !== emptySlot; taken = this.#slots[slot] ?? 0) {
      if (this.#lows[taken - 1] === low && this.#highs[taken - 1] === high) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    const double = (values: Uint32Array): Uint32Array<ArrayBuffer> => {
      const larger = new Uint32Array(values.length * 2);
      larger.set(values);
      return larger;
    };
    this.#lows = double(this.#lows);
    this.#highs = double(this.#highs);
    this.#lines = double(this.#lines);
    this.#slots = new Uint32Array(this.#lows.length * 2);
    for (let row = 0; row < this.#count; row += 1) this.#slots[this.#find(this.#lows[row] ?? 0, this.#highs[row] ?? 0)] = row + 1;
  }
}
