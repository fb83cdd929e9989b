import type { TextSegment } from '../extract/index.ts';
import { normalizeSegment, type NormalizedText } from '../normalize/index.ts';
import { isBounded } from './check-boundary.ts';
import type { Detection, Evidence } from './detection.ts';
import { findContext, isVetoed, type Place } from './find-context.ts';
import { joinLines } from './join-lines.ts';
import { lowerCase, readLines, type Line } from './line.ts';
import { readTables, type TableRow } from './read-tables.ts';
import { reportableConfidence, resolveOverlaps } from './resolve-overlaps.ts';
import type { CompiledPattern, CompiledRule, RuleSet } from './rule-set.ts';

/** What the rules find in the segments, overlaps resolved, in order. Candidates (confidence below 0.5) are among them. */
export function detectStructured(segments: readonly TextSegment[], ruleSet: RuleSet): readonly Detection[] {
  return detectByRules(segments.map(normalizeSegment), ruleSet);
}

/** The same over segments that are normalized already. */
export function detectByRules(segments: readonly NormalizedText[], ruleSet: RuleSet): readonly Detection[] {
  return resolveOverlaps(segments.flatMap((segment) => detectInSegment(segment, ruleSet)));
}

function detectInSegment(segment: NormalizedText, ruleSet: RuleSet): readonly Detection[] {
  const lines = readLines(segment);
  const found = detectInLines(segment, lines, ruleSet, 0);
  for (const { text, start, from, to, kind } of joinLines(segment, lines)) {
    for (const detection of detectInLines(text, readLines(text), ruleSet, start)) {
      const belongs = kind === 'broken' ? detection.start <= from && detection.end >= to : detection.start >= from && detection.end <= to;
      if (belongs) found.push(detection);
    }
  }
  return raiseListed(found);
}

/** How far apart the numbers of one list stand: 妻 1234…, 長男 2345…. */
const listGap = 60;

/** A label names a whole list: a number whose check digit is right becomes a finding behind one of the same kind that has its label. */
function raiseListed(found: readonly Detection[]): readonly Detection[] {
  const isUnsure = ({ confidence, evidence }: Detection): boolean => confidence < reportableConfidence && evidence.includes('check-digit');
  if (!found.some(isUnsure)) return found;
  const last = new Map<string, Detection>();
  return found
    .toSorted((a, b) => a.start - b.start || b.confidence - a.confidence)
    .map((detection) => {
      const before = last.get(detection.rule);
      const isListed = before !== undefined && isUnsure(detection) && detection.start - before.end <= listGap;
      const raised: Detection = isListed
        ? { ...detection, confidence: before.confidence, evidence: [...detection.evidence, 'seen-elsewhere'] }
        : detection;
      if (raised.confidence >= reportableConfidence) last.set(raised.rule, raised);
      return raised;
    });
}

/** What stands in the lines from the offset `from` on. */
function detectInLines(segment: NormalizedText, lines: readonly Line[], ruleSet: RuleSet, from: number): Detection[] {
  const found: Detection[] = [];
  let isPossible: readonly boolean[] | null = null;
  let rows: readonly (TableRow | null)[] | null = null;
  for (const [index, line] of lines.entries()) {
    if (line.start < from) continue;
    if (line.digits < ruleSet.fewestDigits && !ruleSet.digitlessWords.isIn(line.text)) continue;
    const ranges: SettledRange[] = [];
    for (const program of ruleSet.matching(line.text)) {
      isPossible ??= possiblePrograms(segment.text, ruleSet);
      const { rule, pattern } = ruleSet.programs[program] ?? {};
      if (rule === undefined || pattern === undefined || isPossible[program] !== true || !passesPrefilter(rule, line)) continue;
      for (const range of matchesOf(pattern, line.text)) {
        if (isSettled(ranges, rule, range)) continue;
        rows ??= readTables(segment, lines, ruleSet.headerWords);
        const detection = judge(rule, pattern, { text: segment.text, lines, rows, line: index, ...range }, segment);
        if (detection === null) continue;
        found.push(detection);
        ranges.push({ ...range, rule, confidence: detection.confidence });
      }
    }
  }
  return found;
}

/** Below this a match without context is noise, not even a candidate. */
const candidateConfidence = 0.25;

/** By program: true unless the pattern needs context and the text holds none of the rule's words anywhere. */
function possiblePrograms(text: string, ruleSet: RuleSet): readonly boolean[] {
  const lower = lowerCase(text);
  const hasWords = new Map(
    ruleSet.rules.map(({ id, context }) => [id, context === null || context.columns.isIn(lower) || context.suffixes.isIn(lower)]),
  );
  return ruleSet.programs.map(({ rule, pattern }) => !needsContext(rule, pattern) || hasWords.get(rule.id) === true);
}

function needsContext(rule: CompiledRule, { rule: { confidence } }: CompiledPattern): boolean {
  if (rule.context === null) return false;
  return confidence < candidateConfidence || (rule.context.required && confidence < reportableConfidence);
}

/** False when no pattern of the rule can match in the line: too few digits, or none of its words. */
export function passesPrefilter(rule: CompiledRule, line: Pick<Line, 'text' | 'digits'>): boolean {
  return line.digits >= rule.minDigits && (rule.anyOf.isEmpty || rule.anyOf.isIn(line.text));
}

type Range = { readonly start: number; readonly end: number };
type SettledRange = Range & { readonly rule: CompiledRule; readonly confidence: number };

/** True when the rule has found this very place already, as surely as its context can make it. */
function isSettled(ranges: readonly SettledRange[], rule: CompiledRule, { start, end }: Range): boolean {
  const best = rule.context?.raisesTo ?? 0;
  return ranges.some((range) => range.rule === rule && range.start === start && range.end === end && range.confidence >= best);
}

/** The places where the pattern, its neighbours and its validator agree. */
function* matchesOf(pattern: CompiledPattern, text: string): Generator<Range> {
  const { regex } = pattern;
  regex.lastIndex = 0;
  for (let match = regex.exec(text); match !== null; match = regex.exec(text)) {
    const value = match.groups?.['value'] ?? match[0];
    const start = match.index + match[0].lastIndexOf(value);
    const end = start + value.length;
    const isGood = isBounded(text, start, end, pattern.rule.boundary) && pattern.isValid(value);
    if (isGood) yield { start, end };
    // A refused match may hide a good one that begins inside it, though not inside its first number or word.
    regex.lastIndex = isGood ? end : endOfRun(text, match.index);
  }
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

function judge(rule: CompiledRule, pattern: CompiledPattern, place: Place, segment: NormalizedText): Detection | null {
  if (isVetoed(rule, pattern, place) || isInUrl(rule, place)) return null;
  const context = findContext(rule, place, pattern.rule.column_only);
  if (context === null && needsContext(rule, pattern)) return null;
  const line = place.lines[place.line];
  if (line === undefined) return null;
  const evidence: readonly Evidence[] = [
    'pattern',
    ...(pattern.provesByCheckDigit ? (['check-digit'] as const) : []),
    ...(context === null ? [] : [context.evidence]),
  ];
  const sure = context === null ? pattern.rule.confidence : Math.max(pattern.rule.confidence, rule.context?.raisesTo ?? 0);
  return {
    type: rule.entity,
    rule: rule.id,
    segment: segment.source.id,
    start: segment.map[line.start + place.start] ?? 0,
    end: segment.map[line.start + place.end] ?? segment.source.text.length,
    // An incubating rule is observed only: it never is the reason of a hold.
    confidence: rule.source.maturity === 'incubating' ? Math.min(sure, reportableConfidence - 0.01) : sure,
    evidence,
    because: { pattern: pattern.rule.name, word: context?.word ?? null },
    canonical: rule.canonical(line.text.slice(place.start, place.end)),
  };
}

/** Digits of a web address are ids of pages, and what stands before its @ is a login; an e-mail address in its query is data all the same. */
function isInUrl(rule: CompiledRule, place: Place): boolean {
  const text = place.lines[place.line]?.text ?? '';
  const scheme = text.lastIndexOf('://', place.start);
  if (scheme === -1) return false;
  const between = text.slice(scheme + 3, place.start);
  return !/[^\x21-\x7E]|[<>"]/.test(between) && (rule.minDigits > 0 || !/[/?]/.test(between));
}
