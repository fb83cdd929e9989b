import type { TextSegment } from '../extract/index.ts';
import { normalizeSegment, type NormalizedText } from '../normalize/index.ts';
import type { Detection, Evidence } from './detection.ts';
import { findContext, isVetoed, placeOf, type Place } from './find-context.ts';
import { joinLines } from './join-lines.ts';
import { lineBuffer, Lines, type LineBuffer } from './line.ts';
import { hasWords, matchesIn, type LineMatch } from './match-lines.ts';
import { readTables, type TableRows } from './read-tables.ts';
import { reportableConfidence, resolveOverlaps } from './resolve-overlaps.ts';
import type { CompiledPattern, CompiledRule } from './compiled-rule.ts';
import type { RuleSet } from './rule-set.ts';

/** What the rules find in the segments, overlaps resolved, in order. Candidates (confidence below 0.5) are among them. */
export function detectStructured(segments: readonly TextSegment[], ruleSet: RuleSet): readonly Detection[] {
  return detectByRules(segments.map(normalizeSegment), ruleSet);
}

/** The same over segments that are normalized already. */
export function detectByRules(segments: readonly NormalizedText[], ruleSet: RuleSet): readonly Detection[] {
  const buffer = lineBuffer();
  return resolveOverlaps(segments.flatMap((segment) => detectInSegment(segment, ruleSet, buffer)));
}

function detectInSegment(segment: NormalizedText, ruleSet: RuleSet, buffer: LineBuffer): readonly Detection[] {
  const { signs } = ruleSet.search;
  const lines = new Lines(segment.text, signs, buffer);
  const found: Detection[] = [];
  detectInLines(segment, lines, 0, ruleSet, found);
  for (const { text, start, from, to, kind } of joinLines(segment, lines)) {
    const ofJoined: Detection[] = [];
    const joined = new Lines(text.text, signs);
    detectInLines(text, joined, joined.firstFrom(start), ruleSet, ofJoined);
    for (const detection of ofJoined) {
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

/** Adds what stands in the lines from `first` on. */
function detectInLines(segment: NormalizedText, lines: Lines, first: number, ruleSet: RuleSet, found: Detection[]): void {
  const { search } = ruleSet;
  let tables: TableRows | undefined;
  for (let line = first; line < lines.count; line += 1) {
    let index = search.next(lines, line, 0, true);
    if (index === -1) continue;
    const rows = (tables ??= readTables(segment, lines, ruleSet.headerWords));
    const row = rows?.[line] ?? null;
    const isRow = row !== null;
    const text = lines.textOf(line);
    const settled: SettledRange[] = [];
    for (; index !== -1; index = search.next(lines, line, index + 1, isRow)) {
      const program = search.program(index);
      if (program === undefined || (program.pattern.rule.column_only && !isRow) || !hasWords(program.rule, text)) continue;
      const { rule, pattern } = program;
      for (const match of matchesIn(text, rule, pattern)) {
        if (settled.length > 0 && isSettled(settled, rule, pattern, match)) continue;
        const detection = judge(rule, pattern, placeOf(lines, row, line, text, match), segment);
        if (detection === null) continue;
        found.push(detection);
        settled.push({ ...match, rule, pattern, confidence: detection.confidence });
      }
    }
  }
}

/** Below this a match without context is noise, not even a candidate. */
const candidateConfidence = 0.25;

function needsContext(rule: CompiledRule, { rule: { confidence } }: CompiledPattern): boolean {
  if (rule.context === null) return false;
  return confidence < candidateConfidence || (rule.context.required && confidence < reportableConfidence);
}

type SettledRange = LineMatch & { readonly rule: CompiledRule; readonly pattern: CompiledPattern; readonly confidence: number };

/**
 * True when the rule has found this very place of the line already, and no less surely: its context is the same there, unless the first pattern
 * looked at columns only.
 */
function isSettled(ranges: readonly SettledRange[], rule: CompiledRule, pattern: CompiledPattern, { start, end }: LineMatch): boolean {
  const best = rule.context?.raisesTo ?? 0;
  return ranges.some(
    (range) =>
      range.rule === rule &&
      range.start === start &&
      range.end === end &&
      range.confidence >= (range.pattern.rule.column_only ? best : pattern.rule.confidence),
  );
}

function judge(rule: CompiledRule, pattern: CompiledPattern, place: Place, segment: NormalizedText): Detection | null {
  const context = findContext(rule, place, pattern.rule.column_only);
  if (context === null && needsContext(rule, pattern)) return null;
  if (isVetoed(rule, pattern, place) || isInUrl(rule, place)) return null;
  const from = place.lines.start(place.line);
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
    start: segment.map[from + place.start] ?? 0,
    end: segment.map[from + place.end] ?? segment.source.text.length,
    // An incubating rule is observed only: it never is the reason of a hold.
    confidence: rule.source.maturity === 'incubating' ? Math.min(sure, reportableConfidence - 0.01) : sure,
    evidence,
    because: { pattern: pattern.rule.name, word: context?.word ?? null },
    canonical: rule.canonical(place.text.slice(place.start, place.end)),
  };
}

/** Digits of a web address are ids of pages, and what stands before its @ is a login; an e-mail address in its query is data all the same. */
export function isInUrl(rule: CompiledRule, place: Place): boolean {
  const { text } = place;
  const scheme = text.lastIndexOf('://', place.start);
  if (scheme === -1) return false;
  const between = text.slice(scheme + 3, place.start);
  return !/[^\x21-\x7E]|[<>"]/.test(between) && (rule.minDigits > 0 || !/[/?]/.test(between));
}
