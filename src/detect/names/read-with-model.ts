import { kindOf, kinds } from './model/character-classes.ts';
import type { ModelName, NameModel } from './model/name-model.ts';
import type { FoundName } from './found-name.ts';
import type { NameLists } from './name-lists.ts';
import { cues, type LineMarks } from './mark-line.ts';
import { isCredible } from './judge-model-name.ts';
import { notGiven } from './words.ts';

/** A longer line is read sentence by sentence. */
const longestWhole = 160;
const sure = 0.85;

/**
 * The names of the line `text[from, to)`: those found by cues, and where they leave a doubt (a surname without a cue, an honorific behind a
 * name that no list has, a foreign name, a short line alone), those the model finds. A guess by the lists alone needs the model's assent.
 */
export function readWithModel(
  text: string,
  from: number,
  to: number,
  marks: LineMarks,
  found: readonly FoundName[],
  { model, threshold, lists }: { readonly model: NameModel; readonly threshold: number; readonly lists: NameLists },
): readonly FoundName[] {
  const line = { text, from, to };
  const names = [...found];
  for (const [start, end] of doubtfulParts(text, from, to, marks, found)) {
    const read = model.find(text, start, end, threshold).filter((name) => isCredible(line, name, model.words, lists));
    for (let index = names.length - 1; index >= 0; index -= 1) {
      const guess = names[index];
      if (guess === undefined || !isByLists(guess) || guess.start < start || guess.end > end) continue;
      const assent = read.find((name) => overlap(name, guess));
      if (assent === undefined) names.splice(index, 1);
      else if (assent.probability > 0.9 && assent.start === guess.start && assent.end === guess.end)
        names[index] = { ...guess, confidence: 0.9, strong: guess.full };
    }
    for (const name of read) if (!names.some((other) => overlap(other, name))) names.push(toFound(text, name));
  }
  return names;
}

/** Neither a label nor a column says that it is a name. */
const isByLists = ({ evidence, confidence }: FoundName): boolean => confidence < 0.8 || (evidence === 'dictionary' && confidence < sure);

/** Parts of the line that hold a cue which no sure name answers. */
function doubtfulParts(
  text: string,
  from: number,
  to: number,
  marks: LineMarks,
  found: readonly FoundName[],
): readonly (readonly [number, number])[] {
  const isAnswered = (at: number): boolean => found.some((name) => name.confidence >= sure && name.start <= at && at < name.end);
  // 鈴木建設 and 石川町 are no doubt.
  const open = marks.surnames.filter((at, index) => !isAnswered(at) && !isThing(text, marks.surnameEnds[index] ?? at));
  const others = cues.katakanaPair | cues.latinPair | cues.alone | cues.honorific | cues.hiraganaPair;
  const isOpen = (marks.bits & others) !== 0 && !found.some((name) => name.confidence >= sure);
  const guesses = found.filter(isByLists).map((name) => name.start);
  if (open.length === 0 && guesses.length === 0 && !isOpen) return [];
  if (to - from <= longestWhole) return [[from, to]];
  if (isOpen) return sentences(text, from, to);
  const places = [...open, ...guesses];
  return sentences(text, from, to).filter(([start, end]) => places.some((at) => at >= start && at < end));
}

const isThing = (text: string, end: number): boolean => notGiven.test(text.slice(end, end + 8));

function sentences(text: string, from: number, to: number): readonly (readonly [number, number])[] {
  const parts: (readonly [number, number])[] = [];
  for (let start = from; start < to;) {
    const stop = text.indexOf('。', start);
    const end = stop === -1 || stop >= to ? to : stop + 1;
    parts.push([start, end]);
    start = end;
  }
  return parts;
}

const overlap = (a: { readonly start: number; readonly end: number }, b: { readonly start: number; readonly end: number }): boolean =>
  a.start < b.end && b.start < a.end;

function toFound(text: string, { start, end, probability }: ModelName): FoundName {
  const full = end - start >= 4 || text.slice(start, end).includes(' ') || text.slice(start, end).includes('・');
  const confidence = Math.min(0.95, 0.5 + probability * 0.45);
  return {
    start,
    end,
    confidence,
    evidence: 'model',
    full,
    strong: full && probability > 0.9 && kindOf(text.charCodeAt(start)) === kinds.kanji,
  };
}
