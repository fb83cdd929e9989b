/** Milliseconds. Quantiles are upper bounds of their class: at most 5 % too high. */
export type TimeSummary = { readonly mean: number; readonly max: number; readonly p50: number; readonly p95: number; readonly p99: number };
export type TimeClass = { readonly fromMs: number; readonly toMs: number; readonly count: number };

const smallestMs = 0.01;
const ratio = 1.05;
const round = (ms: number): number => Math.round(ms * 10) / 10;

/** Times in classes of 5 % each, so that a hundred million of them take no more room than ten. */
export class TimeHistogram {
  readonly #classes: number[] = [];
  #count = 0;
  #sum = 0;
  #max = 0;

  add(ms: number): void {
    const index = Math.max(0, Math.ceil(Math.log(ms / smallestMs) / Math.log(ratio)));
    this.#classes[index] = (this.#classes[index] ?? 0) + 1;
    this.#count += 1;
    this.#sum += ms;
    this.#max = Math.max(this.#max, ms);
  }

  summary(): TimeSummary {
    return {
      mean: round(this.#sum / Math.max(1, this.#count)),
      max: round(this.#max),
      p50: round(this.#quantile(0.5)),
      p95: round(this.#quantile(0.95)),
      p99: round(this.#quantile(0.99)),
    };
  }

  /** Classes that double: 0–1, 1–2, 2–4, 4–8 … ms, up to the longest; empty without times. Edges are true within 5 %. */
  doublingClasses(): readonly TimeClass[] {
    const counts: number[] = [];
    for (const [index, count = 0] of this.#classes.entries()) {
      const ms = smallestMs * ratio ** (index - 0.5);
      const to = Math.max(0, Math.ceil(Math.log2(ms)));
      counts[to] = (counts[to] ?? 0) + count;
    }
    return Array.from({ length: counts.length }, (_, to) => ({
      fromMs: to === 0 ? 0 : 2 ** (to - 1),
      toMs: 2 ** to,
      count: counts[to] ?? 0,
    }));
  }

  #quantile(part: number): number {
    let seen = 0;
    for (const [index, count = 0] of this.#classes.entries()) {
      seen += count;
      if (seen >= part * this.#count && seen > 0) return Math.min(this.#max, smallestMs * ratio ** index);
    }
    return 0;
  }
}
