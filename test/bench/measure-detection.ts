// How fast text is searched for personal data: by stage over many mails, and as a whole over one text of growing length.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readLists, readNameModel, readRules } from '../../src/adapters/rules-fs/index.ts';
import { detectAddresses } from '../../src/detect/addresses/detect-addresses.ts';
import { detectByRules } from '../../src/detect/detect-structured.ts';
import {
  compileRules,
  defaultThreshold,
  detect,
  listFiles,
  loadDetectionLists,
  NameModel,
  type Detectors,
  type Lexicon,
} from '../../src/detect/index.ts';
import { detectNames } from '../../src/detect/names/detect-names.ts';
import { defaultLimits, extract, readDocument, type SegmentId, type TextSegment } from '../../src/extract/index.ts';
import { parseMessage, type PartPath } from '../../src/message/index.ts';
import { normalizeSegment } from '../../src/normalize/index.ts';
import { businessMails, letters } from './business-text.ts';

/** `bytes` of UTF-8 took `milliseconds`: the median of several runs. */
export type Measured = { readonly what: string; readonly bytes: number; readonly milliseconds: number };

const nobody: Lexicon = {
  staffNames: [],
  customerIdPattern: null,
  nameThreshold: defaultThreshold,
  isCustomerName: () => false,
  isFirm: () => false,
  isCustomerId: () => false,
};

/** Everything that is shipped: rules, lists and the name model. */
export function loadDetectors(): Detectors {
  const compiled = compileRules(readRules([]).detectors);
  if (!compiled.ok) throw new Error('the shipped rules do not compile');
  return { ruleSet: compiled.value, lists: loadDetectionLists(readLists(listFiles)), nameModel: new NameModel(readNameModel()) };
}

/** A run over less text is over before the engine has compiled it, and the clock is too coarse for it. */
const leastBytes = 2e6;

/** So many times over the mails are a run. */
export function repetitionsOf(mails: readonly (readonly TextSegment[])[]): number {
  return Math.max(1, Math.ceil(leastBytes / Math.max(1, bytesOf(mails))));
}

const bytesOf = (mails: readonly (readonly TextSegment[])[]): number =>
  mails.flat().reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);

/** Each stage alone and all together, over mails of ordinary length; few mails are read again and again (`repetitionsOf`). */
export function measureStages(once: readonly (readonly TextSegment[])[], detectors: Detectors): readonly Measured[] {
  const mails = Array.from({ length: repetitionsOf(once) }, () => once).flat();
  const { ruleSet, lists, nameModel } = detectors;
  const names = { lists: lists.names, model: nameModel, threshold: nobody.nameThreshold };
  const bytes = bytesOf(mails);
  const normalized = mails.map((segments) => segments.map(normalizeSegment));
  const stages: Readonly<Record<string, () => void>> = {
    normalize: () => each(mails, (segments) => segments.map(normalizeSegment)),
    'structured rules': () => each(normalized, (segments) => detectByRules(segments, ruleSet)),
    addresses: () => each(normalized, (segments) => detectAddresses(segments, lists.gazetteer)),
    names: () => each(normalized, (segments) => detectNames(segments, names, nobody)),
    everything: () => each(mails, (segments) => detect(segments, detectors, nobody)),
  };
  const measured = Object.entries(stages).map(([what, run]) => ({ what, bytes, milliseconds: medianTime(run, 5) }));
  return [...measured, measureModel(mails, detectors)];
}

/** Counts what the name model is given to read, and how long it takes. */
class TimedModel extends NameModel {
  bytes = 0;
  milliseconds = 0;

  override find(text: string, from: number, to: number, threshold?: number): ReturnType<NameModel['find']> {
    const started = performance.now();
    const found = super.find(text, from, to, threshold);
    this.milliseconds += performance.now() - started;
    this.bytes += Buffer.byteLength(text.slice(from, to));
    return found;
  }
}

/** Only the lines that the prefilter leaves to the name model. */
function measureModel(mails: readonly (readonly TextSegment[])[], detectors: Detectors): Measured {
  const model = new TimedModel(readNameModel());
  for (const segments of mails) detect(segments, { ...detectors, nameModel: model }, nobody);
  return { what: 'name model, its lines', bytes: model.bytes, milliseconds: model.milliseconds };
}

/** Letters of 10 KB, of which most is sentences: what offices write all day. */
export function measureLetters(detectors: Detectors): Measured {
  const mails = letters(200, 10_000, 7).map((text) => [bodyOf(text)]);
  const run = (): void => each(mails, (segments) => detect(segments, detectors, nobody));
  return { what: 'letters of 10 KB', bytes: bytesOf(mails), milliseconds: medianTime(run, 5) };
}

/** One text of each length (megabytes), searched as a whole: linear when the time for a megabyte stays the same. */
export function measureLengths(megabytes: readonly number[], detectors: Detectors): readonly Measured[] {
  const mails = businessMails(Math.min(16, Math.max(...megabytes)) * 1e6, 7);
  // The first calls are interpreted; a short text would pay for them.
  detect([bodyOf(mails.slice(0, 400).join('\n'))], detectors, nobody);
  return megabytes.map((length) => {
    const segment = bodyOf(textOf(mails, length * 1e6));
    const runs = length <= 1 ? 5 : length <= 4 ? 3 : 1;
    const milliseconds = medianTime(() => void detect([segment], detectors, nobody), runs);
    return { what: `${length} MB in one text`, bytes: Buffer.byteLength(segment.text), milliseconds };
  });
}

/** Time for a megabyte at each length, as a multiple of the least. */
export function costRatio(measured: readonly Measured[]): number {
  const costs = measured.map(({ bytes, milliseconds }) => milliseconds / bytes);
  return Math.max(...costs) / Math.min(...costs);
}

export function makeMails(bytes: number): readonly (readonly TextSegment[])[] {
  return businessMails(bytes, 7).map((text) => [bodyOf(text)]);
}

/** The texts of every `.eml` of the folder, attachments included. */
export async function readMails(folder: string): Promise<readonly (readonly TextSegment[])[]> {
  const mails: (readonly TextSegment[])[] = [];
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.eml'))) {
    const extracted = await extract(parseMessage(readFileSync(join(folder, name))), { readBinary: readDocument, limits: defaultLimits });
    mails.push(extracted.segments);
  }
  return mails;
}

/** Nothing is kept: what a mail leaves behind is gone with it in a gateway, too. */
function each<T>(mails: readonly T[], work: (mail: T) => unknown): void {
  for (const mail of mails) work(mail);
}

function bodyOf(text: string): TextSegment {
  return {
    id: 0 as SegmentId,
    location: { in: 'body', part: '' as PartPath, kind: 'plain' },
    text,
    hidden: false,
    grid: null,
    label: null,
  };
}

function textOf(mails: readonly string[], bytes: number): string {
  const parts: string[] = [];
  for (let index = 0, length = 0; length < bytes; index += 1) {
    const mail = mails[index % mails.length] ?? '';
    parts.push(mail);
    length += Buffer.byteLength(mail) + 1;
  }
  return parts.join('\n');
}

function medianTime(run: () => void, runs: number): number {
  if (runs > 1) run();
  const times = Array.from({ length: runs }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  });
  return times.toSorted((a, b) => a - b)[runs >> 1] ?? 0;
}
