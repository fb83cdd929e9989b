import RE2 from 're2';
import type { RuleId } from '../core/index.ts';
import type { NormalizedText } from '../normalize/index.ts';
import { canonicalCustomerId } from './canonical.ts';
import { isBounded } from './check-boundary.ts';
import type { Detection, Lexicon } from './detection.ts';
import { Lines } from './line.ts';
import { plainSigns } from './sign-table.ts';

const rule = 'customer-id' as RuleId;
/** A pattern of digits alone would find any number; such ids need the label that the customer-id rule looks for. */
const confidence = { distinctive: 0.95, digitsOnly: 0.4 };

/**
 * Letters and digits, in which hyphens may stand: what may be an id of the customer table. Every repetition is bounded, so V8's own engine reads
 * at most some fifty characters from each place; RE2's calls cost ten times as much on short lines.
 */
const idLike = /[A-Za-z][A-Za-z0-9]{0,9}(?:-[A-Za-z0-9]{1,12}){0,3}|[0-9]{1,12}(?:-[A-Za-z0-9]{1,12}){1,3}/g;

/**
 * Ids of the site's own shape (RE2 syntax) and ids of letters and digits that the customer table holds, wherever they stand.
 * Throws on a pattern that RE2 refuses: configuration checks it first.
 */
export function detectCustomerIds(
  segments: readonly NormalizedText[],
  { customerIdPattern: pattern, isCustomerId }: Pick<Lexicon, 'customerIdPattern' | 'isCustomerId'>,
): readonly Detection[] {
  const shape = pattern === null || pattern === '' ? null : new RE2(pattern, 'giu');
  const isListed = (value: string): boolean => isCustomerId(canonicalCustomerId(value));
  return segments.flatMap((segment) => [
    ...detectInSegment(segment, idLike, isMixed, isListed),
    ...(shape === null
      ? []
      : detectInSegment(
          segment,
          shape,
          () => true,
          () => true,
        )),
  ]);
}

const isMixed = (value: string): boolean => /[0-9]/.test(value) && /[A-Za-z]/.test(value);

function detectInSegment(
  segment: NormalizedText,
  regex: RE2 | RegExp,
  mayBeId: (value: string) => boolean,
  isId: (value: string) => boolean,
): readonly Detection[] {
  const found: Detection[] = [];
  const lines = new Lines(segment.text, plainSigns);
  for (let line = 0; line < lines.count; line += 1) {
    if (lines.digits(line) === 0) continue;
    const text = lines.textOf(line);
    const from = lines.start(line);
    regex.lastIndex = 0;
    for (let match = regex.exec(text); match !== null; match = regex.exec(text)) {
      const [value] = match;
      const end = match.index + value.length;
      if (value === '') regex.lastIndex += 1;
      else if (mayBeId(value) && isBounded(text, match.index, end, 'alnum') && isId(value)) {
        found.push({
          type: 'customer_id',
          rule,
          segment: segment.source.id,
          start: segment.map[from + match.index] ?? 0,
          end: segment.map[from + end] ?? segment.source.text.length,
          confidence: /[A-Za-z]/.test(value) ? confidence.distinctive : confidence.digitsOnly,
          evidence: ['pattern'],
          canonical: canonicalCustomerId(value),
        });
      }
    }
  }
  return found;
}
