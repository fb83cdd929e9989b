import RE2 from 're2';
import type { RuleId } from '../core/index.ts';
import type { NormalizedText } from '../normalize/index.ts';
import { canonicalCustomerId } from './canonical.ts';
import { isBounded } from './check-boundary.ts';
import type { Detection } from './detection.ts';
import { readLines } from './line.ts';

const rule = 'customer-id' as RuleId;
/** A pattern of digits alone would find any number; such ids need the label that the customer-id rule looks for. */
const confidence = { distinctive: 0.95, digitsOnly: 0.4 };

/** Ids of the site's own shape (RE2 syntax), wherever they stand. Throws on a pattern that RE2 refuses: configuration checks it first. */
export function detectCustomerIds(segments: readonly NormalizedText[], pattern: string | null): readonly Detection[] {
  if (pattern === null || pattern === '') return [];
  const regex = new RE2(pattern, 'giu');
  return segments.flatMap((segment) => detectInSegment(segment, regex));
}

function detectInSegment(segment: NormalizedText, regex: RE2): readonly Detection[] {
  const found: Detection[] = [];
  for (const line of readLines(segment)) {
    if (line.digits === 0) continue;
    regex.lastIndex = 0;
    for (let match = regex.exec(line.text); match !== null; match = regex.exec(line.text)) {
      const [value] = match;
      const end = match.index + value.length;
      if (value === '') regex.lastIndex += 1;
      else if (isBounded(line.text, match.index, end, 'alnum')) {
        found.push({
          type: 'customer_id',
          rule,
          segment: segment.source.id,
          start: segment.map[line.start + match.index] ?? 0,
          end: segment.map[line.start + end] ?? segment.source.text.length,
          confidence: /[A-Za-z]/.test(value) ? confidence.distinctive : confidence.digitsOnly,
          evidence: ['pattern'],
          canonical: canonicalCustomerId(value),
        });
      }
    }
  }
  return found;
}
