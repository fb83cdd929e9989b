import type { Brand } from '../core/index.ts';
import type { PartPath } from '../message/index.ts';

export type SegmentId = Brand<number, 'SegmentId'>;

/** Where a run of text was found, precise enough for a supervisor to open the same place. Numbers only: no text of the mail. */
export type Location =
  /** `part` is '' for the mail itself, else the nested mail; `index` counts header fields from 0 (even a header's name is the sender's text). */
  | {
      readonly in: 'header';
      readonly part: PartPath;
      readonly index: number;
      readonly name: 'subject' | 'from' | 'to' | 'cc' | 'reply-to' | 'other';
    }
  | { readonly in: 'body'; readonly part: PartPath; readonly kind: 'plain' | 'html' }
  | { readonly in: 'file-name'; readonly part: PartPath }
  | { readonly in: 'text'; readonly part: PartPath }
  /** page counts from 1; 0 where the format has no pages. */
  | { readonly in: 'document'; readonly part: PartPath; readonly page: number }
  /** sheet, row and column count from 1; row and column are 0 in a segment's own location and set in a finding's. */
  | { readonly in: 'sheet'; readonly part: PartPath; readonly sheet: number; readonly row: number; readonly column: number }
  | { readonly in: 'slide'; readonly part: PartPath; readonly slide: number }
  | { readonly in: 'metadata'; readonly part: PartPath; readonly index: number };

/** One cell of a sheet or CSV row: `[start, end)` in the segment's text. */
export type Cell = {
  readonly row: number;
  readonly column: number;
  readonly start: number;
  readonly end: number;
  readonly hidden: boolean;
};

/** A run of decoded, unnormalised text. Rows of a grid are joined by \n, its cells by \t (tabs and newlines inside a cell become spaces). */
export type TextSegment = {
  readonly id: SegmentId;
  readonly location: Location;
  readonly text: string;
  /** A hidden sheet, comment, document property, HTML comment …: not seen by someone who just opens the file. */
  readonly hidden: boolean;
  /** Cells in order of `start`, for sheets, CSV and document tables; null for running text. */
  readonly grid: readonly Cell[] | null;
  /** Sheet name, for display only. */
  readonly label: string | null;
};

export type UnscannableReason = 'encrypted' | 'unsupported_type' | 'corrupt' | 'limit_exceeded' | 'timed_out' | 'partial';
/** A part we could not read is an answer the policy must see, not an error to swallow. */
export type Unscannable = { readonly part: PartPath; readonly reason: UnscannableReason };

/** One node of what the message holds: MIME leaf, archive entry, nested mail. */
export type FileNode = {
  readonly path: PartPath;
  /** The part that contains it; null at the top. */
  readonly parent: PartPath | null;
  readonly fileName: string | null;
  readonly type: string;
  readonly size: number;
  readonly isAttachment: boolean;
  readonly state: 'scanned' | 'partial' | 'unscannable' | 'no_text';
};

/** The From/To/Cc of a nested (forwarded or attached) mail. */
export type NestedMail = { readonly part: PartPath; readonly addresses: readonly string[] };

export type Extraction = {
  readonly segments: readonly TextSegment[];
  readonly unscannable: readonly Unscannable[];
  readonly files: readonly FileNode[];
  readonly nested: readonly NestedMail[];
  /** MIME defects found in nested mails. */
  readonly nestedDefects: number;
};
