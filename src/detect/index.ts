// Segments → detections of personal data by rules, lists and grammars. Knows nothing of customers or recipients.
export { canonicalAddress, type CanonicalAddress } from './addresses/detect-addresses.ts';
export { listFiles, loadDetectionLists, type DetectionLists } from './detection-lists.ts';
export {
  canonicalCode,
  canonicalCustomerId,
  canonicalDate,
  canonicalDigits,
  canonicalEmail,
  canonicalKana,
  canonicalName,
  canonicalPhone,
  canonicalPostalCode,
} from './canonical.ts';
export { compileRules } from './compile-rules.ts';
export { detect, type Detectors } from './detect.ts';
export { detectStructured } from './detect-structured.ts';
export { defaultThreshold, NameModel, unpackNameModel, type NameModelData } from './names/model/name-model.ts';
export { entityTypes, type Detection, type EntityType, type Evidence, type Lexicon } from './detection.ts';
export { reportableConfidence } from './resolve-overlaps.ts';
export { ruleJsonSchema, type Rule } from './rule.ts';
export type { CompiledRule } from './compiled-rule.ts';
export { titleOfType, type RuleSet } from './rule-set.ts';
export { checkExamples, testRules, type RuleTestFailure, type RuleTestReport } from './test-rules.ts';
export { findSlowRules, ruleBudget } from './find-slow-rules.ts';
