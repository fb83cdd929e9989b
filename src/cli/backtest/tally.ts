import type { Severity } from '../../policy/index.ts';
import { isStopped, type Clock, type Judged, type MailResult, type Unread } from './judge-mail.ts';
import type { Counts } from './score-findings.ts';
import { TimeHistogram, type TimeSummary } from './time-histogram.ts';

export type PiiScore = Counts & { readonly precision: number | null; readonly recall: number | null; readonly f1: number | null };
export type RuleCount = {
  readonly code: string;
  readonly policy: string;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
};

export type DecidedRule = { readonly code: string; readonly policy: string; readonly returned: number; readonly released: number };

/** The `summary` of `backtest --json`. */
export type Summary = {
  readonly messages: number;
  readonly held: number;
  readonly labelled: number;
  /** Rows: expected; columns: got. */
  readonly confusion: {
    readonly hold: { readonly hold: number; readonly deliver: number };
    readonly deliver: { readonly hold: number; readonly deliver: number };
  };
  /** Where the labels come from: a sidecar, or what people decided on a hold of the gateway. */
  readonly labels: { readonly sidecar: number; readonly decision: number };
  /** Null with labels by decision: these are of mails that were stopped, so both rates would say 1 whatever the rules are. */
  readonly hold_recall: number | null;
  readonly false_hold_rate: number | null;
  /** Labelled mails that were held: the share that had to be. */
  readonly hold_precision: number | null;
  /** Labels by decision, by the rule that held the mail: how many were returned (or withdrawn), how many released to all. */
  readonly decided_by_rule: readonly DecidedRule[];
  /** Share of rightly held mails all of whose expected reasons were given; of those whose reasons are known. */
  readonly reasons_right: number | null;
  readonly missed: readonly string[];
  readonly false_holds: readonly string[];
  /** Labelled mails: reasons expected and given. */
  readonly by_reason: Readonly<Record<string, Counts>>;
  readonly pii: Readonly<Record<string, PiiScore>>;
  readonly took_ms: TimeSummary;
  /** Held mails by the severity of their worst reason. */
  readonly by_severity: Readonly<Record<Severity, number>>;
  /** Held mails by reason code and policy; a mail counts once for each of its reasons. */
  readonly by_rule: readonly RuleCount[];
  /** Mails with a reason that is only recorded (a policy in monitor), by code. */
  readonly recorded: Readonly<Record<string, number>>;
  /** All findings: how many, in how many mails. */
  readonly findings: Readonly<Record<string, { readonly findings: number; readonly mails: number }>>;
  /** Where the envelopes came from: a sidecar, the mail's own header (no sidecar: Bcc may be missing), the gateway's record. */
  readonly envelopes: Readonly<Record<Judged['envelope'], number>>;
  /** Where the times came from by which schedules were judged: the mail's header, the archive, the gateway's record, the run itself. */
  readonly clocks: Readonly<Record<Clock, number>>;
  /** Mails in `messages` whose inspection threw, overran or crashed; they count as held. */
  readonly inspection_failed: number;
  /** Mails not in `messages`, by reason. */
  readonly unread: Readonly<Partial<Record<Unread, number>>>;
  readonly bytes: number;
  readonly rule_set: string | null;
  readonly policy_set: string | null;
};

/** Rounded to four digits; null of nothing. */
export const share = (part: number, whole: number): number | null => (whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000);

/** Adds up results one by one and keeps counts, not mails: memory grows with the labelled mails that went wrong alone. */
export class Tally {
  readonly times = new TimeHistogram();
  readonly #confusion = { hold: { hold: 0, deliver: 0 }, deliver: { hold: 0, deliver: 0 } };
  readonly #bySeverity = { high: 0, medium: 0, low: 0 };
  readonly #envelopes = { sidecar: 0, header: 0, record: 0 };
  readonly #clocks = { header: 0, archive: 0, record: 0, now: 0 };
  readonly #labels = { sidecar: 0, decision: 0 };
  readonly #decidedByRule = new Counters<{ returned: number; released: number }>(() => ({ returned: 0, released: 0 }));
  readonly #missed: string[] = [];
  readonly #falseHolds: string[] = [];
  readonly #byReason = new Counters<Counts>(() => ({ found: 0, missed: 0, extra: 0 }));
  readonly #pii = new Counters<Counts>(() => ({ found: 0, missed: 0, extra: 0 }));
  readonly #byRule = new Counters<Record<Severity, number>>(() => ({ high: 0, medium: 0, low: 0 }));
  readonly #recorded = new Counters<{ mails: number }>(() => ({ mails: 0 }));
  readonly #findings = new Counters<{ findings: number; mails: number }>(() => ({ findings: 0, mails: 0 }));
  readonly #unread = new Counters<{ mails: number }>(() => ({ mails: 0 }));
  #messages = 0;
  #held = 0;
  #right = 0;
  #rightOf = 0;
  #failed = 0;
  #bytes = 0;
  #ruleSet: string | null = null;
  #policySet: string | null = null;

  add(result: MailResult): void {
    if (result.kind === 'unread') {
      this.#unread.at(result.why).mails += 1;
      return;
    }
    this.#messages += 1;
    this.#bytes += result.size;
    this.#ruleSet = result.ruleSet;
    this.#policySet = result.policySet;
    this.#envelopes[result.envelope] += 1;
    this.#clocks[result.clock] += 1;
    if (result.failed !== null) this.#failed += 1;
    if (result.tookMs !== null) this.times.add(result.tookMs);
    if (isStopped(result.verdict)) this.#addHeld(result);
    for (const code of new Set(result.recorded)) this.#recorded.at(code).mails += 1;
    for (const [type, count] of Object.entries(result.types)) {
      const entry = this.#findings.at(type);
      entry.findings += count;
      entry.mails += 1;
    }
    for (const [type, counts] of Object.entries(result.scores ?? {})) {
      const entry = this.#pii.at(type);
      entry.found += counts.found;
      entry.missed += counts.missed;
      entry.extra += counts.extra;
    }
    this.#addLabelled(result);
  }

  #addHeld({ severity, reasons }: Judged): void {
    this.#held += 1;
    this.#bySeverity[severity ?? 'medium'] += 1;
    const rules = new Map(reasons.toReversed().map((reason) => [`${reason.code} ${reason.policy}`, reason.severity]));
    for (const [rule, worst] of rules) this.#byRule.at(rule)[worst] += 1;
  }

  #addLabelled({ id, verdict, expected, reasons, envelope }: Judged): void {
    if (expected === null) return;
    this.#labels[envelope === 'record' ? 'decision' : 'sidecar'] += 1;
    const wanted = isStopped(expected.verdict) ? 'hold' : 'deliver';
    const given = isStopped(verdict) ? 'hold' : 'deliver';
    this.#confusion[wanted][given] += 1;
    if (wanted === 'hold' && given === 'deliver') this.#missed.push(id);
    if (wanted === 'deliver' && given === 'hold') this.#falseHolds.push(id);
    if (envelope === 'record')
      for (const rule of new Set(reasons.map(({ code, policy }) => `${code} ${policy}`)))
        this.#decidedByRule.at(rule)[wanted === 'hold' ? 'returned' : 'released'] += 1;
    // Who returns a mail does not say which of its reasons was the right one.
    if (expected.reasons !== null) this.#addReasons(expected.reasons, reasons, wanted === 'hold' && given === 'hold');
  }

  #addReasons(expected: readonly string[], reasons: Judged['reasons'], rightlyHeld: boolean): void {
    const got = new Set(reasons.map(({ code }) => code));
    for (const code of new Set(expected)) this.#byReason.at(code)[got.has(code) ? 'found' : 'missed'] += 1;
    for (const code of got) if (!expected.includes(code)) this.#byReason.at(code).extra += 1;
    if (!rightlyHeld) return;
    this.#rightOf += 1;
    if (expected.every((code) => got.has(code))) this.#right += 1;
  }

  summary(): Summary {
    const { hold, deliver } = this.#confusion;
    const { sidecar, decision } = this.#labels;
    const chosen = decision > 0;
    return {
      messages: this.#messages,
      held: this.#held,
      labelled: sidecar + decision,
      labels: { sidecar, decision },
      confusion: structuredClone(this.#confusion),
      hold_recall: chosen ? null : share(hold.hold, hold.hold + hold.deliver),
      false_hold_rate: chosen ? null : share(deliver.hold, deliver.hold + deliver.deliver),
      hold_precision: share(hold.hold, hold.hold + deliver.hold),
      decided_by_rule: this.#decidedByRule.sorted().map(([rule, counts]) => ({ ...ruleOf(rule), ...counts })),
      reasons_right: share(this.#right, this.#rightOf),
      missed: this.#missed,
      false_holds: this.#falseHolds,
      by_reason: Object.fromEntries(this.#byReason.sorted()),
      pii: Object.fromEntries(this.#pii.sorted().map(([type, counts]) => [type, scored(counts)])),
      took_ms: this.times.summary(),
      by_severity: { ...this.#bySeverity },
      by_rule: this.#byRule.sorted().map(([rule, counts]) => ({ ...ruleOf(rule), ...counts })),
      recorded: Object.fromEntries(this.#recorded.sorted().map(([code, { mails }]) => [code, mails])),
      findings: Object.fromEntries(this.#findings.sorted()),
      envelopes: { ...this.#envelopes },
      clocks: { ...this.#clocks },
      inspection_failed: this.#failed,
      unread: Object.fromEntries(this.#unread.sorted().map(([why, { mails }]) => [why, mails])),
      bytes: this.#bytes,
      rule_set: this.#ruleSet,
      policy_set: this.#policySet,
    };
  }
}

function ruleOf(rule: string): { readonly code: string; readonly policy: string } {
  const [code = '', policy = ''] = rule.split(' ');
  return { code, policy };
}

const scored = ({ found, missed, extra }: Counts): PiiScore => ({
  found,
  missed,
  extra,
  precision: share(found, found + extra),
  recall: share(found, found + missed),
  f1: share(2 * found, 2 * found + missed + extra),
});

type Writable<T> = { -readonly [K in keyof T]: T[K] };

class Counters<T> {
  readonly #entries = new Map<string, Writable<T>>();
  readonly #empty: () => Writable<T>;

  constructor(empty: () => Writable<T>) {
    this.#empty = empty;
  }

  at(key: string): Writable<T> {
    const entry = this.#entries.get(key) ?? this.#empty();
    this.#entries.set(key, entry);
    return entry;
  }

  sorted(): [string, Writable<T>][] {
    return [...this.#entries].toSorted(([a], [b]) => (a < b ? -1 : 1));
  }
}
