// Trains the name model: node rules/models/build/train.ts NER_FOLDER NAMES_FOLDER ADDRESSES_FOLDER IPADIC_FOLDER
// NER_FOLDER holds {stockmark,gsd}_{train,dev}.jsonl, hironsan_wiki.jsonl, synth_train.jsonl; NAMES_FOLDER first_name_{man,woman}_opti.csv
// (japanese-personal-name-dataset); ADDRESSES_FOLDER towns.tsv (Geolonia); IPADIC_FOLDER the .csv files of mecab-ipadic. Writes ../person-names/. Deterministic; about three minutes.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { FeatureReader } from '../../../src/detect/names/model/features.ts';
import { NameModel, packNameModel, unpackNameModel } from '../../../src/detect/names/model/name-model.ts';
import { WordTable } from '../../../src/detect/names/model/word-table.ts';
import { CrfTrainer } from './crf-trainer.ts';
import { FloatModel } from './float-model.ts';
import { makeMailLines, type LabelledLine, type NameStock } from './mail-lines.ts';
import { measure } from './measure.ts';
import { readCorpus, toSentences } from './read-corpus.ts';
import { readLexicon, readPlaces, readSurnames } from './read-lexicon.ts';

const [ner, names, addresses, ipadic] = process.argv.slice(2);
if (ner === undefined || names === undefined || addresses === undefined || ipadic === undefined)
  throw new Error('usage: train.ts NER_FOLDER NAMES_FOLDER ADDRESSES_FOLDER IPADIC_FOLDER');
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const rowBits = 21;
const mailLines = 15_000;
const out = new URL('../person-names/', import.meta.url);

const places = readPlaces(addresses);
const lexicon = readLexicon(ipadic, places);
const table = WordTable.build(
  [...lexicon].map(([word, classes]) => [classes, word] as const),
  lexicon.size,
);
const reader = new FeatureReader(new WordTable(table));
const corpus = (name: string): readonly LabelledLine[] => readCorpus(join(ner, `${name}.jsonl`));
const training = [
  // The generated set leaves kana readings unlabelled, which would teach that they are no names.
  ...corpus('synth_train').filter(({ text }) => !/フリガナ|ふりがな/.test(text)),
  ...['stockmark_train', 'gsd_train', 'hironsan_wiki'].flatMap(corpus),
  ...makeMailLines(readNameStock(names), mailLines, 7),
];
say(`${lexicon.size} words, ${training.length} lines`);
const sentences = toSentences(training, reader, rowBits, 1);
// Two orders of the same lines, and their mean: one order alone moves F by a point either way.
const runs = [3, 4].map((seed) =>
  new CrfTrainer({ rowBits, epochs: 8, averagedEpochs: 5, rate: 0.1, decay: 0.001, seed }).train(sentences, (epoch, loss) =>
    say(`order ${seed}, epoch ${epoch}: loss ${loss.toFixed(0)}`),
  ),
);
const weights = mean(runs.map((run) => run.weights));
const transitions = mean(runs.map((run) => Float32Array.from(run.transitions)));

mkdirSync(out, { recursive: true });
const packed = gzipSync(quantise(weights, transitions), { level: 9 });
const words = gzipSync(spellLexicon(lexicon), { level: 9 });
writeFileSync(new URL('weights.bin.gz', out), packed);
writeFileSync(new URL('words.txt.gz', out), words);
say(`weights ${packed.length} bytes, words ${words.length} bytes`);
const model = new NameModel(unpackNameModel({ weights: packed, words }));
const unrounded = new FloatModel(model.words, weights, transitions);
for (const set of ['stockmark_dev', 'gsd_dev', 'wac_dev']) {
  for (const threshold of [0.27, 0.38, 0.5]) {
    say(`${set} at ${threshold}: ${measure(model, corpus(set), threshold)}`);
    say(`${set} at ${threshold} before rounding: ${measure(unrounded, corpus(set), threshold)}`);
  }
}

function mean(all: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(all[0]?.length ?? 0);
  for (const one of all) {
    one.forEach((value, index) => {
      sum[index] = (sum[index] ?? 0) + value / all.length;
    });
  }
  return sum;
}

/** One scale for all weights; what rounds to nothing costs nothing in the file. */
function quantise(from: Float32Array, edges: Float32Array): Uint8Array {
  let largest = 0;
  for (const value of from) largest = Math.max(largest, Math.abs(value));
  const scale = largest / 127;
  return packNameModel(
    Int8Array.from(from, (value) => Math.round(value / scale)),
    Float64Array.from(edges),
    scale,
  );
}

function spellLexicon(all: ReadonlyMap<string, number>): string {
  const byClass = Map.groupBy([...all], ([, classes]) => classes);
  return [...byClass]
    .toSorted(([a], [b]) => a - b)
    .map(([classes, entries]) => [classes, ...entries.map(([word]) => word).toSorted()].join('\t'))
    .join('\n');
}

function readNameStock(folder: string): NameStock {
  const givenNames = ['first_name_man_opti.csv', 'first_name_woman_opti.csv'].flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .trim()
      .split('\n')
      .flatMap((line) => {
        const [reading = '', , ...spellings] = line.split(',');
        return [reading, ...spellings.slice(0, 6)].map((spelling) => [spelling, reading] as const);
      }),
  );
  return { surnames: readSurnames(), givenNames, places: places.filter((place) => place.length > 1) };
}
