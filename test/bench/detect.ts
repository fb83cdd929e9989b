// `node test/bench/detect.ts [FOLDER OF .eml] [--huge] [--json]`: megabytes of text a second, by stage and by length. --huge: up to 100 MB in
// one text. Figures are of this machine: quote them with it, and compare only within one run.
import { parseArgs } from 'node:util';
import {
  costRatio,
  loadDetectors,
  makeMails,
  measureLengths,
  measureLetters,
  measureStages,
  readMails,
  repetitionsOf,
  type Measured,
} from './measure-detection.ts';

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false }, huge: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [folder] = positionals;
const mails = folder === undefined ? makeMails(2e6) : await readMails(folder);
const detectors = loadDetectors();
const stages = [...measureStages(mails, detectors), measureLetters(detectors)];
const lengths = measureLengths(values.huge ? [1, 4, 16, 64, 100] : [1, 4, 16], detectors);

if (values.json) process.stdout.write(`${JSON.stringify({ mails: mails.length, stages, lengths, costRatio: costRatio(lengths) })}\n`);
else {
  const times = repetitionsOf(mails);
  process.stdout.write(
    `${mails.length} mails ${folder === undefined ? 'generated' : `of ${folder}`}${times === 1 ? '' : `, each ${times} times a run`}\n`,
  );
  for (const line of [...stages, ...lengths].map(rowOf)) process.stdout.write(`${line}\n`);
  process.stdout.write(`cost of a megabyte, most by least: ${costRatio(lengths).toFixed(2)}\n`);
}

function rowOf({ what, bytes, milliseconds }: Measured): string {
  const speed = bytes / 1e3 / milliseconds;
  return `${what.padEnd(22)}${(bytes / 1e6).toFixed(2).padStart(8)} MB${milliseconds.toFixed(1).padStart(10)} ms${speed.toFixed(2).padStart(9)} MB/s`;
}
