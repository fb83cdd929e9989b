import type { NormalizedText } from '../normalize/index.ts';
import type { Line } from './line.ts';

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
const quoteMarks = /^[>|:\s]*/;
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
export function joinLines(segment: NormalizedText, lines: readonly Line[]): readonly JoinedLines[] {
  if (segment.source.grid !== null) return [];
  const joined: JoinedLines[] = [];
  for (let index = 0; index + 1 < lines.length; index += 1) {
    const [line, next] = [lines[index], lines[index + 1]];
    if (line === undefined || next === undefined || line.text === '' || next.text === '') continue;
    if (next.digits === 0 && !next.text.includes('@') && !line.text.includes('@')) continue;
    if (isRow(line.text) || isRow(next.text)) continue;
    const kind = kindOf(line, next);
    if (kind !== null) joined.push(join(segment, line, next, kind));
  }
  return joined;
}

function isRow(text: string): boolean {
  return text.includes('\t') || text.includes(',') || (text.includes('|') && !text.startsWith('|'));
}

function kindOf(line: Line, next: Line): JoinedLines['kind'] | null {
  const tail = line.text.slice(-reach).trimEnd();
  const head = next.text.slice(next.text.match(quoteMarks)?.[0].length ?? 0).slice(0, reach);
  if (isBrokenNumber(line.text, tail, head) || isBrokenMail(tail, head)) return 'broken';
  if (head.startsWith('番号') && tail.includes('記号')) return 'broken';
  const isLabel = line.text.length <= longestLabel && line.digits < 4 && word.test(tail);
  return isLabel && next.digits >= 3 && bareValue.test(head.trimEnd()) ? 'labelled' : null;
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

function join(segment: NormalizedText, line: Line, next: Line, kind: JoinedLines['kind']): JoinedLines {
  const { text, map, source } = segment;
  const first = line.text.trimEnd().length;
  const skipped = next.text.match(quoteMarks)?.[0].length ?? 0;
  const begin = Math.max(0, line.start - contextBefore);
  const seam = line.start + first;
  const resume = next.start + skipped;
  const between = kind === 'labelled' ? ' ' : '';
  const before = text.slice(line.start, seam);
  const after = text.slice(resume, next.start + next.text.length);
  const joinedText = `${text.slice(begin, line.start)}${kind === 'broken' ? hyphenate(before) : before}${between}${hyphenate(after)}`;
  const joinedMap = new Uint32Array(joinedText.length + 1);
  const upToSeam = seam - begin;
  for (let at = 0; at < upToSeam; at += 1) joinedMap[at] = map[begin + at] ?? 0;
  for (let at = upToSeam; at <= joinedText.length; at += 1) joinedMap[at] = map[resume + Math.max(0, at - upToSeam - between.length)] ?? 0;
  const to = map[resume] ?? 0;
  return kind === 'broken'
    ? { text: { text: joinedText, map: joinedMap, source }, start: line.start - begin, from: map[seam - 1] ?? 0, to: to + 1, kind }
    : {
        text: { text: joinedText, map: joinedMap, source },
        start: line.start - begin,
        from: to,
        to: map[next.start + next.text.length] ?? 0,
        kind,
      };
}

/** A stroke at a line's edge was no hyphen to the normalizer, which wants digits on both sides. */
function hyphenate(text: string): string {
  return text.replaceAll(joint, '-');
}
