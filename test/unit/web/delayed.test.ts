import { beforeEach, expect, test } from 'vitest';
import { later } from '../../../src/core/index.ts';
import { roles, type Role } from '../../../src/gateway/index.ts';
import { makeWebSite, origin, recipient, unknownId, type WebSite } from '../../support/web-site.ts';

let site: WebSite;
const mail = (role: Role): string => `${role}@example.co.jp`;
const sender = 'tanaka@example.co.jp';
beforeEach(async () => {
  site = makeWebSite();
  for (const role of roles) await site.addUser(mail(role), role);
  await site.addUser(sender, 'sender');
});

const get = async (path: string, cookie: string): Promise<string> => (await site.web.app.request(path, { headers: { cookie } })).text();
const post = async (path: string, csrf: string, cookie: string): Promise<Response> =>
  site.web.app.request(path, { method: 'POST', body: new URLSearchParams({ csrf }), headers: { cookie, origin } });

test('an approver sees why a mail waits and when it goes, and stops it with one click: it is a hold to decide on', async () => {
  const id = await site.delay({ to: [recipient, 'b@example.com'] });
  const { cookie, csrf } = await site.logIn(mail('approver'));
  expect(await get('/holds', cookie)).toMatch(/tab=delayed[^>]*>送信待ち<span class="n num">1</);
  const list = await get('/holds?tab=delayed', cookie);
  for (const text of ['深夜の社外メール', 'ルール night-mail', sender, recipient, 'ほか1件', '11/24 10:25 に送信', '残り 15分', id])
    expect(list).toContain(text);
  expect(list).not.toContain('お手続きのご案内');
  expect((await post(`/delayed/${id}/stop`, 'x', cookie)).status).toBe(403);
  const done = await post(`/delayed/${id}/stop`, csrf, cookie);
  expect([done.status, done.headers.get('location')]).toEqual([303, `/holds/${id}?stopped=1`]);
  expect(await site.store.hold(id)).toMatchObject({ state: 'held', department: '営業部', severity: 'low' });
  const page = await get(`/holds/${id}?stopped=1`, cookie);
  expect(page).toContain('送信を止めました。');
  expect(page).toContain(`深夜の社外メール：${recipient}`);
  expect(page).toContain(`action="/holds/${id}/release"`);
  expect(page).not.toContain('検査を完了できなかった');
  expect(await get('/holds?tab=delayed', cookie)).toContain('時間をおいて送信するメールはありません。');
});

test('an administrator stops, but does not decide; auditors look; another department sees nothing', async () => {
  const id = await site.delay();
  await site.addUser('other@example.co.jp', 'approver', '総務部');
  const other = await site.logIn('other@example.co.jp');
  expect(await get('/holds?tab=delayed', other.cookie)).not.toContain(id);
  expect((await post(`/delayed/${id}/stop`, other.csrf, other.cookie)).status).toBe(404);
  for (const role of ['auditor', 'policy_admin'] as const) {
    const { cookie, csrf } = await site.logIn(mail(role));
    const list = await get('/holds?tab=delayed', cookie);
    expect(list).toContain(id);
    expect(list).not.toContain('/stop"');
    expect((await post(`/delayed/${id}/stop`, csrf, cookie)).status).toBe(403);
  }
  const { cookie, csrf } = await site.logIn(mail('admin'));
  expect((await post(`/delayed/${id}/stop`, csrf, cookie)).status).toBe(303);
  const page = await get(`/holds/${id}?stopped=1`, cookie);
  expect(page).toContain('送信を止めました。承認者が判断します。');
  expect(page).not.toContain(`action="/holds/${id}/release"`);
});

test('the sender takes back his own mail; what waits of others is not shown to him', async () => {
  const own = await site.delay();
  const others = await site.delay({ from: 'suzuki@example.co.jp' });
  const { cookie, csrf } = await site.logIn(sender);
  const mine = await get('/mine', cookie);
  expect(mine).toContain(own);
  expect(mine).toContain('送信を取りやめる');
  expect(mine).not.toContain(others);
  expect((await post(`/delayed/${others}/stop`, csrf, cookie)).status).toBe(404);
  const done = await post(`/delayed/${own}/stop`, csrf, cookie);
  expect(done.headers.get('location')).toBe('/mine?taken_back=1');
  expect(await get('/mine?taken_back=1', cookie)).toContain('送信を取りやめました。');
  expect((await site.store.message(own))?.recipients).toMatchObject([{ state: { status: 'cancelled' } }]);
});

test('too late is said, and nothing is stopped', async () => {
  const id = await site.delay();
  const { cookie, csrf } = await site.logIn(mail('approver'));
  site.clock.now = later(site.clock.now, 15 * 60);
  const late = await post(`/delayed/${id}/stop`, csrf, cookie);
  expect(late.headers.get('location')).toBe('/holds?tab=delayed&refused=too_late');
  expect(await get('/holds?tab=delayed&refused=too_late', cookie)).toMatch(/role="alert"[\s\S]*止められませんでした/);
  expect(await get('/holds?tab=delayed&refused=<b>', cookie)).not.toContain('role="alert"');
  expect(await site.store.hold(id)).toBeNull();
  for (const wrong of [unknownId, 'x']) expect((await post(`/delayed/${wrong}/stop`, csrf, cookie)).status).toBe(404);
});

test('the API', async () => {
  const id = await site.delay();
  const token = await site.token(mail('approver'), 'approver');
  const api = async (path: string, body?: string) => {
    const answer = await site.web.app.request(`/api/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      ...(body === undefined ? {} : { body }),
      headers: { authorization: `Bearer ${token}` },
    });
    return { status: answer.status, body: await answer.json() };
  };
  expect((await api('/delayed')).body).toEqual({
    delayed: [
      {
        id,
        from: sender,
        recipients: [{ address: recipient }],
        received_at: new Date(site.clock.now).toISOString(),
        goes_at: new Date(later(site.clock.now, 900)).toISOString(),
        policies: [{ policy: 'night-mail', policy_version: 1, title: { ja: '深夜の社外メール', en: 'Mail at night' } }],
        own: false,
        may_stop: true,
      },
    ],
  });
  expect((await api(`/delayed/${id}/stop`, '{"reason":5}')).status).toBe(422);
  expect((await api(`/delayed/${id}/stop`, 'no json')).status).toBe(422);
  expect(await api(`/delayed/${id}/stop`, '{"reason":"宛先を確認"}')).toMatchObject({
    status: 200,
    body: { id, outcome: 'held', hold: { id, state: 'held', reasons: ['site.night_mail'] } },
  });
  const stopped = (await site.store.audit({ after: 0, limit: 100 })).find(({ event }) => event.type === 'message.stopped');
  expect(stopped?.event).toMatchObject({ actor: { name: mail('approver') }, details: { reason: '宛先を確認', via: 'api' } });
  expect((await api(`/delayed/${id}/stop`, '')).status).toBe(409);
});
