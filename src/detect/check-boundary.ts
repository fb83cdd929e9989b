import type { RulePattern } from './rule.ts';

const digit = /[0-9]/;
const alnum = /[0-9A-Za-z]/;
const letter = /[A-Za-z]/;
/** The time behind an ISO 8601 date. */
const isoTime = /^T[0-9]{2}:/;
const kana = /[\u3041-\u30FF]/;

/** True when nothing beside `[start, end)` of `text` says that the match is a piece of something longer. */
export function isBounded(text: string, start: number, end: number, boundary: RulePattern['boundary']): boolean {
  if (boundary === 'none') return true;
  const before = text.charAt(start - 1);
  const after = text.charAt(end);
  if (boundary === 'kana') return !kana.test(before) && !kana.test(after);
  const own = boundary === 'digit' ? digit : alnum;
  if (own.test(before) || own.test(after)) return false;
  return !joinsBefore(text, start, boundary) && !joinsAfter(text, end);
}

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
