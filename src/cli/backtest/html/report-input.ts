import type { Changes } from '../compare.ts';
import type { Notebook } from '../notebook.ts';
import type { Summary } from '../tally.ts';
import type { TimeHistogram } from '../time-histogram.ts';

export type ReportInput = {
  /** The archive as named; null for the gateway's records. */
  readonly archive: string | null;
  readonly summary: Summary;
  readonly changes: Changes | null;
  readonly seconds: number | null;
  readonly times: TimeHistogram;
  readonly notebook: Notebook;
  readonly madeAt: Date;
};
