import type { RuleId } from '../core/index.ts';
import type { SegmentId } from '../extract/index.ts';

export const entityTypes = [
  'person_name',
  'address',
  'phone',
  'email',
  'birth_date',
  'postal_code',
  'customer_id',
  'my_number',
  'credit_card',
  'bank_account',
  'drivers_license',
  'passport',
  'health_insurance',
  'residence_card',
  'pension_number',
  'corporate_number',
] as const;
/** One of `entityTypes`, or a type that a site's own rule names. */
export type EntityType = (typeof entityTypes)[number] | (string & {});

/** What raised the confidence of a detection. */
export type Evidence =
  | 'pattern'
  | 'check-digit'
  | 'context-word'
  | 'column-header'
  | 'dictionary'
  | 'gazetteer'
  | 'postal-agreement'
  | 'layout'
  | 'model'
  | 'seen-elsewhere';

/** A found item with its text; it never leaves the inspector (see `inspect`, which strips it to a `Finding`). */
export type Detection = {
  readonly type: EntityType;
  readonly rule: RuleId;
  readonly segment: SegmentId;
  /** `[start, end)` in UTF-16 units of the segment's original text. */
  readonly start: number;
  readonly end: number;
  /** 0..1 */
  readonly confidence: number;
  readonly evidence: readonly Evidence[];
  /** By a rule: which of its patterns matched, and which of its context words raised the confidence. The rule's words, never the mail's. */
  readonly because?: { readonly pattern: string; readonly word: string | null };
  /** The one spelling that `canonical*` gives a customer's field too: equal strings mean equal values. */
  readonly canonical: string;
};

/** Names that the site knows, as further evidence for the name detector. Spelled as in the staff and customer files. */
export type Lexicon = {
  /** In kanji and in kana. One array for one staff list: what is made of it is kept with it. */
  readonly staffNames: readonly string[];
  readonly customerIdPattern: string | null;
  /** From which probability on a doubtful name counts, 0..1: a lower one finds more, rightly or wrongly. */
  readonly nameThreshold: number;
  isCustomerName(canonicalName: string): boolean;
  /** The site itself, a partner or a customer's firm, by its name without legal form; of the site and its partners a part of the name in kana too. */
  isFirm(canonicalName: string): boolean;
  isCustomerId(canonicalId: string): boolean;
};
