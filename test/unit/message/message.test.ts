import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { instant, newMessageId } from '../../../src/core/index.ts';
import {
  baseAddress,
  countReceived,
  decodeHeaderValue,
  decodeText,
  findDisagreement,
  isCanonical,
  isSubdomain,
  parseAddressList,
  parseMailbox,
  parseMessage,
  receivedHeader,
  type Address,
} from '../../../src/message/index.ts';

const mail = (text: string): Uint8Array => Buffer.from(text.replaceAll('\n', '\r\n'));

test.each([
  ['hanako@Example.JP', 'hanako@example.jp'],
  ['a..b.@docomo.ne.jp', 'a..b.@docomo.ne.jp'],
  ["o'neil+x@example.co.jp", "o'neil+x@example.co.jp"],
  ['太郎@例え.jp', '太郎@例え.jp'],
])('the mailbox %s is taken', (given, normal) => expect(parseMailbox(given)).toBe(normal));

test.each([
  '',
  'a',
  '@b.jp',
  'a@',
  'a b@c.jp',
  'a@b@c.jp',
  '<a@b.jp>',
  'a,b@c.jp',
  '"a b"@c.jp',
  '@x.jp:a@b.jp',
  'a%b@c.jp',
  'a!b@c.jp',
  'a@[127.0.0.1]',
  'a\r\n@b.jp',
  'a\0@b.jp',
  'a@b..jp',
  'a@-b.jp',
  `${'a'.repeat(65)}@b.jp`,
  'a\u3000@b.jp',
])('%j is no mailbox', (given) => expect(parseMailbox(given)).toBeNull());

test('plus-addresses equal their base, without case', () => expect(baseAddress('Hanako+Shop@Example.jp')).toBe('hanako@example.jp'));

test('a domain covers itself; a leading dot adds sub-domains; a suffix alone is somebody else', () => {
  expect(isSubdomain('example.jp', 'example.jp')).toBe(true);
  expect(isSubdomain('mail.example.jp', 'example.jp')).toBe(false);
  expect(isSubdomain('mail.example.jp', '.example.jp')).toBe(true);
  expect(isSubdomain('example.jp', '.example.jp')).toBe(true);
  expect(isSubdomain('evil-example.jp', '.example.jp')).toBe(false);
});

test('address lists: quotes, comments, groups, Japanese names', () => {
  expect(parseAddressList('"佐藤, 花子" <h@a.jp>, t@b.jp (太郎), 一同: x@c.jp, y@c.jp;, 誰か')).toEqual([
    { displayName: '佐藤, 花子', address: 'h@a.jp' },
    { displayName: '太郎', address: 't@b.jp' },
    { displayName: '', address: 'x@c.jp' },
    { displayName: '', address: 'y@c.jp' },
  ]);
});

test('header values: encoded words joined over a split character, raw CP932', () => {
  const bytes = Buffer.from('佐藤花子', 'utf8');
  const [a, b] = [bytes.subarray(0, 4).toString('base64'), bytes.subarray(4).toString('base64')];
  expect(decodeHeaderValue(`=?UTF-8?B?${a}?=\r\n =?UTF-8?B?${b}?= <h@a.jp>`)).toBe('佐藤花子 <h@a.jp>');
  expect(decodeHeaderValue('\x8d\xb2\x93\xa1')).toBe('佐藤');
  expect(decodeHeaderValue('=?ISO-2022-JP?B?GyRCOjRGIxsoQg==?=')).toBe('佐藤');
});

test.each([
  ['shift_jis', [0x8d, 0x82, 0xfb, 0xfc], '高髙'],
  ['utf-8', [0x8d, 0xb2, 0x93, 0xa1, 0x82, 0xb3, 0x82, 0xf1], '佐藤さん'],
  [null, [0xba, 0xb4, 0xc6, 0xa3, 0xa4, 0xb5, 0xa4, 0xf3], '佐藤さん'],
  ['iso-2022-jp', [0x1b, 0x28, 0x49, 0x36, 0x5e, 0x1b, 0x28, 0x42], 'ｶﾞ'],
  ['iso-2022-jp', [0x0e, 0x36, 0x5e, 0x0f, 0x41], 'ｶﾞA'],
])('bytes labelled %s are read as what they are', (charset, bytes, text) =>
  expect(decodeText(Uint8Array.from(bytes), charset).text).toBe(text),
);

test('a tree of parts is numbered as IMAP does, and alternatives are marked', () => {
  const message = parseMessage(
    mail(`From: a@b.jp
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: multipart/alternative; boundary=y

--y
Content-Type: text/plain

plain
--y
Content-Type: text/html

<p>html</p>
--y--
--x
Content-Type: application/octet-stream; name="=?UTF-8?B?${Buffer.from('見積.zip').toString('base64')}?="
Content-Transfer-Encoding: base64

AAEC
--x--
`),
  );
  expect(message.parts.map(({ path, declaredType, isAlternative }) => [path, declaredType, isAlternative])).toEqual([
    ['1.1', 'text/plain', true],
    ['1.2', 'text/html', false],
    ['2', 'application/octet-stream', false],
  ]);
  expect(message.parts[2]?.fileNames).toEqual(['見積.zip']);
  expect([...(message.parts[2]?.content ?? [])]).toEqual([0, 1, 2]);
  expect(isCanonical(message)).toBe(true);
});

test.each(readdirSync(new URL('../../corpus/mail/', import.meta.url)))('%s: ordinary mail is canonical', async (name) => {
  const text = readFileSync(new URL(`../../corpus/mail/${name}`, import.meta.url)).toString('latin1');
  const bytes = Buffer.from(text.replaceAll(/\r?\n/g, '\r\n'), 'latin1');
  const message = parseMessage(bytes);
  expect(message.defects).toEqual([]);
  expect(await findDisagreement(bytes, message)).toEqual([]);
  expect(message.participants.from).toHaveLength(1);
});

test('the Received field names the session and cannot be broken by what a client said', () => {
  const envelope = {
    id: newMessageId(instant(0)),
    receivedAt: instant(Date.UTC(2026, 10, 24, 1, 2, 3)),
    mailFrom: null,
    rcptTo: ['a@b.jp' as Address] as [Address],
    smtpUtf8: false,
    eightBit: false,
    session: { clientIp: '192.0.2.1', helo: 'evil\r\nBcc: x@y', authUser: null, tls: true },
  };
  const field = Buffer.from(receivedHeader(envelope, 'gw.example.jp')).toString();
  expect(field).toMatch(
    /^Received: from evil\?\?Bcc:\?x\?y \(\[192\.0\.2\.1\]\)\r\n\tby gw\.example\.jp \(Sekisho\) with ESMTPS id [0-9A-Z]{26};\r\n\tTue, 24 Nov 2026 01:02:03 \+0000\r\n$/,
  );
  expect(countReceived(Buffer.concat([Buffer.from(field), mail('Subject: x\n\nReceived: no\n')]))).toBe(1);
});
