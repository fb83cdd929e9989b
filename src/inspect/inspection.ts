import type { MessageId, RuleId } from '../core/index.ts';
import type { Detection, EntityType } from '../detect/index.ts';
import type { FileNode, Location, TextSegment, Unscannable } from '../extract/index.ts';
import type { Owner } from '../match/index.ts';
import type { Participants } from '../message/index.ts';
import type { About, Verdict } from '../policy/index.ts';

/** A detection without its text: what may be stored and logged. */
export type Finding = {
  readonly type: EntityType;
  readonly rule: RuleId;
  readonly location: Location;
  /** UTF-16 units of the decoded, unnormalised text at `location` (of the cell, in a sheet). */
  readonly start: number;
  readonly end: number;
  readonly confidence: number;
  readonly owner: Owner;
  /** Keyed hash of the canonical value: equal values compare equal, nothing can be read back. */
  readonly fingerprint: string;
};

/** All that leaves the inspector for the store. Holds no text of the mail (invariant I5). */
export type Inspection = {
  readonly message: MessageId;
  readonly verdict: Verdict;
  readonly about: readonly About[];
  readonly findings: readonly Finding[];
  readonly unscannable: readonly Unscannable[];
  readonly noText: number;
  readonly defects: number;
  readonly ruleSet: string;
  readonly customersVersion: string;
};

/** A finding with its text, for a person who may see it. `segment` indexes `Examination.segments`; `segmentStart`/`segmentEnd` are in that segment's text. */
export type ShownFinding = Finding & {
  readonly segment: number;
  readonly segmentStart: number;
  readonly segmentEnd: number;
  readonly text: string;
  readonly where: string;
  /** Why it was found, in the rule's own words. */
  readonly because: readonly Because[];
};

/** One ground of a finding; `name` is the pattern's name or the context word, null where the kind says all. */
export type Because = { readonly kind: Detection['evidence'][number]; readonly name: string | null };

/** The mail as a supervisor or `scan` sees it: made again from the stored bytes on demand, never stored. */
export type Examination = {
  readonly inspection: Inspection;
  readonly subject: string;
  readonly participants: Participants;
  readonly segments: readonly (TextSegment & { readonly where: string })[];
  readonly findings: readonly ShownFinding[];
  readonly files: readonly FileNode[];
  /** `unscannable[i].where`, in the wording of INTERFACES.md (`attachment:見積.zip/inner.xlsx`). */
  readonly unscannable: readonly (Unscannable & { readonly where: string })[];
};
