import { expect, test } from 'vitest';
import { judgeRecords } from '../../../src/cli/backtest/from-records.ts';
import type { Judged } from '../../../src/cli/backtest/judge-mail.ts';
import type { MessageId } from '../../../src/core/index.ts';
import type { Snapshot } from '../../../src/inspect/index.ts';
import type { Address } from '../../../src/message/index.ts';
import { boss, holdAll, World } from '../gateway/gateway-world.ts';

const snapshot = { customers: { label: () => null }, ruleSet: { detectors: [] } } as unknown as Snapshot;
const to = ['a@example.com', 'b@example.com'];

/** Judged records by id. */
async function answers(world: World): Promise<Readonly<Record<MessageId, Judged['expected']>>> {
  const found: Record<string, Judged['expected']> = {};
  for await (const result of judgeRecords(world.store, snapshot, { line: false, reveal: false, words: false }, null))
    if (result.kind === 'judged') found[result.id] = result.expected;
  return found;
}

test('a returned mail was a missend, one released to all was none, one with somebody left out was one', async () => {
  const world = new World();
  world.verdict = holdAll;
  const [returned, released, partly, undecided, fresh] = [
    await world.accept({ to }),
    await world.accept({ to }),
    await world.accept({ to }),
    await world.accept({ to }),
    await world.accept({ to }),
  ];
  await world.settle();
  const { review } = world.gateway;
  const release = (id: MessageId, recipients: readonly string[] | null) =>
    review.release(id, boss, { reason: '確認しました', recipients: recipients as readonly Address[] | null, version: null, answer: null });
  await review.returnToSender(returned, boss, { reason: '宛先違い', version: null });
  await release(released, null);
  await release(partly, [to[0] ?? '']);
  // Still within the time in which it can be taken back.
  world.later(31);
  await world.settle();
  await release(fresh, null);
  expect(await answers(world)).toEqual({
    [returned]: { verdict: 'hold', reasons: null },
    [released]: { verdict: 'deliver', reasons: null },
    [partly]: { verdict: 'hold', reasons: null },
    [undecided]: null,
    [fresh]: null,
  });
});

test('nobody has decided on what was delivered or has expired', async () => {
  const world = new World();
  const delivered = await world.accept({ to });
  await world.settle();
  world.verdict = holdAll;
  const expired = await world.accept({ to });
  await world.settle();
  world.later(7 * 86_400);
  await world.settle();
  expect((await world.store.hold(expired))?.state).toBe('expired');
  expect(await answers(world)).toEqual({ [delivered]: null, [expired]: null });
});
