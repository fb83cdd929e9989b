import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitMbox } from '../../../src/cli/backtest/split-mbox.ts';

async function* cut(file: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let index = 0; at < file.length; index += 1) {
    const size = sizes.length === 0 ? file.length : (sizes[index % sizes.length] ?? 1);
    yield file.subarray(at, at + size);
    at += size;
  }
}

async function mailsOf(file: Uint8Array, sizes: readonly number[] = [], maxBytes = 1_000_000): Promise<(string | number | null)[]> {
  const mails: (string | number | null)[] = [];
  for await (const mail of splitMbox(cut(file, sizes), maxBytes))
    mails.push(mail === null ? null : mail.bytes === null ? mail.size : Buffer.from(mail.bytes).toString('latin1'));
  return mails;
}

/** As an mboxrd writer does it: one more `>` before From_ lines, a line end at the end, a blank line between mails. */
const write = (mails: readonly string[]): Buffer =>
  Buffer.from(
    mails.map((mail) => `From tanaka@example.jp Tue Nov 24 10:00:00 2026\n${mail.replaceAll(/^(>*From )/gm, '>$1')}\n`).join(''),
    'latin1',
  );

/** Bodies made of what the splitter looks for, and of any bytes. */
const body = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'From ',
        '>From ',
        '>>From x',
        '\n',
        '\n\n',
        '\r\n',
        '\r',
        ' Tue Nov 24 10:00:00 2026',
        'x'.repeat(1005),
        '>'.repeat(1003),
      ),
      fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    ),
    { maxLength: 12 },
  )
  .map((parts) => `${parts.join('')}\n`)
  // A From_ line longer than what is looked at stays quoted, and a writer's `$` sees more line ends than an mbox has.
  .filter((text) => !/>{995}/.test(text) && !/[\r\u2028\u2029]>*From /.test(text));

test('what an mboxrd writer wrote is read back byte for byte, wherever the file is cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(body, { minLength: 1, maxLength: 4 }),
      fc.array(fc.integer({ min: 1, max: 1500 }), { maxLength: 5 }),
      async (mails, sizes) => {
        expect(await mailsOf(write(mails), sizes)).toEqual(mails);
      },
    ),
    { numRuns: 500 },
  );
});

test('any bytes cut anywhere give the same mails', async () => {
  const bytes = fc.array(fc.oneof(body, fc.constant('From a Tue Nov 24 10:00:00 2026\n'), fc.constant('From a 10:00 2026\n')), {
    maxLength: 8,
  });
  await fc.assert(
    fc.asyncProperty(bytes, fc.array(fc.integer({ min: 1, max: 1500 }), { minLength: 1, maxLength: 5 }), async (parts, sizes) => {
      const file = Buffer.from(parts.join(''), 'latin1');
      expect(await mailsOf(file, sizes)).toEqual(await mailsOf(file));
    }),
    { numRuns: 500 },
  );
});

test('text that an mboxo or mboxcl2 writer left unquoted is no new mail', async () => {
  const file =
    'From a@example.jp Tue Nov 24 10:00:00 2026\nSubject: x\n\nFrom Tokyo to Osaka.\nFrom 10:00 to 12:00 on 2026-11-24 closed.\n\n';
  expect(await mailsOf(Buffer.from(file))).toEqual([file.slice(file.indexOf('Subject')).slice(0, -1)]);
});

test('dates of other writers, CRLF line ends and blank lines at the top are understood', async () => {
  const file =
    '\r\nFrom - 2026-11-24 10:00:00 +0900\r\nA: 1\r\n\r\none\r\n\r\nFrom MAILER-DAEMON Tue Nov 24 10:00:00 2026\r\nA: 2\r\n\r\ntwo';
  expect(await mailsOf(Buffer.from(file))).toEqual(['A: 1\r\n\r\none\r\n', 'A: 2\r\n\r\ntwo']);
});

test('a mail over the limit is told by its size and the next is read; a file without From_ line is no mbox', async () => {
  expect(await mailsOf(write([`${'a'.repeat(500)}\n`, 'b\n']), [64], 100)).toEqual([501, 'b\n']);
  expect(await mailsOf(Buffer.from('Subject: one mail\n\ntext\n'))).toEqual([null]);
  expect(await mailsOf(new Uint8Array())).toEqual([]);
});
