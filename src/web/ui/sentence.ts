import type { CustomerLabels, StoredMessage } from '../../gateway/index.ts';
import { isSiteReason, type Reason, type ReasonCode } from '../../policy/index.ts';
import { customerName, visible } from './format.ts';
import type { Texts } from './texts.ts';

const rank = { high: 0, medium: 1, low: 2 } as const;

/** Why the mail is held: the reasons that hold; of a mail that waited and was stopped, those that had it wait. */
export function heldReasons({ inspection }: StoredMessage): readonly Reason[] {
  const reasons = inspection?.verdict.reasons ?? [];
  const holding = reasons.filter(({ holds }) => holds);
  return holding.length > 0 ? holding : reasons.filter(({ action, mode }) => action === 'delay' && mode === 'enforce');
}

/** The reason that weighs most, the one the sentence is about; null where none is known. */
export function mainReason(message: StoredMessage): Reason | null {
  return heldReasons(message).toSorted((a, b) => rank[a.severity] - rank[b.severity])[0] ?? null;
}

/** One sentence for the tray and the head of a hold: whose data goes to whom. Made of codes and labels only, never of the mail's text. */
export function verdictSentence(message: StoredMessage, labels: CustomerLabels, t: Texts): string {
  const reason = mainReason(message);
  const { sentence } = t;
  if (reason === null) return sentence.failed;
  const to = visible(reason.recipients[0] ?? message.recipients[0]?.address ?? '');
  switch (reason.code) {
    case 'wrong_customer':
      return wrongCustomer(message, reason, labels, t);
    case 'cross_client':
      return sentence.client;
    case 'sensitive_pii':
      return sentence.sensitive(reason.types.length === 0 ? t.information : typeNames(reason.types, t));
    case 'bulk_pii':
      return sentence.list(reason.count ?? reason.customers.length, reason.recipients.length);
    case 'exposed_recipients':
      return sentence.bcc(reason.count ?? reason.recipients.length);
    case 'lookalike_address':
      return reason.suggestion === null ? sentence.typoOnly(to) : sentence.typo(to, visible(reason.suggestion));
    case 'salutation_mismatch':
      return sentence.greeting;
    case 'ambiguous_mime':
      return sentence.mime;
    case 'unscannable':
      return sentence.unread;
    case 'inspection_failed':
      return sentence.failed;
    case 'unknown_recipient_pii':
    case 'third_party_pii':
      return sentence.person;
    default:
      return `${reason.title[t.language]}：${to}`;
  }
}

/** What a reason is called: a site's own by the title that its policy had when it judged the mail. */
export function reasonTitle(code: ReasonCode, message: StoredMessage, t: Texts): string {
  if (!isSiteReason(code)) return t.reasons[code];
  return message.inspection?.verdict.reasons.find((reason) => reason.code === code)?.title[t.language] ?? code;
}

export const typeNames = (types: readonly string[], t: Texts): string => types.map((type) => t.types[type] ?? type).join(t.listSep);

function wrongCustomer(message: StoredMessage, reason: Reason, labels: CustomerLabels, t: Texts): string {
  const about = reason.customers[0];
  const more = reason.customers.length - 1;
  const who = about === undefined ? t.unregistered : customerName(about, labels, t) + (more > 0 ? `（${t.moreAbout(more)}）` : '');
  const recipient = message.inspection?.verdict.recipients.find(({ address }) => reason.recipients.includes(address));
  if (recipient === undefined || recipient.customer === null) return t.sentence.outside(who, t.information);
  return t.sentence.mismatch(who, t.information, customerName(recipient.customer, labels, t));
}
