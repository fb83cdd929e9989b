import { labelCount, mayEnd, mayFollow, mayStart } from '../../../src/detect/names/model/labels.ts';
import { longestLine } from '../../../src/detect/names/model/features.ts';
import type { Sentence } from './read-corpus.ts';

const impossible = -1e30;
const K = labelCount;

export type Training = {
  readonly rowBits: number;
  readonly epochs: number;
  readonly averagedEpochs: number;
  readonly rate: number;
  readonly decay: number;
  readonly seed: number;
};

/**
 * Maximum likelihood of a linear-chain CRF by stochastic gradient with AdaGrad steps (Duchi, Hazan, Singer 2011), L2 decay on the weights it
 * touches, and the mean of the last epochs' weights. The same input gives the same weights.
 */
export class CrfTrainer {
  readonly #options: Training;
  readonly #weights: Float32Array;
  readonly #squares: Float32Array;
  readonly #mean: Float32Array;
  readonly #transitions = new Float64Array(K * K);
  readonly #transitionSquares = new Float64Array(K * K);
  readonly #meanTransitions = new Float64Array(K * K);
  readonly #seen: Uint8Array;
  readonly #unary = new Float64Array(longestLine * K);
  readonly #forward = new Float64Array(longestLine * K);
  readonly #backward = new Float64Array(longestLine * K);
  readonly #terms = new Float64Array(K);
  readonly #gradient = new Float64Array(K);

  constructor(options: Training) {
    const rows = 2 ** options.rowBits;
    this.#options = options;
    this.#weights = new Float32Array(rows * K);
    this.#squares = new Float32Array(rows * K);
    this.#mean = new Float32Array(rows * K);
    this.#seen = new Uint8Array(rows);
  }

  /** `report` is told each epoch's loss (negative log of the gold labels' marginals). */
  train(
    sentences: readonly Sentence[],
    report: (epoch: number, loss: number) => void,
  ): { readonly weights: Float32Array; readonly transitions: Float64Array } {
    const { epochs, averagedEpochs } = this.#options;
    for (const { rows } of sentences) for (const row of rows) this.#seen[row] = Math.min(2, (this.#seen[row] ?? 0) + 1);
    let state = this.#options.seed;
    const random = (): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    const order = sentences.map((_, index) => index);
    for (let epoch = 1; epoch <= epochs; epoch += 1) {
      shuffle(order, random);
      let loss = 0;
      for (const index of order) {
        const sentence = sentences[index];
        if (sentence !== undefined && sentence.gold.length > 0) loss += this.#step(sentence);
      }
      report(epoch, loss);
      if (epoch <= epochs - averagedEpochs) continue;
      this.#weights.forEach((value, index) => {
        this.#mean[index] = (this.#mean[index] ?? 0) + value / averagedEpochs;
      });
      this.#transitions.forEach((value, index) => {
        this.#meanTransitions[index] = (this.#meanTransitions[index] ?? 0) + value / averagedEpochs;
      });
    }
    return { weights: this.#mean, transitions: this.#meanTransitions };
  }

  #step(sentence: Sentence): number {
    const length = sentence.gold.length;
    this.#score(sentence);
    const total = this.#sumPaths(length);
    const loss = this.#stepWeights(sentence, total);
    this.#stepTransitions(sentence, total);
    return loss;
  }

  #score({ gold, rows, offsets }: Sentence): void {
    const unary = this.#unary;
    const weights = this.#weights;
    for (let at = 0; at < gold.length; at += 1) {
      unary.fill(0, at * K, at * K + K);
      for (let index = offsets[at] ?? 0; index < (offsets[at + 1] ?? 0); index += 1) {
        const row = (rows[index] ?? 0) * K;
        for (let label = 0; label < K; label += 1) unary[at * K + label]! += weights[row + label]!;
      }
    }
  }

  #sumPaths(length: number): number {
    const { A, B, U, T } = { A: this.#forward, B: this.#backward, U: this.#unary, T: this.#transitions };
    for (let label = 0; label < K; label += 1) A[label] = mayStart(label) ? U[label]! : impossible;
    for (let at = 1; at < length; at += 1) {
      for (let label = 0; label < K; label += 1) {
        for (let before = 0; before < K; before += 1)
          this.#terms[before] = mayFollow(before, label) ? A[(at - 1) * K + before]! + T[before * K + label]! : impossible;
        A[at * K + label] = logSum(this.#terms) + U[at * K + label]!;
      }
    }
    for (let label = 0; label < K; label += 1) B[(length - 1) * K + label] = mayEnd(label) ? 0 : impossible;
    for (let at = length - 2; at >= 0; at -= 1) {
      for (let label = 0; label < K; label += 1) {
        for (let after = 0; after < K; after += 1)
          this.#terms[after] = mayFollow(label, after)
            ? T[label * K + after]! + U[(at + 1) * K + after]! + B[(at + 1) * K + after]!
            : impossible;
        B[at * K + label] = logSum(this.#terms);
      }
    }
    for (let label = 0; label < K; label += 1) this.#terms[label] = mayEnd(label) ? A[(length - 1) * K + label]! : impossible;
    return logSum(this.#terms);
  }

  #stepWeights({ gold, rows, offsets, weight }: Sentence, total: number): number {
    const { rate, decay } = this.#options;
    const gradient = this.#gradient;
    let loss = 0;
    for (let at = 0; at < gold.length; at += 1) {
      let isNeeded = false;
      for (let label = 0; label < K; label += 1) {
        const marginal = Math.exp(this.#forward[at * K + label]! + this.#backward[at * K + label]! - total);
        const slope = ((gold[at] === label ? 1 : 0) - marginal) * weight;
        gradient[label] = slope;
        if (Math.abs(slope) > 1e-3) isNeeded = true;
        if (gold[at] === label) loss -= Math.log(Math.max(marginal, 1e-12));
      }
      if (!isNeeded) continue;
      for (let index = offsets[at] ?? 0; index < (offsets[at + 1] ?? 0); index += 1) {
        const row = rows[index] ?? 0;
        // What was seen once is learnt by heart, not understood.
        if (this.#seen[row] !== 2) continue;
        for (let label = 0; label < K; label += 1) {
          const cell = row * K + label;
          const slope = gradient[label]! - decay * this.#weights[cell]!;
          const squares = this.#squares[cell]! + slope * slope;
          this.#squares[cell] = squares;
          this.#weights[cell]! += (rate * slope) / Math.sqrt(squares + 1);
        }
      }
    }
    return loss;
  }

  #stepTransitions({ gold }: Sentence, total: number): void {
    for (let at = 1; at < gold.length; at += 1) {
      for (let before = 0; before < K; before += 1) {
        for (let label = 0; label < K; label += 1) {
          if (!mayFollow(before, label)) continue;
          const cell = before * K + label;
          const pair =
            this.#forward[(at - 1) * K + before]! +
            this.#transitions[cell]! +
            this.#unary[at * K + label]! +
            this.#backward[at * K + label]!;
          const slope = (gold[at - 1] === before && gold[at] === label ? 1 : 0) - Math.exp(pair - total);
          if (Math.abs(slope) < 1e-4) continue;
          this.#transitionSquares[cell]! += slope * slope;
          this.#transitions[cell]! += (this.#options.rate * slope) / Math.sqrt(this.#transitionSquares[cell]! + 1);
        }
      }
    }
  }
}

function logSum(terms: Float64Array): number {
  let top = impossible;
  for (const term of terms) if (term > top) top = term;
  if (top <= impossible / 2) return impossible;
  let sum = 0;
  for (const term of terms) if (term > impossible / 2) sum += Math.exp(term - top);
  return top + Math.log(sum);
}

function shuffle(order: number[], random: () => number): void {
  for (let index = order.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    [order[index], order[other]] = [order[other]!, order[index]!];
  }
}
