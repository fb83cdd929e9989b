import { kindOf, kinds } from './model/character-classes.ts';
import { wordClasses, type WordTable } from './model/word-table.ts';

/** Why a line may name somebody. Lines that show none of this are not looked at again. */
export const cues = {
  /** 様, さん, 氏 and their like. */
  honorific: 1,
  /** A character of a label such as 氏名, 担当者, フリガナ. */
  label: 2,
  /** A listed surname of two or more characters where a word begins. */
  surname: 4,
  /** Katakana words joined by ・ or a space: マリア・サントス. */
  katakanaPair: 8,
  /** Two capitalised words side by side, or Mr., Ms., Dear. */
  latinPair: 16,
  /** A mail address or what stands in for one: a header line, a quoted sender. */
  mailbox: 32,
  /** A short line of kanji alone that begins with a surname, as a signature has. */
  alone: 64,
  /** Two hiragana words parted by a space: さとう はなこ. */
  hiraganaPair: 128,
  /** Kanji at the beginning of a sentence or behind の that です or と申します follows: 小鳥遊です. */
  introduction: 256,
} as const;

/** Characters that patterns cannot do without: a line that lacks them is not searched. */
export const holding = {
  /** What parts a label from its value: a colon, a tab, a wide gap, a space behind 氏名. */
  separator: 16,
  twoDigits: 32,
  capital: 64,
  katakana: 128,
  /** The と of 上野と平野. */
  and: 256,
  /** 、・/ */
  listMark: 512,
  /** The 名 of 2名, the 人 of 二人. */
  counter: 2048,
} as const;

/** The cues of a line as bits, what else it holds, and the surnames in it: where each begins and ends (offsets in the text). */
export type LineMarks = { bits: number; holds: number; readonly surnames: number[]; readonly surnameEnds: number[] };

const signs = { honorific: 1, label: 2, mailbox: 4, lead: 8, labelEnd: 4096, looked: 8192 } as const;
const looked = signs.honorific | signs.label | signs.mailbox;
const signOf = buildSigns();
const longestAlone = 14;
/** お客様, 担当者様, 皆様, 同様, 仕様 name nobody, nor do 主人様, 総務部様, 組合様. */
const nobody = new Set(Array.from('客者皆同仕模多有奥員社店各両課', (character) => character.charCodeAt(0)));
const nobodyPairs = new Set('主人 息女 子息 令嬢 家族 夫人 務部 業部 理部 画部 組合 工業 商事 会計 火災 工場 本部 支部 学部'.split(' '));
const surnameBits = wordClasses.commonSurname | wordClasses.surname;

function buildSigns(): Uint16Array {
  const table = new Uint16Array(0x10000);
  const set = (characters: string, bit: number): void => {
    for (const character of characters) table[character.charCodeAt(0)] = (table[character.charCodeAt(0)] ?? 0) | bit;
  };
  set('様氏殿君', signs.honorific);
  set('名当ナ者人主先口員師会議席加長柄方署医行訳妻夫父母男女任姓称', signs.label);
  set('@<', signs.mailbox);
  // Behind these a surname may begin inside a run of kanji: 営業部佐藤, 担当佐藤, 部長佐藤.
  set('部課係室長員者当任役名社店所局司会宛兼途々〆', signs.lead);
  set(':=\t】]', holding.separator);
  set('名者人当ナ前医師妻夫父母姓Pペな', signs.labelEnd);
  set('と', holding.and);
  set('、・/', holding.listMark);
  set('名人', holding.counter);
  // ふりがな, です, と申します, さん, くん, ちゃん
  set('ふでとさくち', signs.looked);
  return table;
}

/** By kind: whether a second character of it says nothing new. */
const goesOn = new Uint8Array(16);
for (const kind of [kinds.lower, kinds.hiragana, kinds.katakana, kinds.kanji]) goesOn[kind] = 1;

/** Reads `text[from, to)` once and says what in it may be a name. `marks` is overwritten. */
export function markLine(text: string, from: number, to: number, words: WordTable, marks: LineMarks): void {
  let [bits, holds, beforeSign] = [0, 0, 0];
  let before: number = kinds.outside;
  let onlyKanji = to - from <= longestAlone;
  let [hasKanji, startsAlone] = [false, false];
  let run = from;
  marks.surnames.length = 0;
  marks.surnameEnds.length = 0;
  for (let at = from; at < to; at += 1) {
    const unit = text.charCodeAt(at);
    const kind = kindOf(unit);
    const sign = signOf[unit] ?? 0;
    // Most characters go on with a word that has been looked at.
    if (sign === 0 && kind === before && goesOn[kind] === 1 && (beforeSign & signs.lead) === 0) {
      beforeSign = 0;
      continue;
    }
    holds |= sign;
    if ((sign & looked) !== 0) {
      if ((sign & signs.honorific) !== 0 && isHonorific(text, at, from, unit)) bits |= cues.honorific;
      if ((sign & signs.label) !== 0) bits |= cues.label;
      if ((sign & signs.mailbox) !== 0) bits |= cues.mailbox;
    }
    if (kind === kinds.kanji) {
      if (before !== kinds.kanji) run = at;
      if ((before !== kinds.kanji || (beforeSign & signs.lead) !== 0) && words.mayBeginSurname(text, at)) {
        const length = words.longestOf(text, at, to, surnameBits);
        if (length >= 2 && !isPlace(text, at + length)) {
          marks.surnames.push(at);
          marks.surnameEnds.push(at + length);
        } else if (length === 1) {
          if (!hasKanji) startsAlone = true;
          if (isLoneSurname(text, at, from, to)) {
            marks.surnames.push(at);
            marks.surnameEnds.push(at + 1);
          }
        }
      }
    } else if (kind === kinds.hiragana) {
      bits |= cuesOfHiragana(text, at, from, before, run);
    } else if (kind === kinds.katakana) {
      holds |= holding.katakana;
      if ((before === kinds.middleDot || before === kinds.space) && isPairAt(text, at, from, kinds.katakana)) bits |= cues.katakanaPair;
    } else if (kind === kinds.upper) {
      holds |= holding.capital;
      if (before !== kinds.upper && before !== kinds.lower && (isLatinPair(text, at, from) || isAddressing(text, at)))
        bits |= cues.latinPair | cues.label;
    } else if (kind === kinds.space) {
      if (before === kinds.space || (beforeSign & signs.labelEnd) !== 0) holds |= holding.separator;
    } else if (kind === kinds.digit && before === kinds.digit) holds |= holding.twoDigits;
    if (kind === kinds.kanji) hasKanji = true;
    else if (kind !== kinds.space) onlyKanji = onlyKanji && (unit === 0x28 || unit === 0x29 || kind === kinds.hiragana);
    before = kind;
    beforeSign = sign;
  }
  if (marks.surnames.length > 0) bits |= cues.surname;
  if (onlyKanji && (startsAlone || marks.surnames.length > 0) && to - from >= 2) bits |= cues.alone;
  marks.bits = bits;
  marks.holds = holds;
}

/** `before`: the kind of the character before; `run`: where the kanji before it begin. */
function cuesOfHiragana(text: string, at: number, from: number, before: number, run: number): number {
  const unit = text.charCodeAt(at);
  let bits = unit === 0x3075 && text.startsWith('ふりがな', at) ? cues.label : 0;
  if (before === kinds.kanji && (unit === 0x3067 || unit === 0x3068) && isIntroduced(text, run, at, from)) bits |= cues.introduction;
  if (unit === 0x3055 || unit === 0x304f || unit === 0x3061) bits |= honorificAt(text, at, unit);
  else if (before === kinds.space && isPairAt(text, at, from, kinds.hiragana)) bits |= cues.hiraganaPair;
  return bits;
}

/** True when no pattern can find anything and the model has nothing to decide: a character of a label and no label. */
export const isIdle = ({ bits, holds }: LineMarks): boolean =>
  bits === cues.label && (holds & (holding.separator | holding.twoDigits)) === 0;

function isHonorific(text: string, at: number, from: number, unit: number): boolean {
  if (unit === 0x6c0f && text.charCodeAt(at + 1) === 0x540d) return false; // 氏名
  const gap = text.charCodeAt(at - 1) === 0x20 ? 2 : 1;
  return at - gap >= from && !isNobody(text, at - gap + 1);
}

/** The word that ends at `end` is a role or a firm; 4名様 counts. */
function isNobody(text: string, end: number): boolean {
  const last = text.charCodeAt(end - 1);
  if (last === 0x540d) return kindOf(text.charCodeAt(end - 2)) === kinds.digit;
  return nobody.has(last) || nobodyPairs.has(text.slice(end - 2, end));
}

/** 経理部 堀, 総務の森も, あけぼの機工の岡です: one kanji that is a word of its own counts where people are spoken of. */
function isLoneSurname(text: string, at: number, from: number, to: number): boolean {
  const before = at === from ? '' : text.charAt(at - 1);
  const behind = at + 1 === to ? '' : text.charAt(at + 1);
  return '部課係室長員者当のム局口ーク社店 ('.includes(before) && 'でとまがもはよさ様(、 '.includes(behind);
}

/** 福島県, 長野市, but not 佐藤市郎 and 鈴木町子. */
function isPlace(text: string, end: number): boolean {
  const next = text.charAt(end);
  if (next !== '' && '県郡区駅港'.includes(next)) return true;
  return next !== '' && '市町村'.includes(next) && !'子郎朗蔵松太代枝江'.includes(text.charAt(end + 1) || ' ');
}

/** さん, さま, くん, ちゃん; not たくさん, みなさま. */
function honorificAt(text: string, at: number, unit: number): number {
  const next = text.charCodeAt(at + 1);
  const before = text.charCodeAt(at - 1);
  if (unit === 0x3055 && (before === 0x304f || before === 0x306a || isNobody(text, at))) return 0;
  if (unit === 0x3055) return next === 0x3093 || next === 0x307e ? cues.honorific : 0;
  if (unit === 0x304f) return next === 0x3093 ? cues.honorific : 0;
  return next === 0x3083 && text.charCodeAt(at + 2) === 0x3093 ? cues.honorific : 0;
}

/** 。小鳥遊です, 工房の衣笠と申します; not 必要です behind が, nor a day or an hour. */
function isIntroduced(text: string, run: number, at: number, from: number): boolean {
  if (at - run < 2 || at - run > 4) return false;
  const speaks =
    text.charCodeAt(at) === 0x3068 ? text.startsWith('申', at + 1) : text.startsWith('す', at + 1) || text.startsWith('ござ', at + 1);
  return speaks && (run === from || '。の >'.includes(text.charAt(run - 1)));
}

/** A word of the same kind of kana stands before the dot or space before `at`. */
function isPairAt(text: string, at: number, from: number, kind: number): boolean {
  return at - 2 >= from && kindOf(text.charCodeAt(at - 2)) === kind;
}

/** The capital at `at` begins the second of two capitalised words: John Smith, NGUYEN VAN. */
function isLatinPair(text: string, at: number, from: number): boolean {
  if (at - 3 < from || (text.charCodeAt(at - 1) !== 0x20 && text.charCodeAt(at - 1) !== 0x2c)) return false;
  if (text.charCodeAt(at - 2) === 0x2e && kindOf(text.charCodeAt(at - 3)) === kinds.upper) return true; // M. Tsukamoto
  let start = at - (text.charCodeAt(at - 2) === 0x2c ? 2 : 1);
  let length = 0;
  while (start > from) {
    const kind = kindOf(text.charCodeAt(start - 1));
    if (kind !== kinds.lower && kind !== kinds.upper) break;
    start -= 1;
    length += 1;
  }
  return length >= 2 && kindOf(text.charCodeAt(start)) === kinds.upper;
}

/** Mr, Ms, Mrs, Dr, Dear, Hi. */
function isAddressing(text: string, at: number): boolean {
  const head = text.slice(at, at + 5);
  return (
    /^(?:M[rs]s?[. ]|Dr[. ]|Dear |Hi |Name|OP)/.test(head) || /^[A-Z][a-z]{2,12}[- ](?:san|sama|sensei|kun)/.test(text.slice(at, at + 22))
  );
}
