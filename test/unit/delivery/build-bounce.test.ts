import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { newMessageId, type SmtpReply } from '../../../src/core/index.ts';
import { buildBounce, type Recipient } from '../../../src/delivery/index.ts';
import { address, newMessage, start } from '../../support/store-samples.ts';

const original = Buffer.from('From: tanaka@example.co.jp\r\nSubject: =?UTF-8?B?6KaL56mN?=\r\n\r\n本文の秘密 secret\r\n');
const message = newMessage({ body: original, to: ['sato@example.com'] });
const spooled = { envelope: message.envelope, size: original.length, sha256: 'ff' };
const bounced = (to: string, text = 'User unknown'): Recipient => ({
  address: address(to),
  state: { status: 'bounced', at: start, reply: { code: 550, enhanced: '5.1.1', text } satisfies SmtpReply },
});
const build = (failed: readonly Recipient[], bytes: Uint8Array = original) =>
  buildBounce(spooled, bytes, failed, newMessageId(start), start, 'mx.example.co.jp');
const textOf = (body: Uint8Array | undefined): string => Buffer.from(body ?? []).toString();
const parts = (body: Uint8Array | undefined): string[] => {
  const text = textOf(body);
  return text.split(`--${/boundary="([^"]+)"/.exec(text)?.[1]}`);
};

describe('buildBounce', () => {
  it('is a multipart/report with a text in two languages, a status and the header block', async () => {
    const bounce = build([bounced('sato@example.com')]);
    expect(bounce).toMatchObject({ to: 'tanaka@example.co.jp', smtpUtf8: false, eightBit: false });
    const text = textOf(bounce?.body);
    expect(text).toMatch(
      /^Date: Tue, 24 Nov 2026 10:00:00 \+0900\r\nFrom: Mail Delivery System <MAILER-DAEMON@mx\.example\.co\.jp>\r\nTo: <tanaka@example\.co\.jp>\r\n/,
    );
    expect(text).toContain('\r\nAuto-Submitted: auto-replied\r\n');
    expect(text).toMatch(/Content-Type: multipart\/report; report-type=delivery-status;\r\n boundary="/);
    const parsed = await simpleParser(Buffer.from(text));
    expect(parsed.subject).toBe('配信できませんでした / Undelivered Mail Returned to Sender');
    expect(parsed.text).toContain('次の宛先にメールを配信できませんでした');
    expect(parsed.text).toContain('could not be delivered');
    expect(parsed.text).toContain('<sato@example.com>\n    550 5.1.1 User unknown');
    expect(parsed.text).toContain('Final-Recipient: rfc822; sato@example.com'); // shown as text by mailparser
    expect(parsed.attachments.map(({ contentType }) => contentType)).toEqual(['text/rfc822-headers']);
  });

  it('names message and recipient in the status (RFC 3464 §2)', () => {
    expect(parts(build([bounced('sato@example.com'), bounced('b@example.com')])?.body)[2]).toBe(
      [
        '',
        'Content-Type: message/delivery-status',
        'Content-Transfer-Encoding: 7bit',
        '',
        'Reporting-MTA: dns; mx.example.co.jp',
        `X-Sekisho-Queue-ID: ${message.envelope.id}`,
        'Arrival-Date: Tue, 24 Nov 2026 10:00:00 +0900',
        '',
        ...['sato@example.com', 'b@example.com'].flatMap((to) => [
          `Final-Recipient: rfc822; ${to}`,
          'Action: failed',
          'Status: 5.1.1',
          'Diagnostic-Code: smtp; 550 5.1.1 User unknown',
          'Last-Attempt-Date: Tue, 24 Nov 2026 10:00:00 +0900',
          '',
        ]),
        '',
      ].join('\r\n'),
    );
  });

  it('returns the header block and nothing of the text', () => {
    const returned = parts(build([bounced('sato@example.com')])?.body)[3] ?? '';
    const decoded = Buffer.from(returned.split('\r\n\r\n')[1] ?? '', 'base64').toString();
    expect(decoded).toBe('From: tanaka@example.co.jp\r\nSubject: =?UTF-8?B?6KaL56mN?=\r\n');
    expect(textOf(build([bounced('sato@example.com')])?.body)).not.toContain(Buffer.from('secret').toString('base64').slice(0, 6));
  });

  it('goes nowhere when the original has the null reverse path', () => {
    const fromNobody = { ...spooled, envelope: { ...spooled.envelope, mailFrom: null } };
    expect(buildBounce(fromNobody, original, [bounced('sato@example.com')], newMessageId(start), start, 'mx.example.co.jp')).toBeNull();
  });

  it("keeps the next hop's words on their line, in ASCII and short", () => {
    const body = textOf(build([bounced('sato@example.com', `no\r\nBcc: evil@example.com\r\n\r\n--x 拒否 ${'y'.repeat(2000)}`)])?.body);
    expect(body).not.toMatch(/^Bcc:/m);
    expect(body).toContain('Diagnostic-Code: smtp; 550 5.1.1 no Bcc: evil@example.com --x ');
    expect(Math.max(...body.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
    expect(body).toMatch(/^[\x20-\x7e\r\n]*$/);
  });

  it('uses the international forms for an address that is not ASCII (RFC 6533)', () => {
    const bounce = build([bounced('佐藤@例え.jp')]);
    expect(bounce).toMatchObject({ smtpUtf8: true, eightBit: true });
    const text = textOf(bounce?.body);
    for (const line of [
      'Content-Type: message/global-delivery-status',
      'Final-Recipient: utf-8; 佐藤@例え.jp',
      'Content-Type: message/global-headers',
    ])
      expect(text).toContain(line);
  });

  it('leaves out recipients that did not fail, and stands mail without a body or with 8-bit headers', () => {
    const relayed: Recipient = {
      address: address('ok@example.com'),
      state: { status: 'relayed', at: start, reply: { code: 250, enhanced: '2.0.0', text: 'ok' } },
    };
    expect(textOf(build([relayed, bounced('sato@example.com')])?.body)).not.toContain('ok@example.com');
    const raw = Buffer.from([0x53, 0x3a, 0x20, 0x93, 0xfa, 0x0d, 0x0a]);
    const returned = parts(build([bounced('sato@example.com')], raw)?.body)[3] ?? '';
    expect(Buffer.from(returned.split('\r\n\r\n')[1] ?? '', 'base64').equals(raw)).toBe(true);
  });
});
