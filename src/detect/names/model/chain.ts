import { longestLine } from './features.ts';
import { labelCount, labels, mayEnd, mayFollow, mayStart } from './labels.ts';

const impossible = -1e30;

/** For each label the labels that may stand before it: of 36 pairs 20 are possible. */
const beforeOf = Array.from({ length: labelCount }, (_, label) =>
  Uint8Array.from(Array.from({ length: labelCount }, (__, before) => before).filter((before) => mayFollow(before, label))),
);

/** Labels that begin a name. */
const biases = Float64Array.from({ length: labelCount }, (_, label) => (label === labels.begin || label === labels.single ? 1 : 0));

/** The characters `[first, last]` of a line are a name, with this probability given all readings of the line. */
export type NamePlace = { readonly first: number; readonly last: number; readonly probability: number };

const none: readonly NamePlace[] = [];

/** The labels of a line as a chain: the best one, and how likely each label is given all of them. Holds working memory for one line. */
export class Chain {
  readonly path = new Uint8Array(longestLine);
  readonly #transitions: Float64Array;
  readonly #steps: Float64Array;
  readonly #from = new Uint8Array(longestLine * labelCount);
  readonly #forward = new Float64Array(longestLine * labelCount);
  readonly #backward = new Float64Array(longestLine * labelCount);
  readonly #emissions = new Float64Array(longestLine * labelCount);

  /** `transitions[before * labelCount + label]`, logarithms. */
  constructor(transitions: Float64Array) {
    this.#transitions = transitions;
    this.#steps = Float64Array.from(transitions, (weight, index) =>
      mayFollow(Math.floor(index / labelCount), index % labelCount) ? Math.exp(weight) : 0,
    );
  }

  /** The names on the best path over `unary` (logarithms, `labelCount` a character), names favoured by `bias`. */
  findNames(unary: Float64Array, length: number, bias: number): readonly NamePlace[] {
    if (!this.findBest(unary, length, bias)) return none;
    this.sumPaths(unary, length);
    const found: NamePlace[] = [];
    for (let at = 0, start = -1; at < length; at += 1) {
      const label = this.path[at];
      if (label === labels.begin) start = at;
      else if (label === labels.single || (label === labels.end && start !== -1)) {
        const first = label === labels.single ? at : start;
        found.push({ first, last: at, probability: this.probabilityOf(first, at) });
        start = -1;
      }
    }
    return found;
  }

  /** Viterbi's best path over `unary` (logarithms, `labelCount` a character) into `path`, names favoured by `bias`. False when it holds no name. */
  findBest(unary: Float64Array, length: number, bias: number): boolean {
    const best = this.#forward;
    const from = this.#from;
    const edges = this.#transitions;
    for (let label = 0; label < labelCount; label += 1)
      best[label] = mayStart(label) ? (unary[label] as number) + (biases[label] as number) * bias : impossible;
    for (let at = 1, cell = labelCount; at < length; at += 1) {
      const last = cell - labelCount;
      for (let label = 0; label < labelCount; label += 1, cell += 1) {
        const before = beforeOf[label] as Uint8Array;
        let other = before[0] as number;
        let top = (best[last + other] as number) + (edges[other * labelCount + label] as number);
        let source = other;
        for (let index = 1; index < before.length; index += 1) {
          other = before[index] as number;
          const score = (best[last + other] as number) + (edges[other * labelCount + label] as number);
          if (score <= top) continue;
          top = score;
          source = other;
        }
        best[cell] = top + (unary[cell] as number) + (biases[label] as number) * bias;
        from[cell] = source;
      }
    }
    return this.#traceBack(length);
  }

  #traceBack(length: number): boolean {
    let label: number = labels.outside;
    let top = impossible;
    for (let last = 0; last < labelCount; last += 1) {
      const score = this.#forward[(length - 1) * labelCount + last] ?? 0;
      if (mayEnd(last) && score > top) {
        top = score;
        label = last;
      }
    }
    let isFound = false;
    for (let at = length - 1; at >= 0; at -= 1) {
      this.path[at] = label;
      if (label === labels.single || label === labels.end) isFound = true;
      label = this.#from[at * labelCount + label] ?? 0;
    }
    return isFound;
  }

  /** Sums over all paths, forwards and backwards, each character scaled to 1 so that nothing vanishes; `probabilityOf` reads them. */
  sumPaths(unary: Float64Array, length: number): void {
    const { emissions, forward, backward, steps } = {
      emissions: this.#emissions,
      forward: this.#forward,
      backward: this.#backward,
      steps: this.#steps,
    };
    for (let at = 0; at < length; at += 1) exponentiate(unary, emissions, at * labelCount);
    for (let label = 0; label < labelCount; label += 1) forward[label] = mayStart(label) ? (emissions[label] ?? 0) : 0;
    scale(forward, 0);
    for (let at = 1; at < length; at += 1) {
      const cell = at * labelCount;
      for (let label = 0; label < labelCount; label += 1) {
        let sum = 0;
        for (const before of beforeOf[label] as Uint8Array)
          sum += (forward[cell - labelCount + before] ?? 0) * (steps[before * labelCount + label] ?? 0);
        forward[cell + label] = sum * (emissions[cell + label] ?? 0);
      }
      scale(forward, cell);
    }
    for (let label = 0; label < labelCount; label += 1) backward[(length - 1) * labelCount + label] = mayEnd(label) ? 1 : 0;
    for (let at = length - 2; at >= 0; at -= 1) {
      const next = (at + 1) * labelCount;
      for (let label = 0; label < labelCount; label += 1) {
        let sum = 0;
        for (let after = 0; after < labelCount; after += 1)
          sum += (steps[label * labelCount + after] ?? 0) * (emissions[next + after] ?? 0) * (backward[next + after] ?? 0);
        backward[at * labelCount + label] = sum;
      }
      scale(backward, at * labelCount);
    }
  }

  /** How likely the characters `[first, last]` belong to a name at all, in the mean: a doubt about where it ends is no doubt that it is one. */
  probabilityOf(first: number, last: number): number {
    let sum = 0;
    for (let at = first; at <= last; at += 1) {
      let all = 0;
      let named = 0;
      for (let label = 0; label < labelCount; label += 1) {
        const share = (this.#forward[at * labelCount + label] ?? 0) * (this.#backward[at * labelCount + label] ?? 0);
        all += share;
        if (label >= labels.begin && label <= labels.single) named += share;
      }
      if (all > 0) sum += named / all;
    }
    return sum / (last - first + 1);
  }
}

function exponentiate(from: Float64Array, to: Float64Array, cell: number): void {
  let top = impossible;
  for (let label = 0; label < labelCount; label += 1) top = Math.max(top, from[cell + label] ?? 0);
  for (let label = 0; label < labelCount; label += 1) to[cell + label] = Math.exp((from[cell + label] ?? 0) - top);
}

function scale(values: Float64Array, cell: number): void {
  let sum = 0;
  for (let label = 0; label < labelCount; label += 1) sum += values[cell + label] ?? 0;
  if (sum === 0) return;
  for (let label = 0; label < labelCount; label += 1) values[cell + label] = (values[cell + label] ?? 0) / sum;
}
