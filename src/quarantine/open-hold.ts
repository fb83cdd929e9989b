import type { Instant } from '../core/index.ts';
import type { SpooledMessage } from '../message/index.ts';
import type { RecipientVerdict, Severity, Verdict } from '../policy/index.ts';
import { addBusinessMinutes } from './business-time.ts';
import type { Hold } from './hold.ts';
import { baseAddress } from './own-mail.ts';

const dueMinutes: Readonly<Record<Severity, number>> = { high: 30, medium: 120, low: 120 };
const expiryMinutes = 24 * 60;

/**
 * A new hold, version 1, for a message that the policy holds. `ownAddresses`: everyone who counts as the sender, in any spelling.
 * `split`: only the recipients with verdict `hold` are held (all of them when there is none: then the message itself is held).
 */
export function openHold(of: {
  readonly verdict: Verdict;
  readonly message: SpooledMessage;
  readonly department: string;
  readonly approver: string | null;
  readonly ownAddresses: readonly string[];
  readonly heldAt: Instant;
  readonly split: boolean;
}): Hold {
  const { verdict, message, heldAt } = of;
  const severity = verdict.severity ?? 'medium';
  const own = of.ownAddresses.flatMap((address) => [address.toLowerCase(), baseAddress(address)]);
  return {
    id: message.envelope.id,
    state: 'held',
    phase: verdict.phase ?? 'approval',
    severity,
    reasons: [...new Set(verdict.reasons.filter(({ holds, action }) => holds && action === 'hold').map((reason) => reason.code))],
    from: message.envelope.mailFrom,
    department: of.department,
    approver: of.approver,
    ownAddresses: [...new Set(own)],
    recipients: heldOnes(verdict.recipients, of.split).map(({ address, verdict }) => ({ address, verdict, decision: null })),
    heldAt,
    dueAt: addBusinessMinutes(heldAt, dueMinutes[severity]),
    expiresAt: addBusinessMinutes(heldAt, expiryMinutes),
    settlesAt: null,
    decidedBy: null,
    decidedAt: null,
    decisionReason: null,
    version: 1,
    sha256: message.sha256,
    policyVersion: verdict.policyVersion,
  };
}

function heldOnes(recipients: readonly RecipientVerdict[], split: boolean): readonly RecipientVerdict[] {
  const held = recipients.filter((recipient) => recipient.verdict === 'hold');
  return split && held.length > 0 ? held : recipients;
}
