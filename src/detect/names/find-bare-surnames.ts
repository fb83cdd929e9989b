import { allMatches } from '../all-matches.ts';
import { toKatakana } from '../../normalize/index.ts';
import { cued, type FoundName } from './found-name.ts';
import { holding, type LineMarks } from './mark-line.ts';
import type { KnownNames } from './name-lists.ts';

const surname = '[\\p{Script=Han}々ヶ]{2,4}';
const list = `${surname}(?:(?:[、,・;/] ?| )${surname}){0,8}`;
/** (八木), (里見・門脇), (BCC:飯塚、上杉), (文責:広報課 小笠原・真田) */
const inBrackets = new RegExp(`\\((?:[^()]{1,12}[: ])?(${list})\\)`, 'gu');
/** 面接官:城戸、中尾; 宛先: 長瀬; 丸尾; 前回対応者=三木: the value is nothing but surnames. */
const asValue = new RegExp(`[:=] ?(${list})(?=$|[)\\]」。、|\\t]| ?\\()`, 'gu');
/** 芹沢:機能を分けてはどうか。 */
const speaking = new RegExp(`^[> ・■●○◆【\\[-]*(${surname})(?:\\([^()]{1,6}\\))?[:】] ?(?=[^\\s0-9])`, 'gu');
/** @岩瀬, and who is to do it: 手順書の更新 … 岩瀬. */
const mentioned = new RegExp(`(?:(?<![\\p{L}\\w.])@|[…→] ?)(${surname})(?=[\\s、,@]|$|さん)`, 'gu');
/** 承知しました。 久米 */
const signing = new RegExp(`。 +(${surname})$`, 'gu');
/** 看護師長 倉橋: a title, a gap and the end of the line. */
const behindTitle = new RegExp(`^[^、。:]{0,20}(?:長|主任|担当|師|士|員|役|補佐|代理|リーダー|マネージャー) (${surname}) ?$`, 'gu');
/** 看護の岩崎にも, 栄養課稲葉の力作: of what people do or where they sit. */
const ofTrade = new RegExp(
  `(?:(?:看護|介護|栄養|調理|受付|現場|整備|配車|設計|広報|法務)の|[課係]の?|[部室]の)(${surname})(?=[のにをは](?![\\p{Script=Han}]{0,2}[県市町村区])|でした)`,
  'gu',
);
/** もーりーこと守屋です, ゆい(安原結衣): what somebody is called, before who it is. */
const calledSo = new RegExp(`(?:^|[、。 ])([ぁ-ゖァ-ヴー]{2,8})こと(${surname})(?=です|と申|でござい)`, 'gdu');
/** 一(にのまえ)様, 東(あずま)です. */
const withReading =
  /(?<![\p{Script=Han}々])([\p{Script=Han}々ヶ]{1,4})\(([ぁ-ゖ]{2,7}|[ァ-ヴー]{2,7})\)(?= ?(?:様|さん|氏|先生|です|と申))/gu;
const surnames = new RegExp(surname, 'gu');
/** Whoever does or undergoes this is a person. */
const acting = new RegExp(
  `(?<![\\p{Script=Han}々ヶァ-ヴー])(${surname})(?=の(?:代理で|後任|不在)|[にへ](?:代わ|かわ|替わ|引き?継|申し伝え|伝えます|伝言)|から引き?継|不在の|が(?:務め|窓口|担当|同席|同行)|も(?:同席|同行|伺|参り)|は[^、。]{0,10}(?:外出|出張|退職|異動|休職|産休|育休|休み|不在|席を|離席|欠席|帰社|戻り))`,
  'gu',
);

/** Surnames without an honorific, where only people stand: alone in brackets, as a value, before what they say, as who does something. */
export function findBareSurnames(line: string, { holds }: LineMarks, known: KnownNames, found: FoundName[]): void {
  if (line.includes('(')) {
    takeSurnames(line, inBrackets, known, found);
    findShortened(line, known, found);
    for (const { 1: name = '', 2: reading = '', index } of allMatches(line, withReading)) {
      const end = index + name.length;
      if (known.isSurname(name) || known.isSurnameReading(toKatakana(reading)))
        found.push(cued(index, end, 0.9, false), cued(end + 1, end + 1 + reading.length, 0.88, false));
    }
  }
  if ((holds & holding.separator) !== 0) {
    takeSurnames(line, asValue, known, found);
    takeSurnames(line, speaking, known, found);
  }
  if (/[@…→]/.test(line)) takeSurnames(line, mentioned, known, found);
  if (line.includes('。 ')) takeSurnames(line, signing, known, found);
  takeSurnames(line, behindTitle, known, found);
  if (/[護養理付場備車計報務課係]の?\p{Script=Han}|[部室]の\p{Script=Han}/u.test(line)) takeSurnames(line, ofTrade, known, found);
  if (line.includes('こと')) findCalled(line, known, found);
  if (/[のにへがもは]/.test(line)) takeSurnames(line, acting, known, found);
}

/** ゆい(安原結衣): a given name in kana, before who signs with it. */
const signedShort = /^[> ]*([ぁ-ゖ]{2,5}|[ァ-ヴー]{2,6})\([\p{Script=Han}々ヶ ]{3,7}\)/u;

function findShortened(line: string, known: KnownNames, found: FoundName[]): void {
  const [whole = '', name = ''] = signedShort.exec(line) ?? [];
  if (name === '' || !known.isGivenName(name) || known.surnameLengthsAt(line, line.indexOf('(', whole.indexOf(name)) + 1) === 0) return;
  found.push(cued(whole.indexOf(name), whole.indexOf(name) + name.length, 0.84, false));
}

function findCalled(line: string, known: KnownNames, found: FoundName[]): void {
  for (const { indices } of allMatches(line, calledSo)) {
    const [, called, name] = indices ?? [];
    if (called === undefined || name === undefined || !known.isPlainlySurname(line.slice(...name))) continue;
    found.push(cued(...called, 0.84, false), cued(...name, 0.88, false));
  }
}

/** All of the match's first group, or none: 長野、山梨 and 小麦・大豆 are no people. */
function takeSurnames(line: string, pattern: RegExp, known: KnownNames, found: FoundName[]): void {
  for (const match of allMatches(line, pattern)) {
    const value = match[1] ?? '';
    const start = match.index + match[0].lastIndexOf(value);
    const names = allMatches(value, surnames);
    if (!names.every(([name]) => known.isPlainlySurname(name))) continue;
    for (const { 0: name, index } of names) found.push(cued(start + index, start + index + name.length, 0.84, false));
  }
}
