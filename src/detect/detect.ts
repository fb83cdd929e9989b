import type { TextSegment } from '../extract/index.ts';
import { normalizeSegment } from '../normalize/index.ts';
import type { Detection, Lexicon } from './detection.ts';
import { detectByRules } from './detect-structured.ts';
import { detectCustomerIds } from './detect-customer-ids.ts';
import { resolveOverlaps } from './resolve-overlaps.ts';
import type { RuleSet } from './rule-set.ts';

/** All personal data in the segments: by rule, by the site's own customer id pattern; each segment is normalized once. */
export function detect(segments: readonly TextSegment[], ruleSet: RuleSet, lexicon: Lexicon): readonly Detection[] {
  const normalized = segments.map(normalizeSegment);
  return resolveOverlaps([...detectByRules(normalized, ruleSet), ...detectCustomerIds(normalized, lexicon.customerIdPattern)]);
}
