// The line composed: bytes + envelope + snapshot → Inspection (text-free) or Examination (with text, for eyes that may see it).
export type { Examination, Finding, Inspection, ShownFinding } from './inspection.ts';
