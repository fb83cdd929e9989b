import type { Evidence } from '../detection.ts';

/** A name in normalised text. `full`: surname and given name; `strong`: a cue says it is a name, so it may be looked for elsewhere in the mail. */
export type FoundName = {
  readonly start: number;
  readonly end: number;
  readonly confidence: number;
  readonly evidence: Evidence;
  readonly full: boolean;
  readonly strong: boolean;
};
