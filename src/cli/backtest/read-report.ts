import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Severity } from '../../policy/index.ts';
import { cannotRun } from '../exit.ts';
import { isStopped } from './judge-mail.ts';

type EarlierRule = { readonly code: string; readonly policy: string | null; readonly severity: Severity };
export type EarlierMail = { readonly verdict: string; readonly severity: Severity | null; readonly rules: readonly EarlierRule[] };
export type EarlierReport = {
  readonly mails: ReadonlyMap<string, EarlierMail>;
  readonly messages: number;
  readonly holdRecall: number | null;
  readonly ruleSet: string | null;
  /** Null in reports that did not say. */
  readonly policySet: string | null;
};

type Line = {
  readonly id?: string;
  readonly verdict?: string;
  readonly rule_set?: string;
  readonly policy_set?: string;
  readonly reasons?: readonly { readonly code: string; readonly policy?: string; readonly severity: Severity }[];
  readonly summary?: { readonly hold_recall?: number | null; readonly rule_set?: string | null; readonly policy_set?: string | null };
};

const rank: Readonly<Record<Severity, number>> = { high: 3, medium: 2, low: 1 };

/** What `backtest --json` wrote: one verdict an id. Throws CommandError when the file is no such report or was cut off before its summary. */
export async function readEarlierReport(file: string): Promise<EarlierReport> {
  const mails = new Map<string, EarlierMail>();
  // One object for each of the few sets of rules there are, not one a mail.
  const known = new Map<string, EarlierMail>();
  let last: Line | null = null;
  let summary: Line['summary'];
  let number = 0;
  try {
    for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
      number += 1;
      if (text === '') continue;
      const line = JSON.parse(text) as Line;
      if (line.summary !== undefined) summary = line.summary;
      if (line.id === undefined || line.verdict === undefined) continue;
      last = line;
      const mail = mailOf(line.verdict, line.reasons ?? []);
      const key = JSON.stringify(mail);
      if (!known.has(key)) known.set(key, mail);
      mails.set(line.id, known.get(key) ?? mail);
    }
  } catch (cause) {
    const place = number === 0 ? file : `${file}:${number}`;
    throw cannotRun(`${place}: no report of \`sekisho backtest --json\`; write one with \`sekisho backtest DIR --json > REPORT\``, cause);
  }
  if (summary === undefined) throw cannotRun(`${file}:${number}: the report was cut off: its last line is no summary; write it again`);
  return {
    mails,
    messages: mails.size,
    holdRecall: summary.hold_recall ?? null,
    ruleSet: summary.rule_set ?? last?.rule_set ?? null,
    policySet: summary.policy_set ?? last?.policy_set ?? null,
  };
}

function mailOf(verdict: string, reasons: NonNullable<Line['reasons']>): EarlierMail {
  const worst = reasons.map(({ severity }) => severity).toSorted((a, b) => rank[b] - rank[a])[0] ?? null;
  const rules = new Map(reasons.map(({ code, policy = null, severity }) => [`${code} ${policy ?? ''}`, { code, policy, severity }]));
  return { verdict, severity: isStopped(verdict) ? worst : null, rules: [...rules.values()] };
}
