// Parts → text with its place. Every leaf ends as scanned, partial, unscannable or no_text; nothing is passed over in silence.
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
