import { isBounded } from './check-boundary.ts';
import type { Line } from './line.ts';
import type { CompiledPattern, CompiledRule } from './rule-set.ts';

/** Lines that are searched together, since a call to RE2 costs as much as a hundred characters of its search. */
export type Block = {
  readonly text: string;
  /** Offset of `text` in the normalized text. */
  readonly start: number;
  readonly lines: readonly Line[];
  /** `lines[first .. end)` stand in the block. */
  readonly first: number;
  readonly end: number;
  /** Of one line. */
  readonly mostDigits: number;
};

/** A match within one line: `[start, end)` in `lines[line]`. */
export type LineMatch = { readonly line: number; readonly start: number; readonly end: number };

const blockLength = 1024;

/** The lines from the offset `from` on as blocks; a piece of a longer line is a block of its own. */
export function toBlocks(text: string, lines: readonly Line[], from: number): readonly Block[] {
  const blocks: Block[] = [];
  let first = lines.findIndex(({ start }) => start >= from);
  while (first !== -1 && first < lines.length) {
    const start = lines[first]?.start ?? 0;
    let end = first;
    let stop = start;
    let mostDigits = 0;
    for (let line = lines[end]; line !== undefined; line = lines[end]) {
      const lineEnd = line.start + line.text.length;
      if (end > first && (line.start !== stop + 1 || lineEnd - start > blockLength)) break;
      mostDigits = Math.max(mostDigits, line.digits);
      stop = lineEnd;
      end += 1;
    }
    blocks.push({ text: text.slice(start, stop), start, lines, first, end, mostDigits });
    first = end;
  }
  return blocks;
}

/** False when no pattern of the rule can match in the line: too few digits, or none of its words. */
export function passesPrefilter(rule: CompiledRule, line: Pick<Line, 'text' | 'digits'>): boolean {
  return line.digits >= rule.minDigits && (rule.anyOf.isEmpty || rule.anyOf.isIn(line.text));
}

/** The places in the block's lines where the pattern, its neighbours and its validator agree. */
export function* matchesIn(block: Block, rule: CompiledRule, pattern: CompiledPattern): Generator<LineMatch> {
  for (let index = block.first; index < block.end; index += 1) {
    const line = block.lines[index];
    if (line === undefined || !passesPrefilter(rule, line)) continue;
    yield* matchesInLine(line.text, index, rule, pattern);
  }
}

function* matchesInLine(text: string, line: number, rule: CompiledRule, pattern: CompiledPattern): Generator<LineMatch> {
  let resume = 0;
  while (resume < text.length && text.includes(pattern.needs, resume)) {
    pattern.regex.lastIndex = resume;
    const match = pattern.regex.exec(text);
    if (match === null) return;
    const value = match.groups?.['value'] ?? match[0];
    const start = match.index + match[0].lastIndexOf(value);
    const end = start + value.length;
    const isGood = isBounded(text, start, end, pattern.rule.boundary) && pattern.isValid(value);
    if (isGood) yield { line, start, end };
    // A refused match may hide a good one that begins inside it, though not inside its first number or word.
    resume = isGood ? end : endOfRun(text, match.index);
    if (!hasDigits(text, resume, rule.minDigits)) return;
  }
}

function hasDigits(text: string, from: number, atLeast: number): boolean {
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
