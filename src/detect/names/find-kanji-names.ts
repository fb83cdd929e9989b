import { allMatches } from '../all-matches.ts';
import type { FoundName } from './found-name.ts';
import { nextKanjiRun, type KanjiRun } from './kanji-runs.ts';
import type { KnownNames } from './name-lists.ts';
import { foreignSurnames, honorifics, isCompanyWord, notGiven, notNames, titles } from './words.ts';

const companyBefore =
  /(?:株式会社|有限会社|合同会社|合資会社|\(株\)|\(有\)|医療法人|社会福祉法人|学校法人|一般社団法人|財団法人|NPO法人) ?$/;
const companyAfter =
  /^ ?(?:株式会社|有限会社|合同会社|\(株\)|\(有\)|商店|商会|工務店|建設|工業|商事|製作所|クリニック|医院|会計|法律|事務所)/;
const after = new RegExp(`^(?:\\([\\p{Script=Han}]{1,2}\\))? ?(?:${honorifics})(?![\\p{Script=Han}](?<!様|方|宛|分|へ|の))`, 'u');
const isRole = new RegExp(`(?:${titles}|長|部|課|係|室|士|師|員|人|者)$`, 'u');
const titleAfter = new RegExp(`^ ?(?:${titles})(?!会|者|級|職)`, 'u');

/** Without one of these no word of the line is a name for what stands behind it alone. */
const addresses = /[様氏殿]|さん/;

/** Names written in kanji, by the lists: full names anywhere, surnames where a cue stands beside them. */
export function findKanjiNames(text: string, known: KnownNames): FoundName[] {
  const found: FoundName[] = [];
  const run: KanjiRun = { start: 0, end: 0, hasLead: false };
  const isAddressing = addresses.test(text);
  while (nextKanjiRun(text, run.end, run)) {
    for (const start of run.hasLead ? startsIn(text.slice(run.start, run.end)) : fromTheStart) {
      const lengths = known.surnameLengthsAt(text, run.start + start);
      if (lengths === 0 && (start > 0 || !isAddressing)) continue;
      if (start === 0 && companyBefore.test(text.slice(Math.max(0, run.start - 12), run.start))) continue;
      const name = readKanjiName(run, start, lengths, text, known);
      if (name === null) continue;
      found.push(name);
      break;
    }
  }
  return found;
}

const fromTheStart: readonly number[] = [0];
const longNotNames = [...notNames].filter((word) => word.length > 1);

/** A name begins where the run begins, or behind a word that stands before names: 担当佐藤, 営業部長佐藤花子, 代表取締役 山田太郎. */
const leadWords =
  /(?:担当者?|氏名|名前|代表取締役|取締役|社長|部長|課長|係長|主任|次長|専務|常務|店長|室長|所長|院長|医師|[書護理労計政定栄]士|看護師|薬剤師|部|課|係|室|宛|者|名|長|社|員|当|の|兼|故|亡| )(?=[\p{Script=Han}])/gu;

function startsIn(run: string): number[] {
  const starts = [0];
  for (const match of allMatches(run, leadWords)) starts.push(match.index + match[0].length);
  return starts;
}

function readKanjiName(run: KanjiRun, start: number, lengths: number, text: string, known: KnownNames): FoundName | null {
  const at = run.start + start;
  for (const length of [4, 3, 2, 1]) {
    if ((lengths & (1 << length)) === 0 || at + length > run.end) continue;
    const surname = text.slice(at, at + length);
    // 社長さん, 店長様
    if (surname === '長' && start > 0) continue;
    if (surname.includes(' ') || !known.isSurname(surname)) continue;
    const name = readGiven(at, length, text, known) ?? readSurnameOnly(surname, run.end, at, text);
    if (name !== null) return name;
  }
  return start === 0 && run.end - run.start <= 8 ? readUnlisted(at, text, known) : null;
}

function readGiven(at: number, length: number, text: string, known: KnownNames): FoundName | null {
  // From the text, not the run: 製造部 井上 徹 is one run up to 井上.
  const spaced = text.charAt(at + length) === ' ';
  const from = at + length + (spaced ? 1 : 0);
  const most = at + length + 7 - from;
  const lengths = known.givenLengthsAt(text, from);
  for (const size of [5, 4, 3, 2, 1]) {
    if ((lengths & (1 << size)) === 0 || size > most || from + size > text.length) continue;
    const given = text.slice(from, from + size);
    if (given.includes(' ') || !known.isGivenName(given) || notNames.has(given) || notNames.has(text.slice(at, from + size))) continue;
    const end = from + size;
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
    const rest = text.slice(from, at + length + 7);
    if (!spaced && !cue && (notGiven.test(rest) || length + size < 3 || (length === 1 && size < 2))) continue;
    if (companyAfter.test(following) || (spaced && isLetterSpaced(text, at, end))) return null;
    const isRun = length + size >= 4 && !/^[ぁ-ゖ]/.test(given);
    const confidence = cue ? 0.98 : spaced ? 0.9 : isRun ? 0.84 : 0.62;
    return {
      start: at,
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

function readSurnameOnly(surname: string, runEnd: number, start: number, text: string): FoundName | null {
  const end = start + surname.length;
  if (notNames.has(surname)) return null; // 奥様, 神殿
  const following = text.slice(end, end + 12);
  if (after.test(following))
    return { start, end: withParenthesis(text, end), confidence: 0.95, evidence: 'context-word', full: false, strong: true };
  if (runEnd - end <= 6 && titleAfter.test(following))
    return { start, end, confidence: 0.85, evidence: 'context-word', full: false, strong: true };
  if (!following.startsWith('(')) return null;
  const paren = /^\([\p{Script=Han}]{1,2}\)(?=[ 、。です様さ]|$|\n)/u.exec(following);
  if (paren !== null) return { start, end: end + paren[0].length, confidence: 0.9, evidence: 'context-word', full: false, strong: true };
  return null;
}

/** 佐藤(美): staff of one surname are told apart this way; 井樋 さおり(母) is somebody's mother. */
export function withParenthesis(text: string, end: number): number {
  return end + (/^\((?![妻夫父母子孫兄弟姉妹男女])\p{Script=Han}\)/u.exec(text.slice(end, end + 4))?.[0].length ?? 0);
}

const isOnlySurname = (name: string, known: KnownNames): boolean => known.isPlainlySurname(name) && !known.isGivenName(name);

const unlisted = { evidence: 'context-word', full: false, strong: false } as const;

/** 王さん: a surname of one character that no other word goes before. */
const isForeign = (name: string, before: string): boolean =>
  foreignSurnames.has(name) && !/[何方文全常車安高明]/.test(name) && !/[\p{L}0-9]/u.test(before);

/** A surname or full name that no list has, with an honorific behind it. */
function readUnlisted(start: number, text: string, known: KnownNames): FoundName | null {
  const match =
    /^([\p{Script=Han}々ヶケノ]{1,3}?(?: ?[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{1,3})?) ?(?:様|氏|さん|殿)(?![\p{Script=Han}])/u.exec(
      text.slice(start, start + 12),
    );
  const name = match?.[1] ?? '';
  if (match === null || notNames.has(name) || longNotNames.some((word) => name.endsWith(word))) return null;
  if (name.length < 2) return isForeign(name, text.charAt(start - 1)) ? { ...unlisted, start, end: start + 1, confidence: 0.85 } : null;
  // 通称モリさん is called モリ.
  if (/^(?:通称|愛称|旧姓|屋号)/.test(name)) return null;
  if (/[店社部課局会係所院館校園組協荘亭苑閣楼庵皆同仕多一有各何]$/.test(name) || isCompanyWord(name)) return null;
  // 事務長 栗林 様, 生協 遠山様: the first word is what he does or where.
  const [role = '', person = ''] = name.split(' ');
  if (notNames.has(person)) return null;
  if (person !== '' && (isRole.test(role) || (!known.isSurname(role) && isOnlySurname(person, known))))
    return {
      start: start + role.length + 1,
      end: start + name.length,
      confidence: 0.9,
      evidence: 'context-word',
      full: false,
      strong: true,
    };
  const confidence = name.includes(' ') ? 0.86 : 0.72;
  return { start, end: start + name.length, confidence, evidence: 'context-word', full: name.includes(' '), strong: false };
}
