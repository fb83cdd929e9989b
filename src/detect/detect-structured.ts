import type { TextSegment } from '../extract/index.ts';
import { normalizeSegment, type NormalizedText } from '../normalize/index.ts';
import { isBounded } from './check-boundary.ts';
import type { Detection, Evidence } from './detection.ts';
import { findContext, isVetoed, type Place } from './find-context.ts';
import { readLines, type Line } from './line.ts';
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
  const found: Detection[] = [];
  let rows: readonly (TableRow | null)[] | null = null;
  for (const [index, line] of lines.entries()) {
    for (const rule of ruleSet.rules) {
      if (!passesPrefilter(rule, line)) continue;
      for (const pattern of rule.patterns) {
        for (const range of matchesOf(pattern, line.text)) {
          rows ??= readTables(segment, lines, ruleSet.headerWords);
          const place = { text: segment.text, lines, rows, line: index, ...range };
          const detection = judge(rule, pattern, place, segment);
          if (detection !== null) found.push(detection);
        }
      }
    }
  }
  return found;
}

/** False when no pattern of the rule can match in the line: too few digits, or none of its words. */
export function passesPrefilter(rule: CompiledRule, line: Pick<Line, 'text' | 'digits'>): boolean {
  if (line.digits < rule.minDigits) return false;
  return rule.anyOf.length === 0 || rule.anyOf.some((word) => line.text.includes(word));
}

type Range = { readonly start: number; readonly end: number };

/** The places where the pattern, its neighbours and its validator agree. */
function* matchesOf(pattern: CompiledPattern, text: string): Generator<Range> {
  const { regex } = pattern;
  regex.lastIndex = 0;
  for (let match = regex.exec(text); match !== null; match = regex.exec(text)) {
    const value = match.groups?.['value'] ?? match[0];
    const start = match.index + match[0].lastIndexOf(value);
    const end = start + value.length;
    if (isBounded(text, start, end, pattern.rule.boundary) && pattern.isValid(value)) {
      yield { start, end };
      regex.lastIndex = end;
    } else {
      // A refused match may hide a good one that begins inside it.
      regex.lastIndex = match.index + 1;
    }
  }
}

function judge(rule: CompiledRule, pattern: CompiledPattern, place: Place, segment: NormalizedText): Detection | null {
  if (isVetoed(rule, pattern, place) || isInUrl(rule, place)) return null;
  const context = findContext(rule, place, pattern.rule.column_only);
  if (context === null && rule.context?.required === true && pattern.rule.confidence < reportableConfidence) return null;
  const line = place.lines[place.line];
  if (line === undefined) return null;
  const evidence: readonly Evidence[] = [
    'pattern',
    ...(pattern.provesByCheckDigit ? (['check-digit'] as const) : []),
    ...(context === null ? [] : [context]),
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
