import type { TextSegment } from '../extract/index.ts';

/** `map[i]` is the offset in the original text of normalized code unit `i`; `map[text.length]` is the original length. */
export type OffsetMap = Uint32Array;
export type NormalizedText = { readonly text: string; readonly map: OffsetMap; readonly source: TextSegment };
