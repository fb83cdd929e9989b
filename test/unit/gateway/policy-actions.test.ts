import { expect, test } from 'vitest';
import type { Address } from '../../../src/message/index.ts';
import { approver, boss, verdictOf, World } from './gateway-world.ts';

const to = ['a@example.com', 'b@example.com'];

const noticesTo = (world: World, address: string) => world.sent.filter(({ recipients }) => recipients.some((one) => one === address));
const textOf = ({ body }: { readonly body: Uint8Array }): string => {
  const raw = Buffer.from(body).toString('latin1');
  return Buffer.from(/base64\r\n\r\n([A-Za-z0-9+/=\r\n]+)/.exec(raw)?.[1] ?? '', 'base64').toString('utf8');
};
const auditTypes = async (world: World): Promise<readonly string[]> =>
  (await world.store.audit({ after: 0, limit: 100 })).map(({ event }) => event.type);

test('reject: nobody gets it, the sender gets it back with the reason, and the record says so (I3)', async () => {
  const world = new World();
  world.verdict = verdictOf({ [to[0]!]: 'reject', [to[1]!]: 'deliver' });
  const body = Buffer.from('Subject: x\r\n\r\nsecret words\r\n');
  const id = await world.accept({ to, body });
  await world.settle();
  expect(await world.statuses(id)).toEqual({ [to[0]!]: 'returned', [to[1]!]: 'returned' });
  expect((await world.store.message(id))?.stage).toBe('done');
  expect(world.wireRecipients()).toEqual(['tanaka@example.co.jp']);
  const [back] = noticesTo(world, 'tanaka@example.co.jp');
  expect(back?.mailFrom).toBeNull();
  expect(textOf(back!)).toMatch(/理由：社外に送れない情報[\s\S]*Reason: Not to leave/);
  expect(Buffer.from(back!.body).includes(body)).toBe(true);
  expect(await auditTypes(world)).toContain('message.rejected');
  expect(await world.store.hold(id)).toBeNull();
});

test('reject with split: only those whom the policy names', async () => {
  const world = new World({ split: true });
  world.verdict = verdictOf({ [to[0]!]: 'reject', [to[1]!]: 'deliver' });
  const id = await world.accept({ to });
  await world.settle();
  expect(await world.statuses(id)).toEqual({ [to[0]!]: 'returned', [to[1]!]: 'relayed' });
  expect(world.wireRecipients().toSorted()).toEqual([to[1], 'tanaka@example.co.jp']);
  expect(await auditTypes(world)).toEqual(expect.arrayContaining(['message.rejected', 'message.delivered']));
});

test('delay: goes out at its time, not before, over a restart; the sender is told', async () => {
  const world = new World();
  world.verdict = verdictOf({ [to[0]!]: 'delay', [to[1]!]: 'deliver' });
  const id = await world.accept({ to });
  await world.settle();
  expect(world.wireRecipients()).toEqual(['tanaka@example.co.jp']);
  expect(textOf(world.sent[0]!)).toContain(id);
  world.gateway = world.make();
  world.later(15 * 60 - 1);
  await world.settle();
  expect(await world.statuses(id)).toEqual({ [to[0]!]: 'pending', [to[1]!]: 'pending' });
  world.later(1);
  await world.settle();
  expect(await world.statuses(id)).toEqual({ [to[0]!]: 'relayed', [to[1]!]: 'relayed' });
  expect(await auditTypes(world)).toContain('message.delayed');
});

test('delay beside a hold, with split: each recipient by himself', async () => {
  const world = new World({ split: true });
  world.verdict = verdictOf({ [to[0]!]: 'delay', [to[1]!]: 'hold' });
  const id = await world.accept({ to });
  await world.settle();
  expect((await world.store.hold(id))?.recipients.map(({ address }) => address)).toEqual([to[1]]);
  world.later(15 * 60);
  await world.settle();
  expect(await world.statuses(id)).toEqual({ [to[0]!]: 'relayed', [to[1]!]: 'held' });
  expect(await world.gateway.review.release(id, boss, { reason: '確認済み', recipients: null, version: null, answer: null })).toMatchObject(
    { ok: true },
  );
  world.later(30);
  await world.settle();
  expect(await world.statuses(id)).toEqual({ [to[0]!]: 'relayed', [to[1]!]: 'relayed' });
});

test('all four at once, with split', async () => {
  const world = new World({ split: true });
  const four = ['a@example.com', 'b@example.com', 'c@example.com', 'd@example.com'];
  world.verdict = verdictOf({ [four[0]!]: 'deliver', [four[1]!]: 'delay', [four[2]!]: 'hold', [four[3]!]: 'reject' });
  const id = await world.accept({ to: four });
  await world.settle();
  expect(await world.statuses(id)).toEqual({ [four[0]!]: 'relayed', [four[1]!]: 'pending', [four[2]!]: 'held', [four[3]!]: 'returned' });
  world.later(3 * 24 * 3600);
  await world.settle();
  expect(await world.statuses(id)).toEqual({ [four[0]!]: 'relayed', [four[1]!]: 'relayed', [four[2]!]: 'expired', [four[3]!]: 'returned' });
  expect((await world.store.message(id))?.stage).toBe('done');
});

test('notify: it goes out, and approvers are told without a word of it; tag: it is remembered', async () => {
  const world = new World();
  await world.store.addUser(approver, world.now);
  const reason = { action: 'notify', holds: false, policy: 'tell', title: { ja: '契約書の送付', en: 'Contracts' } } as const;
  const notify = verdictOf({ [to[0]!]: 'hold' }, reason);
  const tag = verdictOf({ [to[0]!]: 'hold' }, { action: 'tag', holds: false, code: 'site.contract' });
  world.verdict = () => ({
    ...notify(),
    disposition: 'deliver',
    reasons: [...notify().reasons, ...tag().reasons],
    recipients: [{ address: to[0] as Address, kind: 'customer', customer: null, verdict: 'deliver' }],
  });
  const id = await world.accept({ to: [to[0]!], body: Buffer.from('Subject: geheim\r\n\r\nKANARIA\r\n') });
  await world.settle();
  expect(await world.statuses(id)).toEqual({ [to[0]!]: 'relayed' });
  const told = textOf(noticesTo(world, approver.email)[0]!);
  expect(told).toContain('契約書の送付');
  expect(told).toContain(id);
  expect(told).not.toMatch(/KANARIA|geheim|a@example\.com/);
  const delivered = (await world.store.audit({ after: 0, limit: 100 })).find(
    ({ event }) => event.type === 'message.delivered' && event.message === id,
  );
  expect(delivered?.event.details).toMatchObject({ tags: ['site.contract'], notified: 1, verdict: 'deliver' });
});

test('monitor: everything goes out, nobody is told, and what would have been stands in the record', async () => {
  const world = new World({ mode: 'monitor' });
  await world.store.addUser(approver, world.now);
  world.verdict = verdictOf({ [to[0]!]: 'reject', [to[1]!]: 'hold' });
  const id = await world.accept({ to });
  await world.settle();
  expect(await world.statuses(id)).toEqual({ [to[0]!]: 'relayed', [to[1]!]: 'relayed' });
  expect(world.wireRecipients().toSorted()).toEqual(to);
  const delivered = (await world.store.audit({ after: 0, limit: 100 })).find(
    ({ event }) => event.type === 'message.delivered' && event.message === id,
  );
  expect(delivered?.event.details).toMatchObject({ verdict: 'reject', reasons: ['site.rule', 'site.rule'] });
});

test('a named approver decides; others of the department do not; those of all departments may', async () => {
  const world = new World();
  const named = { ...approver, email: 'kacho@example.co.jp', department: '総務部' };
  const other = { ...approver, email: 'other@example.co.jp', department: '' };
  for (const user of [named, other, approver]) await world.store.addUser(user, world.now);
  world.verdict = verdictOf({ [to[0]!]: 'hold' }, {}, { approver: { user: named.email } });
  const id = await world.accept({ to: [to[0]!] });
  await world.settle();
  expect((await world.store.hold(id))?.approver).toBe(named.email);
  const decide = (user: typeof named | typeof approver) =>
    world.gateway.review.returnToSender(id, { via: 'web', user }, { reason: 'いいえ', version: null });
  expect(await decide(other)).toMatchObject({ error: { code: 'not_allowed' } });
  expect(await decide(named)).toMatchObject({ ok: true });
  expect(await world.gateway.review.undo(id, boss)).toMatchObject({ ok: true });
  expect(await decide(approver)).toMatchObject({ ok: true });
});

test.each([
  ['nobody of that name', { user: 'nobody@example.co.jp' }],
  ['the sender himself', { user: 'tanaka@example.co.jp' }],
  ['a manager whom the staff file does not know', 'sender_manager'],
] as const)('an approver who cannot decide leaves it to the usual ones: %s', async (_, asked) => {
  const world = new World();
  await world.store.addUser({ ...approver, email: 'tanaka@example.co.jp' }, world.now);
  world.verdict = verdictOf({ [to[0]!]: 'hold' }, {}, { approver: asked });
  const id = await world.accept({ to: [to[0]!] });
  await world.settle();
  expect(await world.store.hold(id)).toMatchObject({ approver: null, department: '' });
});

test('an approver route to a department', async () => {
  const world = new World();
  world.verdict = verdictOf({ [to[0]!]: 'hold' }, {}, { approver: { department: '総務部' } });
  const id = await world.accept({ to: [to[0]!] });
  await world.settle();
  expect(await world.store.hold(id)).toMatchObject({ approver: null, department: '総務部' });
});
