import { instant, newMessageId, type Instant } from '../../src/core/index.ts';
import type { NewMessage, Origin } from '../../src/gateway/index.ts';
import type { Address, Envelope } from '../../src/message/index.ts';
import type { Reason, Verdict } from '../../src/policy/index.ts';
import { openHold, type Hold } from '../../src/quarantine/index.ts';

export const address = (text: string): Address => text as Address;

/** Tuesday 2026-11-24 10:00 in Japan. */
export const start: Instant = instant(Date.UTC(2026, 10, 24, 1, 0, 0));

/** A message as the SMTP server hands it over, with a new id. */
export function newMessage(
  options: {
    readonly body?: Uint8Array;
    readonly from?: string | null;
    readonly to?: readonly string[];
    readonly origin?: Origin;
    readonly at?: Instant;
  } = {},
): NewMessage {
  const {
    body = Buffer.from('Subject: x\r\n\r\nbody\r\n'),
    from = 'tanaka@example.co.jp',
    to = ['sato@example.com'],
    origin = 'smtp',
    at = start,
  } = options;
  const envelope: Envelope = {
    id: newMessageId(at),
    receivedAt: at,
    mailFrom: from === null ? null : address(from),
    rcptTo: to.map(address) as [Address, ...Address[]],
    smtpUtf8: false,
    eightBit: true,
    session: { clientIp: '127.0.0.1', helo: 'client.example.co.jp', authUser: null, tls: false },
  };
  return { envelope, body, origin };
}

/** A verdict that holds every recipient; `severity` high unless told. */
export function holdingVerdict(recipients: readonly Address[], changes: Partial<Verdict> = {}): Verdict {
  return {
    disposition: 'hold',
    severity: 'high',
    phase: 'approval',
    approver: null,
    delayMinutes: null,
    reasons: [],
    exceptions: [],
    recipients: recipients.map((recipient) => ({ address: recipient, kind: 'customer', customer: null, verdict: 'hold' })),
    policyVersion: '1.0.0',
    ...changes,
  };
}

export const sampleReason: Reason = {
  policy: 'wrong-customer',
  version: 1,
  title: { ja: '内容と宛先が別の人', en: "Another person's data" },
  code: 'wrong_customer',
  severity: 'high',
  phase: 'approval',
  action: 'hold',
  mode: 'enforce',
  holds: true,
  delayMinutes: null,
  approver: null,
  recipients: [],
  customers: [],
  evidence: [],
  types: [],
  count: null,
  parties: null,
  suggestion: null,
  onlyQuoted: false,
  grounds: [],
};

export function newHold(message: NewMessage, changes: Partial<Hold> = {}): Hold {
  const spooled = { envelope: message.envelope, size: message.body.length, sha256: 'ab'.repeat(32) };
  const verdict = holdingVerdict(message.envelope.rcptTo);
  return {
    ...openHold({
      verdict,
      message: spooled,
      department: '営業部',
      approver: null,
      ownAddresses: ['tanaka@example.co.jp'],
      heldAt: start,
      split: false,
    }),
    ...changes,
  };
}
