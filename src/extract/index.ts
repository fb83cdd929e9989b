// Parts → text with its place. Every leaf ends as scanned, partial, unscannable or no_text; nothing is passed over in silence.
export { cellAt } from './cell-at.ts';
export type { BinaryReader, BinaryReading, DocumentKind, DocumentPiece } from './document.ts';
export { extract, type ExtractOptions } from './extract.ts';
export { defaultLimits, type ExtractLimits } from './limits.ts';
export { readDocument } from './read-document.ts';
export type {
  Cell,
  Extraction,
  FileNode,
  Location,
  NestedMail,
  SegmentId,
  TextSegment,
  Unscannable,
  UnscannableReason,
} from './text-segment.ts';
export { whereOf } from './where-of.ts';
