import { isStopped, type Judged } from './judge-mail.ts';
import type { EarlierMail, EarlierReport } from './read-report.ts';
import { share, type Summary } from './tally.ts';

/** In the order a reader wants them: what gets through now that must not, what newly interrupts people most, the rest. */
export const changeKinds = ['newly_missed', 'newly_high', 'newly_held', 'newly_passed', 'newly_caught'] as const;
/**
 * `newly_missed`: a known missend (the sidecar expects a hold) that was held and now passes. `newly_caught`: the reverse. `newly_high`: held
 * now with severity high and was not. `newly_held`, `newly_passed`: the other mails of another verdict.
 */
export type ChangeKind = (typeof changeKinds)[number];
export type Change = { readonly id: string; readonly kind: ChangeKind; readonly before: EarlierMail; readonly now: Judged };

/** `policy` null: a report that did not say it. */
export type RuleChange = {
  readonly code: string;
  readonly policy: string | null;
  readonly newly_held: number;
  readonly newly_passed: number;
};
type State = {
  readonly messages: number;
  readonly hold_recall: number | null;
  readonly rule_set: string | null;
  readonly policy_set: string | null;
};

/** `summary.changes` of `backtest --json --against`. A known missend stands in `newly_passed` or `newly_held` too. */
export type Changes = {
  readonly earlier: State;
  readonly now: State;
  /** Mails judged in both, and in one alone: those cannot be compared. */
  readonly in_both: number;
  readonly only_earlier: number;
  readonly only_now: number;
  readonly newly_held: readonly string[];
  readonly newly_passed: readonly string[];
  readonly newly_missed: readonly string[];
  readonly newly_caught: readonly string[];
  readonly newly_high: readonly string[];
  /** Mails of another verdict, by a rule that holds them now (newly held) or held them then (newly passed). */
  readonly by_rule: readonly RuleChange[];
  /** Hold recall over the labelled mails in both. */
  readonly recall: { readonly earlier: number | null; readonly now: number | null };
  /** Why the run ends with exit code 1; empty when it may pass. */
  readonly worse: readonly ('newly_missed' | 'recall_dropped')[];
};

/** Compares verdicts one by one with an earlier report's, while the run goes on. */
export class Comparison {
  readonly #earlier: EarlierReport;
  readonly #ids: Record<ChangeKind, string[]> = {
    newly_missed: [],
    newly_high: [],
    newly_held: [],
    newly_passed: [],
    newly_caught: [],
  };
  readonly #byRule = new Map<string, { code: string; policy: string | null; newly_held: number; newly_passed: number }>();
  #inBoth = 0;
  #onlyNow = 0;
  #missends = 0;
  #caughtBefore = 0;
  #caughtNow = 0;

  constructor(earlier: EarlierReport) {
    this.#earlier = earlier;
  }

  /** The change, or null when there is none. */
  add(now: Judged): Change | null {
    const before = this.#earlier.mails.get(now.id);
    if (before === undefined) {
      this.#onlyNow += 1;
      return null;
    }
    this.#inBoth += 1;
    const held = isStopped(now.verdict);
    const wasHeld = isStopped(before.verdict);
    const isMissend = now.expected !== null && isStopped(now.expected.verdict);
    if (isMissend) {
      this.#missends += 1;
      if (wasHeld) this.#caughtBefore += 1;
      if (held) this.#caughtNow += 1;
    }
    const isNewlyHigh = held && now.severity === 'high' && before.severity !== 'high';
    if (isNewlyHigh) this.#ids.newly_high.push(now.id);
    if (held === wasHeld) return isNewlyHigh ? { id: now.id, kind: 'newly_high', before, now } : null;
    this.#ids[held ? 'newly_held' : 'newly_passed'].push(now.id);
    if (isMissend) this.#ids[held ? 'newly_caught' : 'newly_missed'].push(now.id);
    this.#countRules(held ? now.reasons : before.rules, held ? 'newly_held' : 'newly_passed');
    return { id: now.id, kind: kindOf(held, isMissend, isNewlyHigh), before, now };
  }

  #countRules(rules: readonly { readonly code: string; readonly policy: string | null }[], what: 'newly_held' | 'newly_passed'): void {
    for (const key of new Set(rules.map(({ code, policy }) => JSON.stringify([code, policy])))) {
      const [code, policy] = JSON.parse(key) as [string, string | null];
      const entry = this.#byRule.get(key) ?? { code, policy, newly_held: 0, newly_passed: 0 };
      entry[what] += 1;
      this.#byRule.set(key, entry);
    }
  }

  changes(summary: Summary): Changes {
    const { messages, holdRecall, ruleSet, policySet } = this.#earlier;
    // By two roads: a missend lost among those known before, and a share that a new, missed one lowers.
    const dropped = holdRecall !== null && summary.hold_recall !== null && summary.hold_recall < holdRecall;
    return {
      earlier: { messages, hold_recall: holdRecall, rule_set: ruleSet, policy_set: policySet },
      now: {
        messages: summary.messages,
        hold_recall: summary.hold_recall,
        rule_set: summary.rule_set,
        policy_set: summary.policy_set,
      },
      in_both: this.#inBoth,
      only_earlier: messages - this.#inBoth,
      only_now: this.#onlyNow,
      ...this.#ids,
      by_rule: [...this.#byRule.values()].toSorted((a, b) => b.newly_held + b.newly_passed - a.newly_held - a.newly_passed),
      recall: { earlier: share(this.#caughtBefore, this.#missends), now: share(this.#caughtNow, this.#missends) },
      worse: [...(this.#ids.newly_missed.length > 0 ? (['newly_missed'] as const) : []), ...(dropped ? (['recall_dropped'] as const) : [])],
    };
  }
}

function kindOf(held: boolean, isMissend: boolean, isNewlyHigh: boolean): ChangeKind {
  if (isMissend) return held ? 'newly_caught' : 'newly_missed';
  if (isNewlyHigh) return 'newly_high';
  return held ? 'newly_held' : 'newly_passed';
}
