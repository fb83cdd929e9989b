import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findLookalikes } from '../../../src/match/find-lookalikes.ts';
import { editDistance, isNearDomain, lookalikesOf, mendedEnding, slipsOf } from '../../../src/match/near-miss.ts';
import { readBody } from '../../../src/match/read-context.ts';
import { addressesIn, readQuotedMails } from '../../../src/match/read-quotes.ts';
import { areRelated } from '../../../src/match/relations.ts';
import { resolveParty } from '../../../src/match/resolve-recipients.ts';
import type { TextSegment } from '../../../src/extract/index.ts';
import { sampleSnapshot } from '../../support/sample-world.ts';

const sample = sampleSnapshot();
const world = { ...sample, organisation: { ...sample.organisation, sharedDomains: ['.hospital.example.jp'] } };

describe('what a recipient is, the first kind that fits', () => {
  test.each([
    ['tanaka@minato-cc.example.jp', 'internal'],
    ['tanaka@sub.minato-cc.example.jp', 'unknown'],
    ['x@evil-minato-cc.example.jp', 'unknown'],
    ['report@aoba-life.example.co.jp', 'partner'],
    ['report@sub.aoba-life.example.co.jp', 'partner'],
    ['x@evil-aoba-life.example.co.jp', 'unknown'],
    ['Hanako.Sato@MAIL.example.jp', 'customer'],
    ['hanako.sato+news@mail.example.jp', 'customer'],
    ['desk@hayate-unyu.example.co.jp', 'partner_none'],
    ['soumu@hokushin.example.co.jp', 'customer_domain'],
    ['soumu@osaka.hokushin.example.co.jp', 'customer_domain'],
    ['x@evil-hokushin.example.co.jp', 'unknown'],
    ['somebody@gmail.com', 'unknown'],
    ['hanako.sato7@mail.example.jp', 'unknown'],
  ])('%s is %s', (address, kind) => expect(resolveParty(address, '', world).kind).toBe(kind));
});

test('relations are symmetric; household and company relate, a shared name does not', () => {
  const { customers } = world;
  const row = (id: string): number => customers.rows('id', id)[0] ?? -1;
  for (let a = 0; a < customers.count(); a += 1)
    for (let b = 0; b < customers.count(); b += 1) expect(areRelated(a, b, customers)).toBe(areRelated(b, a, customers));
  expect(areRelated(row('C1042'), row('C1043'), customers)).toBe(true);
  expect(areRelated(row('H3001'), row('H3002'), customers)).toBe(true);
  expect(areRelated(row('C1042'), row('C2077'), customers)).toBe(false);
});

test('every text one slip apart is among the slips', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', '-', '.'), minLength: 2, maxLength: 14 });
  fc.assert(
    fc.property(
      word,
      fc.nat(),
      fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      fc.constantFrom('insert', 'delete', 'replace', 'swap'),
      (text, where, letter, slip) => {
        const at = where % text.length;
        const changed =
          slip === 'insert'
            ? text.slice(0, at) + letter + text.slice(at)
            : slip === 'delete'
              ? text.slice(0, at) + text.slice(at + 1)
              : slip === 'replace'
                ? text.slice(0, at) + letter + text.slice(at + 1)
                : text.slice(0, at) +
                  text
                    .slice(at, at + 2)
                    .split('')
                    .toReversed()
                    .join('') +
                  text.slice(at + 2);
        expect(editDistance(text, changed, 2)).toBeLessThanOrEqual(1);
        expect([text, ...slipsOf(text)]).toContain(changed);
        expect(slipsOf(text).every((slip) => editDistance(text, slip, 2) === 1)).toBe(true);
      },
    ),
  );
});

test('domains like a slip of the finger, and such as are none', () => {
  expect(isNearDomain('gmai.com', 'gmail.com')).toBe(true);
  expect(isNearDomain('yaho.co.jp', 'yahoo.co.jp')).toBe(true);
  expect(isNearDomain('mail.gmail.com', 'gmail.com')).toBe(false);
  expect(isNearDomain('gmail.com', 'gmail.com')).toBe(false);
  expect(isNearDomain('hokushirn.example.co.jp', 'hokushim.example.co.jp')).toBe(true);
  expect(lookalikesOf('hokushirn.jp')).toContain('hokushim.jp');
});

test('what a domain is near to is remembered for one customer table and no other', () => {
  const near = 'hokusin.example.co.jp';
  const slipsTo = (context: typeof world): readonly (readonly string[])[] =>
    findLookalikes(
      [resolveParty(`sato@${near}`, '', context)],
      () => ({ rows: new Set(), names: new Set(), surnames: new Set() }),
      context,
    ).map(({ customers }) => customers);
  const first = slipsTo(world);
  expect(first.flat()).not.toEqual([]);
  expect(slipsTo(world)).toEqual(first);
  const without = { ...world, customers: { ...world.customers, rows: () => [] } };
  expect(slipsTo(without)).toEqual([]);
  expect(slipsTo(world)).toEqual(first);
});

test.each([
  ['docomo.ne.jo', 'docomo.ne.jp'],
  ['hokushin.example.cp.jp', 'hokushin.example.co.jp'],
  ['hokushin.cojp', 'hokushin.co.jp'],
  ['gmail.con', 'gmail.com'],
  ['gmail.co.jp', 'gmail.com'],
  ['yahoo.jp', 'yahoo.co.jp'],
  ['yahoo.co.jp', null],
  ['yahoo.fr', null],
  ['example.co.jp', null],
  ['example.c.com', null],
  ['tokyo.jp', null],
])('the ending of %s is mended to %s', (domain, mended) => {
  expect(mendedEnding(domain)).toBe(mended);
});

const body = (text: string): TextSegment => ({
  id: 0 as TextSegment['id'],
  location: { in: 'body', part: '1' as never, kind: 'plain' },
  text,
  hidden: false,
  grid: null,
  label: null,
});
const quotedLines = (text: string): string[] =>
  readBody(body(text))
    .lines.filter((line) => line.quoted && line.text !== '')
    .map((line) => line.text);

describe('what is quoted history', () => {
  test.each([
    ['marks', '返信です。\n> 前の文\n>> もっと前\n追記です。', ['> 前の文', '>> もっと前']],
    [
      'Gmail, Japanese',
      '返信です。\n\n2026年10月3日(土) 14:22 佐藤健一 <k@example.jp>:\n> 前の文',
      ['2026年10月3日(土) 14:22 佐藤健一 <k@example.jp>:', '> 前の文'],
    ],
    [
      'Outlook, English',
      '返信です。\n\n-----Original Message-----\nFrom: A <a@b.jp>\nSent: x\n前の文',
      ['-----Original Message-----', 'From: A <a@b.jp>', 'Sent: x', '前の文'],
    ],
    [
      'Outlook, Japanese',
      '返信です。\n\n差出人: A <a@b.jp>\n送信日時: x\n宛先: C <c@d.jp>\n前の文',
      ['差出人: A <a@b.jp>', '送信日時: x', '宛先: C <c@d.jp>', '前の文'],
    ],
    [
      'Apple',
      '返信です。\n\nOn Oct 3, 2026, at 14:22, A <a@b.jp> wrote:\n> 前の文',
      ['On Oct 3, 2026, at 14:22, A <a@b.jp> wrote:', '> 前の文'],
    ],
    ['nothing', '10月3日(土) 14:22 に伺います。\n差出人は私です。', []],
  ])('%s', (_, text, expected) => expect(quotedLines(text)).toEqual(expected));
});

test('the From and To of quoted mails are read', () => {
  const quoted = readQuotedMails([
    readBody(body('返信\n\n差出人: A <a@b.jp>\n送信日時: x\n宛先: C <c@d.jp>; D <d@d.jp>\nCC: <e@f.jp>\n件名: x\n\n本文')),
  ]);
  expect(quoted).toMatchObject([{ author: 'a@b.jp', authorName: 'A', others: ['c@d.jp', 'd@d.jp', 'e@f.jp'] }]);
  expect(addressesIn('A <a@b.jp>, c@d.co.jp')).toEqual(['a@b.jp', 'c@d.co.jp']);
});
