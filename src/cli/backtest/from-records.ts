import { instant, isoTime, type Instant, type MessageId } from '../../core/index.ts';
import { whereOf } from '../../extract/index.ts';
import type { Store, StoredMessage } from '../../gateway/index.ts';
import type { Snapshot } from '../../inspect/index.ts';
import type { Hold } from '../../quarantine/index.ts';
import { usageError } from '../exit.ts';
import { makeScanReport } from '../scan-report.ts';
import { judge, type MailResult, type Wanted } from './judge-mail.ts';

const pageSize = 500;

/**
 * The verdicts that the gateway recorded when it took the mails, newest first: in monitor mode those of mail that went out all the same. What
 * people decided on a mail is its known answer. No body is opened. `since` null: all that the store still has.
 */
export async function* judgeRecords(
  store: Pick<Store, 'messages' | 'hold'>,
  snapshot: Pick<Snapshot, 'customers' | 'ruleSet' | 'organisation' | 'lists'>,
  wanted: Wanted,
  since: Instant | null,
): AsyncGenerator<MailResult> {
  let before: MessageId | null = null;
  for (;;) {
    const page: readonly StoredMessage[] = await store.messages({
      origin: 'smtp',
      ...(since === null ? {} : { since }),
      ...(before === null ? {} : { before }),
      limit: pageSize,
      offset: 0,
    });
    const holds = await Promise.all(page.map(({ id }) => store.hold(id)));
    for (const [index, message] of page.entries()) yield resultOf(message, holds[index] ?? null, snapshot, wanted);
    before = page.at(-1)?.id ?? null;
    if (before === null || page.length < pageSize) return;
  }
}

function resultOf(
  message: StoredMessage,
  hold: Hold | null,
  snapshot: Pick<Snapshot, 'customers' | 'ruleSet' | 'organisation' | 'lists'>,
  wanted: Wanted,
): MailResult {
  const { id, inspection, spooled } = message;
  if (inspection === null) return { kind: 'unread', id, why: 'not_inspected' };
  const expected = hold === null ? null : answerOf(hold);
  return {
    ...judge(id, inspection, snapshot, wanted),
    expected: expected === null ? null : { verdict: expected, reasons: null },
    size: spooled.size,
    envelope: 'record',
    receivedAt: spooled.envelope.receivedAt,
    clock: 'record',
    line: wanted.line ? lineOf(message, inspection, expected, snapshot) : null,
  };
}

/**
 * What people said of the mail: returned, or withdrawn by its sender, it was a missend; so it was when somebody was left out of a release.
 * Null while it is undecided or can still be taken back, and when it expired: nobody has said anything then.
 */
function answerOf({ state, recipients }: Hold): 'hold' | 'deliver' | null {
  if (state === 'returned' || state === 'cancelled') return 'hold';
  if (state !== 'released') return null;
  return recipients.every(({ decision }) => decision === 'send') ? 'deliver' : 'hold';
}

/** File names are mail text and not recorded, so `where` has part numbers. */
function lineOf(
  { id, spooled }: StoredMessage,
  inspection: NonNullable<StoredMessage['inspection']>,
  expected: 'hold' | 'deliver' | null,
  snapshot: Pick<Snapshot, 'customers' | 'ruleSet' | 'organisation' | 'lists'>,
): string {
  const findings = inspection.findings.map((finding) => ({
    ...finding,
    segment: 0,
    segmentStart: finding.start,
    segmentEnd: finding.end,
    text: '',
    because: [],
    where: whereOf(finding.location, []),
  }));
  const unscannable = inspection.unscannable.map((part) => ({ ...part, where: whereOf({ in: 'text', part: part.part }, []) }));
  return JSON.stringify({
    id,
    ...makeScanReport({ inspection, findings, unscannable, files: [], segments: [] }, snapshot, { reveal: false, tookMs: 0 }),
    took_ms: null,
    envelope: 'record',
    received_at: isoTime(spooled.envelope.receivedAt),
    ...(expected === null ? {} : { expected: { verdict: expected, by: 'decision' } }),
  });
}

/** `2026-11-01` (Japanese time, where the mail is sent) or a full ISO 8601 time. */
export function parseSince(text: string): Instant {
  const at = Date.parse(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00+09:00` : text);
  if (Number.isNaN(at)) throw usageError(`--since ${text} is no date; write it like 2026-11-01 or 2026-11-01T09:00:00+09:00`);
  return instant(at);
}
