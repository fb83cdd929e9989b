import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant } from '../../src/core/index.ts';
import type { Facts } from '../../src/match/index.ts';
import { decide, testPolicies } from '../../src/policy/index.ts';
import { policiesWith } from '../unit/policy/policy-files.ts';
import { inspectLetter, reasonsOf, sampleSnapshot } from '../support/sample-world.ts';

const snapshot = sampleSnapshot();
const { policies, settings, customers } = snapshot;
const everybody = ['hanako.sato', 'hanako.sato77', 'ichiro.sato', 'osamu.takahashi', 'i.suzuki', 'megumi.w', 'maria.santos'].map(
  (local) => `${local}@mail.example.jp`,
);
const owners = ['C1042', 'C2077', 'C1043', 'C1101', 'C1102', 'C1103', 'C1105'] as const;
const about: Readonly<Record<(typeof owners)[number], string>> = {
  C1042: '佐藤 花子 090-5550-1114',
  C2077: '佐藤 華子 080-5550-2177',
  C1043: '佐藤 一郎 03-5550-1042',
  C1101: '髙橋 治 048-550-1101',
  C1102: '鈴木 一郎 090-5550-3306',
  C1103: '渡邊 恵 06-5550-7781',
  C1105: 'マリア・サントス 070-5550-9001',
};

const address = fc
  .constantFrom('a@example.com', 'b@example.com', 'c@example.jp')
  .map((text) => text as Facts['recipients'][number]['address']);
const place = fc.constant({ in: 'body' as const, part: '1' as never, kind: 'plain' as const });
const kind = fc.constantFrom('internal', 'partner', 'customer', 'partner_none', 'customer_domain', 'unknown') as fc.Arbitrary<
  Facts['recipients'][number]['kind']
>;
const numbers = fc.array(fc.nat(3), { maxLength: 2 });
const senderName = fc.record({
  address: fc.constantFrom('eigyo@example.co.jp', 'soumu@example.co.jp'),
  departments: fc.subarray(['営業部', '総務部']),
  groups: fc.subarray(['board']),
});
const mailFacts = {
  sender: fc.record({ returnTo: fc.option(address), names: fc.array(senderName, { maxLength: 2 }) }),
  receivedAt: fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 31) }).map(instant),
  size: fc.nat(20_000_000),
  isAutomatic: fc.boolean(),
  attachments: fc.array(
    fc.record({
      type: fc.constantFrom('application/zip', 'image/png'),
      extension: fc.constantFrom('.zip', '.png', ''),
      size: fc.nat(1000),
      encrypted: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  contents: fc.array(
    fc.record({
      type: fc.constantFrom('my_number', 'phone'),
      count: fc.integer({ min: 1, max: 9 }),
      places: fc.array(place, { maxLength: 2 }),
    }),
    { maxLength: 2 },
  ),
};
const facts: fc.Arbitrary<Facts> = fc.record({
  ...mailFacts,
  recipients: fc.uniqueArray(fc.record({ address, kind, customer: fc.constant(null), clients: numbers }), {
    maxLength: 3,
    selector: (one) => one.address,
  }),
  subjects: fc.array(
    fc.record({
      customers: fc.constant([]),
      strength: fc.constantFrom('strong', 'medium', 'weak'),
      types: fc.constant(['phone']),
      places: fc.array(place, { maxLength: 2 }),
      isAddressee: fc.boolean(),
      mayReceive: fc.array(address, { maxLength: 3 }),
      seenBy: fc.array(address, { maxLength: 3 }),
      onlyQuoted: fc.boolean(),
      suggestion: fc.option(address),
      clients: numbers,
    }),
    { maxLength: 3 },
  ),
  greetings: fc.array(
    fc.record({ fits: fc.boolean(), recipients: fc.array(address, { maxLength: 3 }), customers: fc.constant([]), place }),
    { maxLength: 2 },
  ),
  sensitive: fc.array(
    fc.record({ type: fc.constantFrom('my_number', 'credit_card'), place, ownedBy: fc.array(address, { maxLength: 2 }) }),
    { maxLength: 2 },
  ),
  bulk: fc.record({
    persons: fc.nat(30),
    types: fc.constant([]),
    places: fc.constant([]),
    customers: fc.constant([]),
    ofOwnCompany: fc.boolean(),
  }),
  exposure: fc.record({ addresses: fc.array(address, { maxLength: 8 }), parties: fc.nat(8), fresh: fc.nat(8) }),
  lookalikes: fc.array(fc.record({ recipient: address, suggestion: fc.option(address), customers: fc.constant([]) }), { maxLength: 2 }),
  thirdPersons: fc.array(
    fc.record({ recipient: address, customers: fc.constant([]), types: fc.constant([]), places: fc.array(place, { maxLength: 2 }) }),
    { maxLength: 2 },
  ),
  strangers: fc.array(
    fc.record({ recipient: address, customers: fc.constant([]), types: fc.constant([]), places: fc.array(place, { maxLength: 2 }) }),
    { maxLength: 2 },
  ),
  unscannable: fc.constant([]),
  isAmbiguous: fc.boolean(),
  hasFailed: fc.boolean(),
}) as fc.Arbitrary<Facts>;

test('whatever the facts, there is a verdict, and it holds exactly the recipients that a holding reason names', () => {
  fc.assert(
    fc.property(facts, (given) => {
      const verdict = decide(given, policies, settings);
      const named = new Set(verdict.reasons.filter((reason) => reason.holds).flatMap((reason) => reason.recipients));
      expect(verdict.disposition).toBe(named.size > 0 ? 'hold' : 'deliver');
      for (const recipient of verdict.recipients) expect(recipient.verdict).toBe(named.has(recipient.address) ? 'hold' : 'deliver');
      // Nothing inside the organisation is held for what goes outside.
      const isInside = given.recipients.every((recipient) => recipient.kind === 'internal');
      expect(isInside && verdict.disposition === 'hold').toBe(false);
    }),
    { numRuns: 1000 },
  );
});

const site = policiesWith(
  {
    id: 's-reject',
    reason: 'site.reject',
    severity: 'high',
    action: 'reject',
    when: { types: ['my_number'], attachments: { encrypted: true } },
  },
  {
    id: 's-delay',
    reason: 'site.delay',
    action: 'delay',
    delay_minutes: 5,
    when: { recipient: 'outside', schedule: { days: ['sat', 'sun', 'holiday'] } },
  },
  { id: 's-hold', reason: 'site.hold', order: 5, when: { recipient: ['customer', 'unknown'], department: ['総務部'] } },
  { id: 's-final', reason: 'site.final', final: true, when: { size: { at_least: 10_000_000 } } },
  { id: 's-tag', reason: 'site.tag', action: 'tag', when: { recipient: 'internal' } },
  { id: 's-trial', reason: 'site.trial', mode: 'monitor', action: 'reject', when: { automatic: true } },
  { id: 's-second', reason: 'site.second', when: { severities: ['high'] } },
  { id: 's-pass', reason: 'site.pass', action: 'deliver', order: 50, when: { recipient_domain: ['example.jp'] } },
  { id: 's-board', reason: 'site.board', action: 'deliver', when: { sender_group: ['board'], reasons: ['bulk_pii', 'sensitive_pii'] } },
);
/** The built-in policies with some of the site's. */
const sets = fc.subarray(site.policies.filter(({ id }) => id.startsWith('s-'))).map((some) => ({
  ...site,
  policies: site.policies.filter((policy) => !policy.id.startsWith('s-') || some.includes(policy)),
}));

test('no policy stops a mail without saying whose, what, or by which condition', () => {
  fc.assert(
    fc.property(facts, sets, (given, set) => {
      const { reasons } = decide(given, set, settings);
      for (const reason of reasons) {
        expect(reason.recipients.length).toBeGreaterThan(0);
        expect(set.policies.find(({ id }) => id === reason.policy)).toMatchObject({ version: reason.version, reason: reason.code });
        const named = reason.customers.length + reason.evidence.length + reason.types.length + reason.grounds.length;
        const isAboutTheMail =
          reason.code === 'ambiguous_mime' ? given.isAmbiguous : reason.code === 'inspection_failed' && given.hasFailed;
        expect(named > 0 || reason.count !== null || isAboutTheMail).toBe(true);
        expect(reason.grounds.every(({ value }) => value !== '' && value !== 'undefined')).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});

test('the strictest of what is enforced wins, for each recipient and for the mail', () => {
  const rank = { deliver: 0, delay: 1, hold: 2, reject: 3 } as const;
  fc.assert(
    fc.property(facts, sets, (given, set) => {
      const verdict = decide(given, set, settings);
      const asked = (of: typeof verdict.reasons): number =>
        Math.max(0, ...of.map(({ action, mode }) => (mode === 'monitor' || action === 'notify' || action === 'tag' ? 0 : rank[action])));
      expect(rank[verdict.disposition]).toBe(asked(verdict.reasons));
      for (const { address, verdict: own } of verdict.recipients)
        expect(rank[own]).toBe(asked(verdict.reasons.filter(({ recipients }) => recipients.includes(address))));
      // Who cannot be given a mail back never has it rejected: it would vanish.
      expect(given.sender.returnTo === null && verdict.disposition === 'reject').toBe(false);
    }),
    { numRuns: 500 },
  );
});

test('an exception never reaches what is final or comes before it', () => {
  const fixed = (given: Facts, set: typeof site): readonly string[] =>
    decide(given, set, settings)
      .reasons.filter(({ policy }) => ['s-final', 's-hold', 'inspection-failed', 'ambiguous-mime'].includes(policy))
      .map(({ policy }) => policy);
  fc.assert(
    fc.property(facts, (given) => {
      const without = { ...site, policies: site.policies.filter(({ action }) => action !== 'deliver') };
      expect(fixed(given, site)).toEqual(fixed(given, without));
    }),
    { numRuns: 500 },
  );
});

test('the verdict does not depend on the order of facts', () => {
  const reversed = (given: Facts): Facts =>
    Object.fromEntries(
      Object.entries(given).map(([key, value]) => [key, Array.isArray(value) ? value.toReversed() : value]),
    ) as unknown as Facts;
  const sorted = (given: Facts, set: typeof site): object => {
    const verdict = decide(given, set, settings);
    const words = (values: readonly unknown[]): readonly string[] => values.map((value) => JSON.stringify(value)).toSorted();
    return {
      ...verdict,
      recipients: words(verdict.recipients),
      exceptions: words(
        verdict.exceptions.map((exception) => ({ ...exception, recipients: words(exception.recipients), codes: words(exception.codes) })),
      ),
      reasons: words(
        verdict.reasons.map((reason) => ({
          ...reason,
          recipients: words(reason.recipients),
          evidence: words(reason.evidence),
          types: words(reason.types),
        })),
      ),
    };
  };
  fc.assert(
    fc.property(facts, sets, (given, set) => {
      expect(sorted(reversed(given), set)).toEqual(sorted(given, set));
    }),
    { numRuns: 300 },
  );
});

test('leaving a recipient out of the facts never adds a reason', () => {
  const codes = (given: Facts, set: typeof site): readonly string[] => decide(given, set, settings).reasons.map(({ policy }) => policy);
  fc.assert(
    fc.property(facts, sets, (given, set) => {
      const all = codes(given, set);
      for (const left of given.recipients)
        expect(all).toEqual(
          expect.arrayContaining([...codes({ ...given, recipients: given.recipients.filter((one) => one !== left) }, set)]),
        );
    }),
    { numRuns: 300 },
  );
});

const mail = fc.record({
  to: fc.uniqueArray(fc.constantFrom(...everybody), { minLength: 1, maxLength: 4 }),
  subjects: fc.uniqueArray(fc.constantFrom(...owners), { minLength: 1, maxLength: 3 }),
});
const text = (subjects: readonly (typeof owners)[number][]): string =>
  `お世話になっております。\n\n${subjects.map((id) => `${about[id]} の件です。`).join('\n\n')}\n`;

test('leaving out a recipient never adds a reason', async () => {
  await fc.assert(
    fc.asyncProperty(mail, async ({ to, subjects }) => {
      const all = reasonsOf(await inspectLetter({ to, text: text(subjects) }, snapshot));
      const fewer = reasonsOf(
        await inspectLetter({ to: to.slice(0, -1).length > 0 ? to.slice(0, -1) : to, text: text(subjects) }, snapshot),
      );
      expect(all).toEqual(expect.arrayContaining(fewer));
    }),
    { numRuns: 60 },
  );
});

test("a mail to its owner's own address is never about the wrong customer for him", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...owners), async (owner) => {
      const own = customers.addressesOf(owners.indexOf(owner))[0] ?? '';
      const to = everybody[owners.indexOf(owner)] ?? own;
      const { verdict } = await inspectLetter({ to: [to], text: text([owner]) }, snapshot);
      expect(verdict.reasons.filter((reason) => reason.code === 'wrong_customer')).toEqual([]);
    }),
  );
});

test('no hold for a wrong customer without evidence that names him', async () => {
  await fc.assert(
    fc.asyncProperty(mail, async ({ to, subjects }) => {
      const { verdict } = await inspectLetter({ to, text: text(subjects) }, snapshot);
      for (const reason of verdict.reasons.filter(({ code }) => code === 'wrong_customer')) {
        expect(reason.evidence.length).toBeGreaterThan(0);
        expect(reason.customers.some((customer) => (subjects as readonly string[]).includes(customer))).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

test('every example of every policy holds as it says', () => {
  expect(testPolicies(policies).failures).toEqual([]);
});
