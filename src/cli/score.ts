import type { ScanReport } from './scan-report.ts';

/** What a sidecar says should come out (corpora, samples). */
export type Expected = {
  readonly verdict?: string;
  readonly reasons?: readonly string[];
  readonly pii?: readonly { readonly type: string; readonly text: string }[];
};
export type Scored = { readonly id: string; readonly report: ScanReport; readonly expected: Expected | null };

export type Counts = { readonly found: number; readonly missed: number; readonly extra: number };
export type Summary = {
  readonly messages: number;
  readonly held: number;
  readonly labelled: number;
  /** Rows: expected; columns: got. */
  readonly confusion: {
    readonly hold: { readonly hold: number; readonly deliver: number };
    readonly deliver: { readonly hold: number; readonly deliver: number };
  };
  readonly hold_recall: number | null;
  readonly false_hold_rate: number | null;
  /** Share of rightly held mails all of whose expected reasons were given. */
  readonly reasons_right: number | null;
  readonly missed: readonly string[];
  readonly false_holds: readonly string[];
  readonly by_reason: { readonly [code: string]: Counts };
  readonly pii: {
    readonly [type: string]: Counts & { readonly precision: number | null; readonly recall: number | null; readonly f1: number | null };
  };
  readonly took_ms: { readonly mean: number; readonly max: number };
};

const share = (part: number, whole: number): number | null => (whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000);

/** Not on its way: held, or given back by a policy. A delayed mail goes out. */
export const isStopped = ({ report }: Scored): boolean => report.verdict === 'hold' || report.verdict === 'reject';

/** Verdicts and findings against what was expected. Findings are only compared when the reports carry their text. */
export function summarize(all: readonly Scored[]): Summary {
  const labelled = all.filter((one) => one.expected?.verdict !== undefined);
  const of = (expected: string, got: string): Scored[] =>
    labelled.filter((one) => one.expected?.verdict === expected && (isStopped(one) ? 'hold' : 'deliver') === got);
  const caught = of('hold', 'hold');
  const missed = of('hold', 'deliver');
  const falseHolds = of('deliver', 'hold');
  const passed = of('deliver', 'deliver');
  const right = caught.filter((one) => (one.expected?.reasons ?? []).every((code) => codesOf(one).includes(code)));
  const times = all.map((one) => one.report.took_ms);
  return {
    messages: all.length,
    held: all.filter(isStopped).length,
    labelled: labelled.length,
    confusion: { hold: { hold: caught.length, deliver: missed.length }, deliver: { hold: falseHolds.length, deliver: passed.length } },
    hold_recall: share(caught.length, caught.length + missed.length),
    false_hold_rate: share(falseHolds.length, falseHolds.length + passed.length),
    reasons_right: share(right.length, caught.length),
    missed: missed.map((one) => one.id),
    false_holds: falseHolds.map((one) => one.id),
    by_reason: countReasons(labelled),
    pii: countFindings(
      all.filter((one) => one.expected?.pii !== undefined && one.report.findings.every((finding) => finding.text !== undefined)),
    ),
    took_ms: {
      mean: Math.round((times.reduce((sum, time) => sum + time, 0) / Math.max(1, times.length)) * 10) / 10,
      max: Math.max(0, ...times),
    },
  };
}

const codesOf = (one: Scored): readonly string[] => one.report.reasons.map((reason) => reason.code);

function countReasons(all: readonly Scored[]): Summary['by_reason'] {
  const counts = new Map<string, { found: number; missed: number; extra: number }>();
  const entry = (code: string): { found: number; missed: number; extra: number } => {
    const known = counts.get(code) ?? { found: 0, missed: 0, extra: 0 };
    counts.set(code, known);
    return known;
  };
  for (const one of all) {
    const got = new Set(codesOf(one));
    const wanted = new Set(one.expected?.reasons ?? []);
    for (const code of wanted) entry(code)[got.has(code) ? 'found' : 'missed'] += 1;
    for (const code of got) if (!wanted.has(code)) entry(code).extra += 1;
  }
  return Object.fromEntries([...counts].toSorted(([a], [b]) => a.localeCompare(b)));
}

/** Unique (type, text) a mail, NFKC without spaces and hyphens; a finding counts when one contains the other and it is at least half as long. */
function countFindings(all: readonly Scored[]): Summary['pii'] {
  const counts = new Map<string, { found: number; missed: number; extra: number }>();
  const add = (type: string, what: 'found' | 'missed' | 'extra'): void => {
    const known = counts.get(type) ?? { found: 0, missed: 0, extra: 0 };
    known[what] += 1;
    counts.set(type, known);
  };
  for (const { report, expected } of all) {
    const got = unique(report.findings.map(({ type, text }) => ({ type, text: text ?? '' })));
    const wanted = unique(expected?.pii ?? []);
    const used = new Set<string>();
    for (const item of wanted) {
      const hits = got.filter(
        (finding) =>
          finding.type === item.type &&
          (finding.text.includes(item.text) || item.text.includes(finding.text)) &&
          finding.text.length * 2 >= item.text.length,
      );
      for (const hit of hits) used.add(`${hit.type} ${hit.text}`);
      add(item.type, hits.length > 0 ? 'found' : 'missed');
    }
    for (const finding of got) if (!used.has(`${finding.type} ${finding.text}`)) add(finding.type, 'extra');
  }
  return Object.fromEntries(
    [...counts]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([type, { found, missed, extra }]) => [
        type,
        {
          found,
          missed,
          extra,
          precision: share(found, found + extra),
          recall: share(found, found + missed),
          f1: share(2 * found, 2 * found + missed + extra),
        },
      ]),
  );
}

function unique(items: readonly { readonly type: string; readonly text: string }[]): { readonly type: string; readonly text: string }[] {
  const seen = new Map<string, { type: string; text: string }>();
  for (const { type, text } of items) {
    const compact = text.normalize('NFKC').replaceAll(/[\s\-‐‑‒–—―−ー]/g, '');
    seen.set(`${type} ${compact}`, { type, text: compact });
  }
  return [...seen.values()];
}
