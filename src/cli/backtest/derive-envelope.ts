import type { Instant } from '../../core/index.ts';
import { parseAddressList, parseMailbox, parseMailDate, parseMessage, type HeaderField } from '../../message/index.ts';

/** `from` '' is the null reverse path. */
export type PlainEnvelope = { readonly from: string; readonly to: readonly string[] };

/**
 * The envelope that an archived mail most likely had, from its header: the sender of X-Envelope-From, Return-Path, Sender or From; the
 * recipients of X-Envelope-To, else of To, Cc and Bcc, each once, in order. Null when no recipient can be told. Bcc recipients are lost unless
 * the archive wrote them down, so what such a mail showed to them is not judged.
 */
export function deriveEnvelope(mail: Uint8Array): PlainEnvelope | null {
  const headers = headersOf(mail);
  const recipients = mailboxes(headers, ['x-envelope-to']);
  const to = recipients.length > 0 ? recipients : mailboxes(headers, ['to', 'cc', 'bcc']);
  return to.length === 0 ? null : { from: senderOf(headers), to };
}

/** The sender alone, '' when the header tells none. */
export const deriveSender = (mail: Uint8Array): string => senderOf(headersOf(mail));

/**
 * When the mail was sent, by its own header: the Date ("complete and ready to enter the mail delivery system", RFC 5322 §3.6.1), which
 * importing an archive does not change; without a readable one the oldest Received. Null when neither says it.
 */
export function deriveTime(mail: Uint8Array): Instant | null {
  const headers = headersOf(mail);
  const dates = headers.filter(({ name }) => name === 'date').map(({ value }) => value);
  // Each server puts its Received on top, with the date behind the last semicolon (RFC 5321 §4.4).
  const stamps = headers.filter(({ name }) => name === 'received').map(({ value }) => value.slice(value.lastIndexOf(';') + 1));
  for (const text of [...dates, ...stamps.toReversed()]) {
    const at = parseMailDate(text);
    if (at !== null) return at;
  }
  return null;
}

/** The header alone: a MIME walk would cost as much as the inspection's own. */
const headersOf = (mail: Uint8Array): readonly HeaderField[] => parseMessage(mail.subarray(0, headerLength(mail))).headers;

function senderOf(headers: readonly HeaderField[]): string {
  for (const name of ['x-envelope-from', 'return-path', 'sender', 'from']) {
    const field = headers.find((header) => header.name === name);
    if (field === undefined) continue;
    if (name !== 'from' && field.value.trim() === '<>') return '';
    const [first] = mailboxes([field], [name]);
    if (first !== undefined) return first;
    const bare = parseMailbox(field.value.trim());
    if (bare !== null) return bare;
  }
  return '';
}

function mailboxes(headers: readonly HeaderField[], names: readonly string[]): readonly string[] {
  const found = names
    .flatMap((name) => headers.filter((header) => header.name === name))
    .flatMap(({ value }) => parseAddressList(value))
    .flatMap(({ address }) => parseMailbox(address) ?? []);
  return [...new Set(found)];
}

/** Up to and with the empty line. */
function headerLength(mail: Uint8Array): number {
  const end = Buffer.from(mail.buffer, mail.byteOffset, mail.byteLength).indexOf('\r\n\r\n');
  return end === -1 ? mail.length : end + 4;
}
