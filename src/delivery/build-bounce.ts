import { Buffer } from 'node:buffer';
import type { Instant, MessageId } from '../core/index.ts';
import type { Address, SpooledMessage } from '../message/index.ts';
import type { Recipient } from './recipient.ts';

/** A mail of our own: its bytes, and what its envelope needs. The reverse path is null (RFC 3464 §2). */
export type Bounce = { readonly to: Address; readonly body: Uint8Array; readonly smtpUtf8: boolean; readonly eightBit: boolean };

/**
 * The bounce for recipients that failed for good: multipart/report (RFC 3462, 3464; RFC 6533 where an address is not ASCII) in Japanese and English.
 * Of the original only the header block goes back (RFC 3462 §2): its text may be what should not travel once more.
 * Null when the original has the null reverse path: a bounce of a bounce would loop (RFC 5321 §4.5.5).
 * `id`: the bounce's own id. `original`: its bytes as accepted. `failed`: recipients in state bounced; others are left out.
 */
export function buildBounce(
  message: SpooledMessage,
  original: Uint8Array,
  failed: readonly Recipient[],
  id: MessageId,
  now: Instant,
  hostname: string,
): Bounce | null {
  const to = message.envelope.mailFrom;
  if (to === null) return null;
  const international = !isAscii(to) || failed.some(({ address }) => !isAscii(address));
  const boundary = `=_sekisho_${id}`;
  const headers = headerBlock(original);
  const body = [
    topHeaders({ to, id, now, hostname, boundary }),
    `--${boundary}`,
    base64Part('Content-Type: text/plain; charset=utf-8', Buffer.from(explanation(message, failed, hostname))),
    `--${boundary}`,
    statusPart(message, failed, hostname, international),
    `--${boundary}`,
    base64Part(`Content-Type: ${international ? 'message/global-headers' : 'text/rfc822-headers'}`, headers),
    `--${boundary}--`,
    '',
  ].join('\r\n');
  return { to, body: Buffer.from(body), smtpUtf8: international, eightBit: international };
}

function topHeaders(of: { to: string; id: string; now: Instant; hostname: string; boundary: string }): string {
  return [
    `Date: ${mailDate(of.now)}`,
    `From: Mail Delivery System <MAILER-DAEMON@${of.hostname}>`,
    `To: <${of.to}>`,
    `Subject: =?UTF-8?B?${Buffer.from('配信できませんでした').toString('base64')}?=`,
    ' / Undelivered Mail Returned to Sender',
    `Message-ID: <${of.id}@${of.hostname}>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status;',
    ` boundary="${of.boundary}"`,
    '',
    '',
  ].join('\r\n');
}

function explanation(message: SpooledMessage, failed: readonly Recipient[], hostname: string): string {
  const list = failed.flatMap(({ address, state }) =>
    state.status === 'bounced' ? [`<${address}>`, `    ${state.reply.code} ${state.reply.enhanced} ${printable(state.reply.text)}`] : [],
  );
  return [
    `${hostname} からお知らせします。`,
    '次の宛先にメールを配信できませんでした。再送はされません。宛先をご確認のうえ、必要であれば改めてお送りください。',
    '',
    ...list,
    '',
    `This is the mail system at ${hostname}.`,
    'Your message could not be delivered to the recipients above and will not be tried again.',
    'Please check the addresses and send it once more if needed.',
    '',
    `受付番号 / Queue ID: ${message.envelope.id}`,
    '',
  ].join('\r\n');
}

/** RFC 3464 §2.2 and §2.3: one block about the message, one a recipient. */
function statusPart(message: SpooledMessage, failed: readonly Recipient[], hostname: string, international: boolean): string {
  const blocks = failed.flatMap(({ address, state }) =>
    state.status === 'bounced'
      ? [
          [
            `Final-Recipient: ${isAscii(address) ? 'rfc822' : 'utf-8'}; ${address}`,
            'Action: failed',
            `Status: ${state.reply.enhanced}`,
            `Diagnostic-Code: smtp; ${state.reply.code} ${state.reply.enhanced} ${printable(state.reply.text)}`,
            `Last-Attempt-Date: ${mailDate(state.at)}`,
            '',
          ].join('\r\n'),
        ]
      : [],
  );
  return [
    `Content-Type: message/${international ? 'global-delivery-status' : 'delivery-status'}`,
    `Content-Transfer-Encoding: ${international ? '8bit' : '7bit'}`,
    '',
    `Reporting-MTA: dns; ${hostname}`,
    `X-Sekisho-Queue-ID: ${message.envelope.id}`,
    `Arrival-Date: ${mailDate(message.envelope.receivedAt)}`,
    '',
    ...blocks,
  ].join('\r\n');
}

/** Base 64 whatever is in it: a returned header may hold 8-bit bytes, over-long lines or something that looks like our boundary. */
function base64Part(contentType: string, content: Uint8Array): string {
  const lines =
    Buffer.from(content)
      .toString('base64')
      .match(/.{1,76}/g) ?? [];
  return [contentType, 'Content-Transfer-Encoding: base64', '', ...lines].join('\r\n');
}

/** The original up to and with the line end before its empty line; all of it when it has no body. */
function headerBlock(original: Uint8Array): Uint8Array {
  const end = Buffer.from(original.buffer, original.byteOffset, original.byteLength).indexOf('\r\n\r\n');
  return end < 0 ? original : original.subarray(0, end + 2);
}

/** A foreign server's words on one line of ASCII, short enough for a header line (RFC 5322 §2.1.1). */
const printable = (text: string): string =>
  text
    .replaceAll(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, 500);

const isAscii = (text: string): boolean => /^[\x21-\x7e]*$/.test(text);

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** RFC 5322 §3.3, in Japan Standard Time. */
function mailDate(at: Instant): string {
  const date = new Date(at + 9 * 3_600_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${weekdays[date.getUTCDay()]}, ${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0900`;
}
