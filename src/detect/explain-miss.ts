import type { NormalizedText } from '../normalize/index.ts';
import { isBounded } from './check-boundary.ts';
import type { Detection } from './detection.ts';
import { isInUrl } from './detect-structured.ts';
import { findContext, isVetoed, placeOf, type Place } from './find-context.ts';
import { lowerCase, Lines } from './line.ts';
import { valueOf, type LineMatch } from './match-lines.ts';
import { readTables } from './read-tables.ts';
import { reportableConfidence } from './resolve-overlaps.ts';
import type { CompiledPattern, CompiledRule } from './compiled-rule.ts';
import type { RuleSet } from './rule-set.ts';

/** Why the rule found nothing in a text in which it should have: the first hurdle that the nearest match did not take, in one clause. */
export function explainMiss(rule: CompiledRule, text: NormalizedText, detections: readonly Detection[], ruleSet: RuleSet): string {
  const candidate = detections.find((detection) => detection.rule === rule.id);
  if (candidate !== undefined) {
    const pattern = candidate.because?.pattern ?? '';
    return `pattern \`${pattern}\` matches, but nothing raises it above confidence ${candidate.confidence}${wordsOf(rule)}`;
  }
  const lines = new Lines(text.text, ruleSet.search.signs);
  const rows = readTables(text, lines, ruleSet.headerWords);
  const placeAt = (line: number, range: LineMatch): Place => placeOf(lines, rows?.[line] ?? null, line, lines.textOf(line), range);
  const hurdles = Array.from({ length: lines.count }, (_, line) =>
    rule.patterns.map((pattern) => hurdleOf(rule, pattern, lines.textOf(line), (range) => placeAt(line, range))),
  ).flat();
  const highest = hurdles.toSorted((a, b) => b.height - a.height)[0];
  if (highest === undefined || highest.height === 0) return `no pattern matches the normalized text ${JSON.stringify(text.text)}`;
  if (highest.height < cleared) return highest.why;
  if (highest.stopped !== null) return `${highest.why}, but ${highest.stopped}`;
  const other = detections.find((detection) => detection.rule !== rule.id);
  if (other !== undefined) return `${highest.why}, but \`${other.rule}\` is surer of it or finds a longer text`;
  return `${highest.why}, but it is not taken in this place`;
}

const wordsOf = ({ context, source }: CompiledRule): string =>
  context === null
    ? ''
    : ` (context words, within ${context.within} characters: ${(source.context?.words ?? []).slice(0, 5).join(', ')} …)`;

/** `stopped`: what in its surroundings takes a good match away. */
type Hurdle = { readonly height: number; readonly why: string; readonly stopped: string | null };
const cleared = 3;

function hurdleOf(rule: CompiledRule, pattern: CompiledPattern, line: string, placeAt: (range: LineMatch) => Place): Hurdle {
  const { regex, isValid } = pattern;
  const { name, boundary } = pattern.rule;
  regex.lastIndex = 0;
  const match = regex.exec(line);
  regex.lastIndex = 0;
  if (match === null) return { height: 0, why: '', stopped: null };
  const value = valueOf(pattern, match);
  const start = match.index + match[0].lastIndexOf(value);
  const named = `pattern \`${name}\` matches \`${value}\``;
  const end = start + value.length;
  if (!isBounded(line, start, end, boundary)) {
    const why = `${named}, but what stands beside it makes it a piece of something longer (boundary: ${boundary})`;
    return { height: 1, why, stopped: null };
  }
  if (!isValid(value)) {
    const validator = pattern.rule.validator ?? rule.source.validator ?? '';
    return { height: 2, why: `${named}, but the validator \`${validator}\` refuses it`, stopped: null };
  }
  return { height: cleared, why: named, stopped: stoppedBy(rule, pattern, placeAt({ start, end })) };
}

function stoppedBy(rule: CompiledRule, pattern: CompiledPattern, place: Place): string | null {
  if (isInUrl(rule, place)) return 'it stands in a web address';
  if (isVetoed(rule, pattern, place)) return `it is vetoed by ${vetoOf(rule, pattern, place)}`;
  if (findContext(rule, place, pattern.rule.column_only) !== null) return null;
  if (pattern.rule.column_only)
    return 'the pattern counts only under a column header of the context or beside a cell with one (`column_only`)';
  if (rule.context === null || (pattern.rule.confidence >= reportableConfidence && !rule.context.required)) return null;
  return `it lacks the context that it needs${wordsOf(rule)}`;
}

/** The rule's word that vetoed, as `isVetoed` looks for it. */
function vetoOf({ veto }: CompiledRule, { notNear }: CompiledPattern, { header, labelCell, text, start, end }: Place): string {
  const before = lowerCase(text.slice(Math.max(0, start - veto.within), start));
  const word = [header ?? '', before, labelCell].map((label) => veto.words.firstIn(label)).find((found) => found !== null);
  if (word !== undefined) return `\`${word}\` (\`veto.words\`)`;
  const behind = lowerCase(text.slice(end)).trimStart();
  const unit = veto.followedBy.find((one) => behind.startsWith(one));
  if (unit !== undefined) return `\`${unit}\` behind it (\`veto.followed_by\`)`;
  if (!notNear.isEmpty) return `a word of the pattern's \`not_near\``;
  return veto.anyLabel ? 'another label before it (`veto.any_label`)' : 'the line above it';
}
