import { expect, test } from 'vitest';
import { proposeAddresses } from '../../../src/gateway/index.ts';
import type { CustomerId } from '../../../src/core/index.ts';
import type { Address } from '../../../src/message/index.ts';
import { holdingVerdict, sampleReason } from '../../support/store-samples.ts';
import { boss, World } from './gateway-world.ts';

const hanako = 'C1042' as CustomerId;
const to = 'new@example.com';
const options = { atLeast: 2, key: new Uint8Array(16).fill(3) };
const about = (customer: CustomerId): World['about'][number] => ({
  customer,
  strength: 'strong',
  evidence: [],
  places: [],
  mayReceive: [],
});

/** Mails about some customers to some addresses, each held, released to `sent` and settled. */
async function release(
  world: World,
  mails: readonly { readonly body: string; readonly customers?: readonly CustomerId[]; readonly sent?: readonly string[] }[],
) {
  for (const { body, customers = [hanako], sent = [to] } of mails) {
    world.about = customers.map(about);
    world.verdict = (recipients) =>
      holdingVerdict(recipients, {
        severity: 'medium',
        reasons: customers.map((customer) => ({ ...sampleReason, severity: 'medium', recipients, customers: [customer] })),
      });
    const id = await world.accept({ body: Buffer.from(`Subject: x\r\n\r\n${body}\r\n`), to: [to, 'other@example.com'] });
    await world.settle();
    const request = { reason: 'ご本人の新しいアドレスです', recipients: sent as Address[], version: null, answer: null };
    expect(await world.gateway.review.release(id, boss, request)).toMatchObject({ ok: true });
    world.later(31);
    await world.settle();
  }
  return proposeAddresses(world.store, options);
}

test('a pair that two different mails were released to is proposed, the recipient who got nothing is not', async () => {
  const world = new World();
  expect(await release(world, [{ body: 'one' }])).toEqual([]);
  const [proposal, ...others] = await release(world, [{ body: 'two' }]);
  expect(others).toEqual([]);
  expect(proposal).toMatchObject({
    customer: hanako,
    address: to,
    releases: 2,
    releasedBy: [boss.user.email],
    ownAddresses: ['tanaka@example.co.jp'],
  });
  expect(proposal?.id).toMatch(/^[0-9a-f]{12}$/);
  // The id is keyed: it says nothing to whoever reads the audit log alone.
  expect((await proposeAddresses(world.store, { ...options, key: new Uint8Array(16).fill(4) }))[0]?.id).not.toBe(proposal?.id);
});

test('the same mail twice is one release', async () => {
  expect(await release(new World(), [{ body: 'one' }, { body: 'one' }])).toEqual([]);
});

test('mail about many customers says of no address whose it is', async () => {
  const many = ['C1', 'C2', 'C3', 'C4'] as CustomerId[];
  expect(
    await release(new World(), [
      { body: 'one', customers: many },
      { body: 'two', customers: many },
    ]),
  ).toEqual([]);
});

test('what is held or was returned proposes nothing', async () => {
  const world = new World();
  world.about = [about(hanako)];
  world.verdict = (recipients) =>
    holdingVerdict(recipients, { severity: 'medium', reasons: [{ ...sampleReason, recipients, customers: [hanako] }] });
  for (const body of ['one', 'two', 'three']) {
    const id = await world.accept({ body: Buffer.from(`Subject: x\r\n\r\n${body}\r\n`), to: [to] });
    await world.settle();
    if (body === 'one') await world.gateway.review.returnToSender(id, boss, { reason: 'いいえ', version: null });
  }
  world.later(31);
  await world.settle();
  expect(await proposeAddresses(world.store, { ...options, atLeast: 1 })).toEqual([]);
});
