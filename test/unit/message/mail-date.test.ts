import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mailDate, parseMailDate } from '../../../src/message/index.ts';

test.each([
  ['Wed, 25 Nov 2026 23:15:00 +0900', '2026-11-25T14:15:00.000Z'],
  ['Wed, 25 Nov 2026 23:15:00 +0900 (JST)', '2026-11-25T14:15:00.000Z'],
  ['25 Nov 2026 23:15 JST', '2026-11-25T14:15:00.000Z'],
  ['Wed,25 Nov 2026 23:15:00\r\n\t+0900', '2026-11-25T14:15:00.000Z'],
  ['25-Nov-99 08:00:00 EST', '1999-11-25T13:00:00.000Z'],
  ['1 Jan 07 00:00:00 GMT', '2007-01-01T00:00:00.000Z'],
  ['Tue, 31 Dec 2024 23:59:60 -0000', '2024-12-31T23:59:59.000Z'],
  // The From_ lines of mbox files: asctime in UTC (RFC 4155), and with the zone that some programs add.
  ['Tue Nov 24 10:00:00 2026', '2026-11-24T10:00:00.000Z'],
  ['Tue Nov  3 10:00:00 2026\n', '2026-11-03T10:00:00.000Z'],
  ['Tue Nov 24 10:00:00 JST 2026', '2026-11-24T01:00:00.000Z'],
  ['Tue Nov 24 10:00:00 2026 +0900', '2026-11-24T01:00:00.000Z'],
])('%j is %s', (text, iso) => expect(new Date(parseMailDate(text) ?? 0).toISOString()).toBe(iso));

test.each([
  '',
  'soon',
  '2026-11-25',
  'Wed, 31 Nov 2026 10:00:00 +0900',
  'Wed, 0 Nov 2026 10:00:00 +0900',
  'Wed, 25 Nov 2026 24:00:00 +0900',
  'Wed, 25 Nov 2026 10:00:00 +0960',
  'Wed, 25 Foo 2026 10:00:00 +0900',
  'Wed, 25 Nov 2026 +0900',
  'Thu, 1 Jan 1970 00:00:00 +0900',
])('%j is no date', (text) => expect(parseMailDate(text)).toBeNull());

test('every second that a header can say is read as it was written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) / 1000 }), (second) => {
      expect(parseMailDate(mailDate(second * 1000))).toBe(second * 1000);
    }),
  );
});

test('any text is a date or none, in time that grows with its length', () => {
  const piece = fc.constantFrom(
    'Wed, ',
    '25 ',
    'Nov ',
    '2026 ',
    '10:00',
    ':00',
    ' +0900',
    '(',
    ')',
    '((',
    ' ',
    '-',
    '99',
    'JST',
    'x',
    '\r\n\t',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const at = parseMailDate(pieces.join(''));
      expect(at === null || (Number.isInteger(at) && at >= 0)).toBe(true);
    }),
  );
  const started = performance.now();
  for (const text of ['('.repeat(200_000), `25 ${' '.repeat(200_000)}Nov`, `Tue Nov 24 ${' '.repeat(200_000)}x`, '-'.repeat(200_000)])
    expect(parseMailDate(text)).toBeNull();
  expect(performance.now() - started).toBeLessThan(2000);
});
