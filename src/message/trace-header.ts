import type { Envelope } from './envelope.ts';
import { fieldsNamed, readHeaders } from './header-fields.ts';
import { mailDate } from './mail-date.ts';

/** The Received field that we put before the mail as received (RFC 5321 §4.4), with its CRLF. What a client said of itself is made harmless. */
export function receivedHeader(envelope: Envelope, hostname: string): Uint8Array {
  const { helo, clientIp, tls, authUser } = envelope.session;
  const safeHelo = helo.replaceAll(/[^A-Za-z0-9.:_[\]-]/g, '?').slice(0, 255) || 'unknown';
  const literal = clientIp.includes(':') ? `IPv6:${clientIp}` : clientIp;
  const protocol = `${envelope.smtpUtf8 ? 'UTF8SMTP' : 'ESMTP'}${tls ? 'S' : ''}${authUser === null ? '' : 'A'}`; // RFC 3848, RFC 6531 §4.3
  return Buffer.from(
    `Received: from ${safeHelo} ([${literal}])\r\n\tby ${hostname} (Sekisho) with ${protocol} id ${envelope.id};\r\n\t${mailDate(envelope.receivedAt)}\r\n`,
  );
}

/** How many Received fields the mail carries: a loop shows in them (RFC 5321 §6.3). */
export const countReceived = (bytes: Uint8Array): number => fieldsNamed(readHeaders(bytes).fields, 'received').length;
