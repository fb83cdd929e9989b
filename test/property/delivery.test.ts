import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { instant, later } from '../../src/core/index.ts';
import { dueRecipients, endRecipients, isFinished, planDelivery, recordResults, type Recipient } from '../../src/delivery/index.ts';
import { address, start } from '../support/store-samples.ts';

const everyone = ['a', 'b', 'c', 'd'].map((name) => address(`${name}@example.com`));
const code = fc.constantFrom(250, 251, 421, 450, 451, 452, 500, 550, 554, 0, 354, 999);
const answers = fc.array(fc.tuple(fc.constantFrom(...everyone), code), { maxLength: 6 });

it('I3, I11: every recipient cleared for delivery ends as relayed or bounced, nobody else is ever due', () => {
  fc.assert(
    fc.property(
      fc.subarray(everyone),
      fc.array(answers, { maxLength: 20 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (cleared, rounds, jitter) => {
        let now = start;
        let recipients: readonly Recipient[] = planDelivery(
          everyone.map((each) => ({ address: each, state: { status: 'held' } })),
          cleared,
          now,
        );
        const take = (results: readonly (readonly [(typeof everyone)[number], number])[]): void => {
          expect(cleared).toEqual(expect.arrayContaining([...dueRecipients(recipients, instant(Infinity))]));
          const before = recipients;
          const reply = (code: number) => ({ code, enhanced: '4.0.0' as const, text: '' });
          const after = recordResults(
            recipients,
            results.map(([address, code]) => ({ address, reply: reply(code) })),
            now,
            jitter,
          );
          recipients = after.recipients;
          for (const [index, { state }] of before.entries()) {
            if (state.status === 'pending') continue;
            expect(recipients[index]?.state).toBe(state);
          }
          if (after.nextAttempt !== null) now = instant(Math.max(now + 1, after.nextAttempt));
        };
        for (const round of rounds) take(round);
        // The next hop refuses for now from here on: five days end it.
        for (let tries = 0; tries < 200 && dueRecipients(recipients, instant(Infinity)).length > 0; tries += 1)
          take(everyone.map((each) => [each, 451] as const));
        for (const { address, state } of recipients) {
          expect(cleared.includes(address) ? ['relayed', 'bounced'] : ['held']).toContain(state.status);
        }
        expect(now).toBeLessThan(later(start, 7 * 86_400));
        expect(isFinished(endRecipients(recipients, 'returned', now))).toBe(true);
      },
    ),
  );
});
