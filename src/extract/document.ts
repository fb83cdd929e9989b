import type { Cell, UnscannableReason } from './text-segment.ts';

export type DocumentKind = 'docx' | 'xlsx' | 'pptx' | 'odf' | 'pdf';

/** One run of text of a document, with its place in it. `number` counts pages, sheets, slides or properties from 1. */
export type DocumentPiece = {
  readonly in: 'page' | 'sheet' | 'slide' | 'metadata';
  readonly number: number;
  readonly text: string;
  readonly hidden: boolean;
  readonly cells: readonly Cell[] | null;
  readonly label: string | null;
};

/** `complete` false: something of it was left out (too many pages, a broken page). */
export type BinaryReading =
  | { readonly ok: true; readonly pieces: readonly DocumentPiece[]; readonly complete: boolean }
  | { readonly ok: false; readonly reason: UnscannableReason };

/** Reads one document; never rejects. Runs in a child process in the gateway (a parser's crash must not be ours), in-process in tests. */
export type BinaryReader = (kind: DocumentKind, bytes: Uint8Array) => Promise<BinaryReading>;
