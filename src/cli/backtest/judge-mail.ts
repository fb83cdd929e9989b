import { z } from 'zod';
import { isoTime } from '../../core/index.ts';
import { titleOfType } from '../../detect/index.ts';
import type { BinaryReader } from '../../extract/index.ts';
import { examine, inspect, type Inspection, type Snapshot } from '../../inspect/index.ts';
import type { Envelope } from '../../message/index.ts';
import { clientsOf } from '../../match/index.ts';
import { explainReason, type Severity } from '../../policy/index.ts';
import { makeEnvelope, withCrlf } from '../read-mail.ts';
import { makeScanReport } from '../scan-report.ts';
import { deriveEnvelope, deriveTime, type PlainEnvelope } from './derive-envelope.ts';
import type { ArchivedMail } from './list-mails.ts';
import { scoreFindings, type Counts } from './score-findings.ts';

/** What the run needs beside the verdict; without any of it no text is made of a mail. */
export type Wanted = {
  /** The line of `--json`. */
  readonly line: boolean;
  /** `--reveal`: matched text in the line, subject and customers' names in the HTML report. */
  readonly reveal: boolean;
  /** The reasons in words, for the HTML report. */
  readonly words: boolean;
};

export type JudgedReason = {
  readonly code: string;
  readonly policy: string;
  readonly severity: Severity;
  readonly recipients: readonly string[];
  readonly customers: readonly string[];
  readonly words: { readonly ja: string; readonly en: string } | null;
};
export type Clock = 'header' | 'archive' | 'record' | 'now';
export type Failure = 'threw' | 'timed_out' | 'crashed';
export type Unread =
  | Extract<ArchivedMail, { unread: string }>['unread']
  | 'bad_sidecar'
  | 'bad_envelope'
  | 'no_recipient'
  | 'not_inspected';
export type Judged = {
  readonly kind: 'judged';
  readonly id: string;
  readonly verdict: string;
  /** Of the worst reason that holds; null when delivered. */
  readonly severity: Severity | null;
  readonly reasons: readonly JudgedReason[];
  /** Codes of reasons that are only recorded (policies in monitor). */
  readonly recorded: readonly string[];
  /** The known answer. `reasons` null: not known, as where a person's decision on the hold is the answer. */
  readonly expected: { readonly verdict: string; readonly reasons: readonly string[] | null } | null;
  /** Null where the sidecar lists no findings. */
  readonly scores: Readonly<Record<string, Counts>> | null;
  /** Findings by type. */
  readonly types: Readonly<Record<string, number>>;
  /** Octets. */
  readonly size: number;
  /** Wall time of the inspection alone, milliseconds; null where it was not made now. */
  readonly tookMs: number | null;
  readonly envelope: 'sidecar' | 'header' | 'record';
  /** Why the inspection did not end by itself; it holds then, as in the gateway. */
  readonly failed: Failure | null;
  /** With `--reveal` only. */
  readonly subject: string | null;
  /** The moment by which schedules are judged. */
  readonly receivedAt: number;
  /** Where it comes from: the mail's header, the archive (From_ line, time of the file), the gateway's record, or nowhere: the run's own. */
  readonly clock: Clock;
  readonly ruleSet: string;
  readonly policySet: string;
  readonly line: string | null;
};
export type MailResult = Judged | { readonly kind: 'unread'; readonly id: string; readonly why: Unread };

/** True where the mail does not go out by itself; a delayed one does. */
export const isStopped = (verdict: string): boolean => verdict === 'hold' || verdict === 'reject';

const sidecarSchema = z.object({
  envelope: z.object({ from: z.string(), to: z.array(z.string()).min(1) }),
  expected: z
    .object({
      verdict: z.string().optional(),
      reasons: z.array(z.string()).optional(),
      pii: z.array(z.object({ type: z.string(), text: z.string() })).optional(),
    })
    .optional(),
});
type Expected = NonNullable<z.infer<typeof sidecarSchema>['expected']>;

export type PreparedMail = {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly envelope: Envelope;
  readonly from: 'sidecar' | 'header';
  readonly clock: Clock;
  readonly expected: Expected | null;
};

/** Bytes and sidecar of an archive → what is inspected, or why it cannot be. Never throws. */
export function prepareMail(mail: Extract<ArchivedMail, { readonly bytes: Uint8Array }>): PreparedMail | Unread {
  const bytes = withCrlf(mail.bytes);
  const sidecar = mail.sidecar === null ? null : readSidecar(mail.sidecar);
  if (sidecar === 'bad_sidecar') return sidecar;
  const plain: PlainEnvelope | null = sidecar === null ? deriveEnvelope(bytes) : sidecar.envelope;
  if (plain === null) return 'no_recipient';
  const sentAt = deriveTime(bytes);
  try {
    return {
      id: mail.id,
      bytes,
      envelope: makeEnvelope(plain.from, plain.to, sentAt ?? mail.storedAt ?? undefined),
      from: sidecar === null ? 'header' : 'sidecar',
      clock: sentAt !== null ? 'header' : mail.storedAt !== null ? 'archive' : 'now',
      expected: sidecar?.expected ?? null,
    };
  } catch {
    return 'bad_envelope';
  }
}

function readSidecar(text: string): z.infer<typeof sidecarSchema> | 'bad_sidecar' {
  try {
    return sidecarSchema.parse(JSON.parse(text));
  } catch {
    return 'bad_sidecar';
  }
}

/** The verdict on one mail with all that the run wants of it. Throws where an inspection throws. */
export async function judgeMail(mail: PreparedMail, snapshot: Snapshot, wanted: Wanted, readBinary: BinaryReader): Promise<Judged> {
  const { envelope, bytes, expected } = mail;
  const started = performance.now();
  // `examine` keeps every text for eyes; most runs want verdicts alone.
  const needsText = wanted.line || wanted.reveal || expected?.pii !== undefined;
  const examination = needsText ? await examine({ envelope, bytes }, snapshot, { readBinary }) : null;
  const inspection = examination?.inspection ?? (await inspect({ envelope, bytes }, snapshot, { readBinary }));
  const tookMs = performance.now() - started;
  return {
    ...judge(mail.id, inspection, snapshot, wanted),
    ...ofArchive(mail),
    scores: examination === null || expected?.pii === undefined ? null : scoreFindings(examination.findings, expected.pii),
    tookMs,
    subject: wanted.reveal ? (examination?.subject ?? null) : null,
    line: examination === null || !wanted.line ? null : lineOf(mail, examination, snapshot, wanted, tookMs, null),
  };
}

/** What stands for an inspection that did not end: `inspection` is the gateway's own (it holds). */
export function judgeFailure(mail: PreparedMail, inspection: Inspection, snapshot: Snapshot, wanted: Wanted, failed: Failure): Judged {
  const nothing = { inspection, findings: [], unscannable: [], files: [], segments: [] };
  return {
    ...judge(mail.id, inspection, snapshot, wanted),
    ...ofArchive(mail),
    failed,
    line: wanted.line ? lineOf(mail, nothing, snapshot, wanted, 0, failed) : null,
  };
}

const ofArchive = ({
  expected,
  bytes,
  from,
  envelope,
  clock,
}: PreparedMail): Pick<Judged, 'expected' | 'size' | 'envelope' | 'receivedAt' | 'clock'> => ({
  expected: expected?.verdict === undefined ? null : { verdict: expected.verdict, reasons: expected.reasons ?? [] },
  size: bytes.length,
  envelope: from,
  receivedAt: envelope.receivedAt,
  clock,
});

type Labels = Parameters<typeof explainReason>[1];

/** A verdict, wherever it comes from: an inspection made now or one that the gateway recorded. */
export function judge(
  id: string,
  inspection: Inspection,
  snapshot: Pick<Snapshot, 'customers' | 'ruleSet' | 'organisation' | 'lists'>,
  wanted: Wanted,
): Omit<Judged, 'expected' | 'size' | 'envelope' | 'receivedAt' | 'clock'> {
  const { verdict, findings, ruleSet } = inspection;
  const types: Record<string, number> = {};
  for (const { type } of findings) types[type] = (types[type] ?? 0) + 1;
  const label: Labels['label'] = (customer) => (wanted.reveal ? snapshot.customers.label(customer) : null);
  const labels: Labels = {
    label,
    typeTitle: (type) => titleOfType(snapshot.ruleSet, type),
    clientsOf: (recipient) => clientsOf(recipient, snapshot, label),
  };
  return {
    kind: 'judged',
    id,
    verdict: verdict.disposition,
    severity: verdict.severity,
    reasons: verdict.reasons
      .filter((reason) => reason.holds)
      .map((reason) => ({
        code: reason.code,
        policy: reason.policy,
        severity: reason.severity,
        recipients: reason.recipients,
        customers: reason.customers,
        words: wanted.words ? { ja: explainReason(reason, labels, 'ja'), en: explainReason(reason, labels, 'en') } : null,
      })),
    recorded: verdict.reasons.filter((reason) => !reason.holds).map((reason) => reason.code),
    scores: null,
    types,
    tookMs: null,
    failed: null,
    subject: null,
    ruleSet,
    policySet: verdict.policyVersion,
    line: null,
  };
}

function lineOf(
  { id, expected, from, envelope, clock }: PreparedMail,
  examination: Parameters<typeof makeScanReport>[0],
  snapshot: Snapshot,
  wanted: Wanted,
  tookMs: number,
  failed: Failure | null,
): string {
  return JSON.stringify({
    id,
    ...makeScanReport(examination, snapshot, { reveal: wanted.reveal, tookMs }),
    envelope: from,
    received_at: isoTime(envelope.receivedAt),
    clock,
    ...(failed === null ? {} : { failed }),
    ...(expected?.verdict === undefined ? {} : { expected: { verdict: expected.verdict, reasons: expected.reasons ?? [] } }),
  });
}
