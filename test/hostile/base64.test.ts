import { expect, test } from 'vitest';
import { decodeBase64 } from '../../src/message/transfer-encoding.ts';

/** Milliseconds of processor time that a body takes. */
function timeOf(body: string): number {
  const bytes = Buffer.from(body, 'latin1');
  const started = process.cpuUsage();
  decodeBase64(bytes);
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

test.each([
  ['line ends, then a mark', `QUJD${'\r\n'.repeat(500_000)}-`],
  ['padding, line ends, then a mark', `QUI=${'\r\n'.repeat(500_000)}-`],
  ['signs of equality', '='.repeat(1_000_000)],
  ['padding in every line', 'QUI=\r\n'.repeat(150_000)],
  ['one run of letters and a mark', `${'A'.repeat(1_000_000)}-`],
])('a megabyte of base64 that is %s is decoded in time that follows its length', (_, body) => {
  expect(timeOf(body)).toBeLessThan(1000);
});
