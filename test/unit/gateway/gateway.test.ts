import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Address } from '../../../src/message/index.ts';
import { address, holdingVerdict } from '../../support/store-samples.ts';
import { approver, boss, holdAll, World } from './gateway-world.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const two = ['a@example.com', 'b@example.com'];
const release = (
  world: World,
  id: Awaited<ReturnType<World['accept']>>,
  recipients: readonly string[] | null,
  extra: object = {},
): ReturnType<World['gateway']['review']['release']> =>
  world.gateway.review.release(id, boss, {
    recipients: recipients === null ? null : recipients.map(address),
    reason: '宛先を電話で確認しました。',
    version: null,
    answer: null,
    ...extra,
  });

test('I6: a clean mail is relayed with one Received field before the very bytes that came', async () => {
  const world = new World();
  const body = Buffer.from('Subject: x\r\n\r\n.dot\r\n');
  const id = await world.accept({ body });
  await world.settle();
  expect(await world.statuses(id)).toEqual({ 'sato@example.com': 'relayed' });
  const wire = Buffer.from(world.sent[0]?.body ?? []);
  const trace = /^Received: [^\r\n]*\r\n(?:\t[^\r\n]*\r\n)*/.exec(wire.toString('latin1'))?.[0] ?? '';
  expect(sha256(wire.subarray(trace.length))).toBe(sha256(body));
});

test('a held mail stays off the wire, tells its sender, and leaves 30 s after the release to the chosen recipients alone (I11)', async () => {
  const world = new World();
  world.verdict = holdAll;
  const id = await world.accept({ to: two });
  await world.settle();
  expect(await world.statuses(id)).toEqual({ 'a@example.com': 'held', 'b@example.com': 'held' });
  expect(world.wireRecipients()).toEqual(['tanaka@example.co.jp']); // the notice
  expect(world.sent[0]?.mailFrom).toBeNull();
  expect(await release(world, id, ['a@example.com'])).toMatchObject({ ok: true, value: { state: 'releasing' } });
  world.later(29);
  await world.settle();
  expect(world.wireRecipients()).toEqual(['tanaka@example.co.jp']);
  world.later(2);
  await world.settle();
  expect(world.wireRecipients()).toEqual(['tanaka@example.co.jp', 'a@example.com']);
  expect(await world.statuses(id)).toEqual({ 'a@example.com': 'relayed', 'b@example.com': 'removed' });
});

test('an undone release never leaves', async () => {
  const world = new World();
  world.verdict = holdAll;
  const id = await world.accept();
  await world.settle();
  await release(world, id, null);
  world.later(10);
  expect(await world.gateway.review.undo(id, boss)).toMatchObject({ ok: true, value: { state: 'held' } });
  world.later(60);
  await world.settle();
  expect(world.wireRecipients()).toEqual(['tanaka@example.co.jp']);
  expect(await world.statuses(id)).toEqual({ 'sato@example.com': 'held' });
});

test('a return gives the sender the reason and the original, byte for byte, and nobody else anything', async () => {
  const world = new World();
  world.verdict = holdAll;
  const body = Buffer.from('Subject: x\r\n\r\noriginal \x00\xff body\r\n', 'latin1');
  const id = await world.accept({ body });
  await world.settle();
  await world.gateway.review.returnToSender(id, boss, { reason: '宛先が違います', version: null });
  world.later(31);
  await world.settle();
  const notice = Buffer.from(world.sent[1]?.body ?? []);
  expect(world.sent[1]).toMatchObject({ mailFrom: null, recipients: ['tanaka@example.co.jp'] });
  expect(notice.includes(body)).toBe(true);
  expect(notice.toString('latin1')).toContain('Auto-Submitted: auto-generated');
  expect(await world.statuses(id)).toEqual({ 'sato@example.com': 'returned' });
});

test('nobody decides in time: it expires, and the sender has it back', async () => {
  const world = new World();
  world.verdict = holdAll;
  const id = await world.accept();
  await world.settle();
  world.later(14 * 86_400);
  await world.settle();
  expect(await world.statuses(id)).toEqual({ 'sato@example.com': 'expired' });
  expect(world.wireRecipients()).toEqual(['tanaka@example.co.jp', 'tanaka@example.co.jp']);
});

test('I8: own mail, foreign departments and other roles are refused, and the refusals are on record', async () => {
  const world = new World();
  world.verdict = holdAll;
  const id = await world.accept({ body: Buffer.from('From: <Boss+x@example.co.jp>\r\n\r\nx\r\n') });
  await world.settle();
  expect(await release(world, id, null)).toMatchObject({ ok: false, error: { code: 'own_mail' } });
  const other = await world.accept();
  await world.settle();
  const as = (user: object): ReturnType<typeof release> =>
    world.gateway.review.release(
      other,
      { via: 'web', user: { ...approver, ...user } },
      { recipients: null, reason: 'x', version: null, answer: null },
    );
  expect(await as({ email: 'c@example.co.jp', department: '営業部' })).toMatchObject({ ok: false, error: { code: 'not_found' } });
  expect(await as({ email: 'c@example.co.jp', role: 'auditor' })).toMatchObject({ ok: false, error: { code: 'not_allowed' } });
  expect(await as({ email: 'c@example.co.jp', role: 'admin' })).toMatchObject({ ok: false, error: { code: 'not_allowed' } });
  const audit = await world.store.audit({ after: 0, limit: 100 });
  expect(audit.filter(({ event }) => event.type === 'hold.refused')).toHaveLength(3);
});

test('I8: two deciders at once: one wins, the other is told', async () => {
  const world = new World();
  world.verdict = holdAll;
  const id = await world.accept();
  await world.settle();
  const outcomes = await Promise.all([
    release(world, id, null),
    world.gateway.review.returnToSender(id, boss, { reason: 'だめです', version: null }),
  ]);
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({
    error: { code: expect.stringMatching(/already_decided|stale_version/) as string },
  });
});

test('high risk: recipients, a long reason and the right answer', async () => {
  const world = new World();
  world.verdict = (recipients) => holdingVerdict(recipients);
  world.about = [{ customer: 'C1' as World['about'][number]['customer'], strength: 'strong', evidence: [], places: [], mayReceive: [] }];
  const id = await world.accept();
  await world.settle();
  const to = ['sato@example.com'];
  expect(await release(world, id, null)).toMatchObject({ error: { code: 'recipients_required' } });
  expect(await release(world, id, to, { reason: '短い' })).toMatchObject({ error: { code: 'reason_required' } });
  expect(await release(world, id, to)).toMatchObject({ error: { code: 'answer_required' } });
  expect(await release(world, id, to, { answer: 'C2' })).toMatchObject({ error: { code: 'wrong_answer' } });
  expect(await release(world, id, ['stranger@example.com'], { answer: 'C1' })).toMatchObject({ error: { code: 'recipients_required' } });
  expect(await release(world, id, to, { answer: 'C1' })).toMatchObject({ ok: true });
});

test('I4: a mail that ends the process again and again is held, not looked at for ever', async () => {
  const world = new World();
  const id = await world.accept();
  for (let restart = 0; restart < 6; restart += 1) {
    world.gateway = world.make();
    const inspector = world.inspector();
    world.verdict = () => {
      throw new Error('the process dies here');
    };
    void inspector;
    await world.gateway.advance(id);
  }
  expect(world.inspected).toBe(3);
  expect(await world.statuses(id)).toEqual({ 'sato@example.com': 'held' });
});

test('a backlog that waited for its turn while processes came and went is inspected, not held', async () => {
  const world = new World();
  const id = await world.accept();
  world.endsWhileWaiting = true;
  for (let processes = 0; processes < 5; processes += 1) {
    world.gateway = world.make();
    void world.gateway.advance(id);
    await world.store.message(id);
  }
  world.gateway = world.make();
  world.endsWhileWaiting = false;
  await world.settle();
  expect(await world.statuses(id)).toEqual({ 'sato@example.com': 'relayed' });
});

test('I6: a damaged body never leaves and is not lost', async () => {
  const world = new World();
  const id = await world.accept();
  world.nextHopDown = true;
  await world.settle();
  world.nextHopDown = false;
  world.store.fail(null);
  const body = await world.store.body(id);
  body[0] = (body[0] ?? 0) ^ 1;
  world.store.body = () => Promise.resolve(body);
  world.later(3600);
  await world.gateway.advance(id);
  expect(world.sent).toEqual([]);
  expect(await world.statuses(id)).toEqual({ 'sato@example.com': 'pending' });
});

test('I3, I10: refused for good bounces to the sender with a null reverse path; put off is tried again', async () => {
  const world = new World();
  world.replyTo = (to) =>
    to === 'a@example.com'
      ? { code: 550, enhanced: '5.1.1', text: 'no such user' }
      : to === 'b@example.com' && world.sent.length < 3
        ? { code: 451, enhanced: '4.2.1', text: 'later' }
        : { code: 250, enhanced: '2.0.0', text: 'Ok' };
  const id = await world.accept({ to: two });
  await world.settle();
  expect(await world.statuses(id)).toEqual({ 'a@example.com': 'bounced', 'b@example.com': 'pending' });
  expect(world.sent[1]).toMatchObject({ mailFrom: null, recipients: ['tanaka@example.co.jp'] });
  world.later(3600);
  await world.settle();
  world.later(3600);
  await world.settle();
  expect(await world.statuses(id)).toEqual({ 'a@example.com': 'bounced', 'b@example.com': 'relayed' });
});

test('I10: nothing bounces to the null sender, nor does a notice that is refused', async () => {
  const world = new World();
  world.replyTo = () => ({ code: 550, enhanced: '5.1.1', text: 'no' });
  await world.accept({ from: null });
  await world.settle();
  expect(world.sent).toHaveLength(1);
  await world.accept();
  await world.settle();
  expect(world.sent).toHaveLength(3); // the mail, its bounce, and no bounce of the bounce
});

test('a restart picks up what was accepted', async () => {
  const world = new World();
  const id = await world.accept();
  world.gateway = world.make();
  await world.settle();
  expect(await world.statuses(id)).toEqual({ 'sato@example.com': 'relayed' });
});

test('monitor delivers everything and records what would have been held', async () => {
  const world = new World({ mode: 'monitor' });
  world.verdict = holdAll;
  const id = await world.accept();
  await world.settle();
  expect(await world.statuses(id)).toEqual({ 'sato@example.com': 'relayed' });
  expect((await world.store.message(id))?.inspection?.verdict.disposition).toBe('hold');
});

test('split delivers to the clear recipients at once and holds the rest', async () => {
  const world = new World({ split: true });
  world.verdict = (recipients) => ({
    ...holdAll(recipients),
    recipients: recipients.map((to: Address) => ({
      address: to,
      kind: 'customer',
      customer: null,
      verdict: to === 'a@example.com' ? 'hold' : 'deliver',
    })),
  });
  const id = await world.accept({ to: two });
  await world.settle();
  expect(await world.statuses(id)).toEqual({ 'a@example.com': 'held', 'b@example.com': 'relayed' });
  await release(world, id, null);
  world.later(31);
  await world.settle();
  expect(await world.statuses(id)).toEqual({ 'a@example.com': 'relayed', 'b@example.com': 'relayed' });
  expect(world.wireRecipients().filter((to) => to === 'b@example.com')).toHaveLength(1);
});

test('I5: no text of a mail stands in the log', async () => {
  const world = new World();
  world.verdict = holdAll;
  await world.accept({ body: Buffer.from('From: KANARIA <kanaria@example.co.jp>\r\nSubject: KANARIA\r\n\r\nKANARIA\r\n') });
  await world.settle();
  expect(world.logged.join('\n').toUpperCase()).not.toContain('KANARIA');
  expect(world.logged.length).toBeGreaterThan(2);
});
