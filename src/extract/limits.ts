import type { UnscannableReason } from './text-segment.ts';

/** INTERFACES.md, Defaults. Sizes in bytes. */
export type ExtractLimits = {
  readonly archiveDepth: number;
  readonly entries: number;
  readonly ratio: number;
  /** The ratio counts only above this size. */
  readonly ratioFrom: number;
  readonly messageBytes: number;
  readonly entryBytes: number;
  readonly mailDepth: number;
};

export const defaultLimits: ExtractLimits = {
  archiveDepth: 8,
  entries: 10_000,
  ratio: 200,
  ratioFrom: 10 * 1024 * 1024,
  messageBytes: 200 * 1024 * 1024,
  entryBytes: 100 * 1024 * 1024,
  mailDepth: 50,
};

/** A part that cannot be read, thrown from deep inside a reader and caught where the part is known. */
export class Unreadable extends Error {
  override name = 'Unreadable';
  readonly reason: UnscannableReason;

  constructor(reason: UnscannableReason, options?: ErrorOptions) {
    super(reason, options);
    this.reason = reason;
  }
}

/** What one message may still cost; shared by everything in it, however deep. */
export class Budget {
  readonly limits: ExtractLimits;
  #bytes = 0;
  #entries = 0;

  constructor(limits: ExtractLimits) {
    this.limits = limits;
  }

  takeEntry(): void {
    this.#entries += 1;
    if (this.#entries > this.limits.entries) throw new Unreadable('limit_exceeded');
  }

  /** Counts unpacked bytes as they come, so that a bomb stops early. `packed` and `unpacked` are of the entry so far. */
  take(bytes: number, entry: { readonly packed: number; readonly unpacked: number }): void {
    this.#bytes += bytes;
    const { messageBytes, entryBytes, ratio, ratioFrom } = this.limits;
    if (this.#bytes > messageBytes || entry.unpacked > entryBytes) throw new Unreadable('limit_exceeded');
    if (entry.unpacked > ratioFrom && entry.unpacked > entry.packed * ratio) throw new Unreadable('limit_exceeded');
  }
}
