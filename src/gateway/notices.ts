import { createHash } from 'node:crypto';
import { isoTime, newMessageId, type Instant, type MessageId } from '../core/index.ts';
import { mailDate, type Address } from '../message/index.ts';
import type { Reason } from '../policy/index.ts';
import type { Hold } from '../quarantine/index.ts';
import type { NewMessage } from './ports.ts';
import type { GatewaySettings } from './settings.ts';

type Attachment = { readonly type: 'message/rfc822'; readonly content: Uint8Array };

/** Tells the sender that his mail waits. No subject, no names, no addresses in full: the notice may be read over a shoulder (UX.md §13). */
export function holdNotice(hold: Hold, settings: GatewaySettings, now: Instant): NewMessage | null {
  if (hold.from === null) return null;
  const domains = [
    ...new Set(
      hold.recipients.filter(({ verdict }) => verdict !== 'deliver').map(({ address }) => address.slice(address.lastIndexOf('@'))),
    ),
  ];
  const text = [
    `${japaneseTime(hold.heldAt)} に送信したメールは、まだ送信されていません。宛先と内容の確認のため保留しています。`,
    `宛先：${hold.recipients.length}件（${domains.slice(0, 3).join('、')}${domains.length > 3 ? ' ほか' : ''}）`,
    `受付番号：${hold.id}`,
    '',
    `承認者が確認します。期限は ${japaneseTime(hold.expiresAt)} です。`,
    `${settings.publicUrl}/mine/${hold.id}`,
    '期限までに判断がない場合、メールは送信されず、あなたに返送されます。',
    '',
    'Your mail has not been sent yet: its recipients and content are being checked.',
    `Reference: ${hold.id}. If nobody decides by ${isoTime(hold.expiresAt)}, it is not sent and comes back to you.`,
    '',
  ];
  return notice(hold.from, '送信したメールを確認のため保留しています', text, null, settings, now);
}

/** Gives the mail back to its sender with the decider's written reason; the original is attached byte for byte. */
export function returnNotice(hold: Hold, original: Uint8Array, settings: GatewaySettings, now: Instant): NewMessage | null {
  if (hold.from === null) return null;
  const text = [
    'お送りになったメールは、どの宛先にも送信されず差し戻されました。',
    `理由：${hold.decisionReason ?? ''}`,
    `受付番号：${hold.id}`,
    '',
    '元のメールを添付します。宛先と内容を確かめて、必要なら新しいメールとしてお送りください。',
    '',
    'Your mail was not sent to anyone and is returned to you; the original is attached.',
    `Reason: ${hold.decisionReason ?? ''}`,
    '',
  ];
  return notice(hold.from, '差し戻されました', text, { type: 'message/rfc822', content: original }, settings, now);
}

/** Gives the mail back because nobody decided in time. */
export function expiryNotice(hold: Hold, original: Uint8Array, settings: GatewaySettings, now: Instant): NewMessage | null {
  if (hold.from === null) return null;
  const text = [
    '期限までに判断がなかったため、お送りになったメールは送信されませんでした。',
    `受付番号：${hold.id}`,
    '',
    '元のメールを添付します。',
    '',
    'Nobody decided in time, so your mail was not sent. The original is attached.',
    '',
  ];
  return notice(hold.from, '【期限切れ】送信されませんでした', text, { type: 'message/rfc822', content: original }, settings, now);
}

type Told = { readonly to: Address; readonly id: MessageId; readonly settings: GatewaySettings; readonly now: Instant };

/** Gives the mail back at once because a policy allows no such mail; the original is attached byte for byte. */
export function rejectNotice(
  of: Told & { readonly recipients: number; readonly titles: readonly Reason['title'][]; readonly original: Uint8Array },
): NewMessage {
  const text = [
    `お送りになったメールは、組織のルールにより、${of.recipients}件の宛先には送信されませんでした。`,
    ...of.titles.map(({ ja }) => `理由：${ja}`),
    `受付番号：${of.id}`,
    '',
    '元のメールを添付します。該当する内容か宛先を改めて、新しいメールとしてお送りください。お心当たりがなければ、管理者にお問い合わせください。',
    '',
    `Your mail was not sent to ${of.recipients} of its recipients: a policy of your organisation does not allow it. The original is attached.`,
    ...of.titles.map(({ en }) => `Reason: ${en}`),
    'Change the content or the recipients and send a new mail; ask your administrator if this is a surprise.',
    '',
  ];
  return notice(of.to, 'ルールにより送信されませんでした', text, { type: 'message/rfc822', content: of.original }, of.settings, of.now);
}

/** Tells the sender that his mail goes out later, and how it can be stopped until then. */
export function delayNotice(
  of: Told & { readonly recipients: number; readonly titles: readonly Reason['title'][]; readonly until: Instant },
): NewMessage {
  const text = [
    `お送りになったメールは、${of.recipients}件の宛先に ${japaneseTime(of.until)} に送信されます。`,
    ...of.titles.map(({ ja }) => `理由：${ja}`),
    `受付番号：${of.id}`,
    '',
    '取りやめたいときは、その時刻までに次の画面で取り消すか、受付番号を承認者か管理者に伝えてください。',
    `${of.settings.publicUrl}/mine`,
    '',
    `Your mail goes out to ${of.recipients} recipients at ${isoTime(of.until)}.`,
    ...of.titles.map(({ en }) => `Reason: ${en}`),
    `To stop it, cancel it on that page before then, or give an approver or your administrator the reference ${of.id}.`,
    '',
  ];
  return notice(of.to, '送信を少し待っています', text, null, of.settings, of.now);
}

/** Gives a mail back that its sender took back while it waited; the original is attached byte for byte. */
export function cancelNotice(of: Told & { readonly recipients: number; readonly original: Uint8Array }): NewMessage {
  const text = [
    `お取りやめになったメールは、${of.recipients}件の宛先には送信されませんでした。`,
    `受付番号：${of.id}`,
    '',
    '元のメールを添付します。',
    '',
    `The mail that you took back was not sent to ${of.recipients} of its recipients. The original is attached.`,
    '',
  ];
  return notice(of.to, '送信を取りやめました', text, { type: 'message/rfc822', content: of.original }, of.settings, of.now);
}

/** Tells an approver of a mail that went out, by the policy that asks for it. No subject, no names, no addresses (UX.md §13). */
export function policyNotice(
  of: Told & { readonly policy: string; readonly title: Reason['title']; readonly recipients: number },
): NewMessage {
  const text = [
    `次のルールに当てはまるメールが送信されました：${of.title.ja}（${of.policy}）`,
    `宛先：${of.recipients}件`,
    `受付番号：${of.id}`,
    `${of.settings.publicUrl}/history`,
    '',
    `A mail went out that this policy asks to tell of: ${of.title.en} (${of.policy}).`,
    `Recipients: ${of.recipients}. Reference: ${of.id}.`,
    '',
  ];
  return notice(of.to, 'ルールに当てはまるメールのお知らせ', text, null, of.settings, of.now);
}

/** A mail of our own: null reverse path, so that no answer to it can loop (RFC 3834 §3.3). */
export function notice(
  to: Address,
  subject: string,
  lines: readonly string[],
  attached: Attachment | null,
  settings: Pick<GatewaySettings, 'hostname'>,
  now: Instant,
): NewMessage {
  const id = newMessageId(now);
  const text = Buffer.from(lines.join('\r\n')).toString('base64').replaceAll(/.{76}/g, '$&\r\n');
  const body = ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64', '', text, ''].join('\r\n');
  const head = [
    `From: Sekisho <MAILER-DAEMON@${settings.hostname}>`,
    `To: <${to}>`,
    `Subject: =?utf-8?B?${Buffer.from(`${subject}［Sekisho］`).toString('base64')}?=`,
    `Date: ${mailDate(now)}`,
    `Message-ID: <${id}@${settings.hostname}>`,
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
  ].join('\r\n');
  const bytes = attached === null ? Buffer.from(`${head}\r\n${body}`) : withAttachment(head, body, attached);
  return { envelope: noticeEnvelope(id, to, now, bytes), body: bytes, origin: 'notice' };
}

function withAttachment(head: string, body: string, attached: Attachment): Buffer {
  // A boundary from the content's own hash cannot stand in the content.
  const boundary = `=_${createHash('sha256').update(attached.content).digest('hex').slice(0, 40)}`;
  const before = `${head}\r\nContent-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n--${boundary}\r\n${body}\r\n--${boundary}\r\nContent-Type: ${attached.type}\r\nContent-Disposition: attachment; filename="original.eml"\r\n\r\n`;
  return Buffer.concat([Buffer.from(before), attached.content, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}

/** The envelope of a mail that the gateway itself makes. */
export function noticeEnvelope(id: MessageId, to: Address, now: Instant, body: Uint8Array): NewMessage['envelope'] {
  return {
    id,
    receivedAt: now,
    mailFrom: null,
    rcptTo: [to],
    smtpUtf8: /[^\x20-\x7E]/.test(to),
    eightBit: body.some((byte) => byte > 127),
    session: { clientIp: '127.0.0.1', helo: 'localhost', authUser: null, tls: false },
  };
}

const japaneseTime = (at: Instant): string =>
  new Intl.DateTimeFormat('ja-JP', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Tokyo' }).format(new Date(at));
