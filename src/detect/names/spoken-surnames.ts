import { toKatakana } from '../../normalize/index.ts';
import { canonicalName } from '../canonical.ts';
import type { Evidence } from '../detection.ts';
import type { FoundName } from './found-name.ts';
import { WordStarts } from './word-starts.ts';
import { honorifics, notGiven, titles } from './words.ts';

const longest = 5;
const kana = /[ぁ-ゖァ-ヴー]/;
const onlyKana = /^[ぁ-ゖァ-ヴー]+$/;
const han = /[\p{Script=Han}々]/u;
/** Behind these a surname may begin inside a run of kanji. */
const lead = /[部課係室長員者当店所局司会社]/;
const spoken = `です|でした|拝|でござい|と申し|より|から|が(?:伺|お|承|申|話|担当|対応|同席|持参|参|迎|作成|確認)|も(?:同席|伺|参加|出席)|まで|宛|にて|本人`;
const behindKanji = new RegExp(`^ ?(?:${honorifics}|${titles}|${spoken}|$|[\\n(),、。/／@＠・:|<\\]] ?|[0-9]| )`, 'u');
/** One character is a word of its own more often than not: it takes somebody who speaks, or the end of a line behind whom he works for. */
const behindOneKanji = new RegExp(`^(?: ?(?:です|でござい|と申し|$|\\n|\\)))`, 'u');
const behindKana = new RegExp(`^ ?(?:様|さん|先生|です(?![かが])|でした|でござい|と申し|より|拝|$|\\n|[(),、/@])`, 'u');

/**
 * Surnames known to be people's, wherever they sign or are spoken of: of the site's own people (「はり工房 衣笠」, 「えびすです」, 「(司会：丹羽)」), or of
 * those whom a mail names in full. They are known, so that a sign-off line is cue enough; a place or thing of that name (衣笠駅, 石川県) is none.
 */
export class SpokenSurnames {
  readonly #surnames: ReadonlySet<string>;
  readonly #evidence: Evidence;
  readonly #starts = new WordStarts();

  /** Canonical; `evidence`: how they are known. */
  constructor(surnames: Iterable<string>, evidence: Evidence) {
    this.#surnames = new Set(surnames);
    this.#evidence = evidence;
    for (const surname of this.#surnames) if (surname !== '') this.#starts.add(surname);
  }

  find(text: string): readonly FoundName[] {
    const found: FoundName[] = [];
    if (this.#surnames.size === 0) return found;
    for (let at = 0; at < text.length; at += 1) {
      if (!this.#starts.mayBegin(text, at)) continue;
      const length = this.#lengthAt(text, at);
      if (length === 0) continue;
      found.push({ start: at, end: at + length, confidence: 0.85, evidence: this.#evidence, full: false, strong: false });
      at += length - 1;
    }
    return found;
  }

  #lengthAt(text: string, at: number): number {
    for (let length = Math.min(longest, text.length - at); length > 0; length -= 1) {
      const surname = text.slice(at, at + length);
      if (!this.#surnames.has(surname) || isBehindLegalForm(text, at)) continue;
      const [before, behind] = [text.charAt(at - 1), text.slice(at + length, at + length + 10)];
      if (isSpoken(surname, before, behind)) return length;
      if (this.#evidence === 'seen-elsewhere' ? isInSentence(surname, before, behind) : isOfOurs(surname, text, at, behind)) return length;
    }
    return 0;
  }
}

/** `names`: full names as the staff file spells them, in kanji or kana: surname and given name with a space between. */
export const staffSurnames = (names: readonly string[]): SpokenSurnames => new SpokenSurnames(names.flatMap(surnamesOf), 'dictionary');

function surnamesOf(name: string): readonly string[] {
  const [surname = '', given = ''] = name.normalize('NFKC').trim().split(/\s+/);
  const spelled = canonicalName(surname);
  if (given === '' || spelled.length > longest) return [];
  return kana.test(spelled) ? [toKatakana(spelled), toHiragana(spelled)] : [spelled];
}

/** Of a name in kana: in hiragana and katakana, surname or given name first, without space. */
export function readingsOf(name: string): readonly string[] {
  const [surname = '', given = ''] = name.normalize('NFKC').trim().split(/\s+/);
  if (given === '' || !onlyKana.test(surname + given)) return [];
  return [surname + given, given + surname].flatMap((whole) => [toKatakana(whole), toHiragana(whole)]);
}

/** 芦川と詰めております, 佐久本も見ます: of somebody whom the mail names in full. */
const isInSentence = (surname: string, before: string, behind: string): boolean =>
  surname.length > 1 && !han.test(before) && !kana.test(surname) && /^[がもとにへはの、。]/.test(behind) && !notGiven.test(behind);

/** A line of nothing but whom somebody works for, before his name: ミナモ通信 瀬戸です. */
const firmOnly = /(?:^|\n)[^、。はがをにで\n]{2,24}$/;

/** 倉敷店のはまぐちです, ミナモ通信瀬戸です: our people introduce themselves. */
function isOfOurs(surname: string, text: string, at: number, behind: string): boolean {
  if (!/^(?:です(?![かが])|でござい|と申し)/.test(behind) || surname.length < 2) return false;
  if (kana.test(surname)) return surname.length > 2 && text.charAt(at - 1) === 'の';
  return /^(?:です|でございます|と申します)。?(?:$|\n)/.test(behind) && firmOnly.test(text.slice(Math.max(0, at - 26), at));
}

function isSpoken(surname: string, before: string, behind: string): boolean {
  if (kana.test(surname)) return surname.length > 1 && !kana.test(before) && behindKana.test(behind);
  if (surname.length === 1) return /[ (：:・/の]/.test(before) && behindOneKanji.test(behind);
  return (!han.test(before) || lead.test(before)) && behindKanji.test(behind) && !notGiven.test(behind);
}

/** 社労士法人しおみ is a firm. */
export const isBehindLegalForm = (text: string, at: number): boolean =>
  /(?:法人|会社|\((?:株|有|同)\))$/.test(text.slice(Math.max(0, at - 3), at));

/** Of kana in either script. */
export const toHiragana = (text: string): string =>
  toKatakana(text).replaceAll(/[ァ-ヴ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60));
