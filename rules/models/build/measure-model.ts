// Measures the shipped model: node rules/models/build/measure-model.ts NER_FOLDER. Exact precision, recall and F of PERSON by threshold, and what
// the prefilter costs: names that the model finds in lines which the gateway does not show it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NameModel, unpackNameModel } from '../../../src/detect/names/model/name-model.ts';
import { markLine, type LineMarks } from '../../../src/detect/names/mark-line.ts';
import { normalize } from '../../../src/normalize/index.ts';
import { measure } from './measure.ts';
import { readCorpus } from './read-corpus.ts';

const [ner] = process.argv.slice(2);
if (ner === undefined) throw new Error('usage: measure-model.ts NER_FOLDER');
const folder = new URL('../person-names/', import.meta.url);
const read = (name: string): Uint8Array => readFileSync(new URL(name, folder));
const model = new NameModel(unpackNameModel({ weights: read('weights.bin.gz'), words: read('words.txt.gz') }));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

for (const set of ['stockmark_dev', 'gsd_dev']) {
  const lines = readCorpus(join(ner, `${set}.jsonl`));
  for (const threshold of [0.2, 0.3, 0.38, 0.5, 0.7]) say(`${set} at ${threshold}: ${measure(model, lines, threshold)}`);
}
for (const set of ['stockmark_dev', 'gsd_dev', 'synth_train'])
  say(`${set}: ${lostToPrefilter(readCorpus(join(ner, `${set}.jsonl`)).map(({ text }) => text))}`);

/** The model's names in lines without any cue, of all its names. */
function lostToPrefilter(texts: readonly string[]): string {
  const marks: LineMarks = { bits: 0, holds: 0, surnames: [], surnameEnds: [] };
  let all = 0;
  let lost = 0;
  for (const { text } of texts.map((text) => normalize(text))) {
    for (let from = 0; from < text.length;) {
      const newline = text.indexOf('\n', from);
      const to = newline === -1 ? text.length : newline;
      const names = model.find(text, from, to).length;
      markLine(text, from, to, model.words, marks);
      all += names;
      if (marks.bits === 0) lost += names;
      from = to + 1;
    }
  }
  return `${lost} of the model's ${all} names stand in lines that the prefilter leaves out (${((100 * lost) / Math.max(1, all)).toFixed(2)} %)`;
}
