// The line composed: bytes + envelope + snapshot → Inspection (text-free) or Examination (with text, for eyes that may see it).
export { failedInspection } from './failed-inspection.ts';
export { examine, inspect, type InspectInput, type Snapshot, type Tools } from './inspect.ts';
export type { Examination, Finding, Inspection, ShownFinding } from './inspection.ts';
