import { isLetterSpaced } from './find-kanji-names.ts';
import type { ModelName } from './model/name-model.ts';
import { wordClasses, type WordTable } from './model/word-table.ts';
import type { NameLists } from './name-lists.ts';
import { romaji } from './read-name-value.ts';
import { honorifics, isCompanyWord, katakanaThing, latinThing, notGiven, notNames, titles } from './words.ts';

/** `text[from, to)`. */
export type Line = { readonly text: string; readonly from: number; readonly to: number };

const personBehind = new RegExp(
  `^ ?(?:${honorifics}|${titles}|です|でござい|と申し|宛|両名|名義|夫妻|\\(|<|まで(?:ご連絡|お問|お気軽|お願|ご一報)|より(?:ご連絡|お送り|お電話|折り返|ご案内|返信|回答)|が(?:伺|承|対応|担当|参り|立ち会|同席|出席|欠席|説明|確認|作成)|も(?:同席|伺|参加|出席|立ち会|参り))`,
  'u',
);
const personBefore =
  /(?:担当|[^\p{Script=Han}](?:部|課|係|室)|者|長|氏名|名前|デスク|窓口|総務|経理|人事|営業|技術|弊社|当社|御社|貴社)の? ?$/u;
/** More kanji make a compound of what would be a name: 松下建材, 福島第二倉庫; unless they speak of a person. */
const compound = new RegExp(
  `^(?!${honorifics}|${titles}|宛|分|方|名義|両|夫|家|本人|邸|作|著|記|印|出席|欠席|参加|同行|同席|確認|対応|承認|休|不在|在席|退席|離席|直帰|直行|外出|出張|有休|有給|着任|了承|了解|承知|済|談|拝|宅|個人|名刺|総括|教諭|監督|選手|議員|以外|以下|自身|同様)[\\p{Script=Han}々]`,
  'u',
);
const latinBefore = /(?:Dear|Hi|Hello|Mrs?\.?|Ms\.?|Dr\.?|Name|From|To|Cc|Attn\.?|Regards,?|by)[ :]{0,2}$/;
const latinBehind = /^ ?(?:様|さま|さん|氏|殿|先生|<)/;

/** ソウジヤシ エキマエ 2-14-3: an address, as old host systems spell it. */
const kanaBlock = /^ [1-9][0-9]{0,4}(?:-[0-9]|$|\t)/;
/** What goes on behind 森田 in 森田ゴム工業. */
const firm = /^[\p{Script=Han}々ァ-ヴー]{1,8}/u;
/** The branch in the cell behind its bank: 東海道銀行, 藤枝. */
const bankBefore = /(?:銀行|金庫|信金|農協|組合)\t *$/;
/** 宅配BOX, カローラ W×B. */
const mixed = /[\p{Script=Han}].*[A-Za-z]|[A-Za-z].*[\p{Script=Han}]|[ァ-ヴー]{2} ?[A-Z]{1,3}$|×/u;
/** 白樺荘予約係, 翠光会, 韓国語可. */
const endsAsThing = /(?:会|荘|課|係|大学|便|語可)$/;

/**
 * Whether what the model takes for a name may be one, seen with what stands around it: a place that is also a surname (福島, 松山), a firm
 * (松下建材) and English words need more than the model's word.
 */
export function isCredible(line: Line, name: ModelName, words: WordTable, { commonest, surnames }: NameLists): boolean {
  const { text, from, to } = line;
  const { start, end, probability } = name;
  const spelled = text.slice(start, end);
  if (notNames.has(spelled) || isCompanyWord(spelled) || katakanaThing.test(spelled) || isLetterSpaced(text, start, end)) return false;
  if (mixed.test(spelled) || endsAsThing.test(spelled) || notNames.has(spelled.slice(spelled.indexOf(' ') + 1))) return false;
  // 経理課 and 小松発 are no given names, カ of スイホウ・カンパニー no end of one, and a cell's border stands in none.
  if (/[荘亭苑閣楼庵]$/.test(spelled) && !surnames.has(spelled)) return false;
  // 大場川 is a river, where no list knows the name and 大場 is one.
  if (/[川橋池]$/.test(spelled) && !surnames.has(spelled) && surnames.has(spelled.slice(0, -1))) return false;
  if (/\t|[課係室局]$|^[\p{Script=Han}々]{2,3} ?[発着]$/u.test(spelled)) return false;
  if (/[ァ-ヴー]$/.test(spelled) && end < to && /[ァ-ヴー]/.test(text.charAt(end))) return false;
  const before = text.slice(Math.max(from, start - 10), start);
  if (before.endsWith('@')) return false; // 近藤@大阪
  const behind = text.slice(end, Math.min(to, end + 10));
  const isAlone = /(?:^|\t) *$/.test(text.slice(from, start)) && /^ *(?:\t|$)/.test(text.slice(end, to));
  if (/^[\x20-\x7E]+$/.test(spelled)) return probability > 0.8 && isLatinName(spelled, before, behind, isAlone);
  if (isCompanyWord(firm.exec(behind)?.[0] ?? '') || (isAlone && bankBefore.test(before))) return false;
  if (kanaBlock.test(behind) && /^[ァ-ヴー ]+$/.test(spelled)) return false;
  const isAddressed = personBehind.test(behind);
  if (/^[ァ-ヴー]+$/.test(spelled) || /^[\p{Script=Han}々]+[ァ-ヴー]+$/u.test(spelled)) return probability > 0.8 && isAddressed;
  if (notGiven.test(behind) && !isAddressed) return false;
  if (compound.test(behind) || /^.{2,3}[県市区郡]$/.test(spelled)) return false;
  const isPlace = words.longestOf(text, start, end, wordClasses.place) === end - start;
  if (isPlace && isAmongPlaces(line, start, end, words)) return false;
  return !isPlace || commonest.has(spelled) || isAddressed || personBefore.test(before) || (isAlone && probability > 0.9);
}

/** 石川・福島・長野: with two others in its list, and all are places. */
function isAmongPlaces({ text, from, to }: Line, start: number, end: number, words: WordTable): boolean {
  const before = (listBefore.exec(text.slice(Math.max(from, start - 16), start))?.[0] ?? '').split(/[・、]/);
  const behind = (listBehind.exec(text.slice(end, Math.min(to, end + 16)))?.[0] ?? '').split(/[・、]/);
  const others = [...before, ...behind].filter((word) => word !== '');
  return others.length >= 2 && others.every((word) => words.longestOf(word, 0, word.length, wordClasses.place) === word.length);
}

const listBefore = /(?:[\p{Script=Han}]{2,3}[・、]){1,4}$/u;
const listBehind = /^(?:[・、][\p{Script=Han}]{2,3}){1,4}/u;

function isLatinName(name: string, before: string, behind: string, isAlone: boolean): boolean {
  const parts = name.split(' ');
  if (parts.length < 2 || latinThing.test(name)) return false;
  return isAlone || parts.every((part) => romaji.test(part)) || latinBefore.test(before) || latinBehind.test(behind);
}
