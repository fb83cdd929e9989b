import { gunzipSync } from 'node:zlib';
import { Chain } from './chain.ts';
import { FeatureReader, featureStride, longestLine } from './features.ts';
import { labelCount } from './labels.ts';
import { wordClasses, WordTable, type WordTableData } from './word-table.ts';

/** The model as flat arrays in memory that threads share. */
export type NameModelData = {
  readonly words: WordTableData;
  /** Two integers a feature row: its `labelCount` weights, each as a byte above `zero`, in units of `scale`. */
  readonly weights: Int32Array;
  readonly transitions: Float64Array;
  readonly scale: number;
};

/** A name in a text: `[start, end)`; `probability` by the model, given all readings of its line. */
export type ModelName = { readonly start: number; readonly end: number; readonly probability: number };

/** From which probability on a doubtful name is taken for one, about; 0.38 gave the best F on the development sets. */
export const defaultThreshold = 0.38;
const magic = 'SKNM';
const headerBytes = 16;
/** Weights lie in bytes as their value above this, so that a row's sums need no signs. */
const zero = 128;

/**
 * The files that training wrote (`rules/models/person-names`) → the model's arrays, in shared memory.
 * `moreSurnames` are added to the words. Throws on a file that is no model of this version: the features' ids would mean something else.
 */
export function unpackNameModel(files: {
  readonly weights: Uint8Array;
  readonly words: Uint8Array;
  readonly moreSurnames?: readonly string[];
}): NameModelData {
  const packed = gunzipSync(files.weights);
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  if (packed.toString('latin1', 0, 4) !== magic || view.getUint16(4, true) !== modelVersion || view.getUint16(6, true) !== labelCount)
    throw new Error('the name model is not of this version; train it anew');
  const rows = view.getUint32(8, true);
  const scale = view.getFloat32(12, true);
  const transitions = share(Float64Array, labelCount * labelCount);
  for (let index = 0; index < transitions.length; index += 1) transitions[index] = view.getFloat32(headerBytes + index * 4, true);
  const weights = share(Int32Array, rows * 2);
  packRows(new Int8Array(packed.buffer, packed.byteOffset + headerBytes + transitions.length * 4, rows * labelCount), weights);
  const more = [wordClasses.surname, ...(files.moreSurnames ?? [])].join('\t');
  const words = `${gunzipSync(files.words).toString('utf8')}\n${more}`;
  return { words: WordTable.build(readWords(words), words.split('\t').length), weights, transitions, scale };
}

/** Raised when features, labels or the file's layout change. */
export const modelVersion = 2;

/** Weights and transitions as the file that `unpackNameModel` reads, before compression. */
export function packNameModel(weights: Int8Array, transitions: Float64Array, scale: number): Uint8Array {
  const packed = Buffer.alloc(headerBytes + transitions.length * 4 + weights.length);
  packed.write(magic, 0, 'latin1');
  packed.writeUInt16LE(modelVersion, 4);
  packed.writeUInt16LE(labelCount, 6);
  packed.writeUInt32LE(weights.length / labelCount, 8);
  packed.writeFloatLE(scale, 12);
  transitions.forEach((value, index) => packed.writeFloatLE(value, headerBytes + index * 4));
  packed.set(new Uint8Array(weights.buffer, weights.byteOffset, weights.length), headerBytes + transitions.length * 4);
  return packed;
}

/** Lines `CLASSES TAB word TAB word …`: the words that have these class bits. */
function* readWords(text: string): Generator<readonly [number, string]> {
  for (const line of text.split('\n')) {
    const [classes, ...words] = line.split('\t');
    for (const word of words) yield [Number(classes), word];
  }
}

/** Rows of eight bytes: a row never straddles a cache line, and two loads bring six weights (3.5 times as fast as six loads). */
function packRows(weights: Int8Array, rows: Int32Array): void {
  const bytes = new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength).fill(zero);
  for (let row = 0, cell = 0; cell < weights.length; row += 8) {
    for (let label = 0; label < labelCount; label += 1, cell += 1) bytes[row + label] = (weights[cell] ?? 0) + zero;
  }
}

function share<T>(kind: { new (buffer: SharedArrayBuffer): T; readonly BYTES_PER_ELEMENT: number }, length: number): T {
  return new kind(new SharedArrayBuffer(length * kind.BYTES_PER_ELEMENT));
}

/** What favours names, as a logarithm, when doubtful ones are taken from `threshold` on. */
export const biasOf = (threshold: number): number => Math.log((1 - threshold) / threshold);

/** A linear-chain CRF over characters (Lafferty, McCallum, Pereira 2001). Holds working memory, so one instance serves one thread. */
export class NameModel {
  readonly words: WordTable;
  readonly #reader: FeatureReader;
  readonly #weights: Int32Array;
  readonly #scale: number;
  readonly #rowMask: number;
  readonly #unary = new Float64Array(longestLine * labelCount);
  readonly #chain: Chain;

  constructor(data: NameModelData) {
    this.words = new WordTable(data.words);
    this.#reader = new FeatureReader(this.words);
    this.#weights = data.weights;
    this.#scale = data.scale;
    this.#rowMask = data.weights.length / 2 - 1;
    this.#chain = new Chain(data.transitions);
  }

  /** The names in the line `text[from, to)`; a longer line than `longestLine` is read in pieces. A lower `threshold` finds more, rightly or wrongly. */
  find(text: string, from: number, to: number, threshold: number = defaultThreshold): readonly ModelName[] {
    const found: ModelName[] = [];
    const bias = biasOf(threshold);
    for (let start = from; start < to; start += longestLine) this.#findInPiece(text, start, Math.min(to, start + longestLine), bias, found);
    return found;
  }

  #findInPiece(text: string, from: number, to: number, bias: number, found: ModelName[]): void {
    this.#score(text, from, to);
    for (const { first, last, probability } of this.#chain.findNames(this.#unary, to - from, bias))
      found.push({ start: from + first, end: from + last + 1, probability });
  }

  /** Sums the weights of each character's features: lanes of 16 bits, since 88 features of at most 255 stay below 2¹⁵. */
  #score(text: string, from: number, to: number): void {
    const { ids, counts, length } = this.#reader.read(text, from, to);
    const weights = this.#weights;
    const mask = this.#rowMask;
    const unary = this.#unary;
    const scale = this.#scale;
    for (let at = 0; at < length; at += 1) {
      const first = at * featureStride;
      const count = counts[at] as number;
      let even = 0;
      let odd = 0;
      let fourth = 0;
      let fifth = 0;
      for (let index = first; index < first + count; index += 1) {
        const row = ((ids[index] as number) & mask) << 1;
        const low = weights[row] as number;
        const high = weights[row + 1] as number;
        even = (even + (low & 0xff00ff)) | 0;
        odd = (odd + ((low >>> 8) & 0xff00ff)) | 0;
        fourth = (fourth + (high & 0xff)) | 0;
        fifth = (fifth + ((high >>> 8) & 0xff)) | 0;
      }
      const cell = at * labelCount;
      const base = count * zero;
      unary[cell] = ((even & 0xffff) - base) * scale;
      unary[cell + 1] = ((odd & 0xffff) - base) * scale;
      unary[cell + 2] = ((even >>> 16) - base) * scale;
      unary[cell + 3] = ((odd >>> 16) - base) * scale;
      unary[cell + 4] = (fourth - base) * scale;
      unary[cell + 5] = (fifth - base) * scale;
    }
  }
}
