import { allMatches } from '../all-matches.ts';
import { cued, type FoundName } from './found-name.ts';
import type { KnownNames } from './name-lists.ts';
import { notNames } from './words.ts';

const inHiragana = /(?<![ぁ-ゖー])([ぁ-ゖ]{2,5})(?:さん|くん|ちゃん|君)(?![ぁ-ゖ]ち)/g;
/** みなさん, おじいちゃん: nobody's name, though some are readings of one. */
const noGivenName = new Set(
  'みな おく たく おきゃく おば おじ おばあ おじい おとう おかあ おにい おねえ あか むすこ むすめ やお'.split(' '),
);
const inKanji = /(?<![\p{Script=Han}々ヶァ-ヴー])([\p{Script=Han}々]{1,3}[ぁ-ゖ]?) ?(くん|君|ちゃん|さん|様)(?![\p{Script=Han}])/gu;

/** Given names alone, as children and families are called: はるとくん, 結菜ちゃん, ご長男の健一様. */
export function findGivenNames(line: string, known: KnownNames, found: FoundName[]): void {
  for (const { 1: name = '', index } of allMatches(line, inHiragana))
    if (!noGivenName.has(name) && known.isGivenName(name)) found.push(cued(index, index + name.length, 0.86, false));
  for (const { 1: name = '', 2: honorific = '', index } of allMatches(line, inKanji)) {
    // One kanji is called a child's name only; 様 behind one is somebody's surname or nobody's.
    const isAdult = honorific === 'さん' || honorific === '様';
    if (notNames.has(name) || !known.isGivenName(name) || (isAdult && (name.length === 1 || known.isNoun(name)))) continue;
    found.push(cued(index, index + name.length, 0.86, false));
  }
}
