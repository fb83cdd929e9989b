import type { Evidence } from './detection.ts';
import { hasTwoLetters } from './letters.ts';
import { countDigits, lowerCase, type Lines } from './line.ts';
import type { LineMatch } from './match-lines.ts';
import type { TableRow } from './read-tables.ts';
import type { CompiledPattern, CompiledRule } from './compiled-rule.ts';
import { toWordList, type WordList } from './word-list.ts';

/** A match in a line of the segment: `[start, end)` in that line, and what a table's row says of it. */
export type Place = {
  readonly lines: Lines;
  readonly line: number;
  /** The line's. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The header above the match's cell; '' under a header row without words for this column, null outside tables with headers. */
  readonly header: string | null;
  /** True in a list of records: a header names another kind of value for this column. */
  readonly isForeign: boolean;
  /** Where the match's own cell starts, when a header rules its column; else 0. */
  readonly cellStart: number;
  /** The nearest filled cell to the left, when it is a label and not another value. */
  readonly labelCell: string;
};

/** A number beside the one looked at. Words on its far side belong to it ('生年月日 1984/3/7 登録日 2020/4/1'). */
const otherNumber = /[0-9][0-9\-/.()年月 ]{3,}[0-9]日?/g;
const aLetter = /\p{L}/u;
const nearbyDistance = 300;
const suffixWindow = 8;
const longestLabel = 24;
/** A noun and the word number: 資料番号, 案件ID, 管理No. */
const anyNumberLabel = /([\p{Script=Han}\p{Script=Katakana}ーa-z]{2,12}[ _]?(?:番号|ナンバー|no\.?|id|コード|code))[\s:#.は=)'"]{0,5}$/u;
/** Faster to look for. */
const numberWords = toWordList(['番号', 'ナンバー', 'no', 'id', 'コード', 'code']);
const isCode = /(?:id|コード|code)$/;
/** The label's own number, and words that go on: '注文番号1234の件、090-…'. */
const ownNumber = /[0-9]{3}(?![年桁]).*\p{L}{2}/u;
const longestList = 60;

/** What raised a match, and the rule's own word that did (never the mail's text). */
export type Context = { readonly evidence: Evidence; readonly word: string };

/** What says that the match is what the rule looks for: the column's header, a label cell, or a word near it. Null: nothing does. */
export function findContext({ context }: CompiledRule, place: Place, columnOnly: boolean): Context | null {
  if (context === null) return null;
  const { header, labelCell: label } = place;
  const ofHeader = header === null ? null : context.columns.firstIn(header);
  if (ofHeader !== null) return { evidence: 'column-header', word: ofHeader };
  // Under a header of another kind the cell to the left is data (みずほ銀行), unless it begins as a label does.
  if (place.isForeign ? context.columns.isAtStart(label) : context.columns.isIn(label)) return near(context.columns.firstIn(label));
  if (columnOnly) return null;
  const { text: after, isCut } = textAfter(place, context.within, context.sameLine);
  return near(
    context.words.firstIn(textBefore(place, context.within, context.sameLine)) ??
      context.suffixes.firstIn(after.slice(0, suffixWindow)) ??
      // Before another number a word is that one's label: '2020/4/1 生年月日 1984/3/7'.
      (context.after && !isCut ? context.words.firstIn(after) : null),
  );
}

const near = (word: string | null): Context | null => (word === null ? null : { evidence: 'context-word', word });

/** True where a label says that the match is something else: '伝票番号 0312345678', a column 注文番号, a dial-in above, '… 円'. */
export function isVetoed({ context, veto }: CompiledRule, pattern: CompiledPattern, place: Place): boolean {
  const wanted = context?.columns ?? null;
  const { header, labelCell: cell } = place;
  if (header !== null && header !== '') {
    // The last noun of a compound rules it: 代表型番 is a type number, 健康保険料 an amount.
    if (veto.words.lastEnd(header) === header.length) return true;
    if (wanted?.isIn(header) === true) return false;
    if (veto.words.isIn(header)) return true;
  }
  if (!veto.words.isEmpty) {
    const label = textBefore(place, veto.within, true);
    const vetoed = veto.words.lastEnd(label);
    // The nearer label wins: '受付番号の件、電話 03-…' is a phone.
    if (vetoed !== -1 && vetoed > (wanted?.lastEnd(label) ?? -1) && !ownNumber.test(label.slice(vetoed))) return true;
    if (veto.anyLabel && hasOtherLabel(label, wanted)) return true;
    if (!place.isForeign && cell !== '' && veto.words.isIn(cell) && wanted?.isIn(cell) !== true) return true;
  }
  if (veto.followedBy.length > 0 && startsWithAny(textAfter(place, suffixWindow, true).text, veto.followedBy)) return true;
  if (pattern.notNear.isEmpty) return false;
  const at = place.lines.start(place.line) + place.start;
  return pattern.notNear.isIn(lowerCase(place.lines.text.slice(Math.max(0, at - nearbyDistance), at)));
}

function hasOtherLabel(before: string, wanted: WordList | null): boolean {
  const match = numberWords.isIn(before) ? anyNumberLabel.exec(before) : null;
  if (match?.[1] === undefined) return false;
  const end = wanted?.lastEnd(before) ?? -1;
  // 送付先コード is a code whatever it is the code of; 電話番号, 連絡先番号 and driver's license no. name what is looked for.
  return isCode.test(match[1]) ? end !== match.index + match[1].length : end <= match.index;
}

export function placeOf(lines: Lines, row: TableRow | null, line: number, text: string, { start, end }: LineMatch): Place {
  if (row === null) return { lines, line, text, start, end, header: null, isForeign: false, cellStart: 0, labelCell: '' };
  const own = row.cells.findLastIndex((cell) => cell.start <= start);
  const cell = row.cells[own];
  const header = row.headers.size === 0 || cell === undefined ? null : (row.headers.get(cell.column) ?? '');
  // A row of two filled cells is a label and its value.
  const isForeign = header !== null && header !== '' && filledCells(row) > 2;
  return {
    lines,
    line,
    text,
    start,
    end,
    header,
    isForeign,
    cellStart: isForeign ? (cell?.start ?? 0) : 0,
    labelCell: labelCell(row, own, text),
  };
}

function filledCells({ cells }: TableRow): number {
  let count = 0;
  for (const { start, end } of cells) if (end > start) count += 1;
  return count;
}

function labelCell({ cells }: TableRow, own: number, line: string): string {
  for (let index = own - 1; index >= 0; index -= 1) {
    const cell = cells[index];
    const text = cell === undefined ? '' : line.slice(cell.start, cell.end).trim();
    if (text !== '') return countDigits(text) < 4 ? lowerCase(text) : '';
  }
  return '';
}

function textBefore(place: Place, within: number, sameLine: boolean): string {
  const near = place.text.slice(Math.max(0, place.start - within, place.cellStart), place.start);
  const at = place.lines.start(place.line) + place.start;
  const window = sameLine || place.isForeign ? near : place.lines.text.slice(Math.max(0, at - within), at);
  const cut = endOfNumbers(window);
  const tail = window.slice(cut);
  // Two letters: '第' or 'の' before a number is no label.
  if (hasTwoLetters(tail)) return lowerCase(tail);
  // After other numbers it continues their list: 'マイナンバーは 1234…、5678…'.
  if (cut > 0) return lowerCase(sameLine ? labelOfList(place.text.slice(place.cellStart, place.start), within) : window);
  // A value alone on its line belongs to the label above it.
  return lowerCase(sameLine && !place.isForeign ? labelAbove(place) + window : window);
}

/** Where the last number of the text ends; 0 when it has none. */
function endOfNumbers(text: string): number {
  // Two digits and three signs make a number.
  if (countDigits(text) < 2) return 0;
  let end = 0;
  otherNumber.lastIndex = 0;
  for (let number = otherNumber.exec(text); number !== null; number = otherNumber.exec(text)) end = otherNumber.lastIndex;
  return end;
}

/** What stands before a list of numbers, between which at most one letter stands ('A と B と '): the label of all of them. */
function labelOfList(before: string, within: number): string {
  const first = Math.max(0, before.length - longestList);
  let at = before.length;
  for (;;) {
    while (at > first && !aLetter.test(before.charAt(at - 1))) at -= 1;
    if (at - 1 <= first || aLetter.test(before.charAt(at - 2))) return before.slice(Math.max(0, at - within), at);
    at -= 1;
  }
}

/** The line above, when it is short and holds no number of its own. */
function labelAbove(place: Place): string {
  const above = place.line - 1;
  return above < 0 || place.lines.length(above) > longestLabel || place.lines.digits(above) >= 4 ? '' : place.lines.textOf(above);
}

function textAfter(place: Place, within: number, sameLine: boolean): { readonly text: string; readonly isCut: boolean } {
  const at = place.lines.start(place.line) + place.end;
  const window = sameLine ? place.text.slice(place.end, place.end + within) : place.lines.text.slice(at, at + within);
  const next = countDigits(window) === 0 ? -1 : window.search(otherNumber);
  return { text: lowerCase(next === -1 ? window : window.slice(0, next)), isCut: next !== -1 };
}

function startsWithAny(text: string, words: readonly string[]): boolean {
  const start = text.trimStart();
  return words.some((word) => start.startsWith(word));
}
