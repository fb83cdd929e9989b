import { allMatches } from '../all-matches.ts';
import { isLetterSpaced } from './find-kanji-names.ts';
import { cues, holding, type LineMarks } from './mark-line.ts';
import type { FoundName } from './found-name.ts';
import type { KnownNames } from './name-lists.ts';
import { foreignSurnames, isCompanyWord, katakanaThing, latinThing, notGiven, notNames } from './words.ts';

const kanji = '[\\p{Script=Han}々ヶケノ]';
/** 長女の夫, 義母: what somebody is to the first of a list. */
const relation = '(?:[妻夫父母子孫兄弟姉妹]|[\\p{Script=Han}の]{2,5})';
const anyScript = '[\\p{Script=Han}々\\p{Script=Hiragana}\\p{Script=Katakana}ー]';
/** What personal data in a list begins with: a phone, a date, an address's postal code. */
const datum = `(?=(?:TEL|Tel|電話|携帯)?[:.]? ?\\(?(?:0[0-9]{1,4}[-( ]|\\+81|0[789]0[0-9]{8}|(?:19|20)[0-9]{2}[./年-]|(?:明治|大正|昭和|平成|令和|[MTSHR明大昭平令])[0-9元]|〒?[0-9]{3}-[0-9]{4}))`;
// 3 植杉 隼 070-2238-5514, ・井樋 さおり(母) 0995-45-7718: a name nobody lists, told by what stands behind it.
const inRow = new RegExp(
  `(?:^|[ \\t(.)、。・◎○●◇◆■□※>/|])(${kanji}{1,4} ${anyScript}{1,5}?)(?:\\([^()]{1,8}\\))?(?:様|さん|氏)?[ \\t:、,]{1,6}(?:${relation}[ \\t、,]{1,4})?${datum}`,
  'gu',
);
const latinInRow = new RegExp(`(?:^|[ \\t.)・])([A-Z]{2,}(?: [A-Z]{2,}){1,3})(?:様|さん)?[ \\t:、,]{1,6}${datum}`, 'gu');
const kanaInRow = new RegExp(`(?:^|[ \\t.)・])([ァ-ヴー]{2,10}(?:[ ・][ァ-ヴー]{1,10}){1,3})(?:様|さん)?[ \\t:、,]{1,6}${datum}`, 'gu');
/** ボール 恵美 個人番号 2740-…: a surname in katakana before what only people have. */
const mixedInRow =
  /(?:^|[ \t.)・])([ァ-ヴー]{2,8} [\p{Script=Han}々]{1,3})(?:様|さん)?[ \t:、,]{1,6}(?=(?:個人番号|マイナンバー|生年月日|基礎年金番号)[ \t:]{1,6}[0-9MTSHR明大昭平令])/gu;
/** 朴様、フォンテーヌ様、小鳥遊様: the whole line speaks to people. A firm or a department may stand before the first. */
const greeting = new RegExp(
  `^(?:[^、。\\t]{1,30}[ ])?(?:${anyScript}{1,8}(?: ${anyScript}{1,6})? ?(?:様|さま|先生)[、,・ ]{0,2}(?:\\([^()]{1,20}\\))?){1,8}$`,
  'u',
);
const greeted = new RegExp(`(${anyScript}{1,8}) ?(?:様|さま|先生)`, 'gu');

/** Names that stand where a line's layout puts names: before a phone or date in a list, alone before 様 in a greeting. */
export function findByLayout(line: string, { bits, holds }: LineMarks, known: KnownNames): readonly FoundName[] {
  const found: FoundName[] = [];
  if ((holds & holding.twoDigits) !== 0) findInRows(line, holds, known, found);
  if ((bits & cues.honorific) !== 0 && line.length <= 60 && greeting.test(line)) findGreeted(line, found);
  return found;
}

/** Each pattern only where its two words can stand: most numbers stand behind something else. */
function findInRows(line: string, holds: number, known: KnownNames, found: FoundName[]): void {
  if (/ [^\x00-\x7F]/.test(line)) findKanjiInRows(line, known, found);
  if ((holds & holding.capital) !== 0 && /[A-Z]{2} [A-Z]{2}/.test(line)) findForeignInRows(line, latinInRow, found);
  if ((holds & holding.katakana) !== 0 && /[号ー日][ \t:]/.test(line))
    for (const match of allMatches(line, mixedInRow))
      if (known.isGivenName((match[1] ?? '').split(' ')[1] ?? '')) push(found, match, match[1] ?? '', 0.86);
  if ((holds & holding.katakana) !== 0 && /[ァ-ヴー][ ・][ァ-ヴー]/.test(line)) findForeignInRows(line, kanaInRow, found);
}

function findKanjiInRows(line: string, known: KnownNames, found: FoundName[]): void {
  for (const match of allMatches(line, inRow)) {
    const name = match[1] ?? '';
    const [surname = '', given = ''] = name.split(' ');
    if (notNames.has(surname) || notNames.has(given) || isCompanyWord(surname) || isCompanyWord(given) || notGiven.test(given)) continue;
    if (isLetterSpaced(line, match.index + match[0].indexOf(name), match.index + match[0].indexOf(name) + name.length)) continue;
    // Of two words that no list knows one may be a place: 本社 大阪 06-…
    if (!known.isSurname(surname) && !known.isGivenName(given) && !foreignSurnames.has(surname)) continue;
    push(found, match, name, 0.88);
  }
}

function findForeignInRows(line: string, pattern: RegExp, found: FoundName[]): void {
  for (const match of allMatches(line, pattern)) {
    const name = match[1] ?? '';
    if (!isCompanyWord(name) && !katakanaThing.test(name) && !latinThing.test(name) && !latinThing.test(capitalised(name)))
      push(found, match, name, 0.85);
  }
}

const capitalised = (name: string): string => name.replaceAll(/[A-Z]+/g, (word) => word.charAt(0) + word.slice(1).toLowerCase());

function findGreeted(line: string, found: FoundName[]): void {
  for (const match of allMatches(line, greeted)) {
    const name = match[1] ?? '';
    if (isNobody(name)) continue;
    push(found, match, name, 0.9);
  }
}

/** お客様, ご担当者様, 施主様: roles end in such words as well as they are them. */
const isNobody = (name: string): boolean =>
  notNames.has(name) ||
  isCompanyWord(name) ||
  /(?:客|者|主|方|員|会|社|店|部|課|係|窓口|御中|担当|皆|各位|み?な|ご|お.{1,2}|長)$/.test(name);

function push(found: FoundName[], match: RegExpExecArray, name: string, confidence: number): void {
  const start = match.index + match[0].indexOf(name);
  found.push({ start, end: start + name.length, confidence, evidence: 'layout', full: name.includes(' '), strong: name.includes(' ') });
}
