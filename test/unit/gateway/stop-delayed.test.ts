import { expect, test } from 'vitest';
import type { Role, User } from '../../../src/gateway/index.ts';
import type { MessageId } from '../../../src/core/index.ts';
import type { Address } from '../../../src/message/index.ts';
import { approver, boss, verdictOf, World } from './gateway-world.ts';

const sender = 'tanaka@example.co.jp';
const [a, b] = ['a@example.com', 'b@example.com'];
const person = (role: Role, email = `${role}@example.co.jp`, department: string | null = null): User => ({
  ...approver,
  role,
  email,
  department,
});
const web = (user: User) => ({ via: 'web', user }) as const;
const stop = (world: World, id: MessageId, user: User = approver) => world.gateway.delays.stop(id, web(user), 'あて先を確かめます');
const textOf = (body: Uint8Array): string =>
  Buffer.from(/base64\r\n\r\n([A-Za-z0-9+/=\r\n]+)/.exec(Buffer.from(body).toString('latin1'))?.[1] ?? '', 'base64').toString('utf8');
const toSender = (world: World): string[] =>
  world.sent.filter(({ recipients }) => recipients.some((one) => one === sender)).map(({ body }) => textOf(body));

async function delayed(world = new World(), fates: Parameters<typeof verdictOf>[0] = { [a]: 'delay', [b]: 'deliver' }) {
  world.verdict = verdictOf(fates);
  const id = await world.accept({ to: Object.keys(fates) });
  await world.settle();
  return { world, id };
}

test('a stopped mail becomes a hold: it does not go at its time, the sender is told, an approver decides', async () => {
  const { world, id } = await delayed();
  world.later(14 * 60);
  expect(await stop(world, id)).toMatchObject({ ok: true, value: { outcome: 'held' } });
  expect(await world.store.hold(id)).toMatchObject({
    state: 'held',
    phase: 'approval',
    severity: 'medium',
    reasons: ['site.rule'],
    ownAddresses: [sender],
    recipients: [
      { address: a, verdict: 'delay', decision: null },
      { address: b, verdict: 'delay', decision: null },
    ],
  });
  world.later(3600);
  await world.settle();
  expect(await world.statuses(id)).toEqual({ [a]: 'held', [b]: 'held' });
  expect(toSender(world).at(-1)).toContain('まだ送信されていません');
  const release = { reason: '問題ないことを確認', recipients: [a as Address], version: null, answer: null };
  expect(await world.gateway.review.release(id, boss, release)).toMatchObject({ ok: true });
  world.later(31);
  await world.settle();
  expect(await world.statuses(id)).toEqual({ [a]: 'relayed', [b]: 'removed' });
  const stopped = (await world.store.audit({ after: 0, limit: 100 })).filter(({ event }) => event.type === 'message.stopped');
  expect(stopped).toMatchObject([
    { event: { actor: { kind: 'user', name: approver.email }, message: id, details: { outcome: 'held', recipients: 2, via: 'web' } } },
  ]);
});

test('nobody decides on what was stopped: it goes back to the sender, to nobody else', async () => {
  const { world, id } = await delayed();
  expect(await stop(world, id, person('admin'))).toMatchObject({ ok: true });
  world.later(7 * 86_400);
  await world.settle();
  expect(await world.statuses(id)).toEqual({ [a]: 'expired', [b]: 'expired' });
  expect(world.wireRecipients().every((address) => address === sender)).toBe(true);
});

test('the sender takes his own mail back: nobody gets it, it comes back to him', async () => {
  const { world, id } = await delayed();
  expect(await stop(world, id, person('sender', 'tanaka+x@example.co.jp'))).toEqual({ ok: true, value: { outcome: 'cancelled' } });
  world.later(3600);
  await world.settle();
  expect(await world.statuses(id)).toEqual({ [a]: 'cancelled', [b]: 'cancelled' });
  expect(await world.store.message(id)).toMatchObject({ stage: 'done', dueAt: null });
  expect(await world.store.hold(id)).toBeNull();
  expect(toSender(world).at(-1)).toContain('送信されませんでした');
  expect(Buffer.from(world.sent.at(-1)?.body ?? []).includes('message/rfc822')).toBe(true);
  // Of his own mail an approver decides nothing else either.
  const own = await delayed();
  expect(await stop(own.world, own.id, person('approver', sender))).toMatchObject({ value: { outcome: 'cancelled' } });
});

test('who sees and stops: the department, those of all, a named approver, administrators, the sender; auditors look', async () => {
  const world = new World();
  world.staff = [{ name: '田中', nameKana: '', email: sender, department: '営業部', managerEmail: null }];
  const { id } = await delayed(world);
  const sees = async (user: User) => (await world.gateway.delays.list(user)).map(({ mayStop, isOwn }) => ({ mayStop, isOwn }));
  const others = { mayStop: true, isOwn: false };
  for (const user of [approver, person('approver', 'x@example.co.jp', '営業部'), person('admin')])
    expect(await sees(user)).toEqual([others]);
  for (const user of [person('auditor'), person('policy_admin')]) expect(await sees(user)).toEqual([{ mayStop: false, isOwn: false }]);
  expect(await sees(person('sender', sender))).toEqual([{ mayStop: true, isOwn: true }]);
  for (const user of [person('approver', 'y@example.co.jp', '総務部'), person('sender')]) {
    expect(await sees(user)).toEqual([]);
    expect(await stop(world, id, user)).toMatchObject({ error: { code: 'not_found' } });
  }
  expect(await stop(world, id, person('auditor'))).toMatchObject({ error: { code: 'not_allowed' } });
  expect(await world.statuses(id)).toEqual({ [a]: 'pending', [b]: 'pending' });
});

test('the list says when each goes, soonest first, and what has gone is not in it', async () => {
  const world = new World();
  const first = await delayed(world);
  world.later(60);
  const second = await delayed(world);
  const list = async () => (await world.gateway.delays.list(approver)).map(({ message, goesAt }) => [message.id, goesAt - world.now]);
  expect(await list()).toEqual([
    [first.id, 14 * 60_000],
    [second.id, 15 * 60_000],
  ]);
  world.later(14 * 60);
  await world.settle();
  expect(await list()).toEqual([[second.id, 60_000]]);
});

test('too late: what is due or has gone is not stopped, and a mail that no policy delays is not found', async () => {
  const { world, id } = await delayed();
  world.later(15 * 60);
  expect(await stop(world, id)).toMatchObject({ error: { code: 'too_late' } });
  await world.settle();
  expect(await stop(world, id)).toMatchObject({ error: { code: 'too_late' } });
  expect(await world.statuses(id)).toEqual({ [a]: 'relayed', [b]: 'relayed' });
  const plain = await delayed(new World(), { [a]: 'deliver' });
  expect(await stop(plain.world, plain.id)).toMatchObject({ error: { code: 'not_found' } });
});

test('sent by another process between the look and the stop: nothing is written', async () => {
  const { world, id } = await delayed();
  const apply = world.store.apply.bind(world.store);
  let raced = false;
  world.store.apply = async (message, change, at) => {
    if (!raced && change.hold !== undefined) {
      raced = true;
      world.later(15 * 60);
      await world.settle();
    }
    return apply(message, change, at);
  };
  expect(await stop(world, id)).toMatchObject({ error: { code: 'too_late' } });
  expect(raced).toBe(true);
  expect(await world.statuses(id)).toEqual({ [a]: 'relayed', [b]: 'relayed' });
  expect(await world.store.hold(id)).toBeNull();
});

test('stopped by another process between the look and the sending: nothing goes out', async () => {
  const { world, id } = await delayed();
  world.later(15 * 60 - 1);
  const apply = world.store.apply.bind(world.store);
  let raced: Awaited<ReturnType<typeof stop>> | null = null;
  world.store.apply = async (message, change, at) => {
    if (raced === null && change.expectedDueAt !== undefined && change.hold === undefined) {
      world.later(-1);
      raced = await stop(world, id);
      world.later(1);
    }
    return apply(message, change, at);
  };
  world.later(1);
  await world.settle();
  expect(raced).toMatchObject({ ok: true });
  expect(await world.statuses(id)).toEqual({ [a]: 'held', [b]: 'held' });
  expect(world.wireRecipients().every((address) => address === sender)).toBe(true);
});

test('split: what was held joins what is stopped; after a decision the stopped ones are decided anew', async () => {
  const world = new World({ split: true });
  const { id } = await delayed(world, { [a]: 'delay', [b]: 'hold' });
  expect(await stop(world, id)).toMatchObject({ ok: true });
  expect((await world.store.hold(id))?.recipients.map(({ address }) => address)).toEqual([b, a]);
  const other = await delayed(world, { [a]: 'delay', [b]: 'hold' });
  await world.gateway.review.returnToSender(other.id, boss, { reason: 'いいえ', version: null });
  expect(await stop(world, other.id)).toMatchObject({ error: { code: 'already_decided', by: boss.user.email } });
  world.later(31);
  await world.settle();
  expect(await world.statuses(other.id)).toEqual({ [a]: 'pending', [b]: 'returned' });
  expect(await stop(world, other.id)).toMatchObject({ ok: true });
  expect(await world.store.hold(other.id)).toMatchObject({ state: 'held', decidedBy: null, recipients: [{ address: a }] });
  expect(
    await world.gateway.review.release(other.id, boss, { reason: 'はい', recipients: null, version: null, answer: null }),
  ).toMatchObject({ ok: true });
  world.later(31);
  await world.settle();
  expect(await world.statuses(other.id)).toEqual({ [a]: 'relayed', [b]: 'returned' });
});

test('split: taking back the delayed copy leaves the held one to its approver', async () => {
  const world = new World({ split: true });
  const { id } = await delayed(world, { [a]: 'delay', [b]: 'hold' });
  expect(await stop(world, id, person('sender', sender))).toMatchObject({ value: { outcome: 'cancelled' } });
  expect(await world.statuses(id)).toEqual({ [a]: 'cancelled', [b]: 'held' });
  expect(await world.store.message(id)).toMatchObject({ stage: 'held', dueAt: (await world.store.hold(id))?.expiresAt });
});
