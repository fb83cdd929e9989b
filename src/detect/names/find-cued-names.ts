import { allMatches } from '../all-matches.ts';
import { withParenthesis } from './find-kanji-names.ts';
import { findBareSurnames } from './find-bare-surnames.ts';
import { findGivenNames } from './find-given-names.ts';
import { findAddressedInLatin, findLatinInLine } from './find-latin-in-line.ts';
import { cued, takeAll, type FoundName } from './found-name.ts';
import { cues, holding, type LineMarks } from './mark-line.ts';
import type { KnownNames } from './name-lists.ts';
import { readNameValue } from './read-name-value.ts';
import { columnHeader, isCompanyWord, katakanaThing, labels, notNames } from './words.ts';

const labelled = new RegExp(
  `(?:^|[\\t|│ 【\\[(・■●○◆◇※>/-])(?:${labels})(?:様|さま)?(?:】|\\])? ?(?:[:\\t=]|  +|\\.{3,12} ?|(?<=[】\\]]) ?|(?<=[名者人当ナ前医師妻夫父母姓]|OP|オペ) ) ?([^\\n\\t:、。/|│]{1,30})`,
  'gu',
);
const katakanaAddressed = /([ァ-ヴー]{2,12}(?:[・ ][ァ-ヴー]{2,12}){0,3}) ?(?:様|さま|さん|氏|殿)(?![\p{Script=Han}](?<!様|方|宛|分))/gu;
/** お兄ちゃんのはるとくん */
const childAddressed = /(?<=^|[^ぁ-ゖァ-ヴー]|[のとやはも])(?!の)([ぁ-ゖ]{2,4})(?:くん|ちゃん)/g;
const relative = /^(?:お?(?:にい|ねえ|じい|ばあ|かあ|とう|じ|ば)|みな|あか|ぼく|お?ぼっ|わん|にゃん|いと)$/;
const katakanaPart = /[ァ-ヴー]{2}/;
const introduced =
  /(?:^|[、。」))の ]|より、?|別途|後日|追って|改めて|あいにく|ただいま)([\p{Script=Han}々]{1,4})(?=(?:\([\p{Script=Han}]\))?(?:でございます|です[。、]|です$|と申します|より(?:ご連絡|お送り|お電話|折り返し)|が(?:伺|承|対応|担当|参|持参|訪問|同席|同行|立ち会|ご?説明|お迎え|ご案内|[^、。が]{1,6}[をに](?:お持ち|お届け|持参|伺|参|ご?説明))|は(?:ただいま|只今|本日|現在|あいにく|席を|外出|出張|不在|休|離席|退社|退職)|宛))/gu;
// A surname at the end of who is speaking: デスク 小林, 総務の藤原, 営業一課 藤田.
const inDepartment =
  /(?:デスク|センター|部|課|係|室|チーム|事務局|窓口|営業所|支店|総務|技術|経理|人事|営業|事務|弊社|当社|御社|貴社)(?: ?の| )?([\p{Script=Han}々]{1,4})(?= ?(?:$|[()]|、|です|でした|と[\p{Script=Han}]|も|が|は|へ|まで|から|より|宛|TEL|Tel|電話))/gu;
// 経理部 堀, 総務の森も: not what is a place in a room or a building.
const oneKanjiInDepartment =
  /(?:(?:部|課|係|室|チーム|事務局|窓口|営業所|支店) |(?:部|課|係|室|総務|経理|人事|営業|技術|法務|広報|弊社|当社)の)(?![東西南北前奥上下中外内横隣先後左右角端元本件者方長])([\p{Script=Han}])(?= ?(?:$|\()|[もがと](?=[\p{Script=Han}]))/gu;
const counted = /([\p{Script=Han}々]{1,4}(?:[と、・][\p{Script=Han}々]{1,4}){1,4})の(?:[0-9]{1,2}|両|二|三|四)[名人]/gu;
const kanaPair = /(?<![ァ-ヴーぁ-ゖ])([ァ-ヴー]{2,6}|[ぁ-ゖ]{2,5}) ([ァ-ヴー]{2,7}|[ぁ-ゖ]{2,6})(?![ァ-ヴーぁ-ゖ])/g;
const listItem = /^ ?[、,・/](?! ?[0-9]) ?([^\n\t:、,。/|│・]{1,30})/u;
const longestItem = 40;
const kanjiWords = /[\p{Script=Han}々ヶ]+/gu;
const surnameRow = /^[> ・]*[\p{Script=Han}々ヶ]{2,4}(?: ?[/・、] ?[\p{Script=Han}々ヶ]{2,4}){1,5}[ 。]*$/u;
const succession =
  /(?:担当者?|窓口|責任者|後任|営業|主治医|係)(?:が|は|を)、?(?:前任の?)?([\p{Script=Han}々]{1,4})(?:様|さん)?(?:から|より)(?:後任の)?([\p{Script=Han}々]{1,4})(?:様|さん)?(?:に|へ)(?:と)?(?:替|変|代|交|引|移|バトン)/dgu;
const headerLine = /^[> ]*(?:差出人|送信者|From|宛先|To|CC|Cc): ?(.{1,400})/;
// 2026年10月3日(土) 14:22 佐藤健一 <k@…>:
const quotedSender = /[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[AP]M)?[ ,、に]{0,3}([^<\n]{1,30}?) ?<[^>\n]+@[^>\n]+>/g;
const displayName = /(?:^|[,;] ?)(?:"([^"<>;@]{2,40})"|"?([^"<>,;@]{2,40}?)"?) ?</g;
/** 上野と平野で対応します. */
const together =
  /(?:^|[、。 ])([\p{Script=Han}々]{1,4})と([\p{Script=Han}々]{1,4})(?:の(?:2|二|両)名)?(?:で|が|も)(?:対応|担当|伺|参加|出席|同行|同席|訪問|確認|立ち会|お邪魔|ご挨拶|行)/dgu;

/** What `introduced` needs behind a name, and `inDepartment` and `oneKanjiInDepartment` before it. */
const speaks = /でござい|です|と申し|より|が|は[た只今本現あ席外出不休離退]|宛/;
const department = /[クー部課係室ム局口所店務術理事業社報]/;

/** Names in one line that a word or a shape beside them gives away. */
export function findCuedNames(line: string, marks: LineMarks, known: KnownNames): FoundName[] {
  const { bits, holds } = marks;
  const found: FoundName[] = [];
  if ((bits & (cues.label | cues.honorific)) !== 0 && (holds & holding.separator) !== 0) findLabelled(line, known, found);
  if ((bits & cues.honorific) !== 0) findAddressed(line, holds, known, found);
  if ((bits & cues.latinPair) !== 0) findLatinInLine(line, found);
  if ((bits & (cues.surname | cues.alone)) !== 0 || bits === 0) findSpeakers(line, holds, known, found);
  if ((bits & cues.surname) !== 0) findBareSurnames(line, marks, known, found);
  if ((bits & (cues.katakanaPair | cues.hiraganaPair)) !== 0) findReadings(line, known, found);
  if ((bits & cues.mailbox) !== 0) findSenders(line, known, found);
  return found;
}

/** `"佐藤 花子" <h@…>, Taro Yamada <t@…>` */
export function findDisplayNames(text: string, known: KnownNames): FoundName[] {
  return allMatches(text, displayName).flatMap((match) => {
    const value = match[1] ?? match[2] ?? '';
    return moved(readNameValue(value, known), match.index + match[0].indexOf(value));
  });
}

const moved = (names: readonly FoundName[], by: number): FoundName[] =>
  names.map((name) => ({ ...name, start: name.start + by, end: name.end + by }));

/** The value behind a label: 氏名: …, 担当 …, フリガナ …; the label rules a whole list: 出席: 石川、山梨、江藤. */
function findLabelled(line: string, known: KnownNames, found: FoundName[]): void {
  for (const match of allMatches(line, labelled)) {
    const value = match[1] ?? '';
    if (columnHeader.test(value.replaceAll(' ', ''))) continue;
    const names = readNameValue(value, known);
    const end = match.index + match[0].length;
    found.push(...moved(names, end - value.length));
    if (names.length > 0) findListed(line, end, known, found);
  }
}

/** Further names of a list whose first one ends at `from`, until something that is none. */
function findListed(line: string, from: number, known: KnownNames, found: FoundName[]): void {
  for (let at = from; ;) {
    const [whole, item] = listItem.exec(line.slice(at, at + longestItem)) ?? [];
    if (whole === undefined || item === undefined) return;
    const names = readNameValue(item, known);
    if (names.length === 0) return;
    found.push(...moved(names, at + whole.length - item.length));
    at += whole.length;
  }
}

/** 五十嵐/小野寺: a line of nothing but surnames. */
function findSurnameRow(line: string, known: KnownNames, found: FoundName[]): void {
  const row = surnameRow.exec(line);
  if (row === null) return;
  const names = allMatches(line, kanjiWords);
  if (names.some(([name]) => !known.isSurname(name) || notNames.has(name))) return;
  for (const { 0: name, index } of names) found.push(cued(index, index + name.length, 0.85, false));
}

/** Two surnames in one phrase: 担当が川崎から千葉に替わります, 上野と平野で対応します. */
function findPairs(line: string, pattern: RegExp, known: KnownNames, found: FoundName[]): void {
  for (const match of allMatches(line, pattern)) {
    const [, one, other] = match.indices ?? [];
    for (const [start, end] of [one, other].filter((place) => place !== undefined)) {
      const name = line.slice(start, end);
      if (known.isSurname(name) && !notNames.has(name)) found.push(cued(start, end, 0.86, false));
    }
  }
}

function findAddressed(line: string, holds: number, known: KnownNames, found: FoundName[]): void {
  findGivenNames(line, known, found);
  if ((holds & holding.katakana) !== 0 && katakanaPart.test(line)) findAddressedInKatakana(line, known, found);
  takeAll(line, childAddressed, found, 0.82, (name) => !relative.test(name) && known.isGivenName(name));
  if ((holds & holding.capital) === 0) return;
  findAddressedInLatin(line, found);
}

function findAddressedInKatakana(line: string, known: KnownNames, found: FoundName[]): void {
  for (const match of allMatches(line, katakanaAddressed)) {
    const name = match[1] ?? '';
    if (katakanaThing.test(name)) continue;
    const isPair = /[・ ]/.test(name);
    const isThing = isCompanyWord(name) || known.isNoun(name);
    const isReading = known.isSurnameReading(name) || known.isGivenName(name);
    const confidence = isPair ? 0.95 : isReading ? 0.85 : isThing ? 0 : match[0].endsWith('さん') ? 0.82 : 0.7;
    if (confidence > 0) found.push(cued(match.index, match.index + name.length, confidence, isPair));
  }
}

/** Each pattern is tried only on lines that hold what it cannot do without: most lines hold nothing of it. */
function findSpeakers(line: string, holds: number, known: KnownNames, found: FoundName[]): void {
  const isSurname = (name: string): boolean => known.isSurname(name) && !notNames.has(name);
  if (speaks.test(line)) findIntroduced(line, isSurname, found);
  if (department.test(line)) {
    takeAll(line, inDepartment, found, 0.85, (name) => name.length > 1 && isSurname(name) && !/^[東西南北]口$/.test(name));
    takeAll(line, oneKanjiInDepartment, found, 0.85, (name) => known.isSurname(name));
  }
  if ((holds & holding.listMark) !== 0) findSurnameRow(line, known, found);
  if (line.includes('から') || line.includes('より')) findPairs(line, succession, known, found);
  if ((holds & (holding.and | holding.listMark)) === 0) return;
  if ((holds & holding.and) !== 0) findPairs(line, together, known, found);
  if ((holds & holding.counter) !== 0) findCounted(line, known, found);
}

function findIntroduced(line: string, isSurname: (name: string) => boolean, found: FoundName[]): void {
  for (const match of allMatches(line, introduced)) {
    const name = match[1] ?? '';
    const start = match.index + match[0].length - name.length;
    if (isSurname(name)) found.push(cued(start, withParenthesis(line, start + name.length), 0.88, false));
  }
}

/** 弊社からは松本と日向の2名で */
function findCounted(line: string, known: KnownNames, found: FoundName[]): void {
  for (const match of allMatches(line, counted)) {
    let at = match.index;
    for (const name of (match[1] ?? '').split(/[と、・]/)) {
      if (known.isSurname(name)) found.push(cued(at, at + name.length, 0.88, false));
      at += name.length + 1;
    }
  }
}

/** Full names in kana: both parts are readings. */
function findReadings(line: string, known: KnownNames, found: FoundName[]): void {
  for (const match of allMatches(line, kanaPair)) {
    if (known.isReading(match[1] ?? '', match[2] ?? '')) found.push(cued(match.index, match.index + match[0].length, 0.9, true));
  }
}

function findSenders(line: string, known: KnownNames, found: FoundName[]): void {
  const header = headerLine.exec(line);
  if (header !== null) found.push(...moved(findDisplayNames(header[1] ?? '', known), header[0].length - (header[1] ?? '').length));
  if (!line.includes('<')) return;
  for (const match of allMatches(line, quotedSender)) {
    const value = match[1] ?? '';
    found.push(...moved(readNameValue(value, known), match.index + match[0].indexOf(value, 4)));
  }
}
