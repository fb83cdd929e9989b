import { titleOfType } from '../detect/index.ts';
import type { Examination, Snapshot } from '../inspect/index.ts';
import { whereOf, type Location } from '../extract/index.ts';
import { clientsOf } from '../match/index.ts';
import { explainReason, explainRecipient, explainVerdict, type Reason } from '../policy/index.ts';

type Words = { readonly ja: string; readonly en: string };

/** What `scan --json` prints and `backtest --json` prints a line (INTERFACES.md, "Sidecar and scan JSON"). */
export type ScanReport = {
  readonly verdict: string;
  readonly reasons: readonly {
    readonly code: string;
    readonly severity: string;
    readonly holds: boolean;
    readonly recipients: readonly string[];
    readonly customers: readonly string[];
    readonly message: Words;
    readonly title: Words;
    /** The policy that gave it. */
    readonly policy: string;
    readonly policy_version: number;
    readonly action: string;
    readonly types: readonly string[];
    /** Where the evidence stands, each place once. */
    readonly where: readonly string[];
  }[];
  /** Reasons that stop nothing: delay, notify, tag, and policies on trial (`mode` monitor). */
  readonly noted: readonly (Omit<ScanReport['reasons'][number], 'holds'> & { readonly mode: string })[];
  readonly exceptions: readonly {
    readonly policy: string;
    readonly policy_version: number;
    readonly recipients: readonly string[];
    readonly codes: readonly string[];
  }[];
  /** What would happen and what would let it pass. */
  readonly explanation: Words;
  readonly recipients: readonly {
    readonly address: string;
    readonly kind: string;
    readonly customer: string | null;
    readonly verdict: string;
    /** What the recipient is, and whose data it may have and why, line by line. */
    readonly explanation: { readonly ja: readonly string[]; readonly en: readonly string[] };
  }[];
  readonly about: readonly {
    readonly customer: string;
    readonly strength: string;
    readonly evidence: readonly string[];
    readonly may_receive: readonly string[];
  }[];
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
  snapshot: Pick<Snapshot, 'customers' | 'ruleSet' | 'organisation' | 'lists'>,
  options: { readonly reveal: boolean; readonly tookMs: number },
): ScanReport {
  const { inspection } = examination;
  const { verdict } = inspection;
  const labels: Labels = {
    label: (customer) => snapshot.customers.label(customer),
    typeTitle: (type) => titleOfType(snapshot.ruleSet, type),
    clientsOf: (recipient) => clientsOf(recipient, snapshot, (customer) => snapshot.customers.label(customer)),
  };
  return {
    verdict: verdict.disposition,
    explanation: { ja: explainVerdict(verdict, 'ja'), en: explainVerdict(verdict, 'en') },
    reasons: verdict.reasons.filter(({ holds }) => holds).map((reason) => ({ ...reportReason(reason, examination, labels), holds: true })),
    noted: verdict.reasons
      .filter(({ holds }) => !holds)
      .map((reason) => ({ ...reportReason(reason, examination, labels), mode: reason.mode })),
    exceptions: verdict.exceptions.map(({ policy, version, recipients, codes }) => ({
      policy,
      policy_version: version,
      recipients,
      codes,
    })),
    recipients: verdict.recipients.map((recipient) => ({
      address: recipient.address,
      kind: recipient.kind,
      customer: recipient.customer,
      verdict: recipient.verdict,
      explanation: {
        ja: explainRecipient(recipient, inspection.about, verdict, labels, 'ja'),
        en: explainRecipient(recipient, inspection.about, verdict, labels, 'en'),
      },
    })),
    about: inspection.about.map(({ customer, strength, evidence, mayReceive }) => ({
      customer,
      strength,
      evidence,
      may_receive: mayReceive,
    })),
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

type Labels = Parameters<typeof explainReason>[1];

function reportReason(
  reason: Reason,
  { files, segments }: Pick<Examination, 'files' | 'segments'>,
  labels: Labels,
): Omit<ScanReport['reasons'][number], 'holds'> {
  return {
    code: reason.code,
    severity: reason.severity,
    recipients: reason.recipients,
    customers: reason.customers,
    message: { ja: explainReason(reason, labels, 'ja'), en: explainReason(reason, labels, 'en') },
    title: reason.title,
    policy: reason.policy,
    policy_version: reason.version,
    action: reason.action,
    types: reason.types,
    where: [...new Set(reason.evidence.map((place) => whereOf(place, files, sheetName(place, segments))))],
  };
}

/** A sheet's name stands with its text. */
function sheetName(place: Location, segments: Examination['segments']): string | null {
  if (place.in !== 'sheet') return null;
  const sheet = segments.find(({ location }) => location.in === 'sheet' && location.part === place.part && location.sheet === place.sheet);
  return sheet?.label ?? null;
}
