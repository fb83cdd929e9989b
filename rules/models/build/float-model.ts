import { Chain } from '../../../src/detect/names/model/chain.ts';
import { FeatureReader, featureStride, longestLine } from '../../../src/detect/names/model/features.ts';
import { labelCount } from '../../../src/detect/names/model/labels.ts';
import { biasOf, type ModelName } from '../../../src/detect/names/model/name-model.ts';
import type { WordTable } from '../../../src/detect/names/model/word-table.ts';

/** The model with the weights as training left them: what the bytes of the shipped one are compared with. */
export class FloatModel {
  readonly #reader: FeatureReader;
  readonly #weights: Float32Array;
  readonly #mask: number;
  readonly #chain: Chain;
  readonly #unary = new Float64Array(longestLine * labelCount);

  constructor(words: WordTable, weights: Float32Array, transitions: Float32Array) {
    this.#reader = new FeatureReader(words);
    this.#weights = weights;
    this.#mask = weights.length / labelCount - 1;
    this.#chain = new Chain(Float64Array.from(transitions));
  }

  find(text: string, from: number, to: number, threshold: number): readonly ModelName[] {
    const found: ModelName[] = [];
    for (let start = from; start < to; start += longestLine) {
      const length = Math.min(to - start, longestLine);
      this.#score(text, start, length);
      for (const { first, last, probability } of this.#chain.findNames(this.#unary, length, biasOf(threshold)))
        found.push({ start: start + first, end: start + last + 1, probability });
    }
    return found;
  }

  #score(text: string, from: number, length: number): void {
    const { ids, counts } = this.#reader.read(text, from, from + length);
    this.#unary.fill(0, 0, length * labelCount);
    for (let at = 0; at < length; at += 1) {
      for (let index = 0; index < (counts[at] ?? 0); index += 1) {
        const row = ((ids[at * featureStride + index] ?? 0) & this.#mask) * labelCount;
        for (let label = 0; label < labelCount; label += 1)
          this.#unary[at * labelCount + label] = (this.#unary[at * labelCount + label] ?? 0) + (this.#weights[row + label] ?? 0);
      }
    }
  }
}
