// Segments → detections of personal data by rules, lists and grammars. Knows nothing of customers or recipients.
export { entityTypes, type Detection, type EntityType, type Evidence, type Lexicon } from './detection.ts';
