import { describe, expect, it } from 'vitest';
import { later, type SmtpReply } from '../../../src/core/index.ts';
import {
  dueRecipients,
  endRecipients,
  holdRecipients,
  isFinished,
  nextAttemptOf,
  planDelivery,
  recordResults,
  type Recipient,
} from '../../../src/delivery/index.ts';
import { address, start } from '../../support/store-samples.ts';

const [a, b, c] = ['a@example.com', 'b@example.com', 'c@example.com'].map(address) as [never, never, never];
const waiting: readonly Recipient[] = [a, b, c].map((each) => ({ address: each, state: { status: 'waiting' } }));
const said = (code: number, enhanced: SmtpReply['enhanced'] = '4.0.0'): SmtpReply => ({ code, enhanced, text: 'text' });
const statuses = (recipients: readonly Recipient[]): string[] => recipients.map(({ state }) => state.status);

describe('planDelivery', () => {
  it('queues whom it names, due now, and leaves the others held', () => {
    const planned = planDelivery(holdRecipients(waiting, [c]), [a], start);
    expect(planned).toEqual([
      { address: a, state: { status: 'pending', attempts: 0, nextAttempt: start, since: start } },
      { address: b, state: { status: 'waiting' } },
      { address: c, state: { status: 'held' } },
    ]);
    expect(dueRecipients(planned, start)).toEqual([a]);
    expect(nextAttemptOf(planned)).toBe(start);
    expect(statuses(planDelivery(planned, null, start))).toEqual(['pending', 'pending', 'pending']);
  });

  it('never brings back who has come to an end', () => {
    const ended = endRecipients(planDelivery(waiting, [a], start), 'returned', start);
    expect(statuses(ended)).toEqual(['pending', 'returned', 'returned']);
    expect(planDelivery(ended, null, later(start, 9))).toEqual(ended);
    expect(isFinished(ended)).toBe(false);
    expect(isFinished(endRecipients(waiting, 'expired', start))).toBe(true);
  });
});

describe('recordResults', () => {
  const pending = planDelivery(waiting, null, start);

  it('2yz is relayed, 4yz tried again, 5yz bounces; no result changes nothing', () => {
    const results = [
      { address: a, reply: said(250, '2.0.0') },
      { address: b, reply: said(450) },
    ];
    const first = recordResults(pending, results, start, 0.5);
    expect(statuses(first.recipients)).toEqual(['relayed', 'pending', 'pending']);
    expect(first.recipients[1]?.state).toEqual({ status: 'pending', attempts: 1, nextAttempt: later(start, 60), since: start });
    expect(first.nextAttempt).toBe(start); // c had no result and is still due
    const second = recordResults(first.recipients, [{ address: c, reply: said(550, '5.1.1') }], start, 0.5);
    expect(second.bounced).toEqual([{ address: c, state: { status: 'bounced', at: start, reply: said(550, '5.1.1') } }]);
    expect(second.nextAttempt).toBe(later(start, 60));
  });

  it('a result for someone who is not pending changes nothing (I11)', () => {
    const held = holdRecipients(waiting, null);
    expect(recordResults(held, [{ address: a, reply: said(250, '2.0.0') }], start, 0)).toEqual({
      recipients: held,
      nextAttempt: null,
      bounced: [],
    });
  });

  it('waits 1, 2, 4 … minutes up to 4 hours, and gives up after five days with 5.4.7', () => {
    let recipients = planDelivery([{ address: a, state: { status: 'held' } }], null, start);
    const waits: number[] = [];
    for (let now = start; ;) {
      const result = recordResults(recipients, [{ address: a, reply: said(451) }], now, 0.5);
      recipients = result.recipients;
      if (result.nextAttempt === null) break;
      waits.push((result.nextAttempt - now) / 60_000);
      now = result.nextAttempt;
    }
    expect(waits.slice(0, 10)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 240, 240]);
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThanOrEqual(5 * 24 * 60);
    expect(recipients[0]?.state).toMatchObject({
      status: 'bounced',
      reply: { code: 554, enhanced: '5.4.7', text: 'Delivery time expired: 451 text' },
    });
  });

  it('jitter shifts by a quarter at most and never past 4 hours', () => {
    const wait = (jitter: number, attempts: number): number => {
      const recipient: Recipient = { address: a, state: { status: 'pending', attempts, nextAttempt: start, since: start } };
      return ((recordResults([recipient], [{ address: a, reply: said(421) }], start, jitter).nextAttempt ?? 0) - start) / 1000;
    };
    expect([wait(0, 0), wait(1, 0), wait(0, 60), wait(1, 60)]).toEqual([45, 75, 10_800, 14_400]);
  });

  it('an answer that is no SMTP reply is tried again, not lost', () => {
    expect(statuses(recordResults(pending, [{ address: a, reply: said(0) }], start, 0).recipients)[0]).toBe('pending');
  });
});
