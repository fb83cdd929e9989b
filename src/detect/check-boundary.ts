import type { RulePattern } from './rule.ts';

const digit = /[0-9]/;
const alnum = /[0-9A-Za-z]/;
const letter = /[A-Za-z]/;
/** The time behind an ISO 8601 date. */
const isoTime = /^T[0-9]{2}:/;

/** True when nothing beside `[start, end)` of `text` says that the match is a piece of something longer. */
export function isBounded(text: string, start: number, end: number, boundary: RulePattern['boundary']): boolean {
  if (boundary === 'none') return true;
  // charAt would look every kanji up among all strings.
  const before = text.charCodeAt(start - 1);
  const after = text.charCodeAt(end);
  if (boundary === 'kana') return !isKana(before) && !isKana(after);
  const isOwn = boundary === 'digit' ? isDigit : isAlnum;
  if (isOwn(before) || isOwn(after)) return false;
  // Behind a Japanese letter or a space nothing joins.
  return !(isJoint(before) && joinsBefore(text, start, boundary)) && !(isJoint(after) && joinsAfter(text, end));
}

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;
const isLetter = (unit: number): boolean => (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a;
const isAlnum = (unit: number): boolean => isDigit(unit) || isLetter(unit);
const isKana = (unit: number): boolean => unit >= 0x3041 && unit <= 0x30ff;
/** One of those that `joinsBefore` and `joinsAfter` look at: all ASCII, and no space. */
const isJoint = (unit: number): boolean => unit > 0x20 && unit < 0x7f;

/** '-' after a letter or digit, or '.' after a digit, continues a longer number (HS-0312-…, 12.03…); '1.' at a line's start counts a list. */
function joinsBefore(text: string, start: number, boundary: 'digit' | 'alnum'): boolean {
  const joint = text.charAt(start - 1);
  if (joint === '-') return alnum.test(text.charAt(start - 2));
  // A letter between digits is a piece of a hash or a UUID: '4b814c04-6148-4825-…'.
  if (letter.test(joint)) return digit.test(text.charAt(start - 2));
  if (joint === '.') return digit.test(text.charAt(start - 2)) && !/^[\s>]*[0-9]{1,2}\.$/.test(text.slice(0, start));
  // '#0312345678' counts orders, '%20C0042' is half an escape; '#C0042' is an id all the same.
  return boundary === 'alnum' && (joint === '%' || (joint === '#' && digit.test(text.charAt(start))));
}

function joinsAfter(text: string, end: number): boolean {
  const joint = text.charAt(end);
  // '03-4567-8901A' is a part's number; in '03-1234-5678FAX' a word follows.
  if (letter.test(joint)) return !letter.test(text.charAt(end + 1)) && !isoTime.test(text.slice(end, end + 4));
  return (joint === '-' || joint === '.') && digit.test(text.charAt(end + 1));
}
