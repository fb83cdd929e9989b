import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/adapters/store-sqlite/index.ts';
import { verifyChain, type AuditEvent } from '../../src/audit/index.ts';
import { instant, later, newMessageId, type MessageId } from '../../src/core/index.ts';
import type { Session, Store } from '../../src/gateway/index.ts';
import type { Inspection } from '../../src/inspect/index.ts';
import { MemoryStore } from '../support/store-memory.ts';
import { holdingVerdict, newHold, newMessage, start } from '../support/store-samples.ts';

const implementations = [
  {
    name: 'sqlite',
    async open() {
      const dir = await mkdtemp(join(tmpdir(), 'sekisho-store-'));
      const store = await openStore({ dir });
      return { store, done: async () => (await store.close(), rm(dir, { recursive: true })) };
    },
  },
  {
    name: 'memory',
    async open() {
      const store: Store = new MemoryStore();
      return { store, done: () => store.close() };
    },
  },
];
const noted = (type: AuditEvent['type'], details: AuditEvent['details'] = {}): AuditEvent => ({
  type,
  actor: { kind: 'system', name: 'gateway' },
  message: null,
  details,
});

describe.each(implementations)('Store: $name', (implementation) => {
  let store: Store;
  let done: () => Promise<void>;
  beforeEach(async () => ({ store, done } = await implementation.open()));
  afterEach(() => done());

  describe('accept and body', () => {
    it.each([0, 1, 4095, 262_144, 262_145, 3_000_000])('gives back the %d bytes it took', async (size) => {
      const body = randomBytes(size);
      const message = newMessage({ body });
      const spooled = await store.accept(message, start);
      expect(spooled).toEqual({ envelope: message.envelope, size, sha256: createHash('sha256').update(body).digest('hex') });
      expect(Buffer.from(await store.body(message.envelope.id)).equals(body)).toBe(true);
      // The caller inspects from its own buffer right after: it must still be there.
      expect(message.body.length).toBe(size);
    });

    it('takes a view into a larger buffer as just that view', async () => {
      const message = newMessage({ body: Buffer.from('....inside....').subarray(4, 10) });
      await store.accept(message, start);
      expect(Buffer.from(await store.body(message.envelope.id)).toString()).toBe('inside');
    });

    it('starts mail from clients at inspection, our own at delivery, both due at once and audited', async () => {
      const mail = newMessage({ to: ['a@example.com', 'b@example.com'] });
      const notice = newMessage({ origin: 'notice', from: null });
      await store.accept(mail, start);
      await store.accept(notice, later(start, 1));
      expect(await store.message(mail.envelope.id)).toEqual({
        id: mail.envelope.id,
        origin: 'smtp',
        spooled: { envelope: mail.envelope, size: mail.body.length, sha256: createHash('sha256').update(mail.body).digest('hex') },
        stage: 'inspect',
        recipients: [
          { address: 'a@example.com', state: { status: 'waiting' } },
          { address: 'b@example.com', state: { status: 'waiting' } },
        ],
        inspection: null,
        dueAt: start,
        inspections: 0,
      });
      const stored = await store.message(notice.envelope.id);
      expect(stored).toMatchObject({ stage: 'deliver', origin: 'notice', dueAt: later(start, 1) });
      expect(stored?.recipients[0]?.state).toMatchObject({ status: 'pending', attempts: 0, nextAttempt: later(start, 1) });
      const records = await store.audit({ after: 0, limit: 10 });
      expect(records.map(({ event }) => [event.type, event.message, event.details])).toEqual([
        ['message.accepted', mail.envelope.id, { size: mail.body.length, recipients: 2 }],
        ['message.accepted', notice.envelope.id, { size: notice.body.length, recipients: 1 }],
      ]);
    });

    it('lists mail that a policy has wait, soonest first, and no other', async () => {
      const mails = Array.from({ length: 5 }, (_, index) => newMessage({ at: later(start, index) }));
      const inspection = (delayMinutes: number | null, id: MessageId): Inspection => ({
        message: id,
        verdict: { ...holdingVerdict([]), delayMinutes },
        about: [],
        findings: [],
        unscannable: [],
        noText: 0,
        defects: 0,
        ruleSet: '1',
        customersVersion: '1',
      });
      const places = [
        ['deliver', 900, 15],
        ['held', 600, 15],
        ['deliver', 900, null],
        ['done', 900, 15],
        ['deliver', 60, 15],
      ] as const;
      for (const [index, [stage, seconds, minutes]] of places.entries()) {
        const { id } = mails[index]!.envelope;
        await store.accept(mails[index]!, start);
        await store.apply(id, { stage, dueAt: later(start, seconds), inspection: inspection(minutes, id) }, start);
      }
      const query = { delayedBeyond: later(start, 60), limit: 10, offset: 0 };
      expect((await store.messages(query)).map(({ id }) => id)).toEqual([mails[1]!.envelope.id, mails[0]!.envelope.id]);
      expect(await store.messages({ ...query, offset: 1, limit: 1 })).toHaveLength(1);
    });

    it('writes nothing when the mail is no longer due when it was', async () => {
      const { envelope, body } = newMessage();
      await store.accept({ envelope, body, origin: 'smtp' }, start);
      const audit = [{ type: 'message.stopped', actor: { kind: 'system', name: 'x' }, message: envelope.id, details: {} }] as const;
      expect(await store.apply(envelope.id, { dueAt: later(start, 2), expectedDueAt: start }, start)).toBe(true);
      expect(await store.apply(envelope.id, { dueAt: null, stage: 'done', expectedDueAt: start, audit }, start)).toBe(false);
      expect(await store.message(envelope.id)).toMatchObject({ stage: 'inspect', dueAt: later(start, 2) });
      expect(await store.audit({ after: 1, limit: 10 })).toEqual([]);
      expect(await store.apply(envelope.id, { dueAt: null, expectedDueAt: later(start, 2) }, start)).toBe(true);
      expect(await store.apply(envelope.id, { dueAt: start, expectedDueAt: null }, start)).toBe(true);
    });

    it('refuses an id twice, and the first mail stays', async () => {
      const message = newMessage();
      await store.accept(message, start);
      await expect(store.accept({ ...message, body: Buffer.from('other') }, start)).rejects.toMatchObject({ code: 'STORE_FAILED' });
      expect(Buffer.from(await store.body(message.envelope.id)).equals(Buffer.from(message.body))).toBe(true);
      expect(await store.audit({ after: 0, limit: 10 })).toHaveLength(1);
    });

    it('one failing request among many takes no other with it', async () => {
      const twice = newMessage();
      await store.accept(twice, start);
      const others = Array.from({ length: 40 }, () => newMessage());
      const calls = others.map((message, index) => (index === 20 ? store.accept(twice, start) : store.accept(message, start)));
      const results = await Promise.allSettled(calls);
      expect(results.filter((result) => result.status === 'rejected')).toHaveLength(1);
      expect(await store.messages({ limit: 100, offset: 0 })).toHaveLength(40);
      expect(verifyChain(await store.audit({ after: 0, limit: 100 }))).toEqual({ ok: true });
    });

    it('has no body and no message for an unknown id', async () => {
      const unknown = newMessageId(start);
      await expect(store.body(unknown)).rejects.toMatchObject({ code: 'BODY_GONE' });
      expect(await store.message(unknown)).toBeNull();
      await expect(store.apply(unknown, { stage: 'done' }, start)).rejects.toMatchObject({ code: 'STORE_FAILED' });
    });
  });

  describe('apply', () => {
    it('changes what it names and nothing else', async () => {
      const message = newMessage();
      await store.accept(message, start);
      const before = await store.message(message.envelope.id);
      expect(await store.apply(message.envelope.id, { inspections: 1 }, start)).toBe(true);
      expect(await store.message(message.envelope.id)).toEqual({ ...before, inspections: 1 });
      expect(await store.apply(message.envelope.id, { dueAt: null, stage: 'held' }, start)).toBe(true);
      expect(await store.message(message.envelope.id)).toEqual({ ...before, inspections: 1, dueAt: null, stage: 'held' });
    });

    it('writes hold, notices and audit together, chained', async () => {
      const message = newMessage();
      await store.accept(message, start);
      const hold = newHold(message);
      const notice = newMessage({ origin: 'notice', from: null, body: Buffer.from('held') });
      const change = {
        stage: 'held',
        hold: { next: hold, expectedVersion: null },
        notices: [notice],
        audit: [noted('message.held')],
      } as const;
      expect(await store.apply(message.envelope.id, change, start)).toBe(true);
      expect(await store.hold(message.envelope.id)).toEqual(hold);
      expect(Buffer.from(await store.body(notice.envelope.id)).toString()).toBe('held');
      const records = await store.audit({ after: 0, limit: 10 });
      expect(records.map(({ seq, event }) => [seq, event.type])).toEqual([
        [1, 'message.accepted'],
        [2, 'message.accepted'],
        [3, 'message.held'],
      ]);
      expect(verifyChain(records)).toEqual({ ok: true });
    });

    it('lets exactly one of many deciders win, and the others leave no trace', async () => {
      const message = newMessage();
      await store.accept(message, start);
      const id = message.envelope.id;
      const hold = newHold(message);
      await store.apply(id, { hold: { next: hold, expectedVersion: null } }, start);
      expect(await store.apply(id, { hold: { next: hold, expectedVersion: null } }, start)).toBe(false);
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          store.apply(
            id,
            {
              hold: { next: { ...hold, version: 2, decidedBy: `approver${index}` }, expectedVersion: 1 },
              recipients: [],
              notices: [newMessage({ origin: 'notice' })],
              audit: [noted('hold.released', { index })],
            },
            start,
          ),
        ),
      );
      expect(results.filter(Boolean)).toHaveLength(1);
      expect((await store.hold(id))?.decidedBy).toBe(`approver${results.indexOf(true)}`);
      expect(await store.messages({ limit: 50, offset: 0 })).toHaveLength(2);
      expect((await store.audit({ after: 0, limit: 50 })).filter(({ event }) => event.type === 'hold.released')).toHaveLength(1);
    });

    it('writes nothing when one of its notices cannot be stored', async () => {
      const message = newMessage();
      await store.accept(message, start);
      await expect(store.apply(message.envelope.id, { stage: 'done', notices: [message] }, start)).rejects.toMatchObject({
        code: 'STORE_FAILED',
      });
      expect((await store.message(message.envelope.id))?.stage).toBe('inspect');
    });
  });

  it('lists what is due, oldest first, and no more than asked', async () => {
    const messages = [30, 10, 20].map((seconds) => ({ message: newMessage(), at: later(start, seconds) }));
    for (const { message, at } of messages) await store.accept(message, at);
    const ids = [1, 2, 0].map((index) => messages[index]?.message.envelope.id);
    expect(await store.due(later(start, 30), 10)).toEqual(ids);
    expect(await store.due(later(start, 20), 10)).toEqual(ids.slice(0, 2));
    expect(await store.due(later(start, 60), 1)).toEqual(ids.slice(0, 1));
    expect(await store.due(start, 10)).toEqual([]);
  });

  it('lists messages by stage, origin, sender and time, newest first', async () => {
    const first = newMessage({ from: 'A@example.co.jp' });
    const second = newMessage({ at: later(start, 60) });
    const notice = newMessage({ at: later(start, 120), origin: 'notice', from: null });
    for (const message of [first, second, notice]) await store.accept(message, message.envelope.receivedAt);
    const ids = async (query: object): Promise<string[]> => (await store.messages({ limit: 10, offset: 0, ...query })).map(({ id }) => id);
    const [a, b, c] = [first, second, notice].map(({ envelope }) => envelope.id);
    expect(await ids({})).toEqual([c, b, a]);
    expect(await ids({ offset: 1, limit: 1 })).toEqual([b]);
    expect(await ids({ stage: 'deliver' })).toEqual([c]);
    expect(await ids({ origin: 'smtp' })).toEqual([b, a]);
    expect(await ids({ from: 'a@EXAMPLE.co.jp' })).toEqual([a]);
    expect(await ids({ since: later(start, 60) })).toEqual([c, b]);
    expect(await ids({ before: c })).toEqual([b, a]);
    expect(await ids({ before: c, since: later(start, 60), limit: 1 })).toEqual([b]);
    expect(await ids({ before: a })).toEqual([]);
  });

  it('lists and counts holds by state, department and owner, the one due first at the top', async () => {
    const late = newMessage();
    const soon = newMessage();
    for (const message of [late, soon]) await store.accept(message, start);
    const lateHold = newHold(late, {
      dueAt: later(start, 100),
      department: '',
      ownAddresses: ['suzuki@example.co.jp'],
      approver: 'boss@example.co.jp',
    });
    const soonHold = newHold(soon, { dueAt: later(start, 50), state: 'released' });
    await store.apply(late.envelope.id, { hold: { next: lateHold, expectedVersion: null } }, start);
    await store.apply(soon.envelope.id, { hold: { next: soonHold, expectedVersion: null } }, start);
    const page = { departments: null, limit: 10, offset: 0 };
    expect(await store.holds(page)).toEqual([soonHold, lateHold]);
    expect(await store.holds({ ...page, offset: 1 })).toEqual([lateHold]);
    expect(await store.holds({ ...page, states: ['held', 'releasing'] })).toEqual([lateHold]);
    expect(await store.holds({ ...page, departments: ['営業部'] })).toEqual([soonHold]);
    expect(await store.holds({ ...page, departments: [''] })).toEqual([lateHold]);
    expect(await store.holds({ ...page, departments: [] })).toEqual([]);
    expect(await store.holds({ ...page, departments: [], approver: 'boss@example.co.jp' })).toEqual([lateHold]);
    expect(await store.holds({ ...page, departments: [], approver: 'other@example.co.jp' })).toEqual([]);
    expect(await store.holds({ ...page, ownedBy: 'Suzuki@example.co.jp' })).toEqual([lateHold]);
    expect(await store.countHolds({ departments: null })).toBe(2);
    expect(await store.countHolds({ departments: null, states: ['released'] })).toBe(1);
  });

  it('erases the bodies of mail finished before a time, once', async () => {
    const [finished, recent, open] = [newMessage(), newMessage({ body: randomBytes(300_000) }), newMessage()];
    for (const message of [finished, recent, open]) await store.accept(message, start);
    await store.apply(finished.envelope.id, { stage: 'done', dueAt: null }, later(start, 10));
    await store.apply(recent.envelope.id, { stage: 'done', dueAt: null }, later(start, 20));
    expect(await store.eraseBodies(later(start, 20), 10)).toBe(1);
    await expect(store.body(finished.envelope.id)).rejects.toMatchObject({ code: 'BODY_GONE' });
    expect(await store.body(recent.envelope.id)).toHaveLength(300_000);
    // A later change of a finished mail does not make it younger.
    await store.apply(recent.envelope.id, { inspections: 1 }, later(start, 500));
    expect(await store.eraseBodies(later(start, 100), 10)).toBe(1);
    expect(await store.eraseBodies(later(start, 100), 10)).toBe(0);
    expect(await store.body(open.envelope.id)).toHaveLength(open.body.length);
    expect((await store.message(finished.envelope.id))?.stage).toBe('done');
  });

  it('chains audit events and pages through them', async () => {
    const message = newMessage();
    await store.accept(message, start);
    await store.appendAudit([noted('rules.loaded', { count: 3, version: '1.0.0' }), noted('gateway.started')], later(start, 1));
    const all = await store.audit({ after: 0, limit: 10 });
    expect(verifyChain(all)).toEqual({ ok: true });
    expect(all[1]?.event).toEqual(noted('rules.loaded', { version: '1.0.0', count: 3 }));
    expect(await store.audit({ after: 1, limit: 1 })).toEqual([all[1]]);
    expect(await store.audit({ after: 0, limit: 2, newestFirst: true })).toEqual([all[2], all[1]]);
    expect(await store.audit({ after: 0, limit: 9, message: message.envelope.id })).toEqual([all[0]]);
  });

  describe('accounts', () => {
    const user = {
      email: 'Sato@example.co.jp',
      name: '佐藤',
      role: 'approver',
      department: '営業部',
      passwordHash: '$argon2id$1',
    } as const;
    const session: Session = { idHash: 'aa', email: 'sato@example.co.jp', csrf: 'c', startedAt: start, seenAt: start };

    it('adds a user once, by e-mail without case', async () => {
      expect(await store.addUser(user, start)).toBe('added');
      expect(await store.addUser({ ...user, email: 'sato@example.co.jp' }, start)).toBe('exists');
      const added = { ...user, email: 'sato@example.co.jp', disabled: false, failedLogins: 0, lockedUntil: null, createdAt: start };
      expect(await store.user('SATO@example.co.jp')).toEqual(added);
      expect(await store.users()).toEqual([added]);
      expect(await store.user('nobody@example.co.jp')).toBeNull();
      expect(await store.updateUser('nobody@example.co.jp', { disabled: true }, start)).toBe(false);
      await store.updateUser('sato@example.co.jp', { failedLogins: 3, lockedUntil: later(start, 60) }, start);
      expect(await store.user('sato@example.co.jp')).toEqual({ ...added, failedLogins: 3, lockedUntil: later(start, 60) });
    });

    it.each([{ disabled: true }, { passwordHash: '$argon2id$2' }])('ends sessions and tokens with %o', async (change) => {
      await store.addUser(user, start);
      await store.addSession(session);
      await store.addToken({ hash: 'tt', email: session.email, role: 'approver' }, start);
      await store.touchSession('aa', later(start, 5));
      expect(await store.session('aa')).toEqual({ ...session, seenAt: later(start, 5) });
      expect(await store.token('tt')).toEqual({ hash: 'tt', email: session.email, role: 'approver', createdAt: start });
      await store.updateUser(session.email, { failedLogins: 1 }, start);
      expect(await store.session('aa')).not.toBeNull();
      await store.updateUser(session.email, change, start);
      expect(await store.session('aa')).toBeNull();
      expect(await store.token('tt')).toBeNull();
    });

    it('gives a disabled user no session, and nobody a session after it was removed', async () => {
      await store.addUser(user, start);
      await store.addSession(session);
      await store.removeSession('aa');
      expect(await store.session('aa')).toBeNull();
      await store.updateUser(session.email, { disabled: true }, start);
      await store.addSession(session);
      expect(await store.session('aa')).toBeNull();
      await expect(store.addSession({ ...session, idHash: 'bb', email: 'nobody@example.co.jp' })).rejects.toMatchObject({
        code: 'STORE_FAILED',
      });
    });
  });

  it('counts what waits', async () => {
    const [held, queued, waiting] = [newMessage(), newMessage(), newMessage()];
    for (const message of [held, queued, waiting]) await store.accept(message, start);
    await store.apply(held.envelope.id, { stage: 'held', dueAt: null }, start);
    await store.apply(queued.envelope.id, { stage: 'deliver', dueAt: later(start, -40) }, start);
    const stats = await store.stats(later(start, 20));
    expect(stats).toMatchObject({ waiting: 1, queued: 1, held: 1, oldestDueSeconds: 60 });
    expect(stats.bytesOnDisk).toBeGreaterThan(0);
    expect(stats.freeBytes).toBeGreaterThan(0);
    expect((await store.stats(instant(0))).oldestDueSeconds).toBe(0);
  });

  it('takes nothing after close', async () => {
    await store.close();
    await expect(store.accept(newMessage(), start)).rejects.toMatchObject({ code: 'STORE_FAILED' });
  });
});
