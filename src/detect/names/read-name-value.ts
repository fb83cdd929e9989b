import { canonicalKana } from '../canonical.ts';
import { findKanjiNames, withParenthesis } from './find-kanji-names.ts';
import type { FoundName } from './found-name.ts';
import type { KnownNames } from './name-lists.ts';
import { honorifics, isCompanyWord, latinThing, notGiven, notNames } from './words.ts';

const katakana = '[ァ-ヴー]';
const honorificEnd = new RegExp(` ?(?:${honorifics})?[ ]*$`);
const kanaName = new RegExp(
  `^(?:${katakana}{2,8}[ ・]?${katakana}{2,10}|${katakana}{1,10}[ ・]${katakana}{1,10})(?:[ ・]${katakana}{1,10}){0,3}(?=$|[ (])`,
);
const hiraganaName = /^[ぁ-ゖ]{2,5} [ぁ-ゖ]{2,6}(?=$|[ (])/;
const latinName = /^[A-Z][A-Za-z'-]+(?:,? [A-Z][A-Za-z'.-]*){1,3}(?=$|[ (])/;
const aloneInField = /^(?:[\p{Script=Han}々]{2,3}|[ァ-ヴー]{2,6}|[ぁ-ゖ]{2,6})(?=$|[ (])/u;
const unlistedName =
  /^[\p{Script=Han}々]{1,4} [\p{Script=Han}々\p{Script=Hiragana}\p{Script=Katakana}]{1,4}?(?=$| ?(?:様|さま|さん|氏|殿)?(?:$| ?[(（]))/u;
const surnameAlone = /^[\p{Script=Han}々]{1,4}(?=$|[ ()（,・様さ])/u;
const reading = `${katakana}{2,10}(?:[ ・]?${katakana}{2,10}){1,3}|[ぁ-ゖ]{2,5} ?[ぁ-ゖ]{2,6}|[A-Z][A-Za-z]+,? [A-Z][A-Za-z]+`;
/** In brackets: 佐藤 花子様(さとう はなこ), 佐藤 花子 / Hanako Sato; behind a gap only what is spelled as Japanese: 佐藤 花子 HANAKO SATO. */
const readingBehind = new RegExp(`^ ?(?:様|さま|さん)? ?[(/] ?(${reading})(?=[ )、,]|$)`);
const surnameReadingBehind = /^\(([ぁ-ゖ]{2,6}|[ァ-ヴー]{2,6}|[A-Z][a-z]{2,11})\)/;
/** S. ETO, (T. Mizuno). */
const initialBehind = /^ ?[(/] ?([A-Z]\. ?[A-Z][A-Za-z]{2,})(?=[ )]|$)/;
const latinBehind = /^ ([A-Z][A-Za-z]+) ([A-Z][A-Za-z]+)(?![A-Za-z])/;
/** Japanese in Latin letters: syllables that end in a vowel or n, doubled consonants, a long vowel's h. */
export const romaji =
  /^(?:(?:[bcdfghjkmnprstwyz]|ch|sh|ts|[bghjkmnprst]y)?[aiueo]|n(?![aiueo])|k(?=k)|s(?=s)|t(?=t|ch)|p(?=p)|h(?=[^aiueo]|$))+$/i;

/** The names in a cell or behind a label, where a name is what is expected: kanji, kana, katakana, Latin. */
export function readNameValue(value: string, known: KnownNames): FoundName[] {
  const first = findKanjiNames(value, known).find((name) => name.full);
  if (first !== undefined)
    return [
      { ...first, confidence: Math.max(first.confidence, 0.97), evidence: 'context-word', strong: true },
      ...findReadingBehind(value.slice(first.end), first, known),
    ];
  const lead = value.length - value.trimStart().length;
  const body = value.slice(lead).replace(honorificEnd, '');
  const given = (length: number, confidence: number, full: boolean): FoundName[] => [
    { start: lead, end: lead + length, confidence, evidence: 'context-word', full, strong: full },
  ];
  const kana = kanaName.exec(body) ?? hiraganaName.exec(body);
  if (kana !== null && isPersonInKana(kana[0], known)) return given(kana[0].length, 0.93, true);
  const latin = latinName.exec(body);
  if (latin !== null && !latinThing.test(latin[0]))
    return given(latin[0].length, 0.9, true).flatMap((name) => [name, ...findReadingBehind(value.slice(name.end), name, known)]);
  const unlisted = unlistedName.exec(body);
  const [family = '', personal = ''] = unlisted?.[0].split(' ') ?? [];
  if (
    unlisted !== null &&
    !notNames.has(family) &&
    !notNames.has(personal) &&
    !notGiven.test(personal) &&
    !/[課係室部局会]$/.test(unlisted[0])
  )
    return given(unlisted[0].length, 0.8, true).flatMap((name) => [name, ...findReadingBehind(value.slice(name.end), name, known)]);
  const surname = surnameAlone.exec(body);
  if (surname !== null && known.isSurname(surname[0])) return given(withParenthesis(body, surname[0].length), 0.92, false);
  // 名: 駿介, セイ: シオタニ
  const [alone = ''] = aloneInField.exec(body) ?? [];
  if (
    alone !== '' &&
    !notNames.has(alone) &&
    !known.isNoun(alone) &&
    (known.isGivenName(alone) || known.isSurnameReading(canonicalKana(alone)))
  )
    return given(alone.length, 0.85, false);
  return [];
}

/** With a gap anything may be a name; without one it must fall into a surname and a given name: サトウハナコ, not プリントメイト. */
function isPersonInKana(name: string, known: KnownNames): boolean {
  if (isCompanyWord(name)) return false;
  if (/[ ・]/.test(name)) return true;
  for (let at = 2; at <= name.length - 2; at += 1) if (known.isReading(name.slice(0, at), name.slice(at))) return true;
  return false;
}

/** The reading of `name` in `behind`, the text after it: 佐藤 花子(サトウ ハナコ), 佐藤 花子 / Hanako Sato, 西田(にしだ). */
export function findReadingBehind(behind: string, { end, full }: FoundName, known: KnownNames): FoundName[] {
  const surname = surnameReadingBehind.exec(behind)?.[1];
  if (surname !== undefined && (known.isSurnameReading(canonicalKana(surname)) || (!full && romaji.test(surname))))
    return [readingAt(end + 1, surname.length)];
  if (!full) return [];
  const spelled = latinBehind.exec(behind);
  if (spelled !== null && romaji.test(spelled[1] ?? '') && romaji.test(spelled[2] ?? ''))
    return [readingAt(end + 1, spelled[0].length - 1)];
  const match = readingBehind.exec(behind) ?? initialBehind.exec(behind);
  // Jihyun Park is somebody, Alpine Soft is not.
  if (match === null || latinThing.test(match[0].replace(/ Park\b/, ''))) return [];
  const length = (match[1] ?? '').length;
  return [readingAt(end + match[0].length - length, length)];
}

const readingAt = (start: number, length: number): FoundName => ({
  start,
  end: start + length,
  confidence: 0.92,
  evidence: 'layout',
  full: true,
  strong: false,
});
