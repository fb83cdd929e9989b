import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { instant, later, type Instant } from '../../src/core/index.ts';
import { addBusinessMinutes, decideHold, type Hold, type HoldAction } from '../../src/quarantine/index.ts';
import { address, newHold, newMessage, start } from '../support/store-samples.ts';

const to = ['a@example.com', 'b@example.com', 'c@example.com'].map(address);
const person = fc.constantFrom('sato@example.co.jp', 'suzuki@example.co.jp', 'tanaka@example.co.jp', 'TANAKA+x@example.co.jp');
const reason = fc.constantFrom('', '可', '本人に電話で確認しました');
const version = fc.option(fc.integer({ min: 1, max: 6 }));
const action: fc.Arbitrary<HoldAction> = fc.oneof(
  fc.record({
    kind: fc.constant('release' as const),
    by: person,
    recipients: fc.option(fc.subarray([...to, address('evil@example.com')])),
    reason,
    version,
    answer: fc.option(fc.constantFrom('C1', 'C2', 'many', '')),
    rightAnswers: fc.constant(['C1']),
  }),
  fc.record({ kind: fc.constant('return' as const), by: person, reason, version }),
  fc.record({ kind: fc.constant('undo' as const), by: person }),
  fc.record({ kind: fc.constant('cancel' as const), by: person }),
  fc.record({ kind: fc.constant('pass' as const), to: fc.constantFrom('self_check' as const, 'approval' as const, 'asked' as const) }),
  fc.constant({ kind: 'settle' as const }),
  fc.constant({ kind: 'expire' as const }),
);
const steps = fc.array(fc.record({ action, seconds: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 400_000 })) }), {
  maxLength: 15,
});
const final = ['released', 'returned', 'cancelled', 'expired'];

function run(
  severity: Hold['severity'],
  script: readonly { action: HoldAction; seconds: number }[],
  see: (before: Hold, after: Hold | null, action: HoldAction, at: Instant) => void,
): void {
  let hold: Hold = { ...newHold(newMessage({ to })), severity };
  let now = start;
  for (const step of script) {
    now = later(now, step.seconds);
    const result = decideHold(hold, step.action, now);
    see(hold, result.ok ? result.value : null, step.action, now);
    if (result.ok) hold = result.value;
  }
}

it('I8: a final hold never changes, each change adds one to the version, body and recipients stay', () => {
  fc.assert(
    fc.property(fc.constantFrom('high' as const, 'medium' as const), steps, (severity, script) => {
      run(severity, script, (before, after) => {
        if (after === null) return;
        expect(final).not.toContain(before.state);
        expect(after.version).toBe(before.version + 1);
        expect(after.sha256).toBe(before.sha256);
        expect(after.recipients.map((recipient) => recipient.address)).toEqual(to);
        expect(after.settlesAt === null).toBe(!['releasing', 'returning'].includes(after.state));
      });
    }),
  );
});

it('I8: nobody releases, returns or undoes on their own mail; nothing is released before its undo window is over', () => {
  fc.assert(
    fc.property(fc.constantFrom('high' as const, 'medium' as const), steps, (severity, script) => {
      run(severity, script, (before, after, action, at) => {
        if (after === null) return;
        const decides = action.kind === 'release' || action.kind === 'return' || action.kind === 'undo';
        const isOwn = decides && action.by.toLowerCase().includes('tanaka');
        const isEarly = after.state === 'released' && (before.state !== 'releasing' || at - (before.decidedAt ?? Infinity) < 30_000);
        const isLight = action.kind === 'release' && severity === 'high' && (action.answer !== 'C1' || action.recipients === null);
        expect({ isOwn, isEarly, isLight }).toEqual({ isOwn: false, isEarly: false, isLight: false });
        // Whatever else happened, only a release says `send`, and only until it is undone.
        const sends = after.recipients.filter(({ decision }) => decision === 'send').length;
        expect(sends > 0).toBe(after.state === 'releasing' || after.state === 'released');
      });
    }),
  );
});

it('business time: later starts and longer spans never end earlier; spans add up', () => {
  const moment = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2060, 11, 1) }).map(instant);
  const minutes = fc.integer({ min: 1, max: 3000 });
  fc.assert(
    fc.property(moment, minutes, minutes, fc.integer({ min: 0, max: 1e9 }), (from, first, second, delay) => {
      const end = addBusinessMinutes(from, first);
      expect(end).toBeGreaterThan(from);
      expect(addBusinessMinutes(instant(from + delay), first)).toBeGreaterThanOrEqual(end);
      expect(addBusinessMinutes(end, second)).toBe(addBusinessMinutes(from, first + second));
    }),
  );
});
