// One spelling for one thing: NFKC, width, hyphens, variant kanji, zero-width; with a map back to the original offsets.
export type { NormalizedText, OffsetMap } from './normalized-text.ts';
