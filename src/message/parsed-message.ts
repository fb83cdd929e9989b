import type { Brand } from '../core/index.ts';

/** IMAP-style part number, extended into archives and nested mail: `2`, `2.1`, `2/3`, `2/3/1`. Never a file name. `''` is the message itself. */
export type PartPath = Brand<string, 'PartPath'>;

export type HeaderField = {
  /** Lower-case field name. */
  readonly name: string;
  /** The value as sent: bytes as Latin-1, folds included, without the final CRLF. */
  readonly raw: string;
  /** Unfolded and decoded (RFC 2047, raw Japanese bytes in any charset). */
  readonly value: string;
};

/** A leaf of the MIME tree: all that is neither multipart nor a header. message/rfc822 is a leaf here; `extract` descends into it. */
export type MessagePart = {
  readonly path: PartPath;
  /** `type/subtype`, lower case; `text/plain` where none is given (RFC 2045 §5.2). */
  readonly declaredType: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly disposition: 'inline' | 'attachment' | null;
  /** Every decoding that some mail reader would show, best first (RFC 2231, RFC 2047, raw CP932 …). Empty: no name. */
  readonly fileNames: readonly string[];
  readonly charset: string | null;
  /** Content-Transfer-Encoding already undone. */
  readonly content: Uint8Array;
  /** True for a part of multipart/alternative that is not the last. */
  readonly isAlternative: boolean;
};

/** Why two mail readers could show different content, or why the walk could not be complete. */
export type Defect =
  | 'duplicate-header'
  | 'conflicting-type'
  | 'missing-boundary'
  | 'unclosed-multipart'
  | 'text-outside-parts'
  | 'bad-header-line'
  | 'unknown-encoding'
  | 'bad-encoding'
  | 'encoded-multipart'
  | 'partial-message'
  | 'external-body'
  | 'too-many-parts'
  | 'nested-too-deep'
  | 'header-too-large'
  | 'control-character'
  | 'hidden-content'
  | 'parsers-disagree';

export type Mailbox = { readonly displayName: string; readonly address: string };

/** Whom the header says the mail is from and to. Visible recipients are To and Cc. */
export type Participants = {
  readonly from: readonly Mailbox[];
  readonly sender: readonly Mailbox[];
  readonly replyTo: readonly Mailbox[];
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
};

export type ParsedMessage = {
  readonly headers: readonly HeaderField[];
  readonly participants: Participants;
  readonly parts: readonly MessagePart[];
  readonly defects: readonly Defect[];
};
