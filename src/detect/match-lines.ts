import { isBounded } from './check-boundary.ts';
import type { CompiledPattern, CompiledRule } from './compiled-rule.ts';

/** A match within one line, `[start, end)`. */
export type LineMatch = { readonly start: number; readonly end: number };

const none: readonly LineMatch[] = [];

/** The value of a match: what the group of that name holds, else everything. */
export function valueOf({ isBounded: isOwnEngine }: CompiledPattern, match: RegExpExecArray): string {
  return (isOwnEngine ? match[1] : match.groups?.['value']) ?? match[0];
}

/** False when no pattern of the rule can match in the line, since none of its words stands in it. */
export const hasWords = ({ anyOf }: CompiledRule, text: string): boolean => anyOf.isEmpty || anyOf.isIn(text);

/** The places in a line where the pattern, its neighbours and its validator agree. */
export function matchesIn(text: string, rule: CompiledRule, pattern: CompiledPattern): readonly LineMatch[] {
  if (pattern.core !== null) {
    pattern.core.lastIndex = 0;
    if (!pattern.core.test(text)) return none;
  }
  let matches: LineMatch[] | null = null;
  for (let resume = 0; resume < text.length && hasDigits(text, resume, rule.minDigits);) {
    pattern.regex.lastIndex = resume;
    const match = pattern.regex.exec(text);
    if (match === null) break;
    const value = valueOf(pattern, match);
    const start = match.index + match[0].lastIndexOf(value);
    const end = start + value.length;
    const isGood = isBounded(text, start, end, pattern.rule.boundary) && pattern.isValid(value);
    if (isGood) (matches ??= []).push({ start, end });
    // A refused match may hide a good one that begins inside it, though not inside its first number or word.
    resume = isGood ? end : endOfRun(text, match.index);
  }
  return matches ?? none;
}

/** Of the line's beginning the caller knows it. */
function hasDigits(text: string, from: number, atLeast: number): boolean {
  if (from === 0 || atLeast === 0) return true;
  let count = 0;
  for (let at = from; at < text.length && count < atLeast; at += 1) if (isDigit(text.charCodeAt(at))) count += 1;
  return count >= atLeast;
}

/** Where the run of digits or of letters that begins at `start` ends. */
function endOfRun(text: string, start: number): number {
  let end = start + 1;
  const digitsOnly = isDigit(text.charCodeAt(start));
  while (digitsOnly ? isDigit(text.charCodeAt(end)) : isLetter(text.charCodeAt(start)) && isLetter(text.charCodeAt(end))) end += 1;
  return end;
}

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;
const isLetter = (unit: number): boolean => (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a;
