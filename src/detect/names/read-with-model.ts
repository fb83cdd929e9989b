import { allMatches } from '../all-matches.ts';
import { kindOf, kinds } from './model/character-classes.ts';
import type { ModelName, NameModel } from './model/name-model.ts';
import type { FoundName } from './found-name.ts';
import type { NameLists } from './name-lists.ts';
import { cues, type LineMarks } from './mark-line.ts';
import type { SettledPlaces } from './settled-places.ts';
import { isCredible, type Line } from './judge-model-name.ts';
import { latinThing, notGiven } from './words.ts';

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
  addresses: SettledPlaces,
  { model, threshold, lists }: { readonly model: NameModel; readonly threshold: number; readonly lists: NameLists },
): readonly FoundName[] {
  const line = { text, from, to };
  const names = [...found];
  for (const [start, end] of doubtfulParts(line, marks, found, addresses)) {
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
  { text, from, to }: Line,
  { bits, surnames, surnameEnds }: LineMarks,
  found: readonly FoundName[],
  addresses: SettledPlaces,
): readonly (readonly [number, number])[] {
  // 鈴木建設 and 石川町 are no doubt.
  const open = surnames.filter(
    (at, index) => !found.some((name) => isSure(name) && covers(name, at)) && !isThing(text, surnameEnds[index] ?? at),
  );
  const isOpen = isOpenByCues(text, from, to, bits) && !found.some(isSure);
  const guesses = found.filter(isByLists).map((name) => name.start);
  const places = open.length === 0 ? guesses : [...open.filter((at) => !addresses.holds(at)), ...guesses];
  if (places.length === 0 && !isOpen) return nothing;
  if (to - from <= longestWhole) return [[from, to]];
  if (isOpen) return sentences(text, from, to);
  return sentences(text, from, to).filter(([start, end]) => places.some((at) => at >= start && at < end));
}

const nothing: readonly (readonly [number, number])[] = [];
const isSure = ({ confidence }: FoundName): boolean => confidence >= sure;
const covers = ({ start, end }: { readonly start: number; readonly end: number }, at: number): boolean => start <= at && at < end;

/** A cue that asks for a name somewhere in the line, unless all that shows it is a heading, a firm or English words. */
function isOpenByCues(text: string, from: number, to: number, bits: number): boolean {
  const asking = bits & (cues.katakanaPair | cues.latinPair | cues.alone | cues.honorific | cues.hiraganaPair | cues.introduction);
  if (asking === 0) return false;
  if (asking === cues.alone) return !endsAsThing.test(text.charAt(to - 1));
  return asking !== cues.latinPair || holdsLatinName(text.slice(from, to));
}

/** No name ends in these: …株式会社, …課, 見積書, 各位. */
const endsAsThing = /[社課係校庫案票書店局位)]/;
const capitalPair = /(?<![A-Za-z])(?=([A-Z][A-Za-z'-]*(?:, ?| )[A-Z][A-Za-z'.-]*))/g;

/** Original Message, Sent: Monday, October 5 and Microsoft Teams are no doubt. */
function holdsLatinName(line: string): boolean {
  for (const [, pair = ''] of allMatches(line, capitalPair)) if (!latinThing.test(pair)) return true;
  return /(?:M[rs]s?|Dr|Dear|Hi)[. ]/.test(line);
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
