import type { TextSegment } from '../extract/index.ts';
import { normalizeSegment, type NormalizedText } from '../normalize/index.ts';
import { detectAddresses } from './addresses/detect-addresses.ts';
import { judgePostalCodes } from './addresses/judge-postal-codes.ts';
import type { Detection, Lexicon } from './detection.ts';
import type { DetectionLists } from './detection-lists.ts';
import { detectByRules } from './detect-structured.ts';
import { detectCustomerIds } from './detect-customer-ids.ts';
import { detectNames } from './names/detect-names.ts';
import type { NameModel } from './names/model/name-model.ts';
import { resolveOverlaps } from './resolve-overlaps.ts';
import type { RuleSet } from './rule-set.ts';

/** What finds personal data, whatever the site. */
export type Detectors = { readonly ruleSet: RuleSet; readonly lists: DetectionLists; readonly nameModel: NameModel };

/** All personal data in the segments, and the normalised text it was found in (each segment is normalised once). */
export function detect(
  segments: readonly TextSegment[],
  { ruleSet, lists, nameModel }: Detectors,
  lexicon: Lexicon,
): { readonly detections: readonly Detection[]; readonly normalized: readonly NormalizedText[] } {
  const normalized = segments.map(normalizeSegment);
  const addresses = detectAddresses(normalized, lists.gazetteer);
  const structured = [...detectByRules(normalized, ruleSet), ...detectCustomerIds(normalized, lexicon), ...addresses];
  const detections = resolveOverlaps([
    ...judgePostalCodes(normalized, structured, lists.gazetteer),
    ...detectNames(normalized, { lists: lists.names, model: nameModel, threshold: lexicon.nameThreshold }, lexicon, addresses),
  ]);
  return { detections, normalized };
}
