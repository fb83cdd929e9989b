import { titleOfType } from '../detect/index.ts';
import type { Examination, Snapshot } from '../inspect/index.ts';
import { explainReason } from '../policy/index.ts';

/** What `scan --json` prints and `backtest --json` prints a line (INTERFACES.md, "Sidecar and scan JSON"). */
export type ScanReport = {
  readonly verdict: string;
  readonly reasons: readonly {
    readonly code: string;
    /** The policy that gave it. */
    readonly policy: string;
    readonly severity: string;
    readonly holds: boolean;
    readonly recipients: readonly string[];
    readonly customers: readonly string[];
    readonly message: { readonly ja: string; readonly en: string };
  }[];
  readonly recipients: readonly {
    readonly address: string;
    readonly kind: string;
    readonly customer: string | null;
    readonly verdict: string;
  }[];
  readonly about: readonly { readonly customer: string; readonly strength: string; readonly evidence: readonly string[] }[];
  readonly findings: readonly {
    readonly type: string;
    readonly where: string;
    readonly start: number;
    readonly end: number;
    readonly confidence: number;
    readonly owner: string;
    readonly rule: string;
    /** Why it was found: pattern names and context words are the rule's, never the mail's. */
    readonly evidence: readonly { readonly kind: string; readonly name?: string }[];
    readonly text?: string;
  }[];
  readonly unscannable: readonly { readonly where: string; readonly reason: string }[];
  readonly rule_set: string;
  /** Version of the policies in force; `rule_set` is that of the detectors. */
  readonly policy_set: string;
  readonly took_ms: number;
};

/** `reveal` adds the matched text of each finding; without it no text of the mail is in the report but file names. */
export function makeScanReport(
  examination: Pick<Examination, 'inspection' | 'findings' | 'unscannable' | 'files' | 'segments'>,
  { customers, ruleSet }: Pick<Snapshot, 'customers' | 'ruleSet'>,
  options: { readonly reveal: boolean; readonly tookMs: number },
): ScanReport {
  const { inspection } = examination;
  const { verdict } = inspection;
  const labels: Parameters<typeof explainReason>[1] = {
    label: (customer) => customers.label(customer),
    typeTitle: (type) => titleOfType(ruleSet, type),
  };
  return {
    verdict: verdict.disposition,
    reasons: verdict.reasons
      .filter((reason) => reason.holds)
      .map((reason) => ({
        code: reason.code,
        policy: reason.policy,
        severity: reason.severity,
        holds: reason.holds,
        recipients: reason.recipients,
        customers: reason.customers,
        message: { ja: explainReason(reason, labels, 'ja'), en: explainReason(reason, labels, 'en') },
      })),
    recipients: verdict.recipients.map(({ address, kind, customer, verdict: own }) => ({ address, kind, customer, verdict: own })),
    about: inspection.about.map(({ customer, strength, evidence }) => ({ customer, strength, evidence })),
    findings: examination.findings.map((finding) => ({
      type: finding.type,
      where: finding.where,
      start: finding.start,
      end: finding.end,
      confidence: Math.round(finding.confidence * 100) / 100,
      owner: finding.owner,
      rule: finding.rule,
      evidence: finding.because.map(({ kind, name }) => (name === null ? { kind } : { kind, name })),
      ...(options.reveal ? { text: finding.text } : {}),
    })),
    unscannable: examination.unscannable.map(({ where, reason }) => ({ where, reason })),
    rule_set: inspection.ruleSet,
    policy_set: verdict.policyVersion,
    took_ms: Math.round(options.tookMs * 10) / 10,
  };
}
