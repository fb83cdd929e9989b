import RE2 from 're2';
import type { RuleId } from '../core/index.ts';
import type { NormalizedText } from '../normalize/index.ts';
import { allMatches } from './all-matches.ts';
import { toBoundedRegex } from './bounded-regex.ts';
import { canonicalCustomerId } from './canonical.ts';
import { isBounded } from './check-boundary.ts';
import type { Detection, Lexicon } from './detection.ts';
import { lineBuffer, Lines, type LineBuffer } from './line.ts';
import { parsePattern } from './parse-pattern.ts';
import { plainSigns } from './sign-table.ts';

const rule = 'customer-id' as RuleId;
/** A pattern of digits alone would find any number; such ids need the label that the customer-id rule looks for. */
const confidence = { distinctive: 0.95, listed: 0.9, digitsOnly: 0.4 };
/** Digits with hyphens, so many that the table holds none of them by chance: 4453-161-483. An ISO date may be some year's serial number. */
const fewestDigits = 8;
const isoDate = /^(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]$/;

/**
 * Letters and digits, in which hyphens may stand: what may be an id of the customer table. Every repetition is bounded, so V8's own engine reads
 * at most some fifty characters from each place; RE2's calls cost ten times as much on short lines.
 */
const idLike = /[A-Za-z][A-Za-z0-9]{0,9}(?:-[A-Za-z0-9]{1,12}){0,3}|[0-9]{1,12}(?:-[A-Za-z0-9]{1,12}){1,3}/g;

/**
 * Ids of the site's own shape (RE2 syntax) and ids that the customer table holds, of letters and digits or of digits and hyphens, wherever they
 * stand.
 * Throws on a pattern that RE2 refuses: configuration checks it first.
 */
export function detectCustomerIds(
  segments: readonly NormalizedText[],
  { customerIdPattern: pattern, isCustomerId }: Pick<Lexicon, 'customerIdPattern' | 'isCustomerId'>,
): readonly Detection[] {
  const shape = pattern === null || pattern === '' ? null : shapeOf(pattern);
  const buffer = lineBuffer();
  const found: Detection[] = [];
  for (const segment of segments) {
    findListed(segment, isCustomerId, found);
    if (shape !== null) findShaped(segment, shape, buffer, found);
  }
  return found;
}

let compiled: { readonly pattern: string; readonly shape: RegExp } | null = null;

/** Both cases: `i` makes one class of two, and the ways through such a pattern are more than were counted. */
const bothCases = /[a-z].*[A-Z]|[A-Z].*[a-z]/;

/** Compiled once for a site, not for each mail; for V8's own engine where that tries few ways (`toBoundedRegex`). */
function shapeOf(pattern: string): RegExp {
  if (compiled?.pattern === pattern) return compiled.shape;
  const refused = new RE2(pattern, 'giu');
  const parsed = bothCases.test(pattern.replaceAll(/\\./g, '')) ? null : parsePattern(pattern);
  const bounded = parsed === null ? null : toBoundedRegex(parsed);
  const shape = bounded === null ? refused : new RegExp(bounded.source, 'giu');
  compiled = { pattern, shape };
  return shape;
}

/** No id goes over a line's end, so the text is searched as a whole. */
function findListed(segment: NormalizedText, isCustomerId: (id: string) => boolean, found: Detection[]): void {
  for (const { 0: value, index } of allMatches(segment.text, idLike)) {
    if (!mayBeListed(value) || !isBounded(segment.text, index, index + value.length, 'alnum')) continue;
    if (!isCustomerId(canonicalCustomerId(value))) continue;
    const listed = toDetection(segment, index, value);
    found.push({ ...listed, confidence: Math.max(listed.confidence, confidence.listed) });
  }
}

function mayBeListed(value: string): boolean {
  if (!/[0-9]/.test(value)) return false;
  return /[A-Za-z]/.test(value) || (value.replaceAll('-', '').length >= fewestDigits && !isoDate.test(value));
}

/** Line by line: a site's pattern may hold white space. */
function findShaped(segment: NormalizedText, shape: RegExp, buffer: LineBuffer, found: Detection[]): void {
  const lines = new Lines(segment.text, plainSigns, buffer);
  for (let line = 0; line < lines.count; line += 1) {
    if (lines.digits(line) === 0) continue;
    const text = lines.textOf(line);
    for (const { 0: value, index } of allMatches(text, shape)) {
      if (value !== '' && isBounded(text, index, index + value.length, 'alnum'))
        found.push(toDetection(segment, lines.start(line) + index, value));
    }
  }
}

const toDetection = (segment: NormalizedText, at: number, value: string): Detection => ({
  type: 'customer_id',
  rule,
  segment: segment.source.id,
  start: segment.map[at] ?? 0,
  end: segment.map[at + value.length] ?? segment.source.text.length,
  confidence: /[A-Za-z]/.test(value) ? confidence.distinctive : confidence.digitsOnly,
  evidence: ['pattern'],
  canonical: canonicalCustomerId(value),
});
