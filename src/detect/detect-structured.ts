import type { TextSegment } from '../extract/index.ts';
import { normalizeSegment, type NormalizedText } from '../normalize/index.ts';
import type { Detection, Evidence } from './detection.ts';
import { findContext, isVetoed, type Place } from './find-context.ts';
import { joinLines } from './join-lines.ts';
import { lowerCase, readLines, type Line } from './line.ts';
import { matchesIn, toBlocks, type Block, type LineMatch } from './match-lines.ts';
import { readTables, type TableRow } from './read-tables.ts';
import { reportableConfidence, resolveOverlaps } from './resolve-overlaps.ts';
import type { CompiledPattern, CompiledRule, PatternSet, Program, RuleSet } from './rule-set.ts';

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
  const possible = new PossibleSets(segment);
  const found = detectInLines(segment, lines, 0, ruleSet, possible);
  for (const { text, start, from, to, kind } of joinLines(segment, lines)) {
    for (const detection of detectInLines(text, readLines(text), start, ruleSet, possible)) {
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
function detectInLines(
  segment: NormalizedText,
  lines: readonly Line[],
  from: number,
  ruleSet: RuleSet,
  possible: PossibleSets,
): Detection[] {
  const found: Detection[] = [];
  const isTabular = segment.source.grid !== null || columnMarks.test(segment.text);
  let rows: readonly (TableRow | null)[] | null = null;
  for (const block of toBlocks(segment.text, lines, from)) {
    const settled: SettledRange[] = [];
    for (const { rule, pattern } of programsFor(block, ruleSet, isTabular, possible)) {
      for (const match of matchesIn(block, rule, pattern)) {
        if (isSettled(settled, rule, match)) continue;
        rows ??= readTables(segment, lines, ruleSet.headerWords);
        if (pattern.rule.column_only && rows[match.line] === null) continue;
        const detection = judge(rule, pattern, { text: segment.text, lines, rows, ...match }, segment);
        if (detection === null) continue;
        found.push(detection);
        settled.push({ ...match, rule, confidence: detection.confidence });
      }
    }
  }
  return found;
}

/** The patterns that match somewhere in the block. */
function programsFor(block: Block, { sets }: RuleSet, isTabular: boolean, possible: PossibleSets): readonly Program[] {
  const programs: Program[] = [];
  let bytes: Buffer | null = null;
  for (const set of sets) {
    if (set.inTables && !isTabular) continue;
    if (block.mostDigits < set.fewestDigits && !set.digitlessWords.isIn(block.text)) continue;
    const ofSet = possible.of(set);
    if (ofSet === null) continue;
    bytes ??= Buffer.from(block.text);
    for (const index of set.matching(bytes)) {
      const program = ofSet[index];
      if (program !== undefined && program !== null) programs.push(program);
    }
  }
  return programs;
}

/** Without one of these a text has no table. */
const columnMarks = /[\t|,]| {2}/;
/** Below this a match without context is noise, not even a candidate. */
const candidateConfidence = 0.25;

/** Which patterns can find anything in a text: those that need context want one of their rule's words somewhere in it. */
class PossibleSets {
  readonly #lower: string;
  readonly #hasWords = new Map<string, boolean>();
  readonly #programs = new Map<PatternSet, readonly (Program | null)[] | null>();

  constructor({ text }: NormalizedText) {
    this.#lower = lowerCase(text);
  }

  /** The set's programs, null in place of each that cannot find anything; null when none can. */
  of(set: PatternSet): readonly (Program | null)[] | null {
    const known = this.#programs.get(set);
    if (known !== undefined) return known;
    const programs = set.programs.map((program) =>
      !needsContext(program.rule, program.pattern) || this.#holdsWordsOf(program.rule) ? program : null,
    );
    const possible = programs.some((program) => program !== null) ? programs : null;
    this.#programs.set(set, possible);
    return possible;
  }

  #holdsWordsOf({ id, context }: CompiledRule): boolean {
    const known = this.#hasWords.get(id);
    if (known !== undefined) return known;
    const holds = context === null || context.columns.isIn(this.#lower) || context.suffixes.isIn(this.#lower);
    this.#hasWords.set(id, holds);
    return holds;
  }
}

function needsContext(rule: CompiledRule, { rule: { confidence } }: CompiledPattern): boolean {
  if (rule.context === null) return false;
  return confidence < candidateConfidence || (rule.context.required && confidence < reportableConfidence);
}

type SettledRange = LineMatch & { readonly rule: CompiledRule; readonly confidence: number };

/** True when the rule has found this very place already, as surely as its context can make it. */
function isSettled(ranges: readonly SettledRange[], rule: CompiledRule, { line, start, end }: LineMatch): boolean {
  const best = rule.context?.raisesTo ?? 0;
  return ranges.some(
    (range) => range.rule === rule && range.line === line && range.start === start && range.end === end && range.confidence >= best,
  );
}

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
