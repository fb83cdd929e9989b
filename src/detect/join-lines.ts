import type { NormalizedText } from '../normalize/index.ts';
import type { Lines } from './line.ts';
import { lineSigns } from './sign-table.ts';

/** Lines read as one: `line` of `text`, a copy of the place with some lines before it, whose map leads to the original offsets. */
export type JoinedLines = {
  readonly text: NormalizedText;
  /** Offset in `text` where the joined line starts. */
  readonly start: number;
  /** Original offsets. A value broken over the lines covers them; a value below its label lies within them. */
  readonly from: number;
  readonly to: number;
  readonly kind: 'broken' | 'labelled';
};

/** Text before the joined line that a rule's context may look at. */
const contextBefore = 300;
/** The longest value that a mail program breaks; what stands farther from the break does not belong to it. */
const reach = 60;
const longestLabel = 24;

/** Reply marks and indentation before a line's own text. */
const quoteMark = /[>|:\s]/;
const firstKana = 0x3041;
const isAlnum = (unit: number): boolean => (unit >= 0x30 && unit <= 0x39) || ((unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a);
/** The line above 記号・番号 on an insurance card. */
const insurer = /保険者(?:番号)?[^0-9]{0,14}[0-9]{6}(?:[0-9]{2})?$/;
/** How else the rest of a number begins, or 番号 below 記号, or 記号 below the insurer. */
const otherBegins: ReadonlySet<number> = new Set(
  Array.from('-()/.・年月日番記\u2010\u2011\u2012\u2013\u2014\u2015\u2212ー', (sign) => sign.charCodeAt(0)),
);
/** A number that goes on: after a joint of any spelling, after the year or month of a date, or simply anywhere. */
const openTail = /[0-9][-0-9()/.・年月 \u2010-\u2015\u2212ー]*$/;
const openHead = /^[-0-9()/.・年月日 \u2010-\u2015\u2212ー]*/;
const joint = /^[-\u2010-\u2015\u2212ー]|[-\u2010-\u2015\u2212ー]$/g;
const dateHead = /^(?:[0-9]{1,2} ?[月日]|[月日年])/;
const mailTail = /[A-Za-z0-9][A-Za-z0-9._+-]*(?:@(?:[A-Za-z0-9-]+\.)*[A-Za-z0-9-]*)?$/;
const word = /\p{L}/u;
const bareValue = /^[A-Za-z0-9][-A-Za-z0-9 .・/]{3,29}$/;

/**
 * Places where a value goes over a line's end, as mail programs and people wrap it (with or without reply marks), and where a value alone in
 * its line has its label in the line above. Tables are left alone: their lines are rows.
 */
export function joinLines(segment: NormalizedText, lines: Lines): readonly JoinedLines[] {
  if (segment.source.grid !== null) return [];
  const joined: JoinedLines[] = [];
  for (let line = 0; line + 1 < lines.count; line += 1) {
    const next = line + 1;
    if (lines.length(line) === 0 || lines.length(next) === 0) continue;
    const hasAt = ((lines.low(line) | lines.low(next)) & lineSigns.at) !== 0;
    if (lines.digits(next) === 0 && !hasAt) continue;
    if (isRow(lines, line) || isRow(lines, next)) continue;
    const kind = kindOf(lines, line, hasAt);
    if (kind !== null) joined.push(join(segment, lines, line, kind));
  }
  return joined;
}

function isRow(lines: Lines, line: number): boolean {
  const signs = lines.low(line);
  if ((signs & (lineSigns.tab | lineSigns.comma)) !== 0) return true;
  return (signs & lineSigns.bar) !== 0 && lines.text.charAt(lines.start(line)) !== '|';
}

function kindOf(lines: Lines, line: number, hasAt: boolean): JoinedLines['kind'] | null {
  const next = line + 1;
  const resume = endOfMarks(lines, next);
  // Most lines begin with a word: no number goes on there, and no value stands alone.
  if (!hasAt && !isAlnum(lines.text.charCodeAt(resume)) && !otherBegins.has(lines.text.charCodeAt(resume))) return null;
  const text = lines.textOf(line);
  const tail = text.slice(-reach).trimEnd();
  const head = lines.text.slice(resume, Math.min(lines.end(next), resume + reach));
  if (isBrokenNumber(text, tail, head) || (hasAt && isBrokenMail(tail, head))) return 'broken';
  if (head.startsWith('番号') && tail.includes('記号')) return 'broken';
  if (head.startsWith('記号') && insurer.test(tail)) return 'labelled';
  const isLabel = text.length <= longestLabel && lines.digits(line) < 4 && word.test(tail);
  return isLabel && lines.digits(next) >= 3 && bareValue.test(head.trimEnd()) ? 'labelled' : null;
}

/** Where the line's own text begins. */
function endOfMarks(lines: Lines, line: number): number {
  let at = lines.start(line);
  const end = lines.end(line);
  for (; at < end; at += 1) {
    const unit = lines.text.charCodeAt(at);
    // Kana, kanji, digits and letters are no marks, nor are they worth a string each.
    if (unit >= firstKana || isAlnum(unit) || !quoteMark.test(lines.text.charAt(at))) break;
  }
  return at;
}

function isBrokenNumber(whole: string, tail: string, head: string): boolean {
  const [before] = openTail.exec(tail) ?? [''];
  const [after] = openHead.exec(head) ?? [''];
  if (before === '' || after === '') return false;
  if (dateHead.test(after) && /[年月0-9]$/.test(before) && /[年月]/.test(before + after)) return true;
  const count = countOf(before) + countOf(after);
  if (countOf(after) === 0 || count < 7 || count > 19) return false;
  // Without a joint only a line with words is broken; bare numbers one below the other are a list.
  return (
    /[-\u2010-\u2015\u2212ー]$/.test(before) || /^[-\u2010-\u2015\u2212ー][0-9]/.test(after) || (/^[0-9]/.test(after) && word.test(whole))
  );
}

function countOf(text: string): number {
  return text.replaceAll(/[^0-9]/g, '').length;
}

/** The address stops at the @ or within its domain, or goes on with the @. */
function isBrokenMail(tail: string, head: string): boolean {
  if (!tail.includes('@') && !head.startsWith('@')) return false;
  const [before] = mailTail.exec(tail) ?? [''];
  if (before === '') return false;
  if (head.startsWith('@')) return /^@[A-Za-z0-9]/.test(head);
  const domain = before.slice(before.indexOf('@') + 1);
  return before.includes('@') && /^\.?[A-Za-z0-9]/.test(head) && (/[.-]$/.test(domain) || !domain.includes('.'));
}

function join({ text, map, source }: NormalizedText, lines: Lines, line: number, kind: JoinedLines['kind']): JoinedLines {
  const next = line + 1;
  const start = lines.start(line);
  const begin = Math.max(0, start - contextBefore);
  const before = lines.textOf(line).trimEnd();
  const seam = start + before.length;
  const resume = endOfMarks(lines, next);
  const between = kind === 'labelled' ? ' ' : '';
  const after = text.slice(resume, lines.end(next));
  const joinedText = `${text.slice(begin, start)}${kind === 'broken' ? hyphenate(before) : before}${between}${hyphenate(after)}`;
  const joinedMap = new Uint32Array(joinedText.length + 1);
  const upToSeam = seam - begin;
  for (let at = 0; at < upToSeam; at += 1) joinedMap[at] = map[begin + at] ?? 0;
  for (let at = upToSeam; at <= joinedText.length; at += 1) joinedMap[at] = map[resume + Math.max(0, at - upToSeam - between.length)] ?? 0;
  const to = map[resume] ?? 0;
  const joined = { text: { text: joinedText, map: joinedMap, source }, start: start - begin, kind };
  return kind === 'broken' ? { ...joined, from: map[seam - 1] ?? 0, to: to + 1 } : { ...joined, from: to, to: map[lines.end(next)] ?? 0 };
}

/** A stroke at a line's edge was no hyphen to the normalizer, which wants digits on both sides. */
function hyphenate(text: string): string {
  return text.replaceAll(joint, '-');
}
