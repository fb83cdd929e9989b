import { readFileSync } from 'node:fs';
import { featureStride, longestLine, type FeatureReader } from '../../../src/detect/names/model/features.ts';
import { labels } from '../../../src/detect/names/model/labels.ts';
import { normalize } from '../../../src/normalize/index.ts';
import type { Entity, LabelledLine } from './mail-lines.ts';

/** A line ready for training: its labels, and the feature rows of character `i` in `rows[offsets[i] .. offsets[i + 1])`. */
export type Sentence = {
  readonly text: string;
  readonly gold: Uint8Array;
  readonly rows: Int32Array;
  readonly offsets: Uint32Array;
  readonly weight: number;
};

/** Kinds that say nothing of what is a name: numbers, dates, and the corpora's loose leftovers. */
const unimportant = new Set('DATE QUANTITY ORDINAL NUMBER MONEY PERCENT TIME OPTIONAL OTHER'.split(' '));

/** Lines `{"text","ents":[{"s","e","t"}]}`. */
export function readCorpus(file: string): readonly LabelledLine[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const { text, ents } = JSON.parse(line) as { text: string; ents: readonly { s: number; e: number; t: string }[] };
      return { text, entities: ents.map(({ s, e, t }) => ({ start: s, end: e, type: t })) };
    });
}

/** Normalizes each line as the gateway does and reads its features; lines over `longestLine` are cut behind a 。 */
export function toSentences(lines: readonly LabelledLine[], reader: FeatureReader, rowBits: number, weight: number): readonly Sentence[] {
  return lines.flatMap((line) => {
    const { text, map } = normalize(line.text);
    const entities = line.entities.map((entity) => ({ ...entity, start: placeOf(map, entity.start), end: placeOf(map, entity.end) }));
    return cut(text).map(([from, to]) => toSentence(text, from, to, entities, reader, rowBits, weight));
  });
}

function placeOf(map: Uint32Array, original: number): number {
  const at = map.findIndex((offset) => offset >= original);
  return at === -1 ? map.length - 1 : at;
}

function cut(text: string): readonly (readonly [number, number])[] {
  const pieces: (readonly [number, number])[] = [];
  for (let from = 0; from < text.length;) {
    const newline = text.indexOf('\n', from);
    const end = newline === -1 ? text.length : newline;
    let to = end;
    if (end - from > longestLine) to = Math.max(text.lastIndexOf('。', from + longestLine - 1) + 1, from + 1);
    if (to > from) pieces.push([from, Math.min(to, from + longestLine)]);
    from = to === end ? end + 1 : to;
  }
  return pieces;
}

function toSentence(
  text: string,
  from: number,
  to: number,
  entities: readonly Entity[],
  reader: FeatureReader,
  rowBits: number,
  weight: number,
): Sentence {
  const gold = new Uint8Array(to - from);
  for (const { start, end, type } of entities) {
    if (start < from || end > to || end <= start || unimportant.has(type)) continue;
    if (type !== 'PERSON') gold.fill(labels.other, start - from, end - from);
    else if (end - start === 1) gold[start - from] = labels.single;
    else {
      gold.fill(labels.inside, start - from, end - from);
      gold[start - from] = labels.begin;
      gold[end - from - 1] = labels.end;
    }
  }
  const { ids, counts } = reader.read(text, from, to);
  const offsets = new Uint32Array(gold.length + 1);
  gold.forEach((_, at) => {
    offsets[at + 1] = (offsets[at] ?? 0) + (counts[at] ?? 0);
  });
  const rows = new Int32Array(offsets[gold.length] ?? 0);
  gold.forEach((_, at) => {
    for (let index = 0; index < (counts[at] ?? 0); index += 1)
      rows[(offsets[at] ?? 0) + index] = (ids[at * featureStride + index] ?? 0) & (2 ** rowBits - 1);
  });
  return { text: text.slice(from, to), gold, rows, offsets, weight };
}
