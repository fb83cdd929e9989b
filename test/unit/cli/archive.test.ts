import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withCrlf } from '../../../src/cli/read-mail.ts';
import { prepareMail } from '../../../src/cli/backtest/judge-mail.ts';
import { deriveEnvelope, deriveTime } from '../../../src/cli/backtest/derive-envelope.ts';
import { listArchive, openArchive } from '../../../src/cli/backtest/list-mails.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'sekisho-archive-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

async function read(path = folder, maxBytes = 1000): Promise<string[]> {
  const found: string[] = [];
  const archive = openArchive(listArchive(path), maxBytes);
  for await (const mail of archive.mails())
    found.push('unread' in mail ? `${mail.id} !${mail.unread}` : `${mail.id} ${Buffer.from(mail.bytes).toString()}${mail.sidecar ?? ''}`);
  expect(archive.done()).toBe(1);
  return found;
}

test('.eml with and without sidecar, mbox and sub-folders, in the order of their names', async () => {
  put({
    'b.eml': 'B',
    'b.json': '{}',
    'a.eml': 'A',
    'note.txt': 'no mail',
    '2025/x.eml': 'X',
    'sent.mbox': 'From a Tue Nov 24 10:00:00 2026\none\n\nFrom a Tue Nov 24 10:00:00 2026\ntwo\n',
  });
  symlinkSync(folder, join(folder, 'loop'));
  expect(await read()).toEqual(['2025/x X', 'a A', 'b B{}', 'sent.mbox#1 one\n', 'sent.mbox#2 two\n']);
});

test('a Maildir: an id stays when the mail moves from new/ to cur/ or is flagged; sub-folders are read, tmp/ is not', async () => {
  put({ 'new/2.host': 'two', 'cur/1.host:2,S': 'one', 'tmp/3.host': 'half', '.Sent/cur/4.host:2,RS': 'four', '.Sent/new/.keep': '' });
  expect(await read()).toEqual(['1.host one', '2.host two', '.Sent/4.host four']);
  rmSync(join(folder, 'new/2.host'));
  put({ 'cur/2.host:2,F': 'two' });
  expect(await read()).toEqual(['1.host one', '2.host two', '.Sent/4.host four']);
});

test('one file is an mbox when it begins as one, else a mail', async () => {
  put({ archive: 'From a Tue Nov 24 10:00:00 2026\none\n', 'one.eml': 'mail', 'one.json': '{"envelope":1}' });
  expect(await read(join(folder, 'archive'))).toEqual(['archive#1 one\n']);
  expect(await read(join(folder, 'one.eml'))).toEqual(['one mail{"envelope":1}']);
});

test('what cannot be read comes with its reason, and the rest is read', async () => {
  put({
    'a.eml': 'x'.repeat(1001),
    'b.mbox': 'no mbox at all\n',
    'c.mbox': `From a Tue Nov 24 10:00:00 2026\n${'y\n'.repeat(501)}`,
    'd.eml': 'D',
  });
  expect(await read()).toEqual(['a !too_large', 'b.mbox !no_mbox', 'c.mbox#1 !too_large', 'd D']);
});

test('an empty or missing folder is an error that says what was looked for', () => {
  expect(() => listArchive(folder)).toThrow(/neither \.eml files, nor mbox files, nor a Maildir/);
  expect(() => listArchive(join(folder, 'nowhere'))).toThrow(/cannot be read/);
});

test('line ends: every bare LF becomes CRLF, all else stays', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('\n', '\r', '\r\n', 'a', '\n\n')), (parts) => {
      const text = parts.join('');
      expect(Buffer.from(withCrlf(Buffer.from(text))).toString()).toBe(text.replaceAll(/(?<!\r)\n/g, '\r\n'));
    }),
  );
});

const mail = (...headers: string[]): Uint8Array => Buffer.from(`${headers.join('\r\n')}\r\n\r\nTo: body@example.jp\r\n`);

test('the envelope of a mail without sidecar: what the server wrote down before what people see', () => {
  expect(deriveEnvelope(mail('From: a@example.jp', 'To: b@example.jp, c@example.jp', 'Cc: B@example.jp', 'Bcc: d@example.jp'))).toEqual({
    from: 'a@example.jp',
    to: ['b@example.jp', 'c@example.jp', 'B@example.jp', 'd@example.jp'],
  });
  expect(
    deriveEnvelope(
      mail(
        'Return-Path: <bounce@example.jp>',
        'X-Envelope-To: x@example.jp',
        'X-Envelope-To: y@example.jp',
        'From: a@example.jp',
        'To: b@example.jp',
      ),
    ),
  ).toEqual({ from: 'bounce@example.jp', to: ['x@example.jp', 'y@example.jp'] });
  expect(deriveEnvelope(mail('X-Envelope-From: env@example.jp', 'Return-Path: <bounce@example.jp>', 'To: b@example.jp'))?.from).toBe(
    'env@example.jp',
  );
  expect(deriveEnvelope(mail('Return-Path: <>', 'From: mailer@example.jp', 'To: b@example.jp'))?.from).toBe('');
  expect(deriveEnvelope(mail('From: a@example.jp', 'To: undisclosed-recipients:;'))).toBeNull();
});

test('any header gives recipients that SMTP carries, or none', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      const raw = Buffer.concat([Buffer.from('From: a@example.jp\r\nTo: '), bytes, Buffer.from(', <b@example.jp>\r\n\r\n')]);
      const envelope = deriveEnvelope(raw);
      for (const to of envelope?.to ?? []) expect(to).toMatch(/^[^@\s]+@[^@\s]+$/);
    }),
  );
});

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

test('a mail was sent when its Date says; without a readable one when the first server took it', () => {
  const received = (date: string): string => `Received: from a by b with ESMTP id 1;\r\n\t${date}`;
  const [later, first] = [received('Thu, 26 Nov 2026 09:00:00 +0900'), received('Wed, 25 Nov 2026 23:16:00 +0900')];
  expect(iso(deriveTime(mail(later, first, 'Date: Wed, 25 Nov 2026 23:15:00 +0900')))).toBe('2026-11-25T14:15:00.000Z');
  expect(iso(deriveTime(mail(later, first, 'Date: yesterday')))).toBe('2026-11-25T14:16:00.000Z');
  expect(iso(deriveTime(mail(later, 'Received: from a by b')))).toBe('2026-11-26T00:00:00.000Z');
  expect(deriveTime(mail('Subject: x'))).toBeNull();
});

test('a mail without a date has the time of its file, or of its From_ line in an mbox', async () => {
  put({
    'a.eml': 'To: b@example.jp\n\nDate: Wed, 25 Nov 2026 23:15:00 +0900\n',
    'b.mbox': 'From a@example.jp Tue Nov 24 10:00:00 2026\nTo: b@example.jp\n',
  });
  put({
    'c.mbox': 'From - sometime 10:00 in 2026\nTo: b@example.jp\n',
    'd.eml': 'To: b@example.jp\nDate: Wed, 25 Nov 2026 23:15:00 +0900\n',
  });
  utimesSync(join(folder, 'a.eml'), 1_700_000_000, 1_700_000_000);
  const times: Record<string, [string | null, string]> = {};
  for await (const found of openArchive(listArchive(folder), 1000).mails()) {
    const prepared = 'unread' in found ? found.unread : prepareMail(found);
    if (typeof prepared !== 'string') times[prepared.id] = [iso(prepared.envelope.receivedAt), prepared.clock];
  }
  expect(times).toMatchObject({
    a: ['2023-11-14T22:13:20.000Z', 'archive'],
    'b.mbox#1': ['2026-11-24T10:00:00.000Z', 'archive'],
    'c.mbox#1': [expect.any(String), 'now'],
    d: ['2026-11-25T14:15:00.000Z', 'header'],
  });
  expect(Math.abs(Date.parse(times['c.mbox#1']?.[0] ?? '') - Date.now())).toBeLessThan(60_000);
});
