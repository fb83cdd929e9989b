// One spelling for one thing: NFKC, width, hyphens, variant kanji, zero-width; with a map back to the original offsets.
export { compact, composed, foldVariants, toKatakana } from './compact.ts';
export { normalize, normalizeSegment, respell } from './normalize.ts';
export type { NormalizedText, OffsetMap } from './normalized-text.ts';
