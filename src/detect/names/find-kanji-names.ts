import type { FoundName } from './found-name.ts';
import type { KnownNames } from './name-lists.ts';
import { honorifics, isCompanyWord, notGiven, notNames, titles } from './words.ts';

const han = '\\p{Script=Han}々ヶケノ';
const kanjiRun = new RegExp(`[${han}]+(?: [${han}\\p{Script=Hiragana}\\p{Script=Katakana}ー]{1,5})?`, 'gu');
const companyBefore =
  /(?:株式会社|有限会社|合同会社|合資会社|\(株\)|\(有\)|医療法人|社会福祉法人|学校法人|一般社団法人|財団法人|NPO法人) ?$/;
const companyAfter =
  /^ ?(?:株式会社|有限会社|合同会社|\(株\)|\(有\)|商店|商会|工務店|建設|工業|商事|製作所|クリニック|医院|会計|法律|事務所)/;
const after = new RegExp(`^(?:\\([\\p{Script=Han}]{1,2}\\))? ?(?:${honorifics})(?![\\p{Script=Han}](?<!様|方|宛|分|へ|の))`, 'u');
const isRole = new RegExp(`(?:${titles}|長|部|課|係|室|士|師|員|人|者)$`, 'u');
const titleAfter = new RegExp(`^ ?(?:${titles})(?!会|者|級|職)`, 'u');

/** Names written in kanji, by the lists: full names anywhere, surnames where a cue stands beside them. */
export function findKanjiNames(text: string, known: KnownNames): FoundName[] {
  const found: FoundName[] = [];
  for (const match of text.matchAll(kanjiRun)) {
    const run = match[0];
    const before = text.slice(Math.max(0, match.index - 12), match.index);
    for (const start of startsIn(run)) {
      if (start === 0 && companyBefore.test(before)) continue;
      const name = readKanjiName(run, start, match.index, text, known);
      if (name === null) continue;
      found.push(name);
      break;
    }
  }
  return found;
}

/** The last character of every such word, and one behind it. */
const leadsOn = /[当者名前役長任務師士部課係室宛社員の兼故亡 ]./u;
const longNotNames = [...notNames].filter((word) => word.length > 1);

/** A name begins where the run begins, or behind a word that stands before names: 担当佐藤, 営業部長佐藤花子, 代表取締役 山田太郎. */
function startsIn(run: string): number[] {
  const starts = [0];
  if (!leadsOn.test(run)) return starts;
  for (const match of run.matchAll(
    /(?:担当者?|氏名|名前|代表取締役|取締役|社長|部長|課長|係長|主任|次長|専務|常務|店長|室長|所長|院長|医師|[書護理労計政定栄]士|看護師|薬剤師|部|課|係|室|宛|者|名|長|社|員|当|の|兼|故|亡| )(?=[\p{Script=Han}])/gu,
  ))
    starts.push(match.index + match[0].length);
  return starts;
}

function readKanjiName(run: string, start: number, offset: number, text: string, known: KnownNames): FoundName | null {
  for (const length of [4, 3, 2, 1]) {
    const surname = run.slice(start, start + length);
    // 社長さん, 店長様
    if (surname === '長' && start > 0) continue;
    if (surname.length !== length || surname.includes(' ') || !known.isSurname(surname)) continue;
    const name = readGiven(start, length, offset, text, known) ?? readSurnameOnly(run, start, length, offset, text);
    if (name !== null) return name;
  }
  return readUnlisted(run, start, offset, text);
}

function readGiven(start: number, length: number, offset: number, text: string, known: KnownNames): FoundName | null {
  // From the text, not the run: 製造部 井上 徹 is one run up to 井上.
  const behind = text.slice(offset + start + length, offset + start + length + 7);
  const spaced = behind.startsWith(' ');
  const rest = spaced ? behind.slice(1) : behind;
  for (const size of [5, 4, 3, 2, 1]) {
    const given = rest.slice(0, size);
    if (given.length !== size || given.includes(' ') || !known.isGivenName(given) || notNames.has(given)) continue;
    const end = offset + start + length + (spaced ? 1 : 0) + size;
    const following = text.slice(end, end + 12);
    const cue = after.test(following);
    // 大宮ウイング is no 大宮ウイ.
    if (/[ァ-ヴー]$/.test(given) && /^[ァ-ヴー]/.test(following)) continue;
    // Within a run the name must end with it, or at an honorific or title.
    if (
      /^[\p{Script=Han}々]/u.test(following) &&
      !cue &&
      !titleAfter.test(following) &&
      !/^(?:宛|分|名義|方|作|著|より|殿)/u.test(following)
    )
      continue;
    if (!spaced && !cue && (notGiven.test(rest) || length + size < 3 || (length === 1 && size < 2))) continue;
    if (companyAfter.test(following) || (spaced && isLetterSpaced(text, offset + start, end))) return null;
    const isRun = length + size >= 4 && !/^[ぁ-ん]/.test(given);
    const confidence = cue ? 0.98 : spaced ? 0.9 : isRun ? 0.84 : 0.62;
    return {
      start: offset + start,
      end: withParenthesis(text, end),
      confidence,
      evidence: cue ? 'context-word' : 'dictionary',
      full: true,
      strong: cue || spaced,
    };
  }
  return null;
}

/** 請 求 書: a heading, whose every character stands apart. */
export function isLetterSpaced(text: string, start: number, end: number): boolean {
  return (
    end - start === 3 &&
    text.charAt(start + 1) === ' ' &&
    (/^ \S(?:\s|$)/.test(text.slice(end, end + 3)) || /(?:^|\s)\S $/.test(text.slice(Math.max(0, start - 3), start)))
  );
}

function readSurnameOnly(run: string, start: number, length: number, offset: number, text: string): FoundName | null {
  const end = offset + start + length;
  const following = text.slice(end, end + 12);
  if (notNames.has(run.slice(start, start + length))) return null; // 奥様, 神殿
  if (after.test(following))
    return {
      start: offset + start,
      end: withParenthesis(text, end),
      confidence: 0.95,
      evidence: 'context-word',
      full: false,
      strong: true,
    };
  if (titleAfter.test(following) && run.length - start <= length + 6)
    return { start: offset + start, end, confidence: 0.85, evidence: 'context-word', full: false, strong: true };
  const paren = /^\([\p{Script=Han}]{1,2}\)(?=[ 、。です様さ]|$|\n)/u.exec(following);
  if (paren !== null)
    return { start: offset + start, end: end + paren[0].length, confidence: 0.9, evidence: 'context-word', full: false, strong: true };
  return null;
}

/** 佐藤(美): staff of one surname are told apart this way. */
export function withParenthesis(text: string, end: number): number {
  return end + (/^\([\p{Script=Han}]{1}\)/u.exec(text.slice(end, end + 4))?.[0].length ?? 0);
}

/** A surname or full name that no list has, with an honorific behind it. */
function readUnlisted(run: string, start: number, offset: number, text: string): FoundName | null {
  if (start !== 0 || run.length > 8) return null;
  const match =
    /^([\p{Script=Han}々ヶケノ]{1,3}?(?: ?[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{1,3})?) ?(?:様|氏|さん|殿)(?![\p{Script=Han}])/u.exec(
      text.slice(offset + start, offset + start + 12),
    );
  const name = match?.[1] ?? '';
  if (match === null || notNames.has(name) || longNotNames.some((word) => name.endsWith(word)) || name.length < 2) return null;
  if (/[店社部課局会係所院館校園組荘亭苑閣楼庵皆同仕多一有各何]$/.test(name) || isCompanyWord(name)) return null;
  // 事務長 栗林 様: the first word is what he does.
  const [role = '', person = ''] = name.split(' ');
  if (person !== '' && isRole.test(role))
    return {
      start: offset + role.length + 1,
      end: offset + name.length,
      confidence: 0.9,
      evidence: 'context-word',
      full: false,
      strong: true,
    };
  const confidence = name.includes(' ') ? 0.86 : 0.72;
  return { start: offset, end: offset + name.length, confidence, evidence: 'context-word', full: name.includes(' '), strong: false };
}
