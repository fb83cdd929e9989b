import { beforeEach, describe, expect, test } from 'vitest';
import { instant, later, type MessageId } from '../../../src/core/index.ts';
import type { Role } from '../../../src/gateway/index.ts';
import { roles } from '../../../src/gateway/index.ts';
import { hashPassword, verifyPassword } from '../../../src/web/index.ts';
import { makeWebSite, origin, password, recipient, secrets, unknownId, type WebSite } from '../../support/web-site.ts';

let site: WebSite;
let id: MessageId;
const mail = (role: Role): string => `${role}@example.co.jp`;
beforeEach(async () => {
  site = makeWebSite();
  for (const role of roles) await site.addUser(mail(role), role);
  id = await site.hold();
});

const get = async (path: string, cookie?: string): Promise<Response> =>
  site.web.app.request(path, cookie === undefined ? {} : { headers: { cookie } });
const post = async (path: string, fields: Record<string, string>, headers: Record<string, string>): Promise<Response> =>
  site.web.app.request(path, { method: 'POST', body: new URLSearchParams(fields), headers });
const goodRelease = { reason: '電話でご本人に確認しました。', version: '1', answer: 'C1042', [`decision:${recipient}`]: 'send' };

test('a password verifies against its PHC string only', async () => {
  const phc = await hashPassword('ｐａｓｓ word 12');
  expect(phc).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verifyPassword('pass word 12', phc)).toBe(true);
  expect(await verifyPassword('pass word 13', phc)).toBe(false);
  expect(await verifyPassword('x', '$2b$10$abc')).toBe(false);
});

describe('log-in', () => {
  const tryLogIn = (email: string, typed: string, next = '/'): Promise<Response> =>
    post('/login', { email, password: typed, next }, { origin });

  test('says the same for an unknown address and a wrong password, and locks after five failures for 15 minutes', async () => {
    const unknown = await (await tryLogIn('nobody@example.co.jp', 'x')).text();
    const wrong = await (await tryLogIn(mail('approver'), 'x')).text();
    expect(wrong.replace(mail('approver'), '')).toBe(unknown.replace('nobody@example.co.jp', ''));
    for (let attempt = 2; attempt <= 5; attempt += 1) await tryLogIn(mail('approver'), 'x');
    const locked = await tryLogIn(mail('approver'), password);
    expect(locked.status).toBe(401);
    expect(await locked.text()).toContain('15分間');
    site.clock.now = later(site.clock.now, 15 * 60);
    expect((await tryLogIn(mail('approver'), password)).status).toBe(303);
  });

  test('is refused from another site, and never redirects to one', async () => {
    const fields = { email: mail('approver'), password };
    expect((await post('/login', fields, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await post('/login', fields, {})).status).toBe(403);
    for (const next of ['//evil.example', 'https://evil.example/', '/\\evil.example', '/%0d%0aSet-Cookie: a=b'])
      expect((await tryLogIn(mail('approver'), password, next)).headers.get('location')).toBe('/');
    expect((await tryLogIn(mail('approver'), password, '/holds/ABC')).headers.get('location')).toBe('/holds/ABC');
  });

  test('sets a cookie that scripts and other sites cannot use; with https a __Host- one', async () => {
    expect((await tryLogIn(mail('approver'), password)).headers.get('set-cookie')).toMatch(
      /^sekisho=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const secure = makeWebSite({ publicUrl: 'https://mail.example.co.jp' });
    await secure.addUser(mail('approver'), 'approver');
    const { cookie } = await secure.logIn(mail('approver'));
    expect(cookie).toMatch(/^__Host-sekisho=/);
  });

  test('ends after 30 idle minutes, after 8 hours, and on log-out', async () => {
    const { cookie, csrf } = await site.logIn(mail('approver'));
    const began = site.clock.now;
    for (let minutes = 20; minutes < 480; minutes += 20) {
      site.clock.now = instant(began + minutes * 60_000);
      expect((await get('/help', cookie)).status).toBe(200);
    }
    site.clock.now = instant(began + 480 * 60_000);
    expect((await get('/help', cookie)).status).toBe(303);
    const second = await site.logIn(mail('approver'));
    site.clock.now = later(site.clock.now, 30 * 60);
    expect((await get('/help', second.cookie)).status).toBe(303);
    const third = await site.logIn(mail('approver'));
    expect((await post('/logout', { csrf }, { cookie: third.cookie, origin })).status).toBe(403);
    expect((await post('/logout', { csrf: third.csrf }, { cookie: third.cookie, origin })).status).toBe(303);
    expect((await get('/help', third.cookie)).status).toBe(303);
  });
});

describe('decisions', () => {
  test('need the session’s CSRF token and our own origin', async () => {
    const { cookie, csrf } = await site.logIn(mail('approver'));
    for (const [fields, headers] of [
      [goodRelease, { cookie, origin }],
      [
        { ...goodRelease, csrf: 'x' },
        { cookie, origin },
      ],
      [
        { ...goodRelease, csrf },
        { cookie, origin: 'https://evil.example' },
      ],
      [
        { ...goodRelease, csrf },
        { cookie, 'sec-fetch-site': 'cross-site', origin },
      ],
      [{ ...goodRelease, csrf }, { cookie }],
      [{ ...goodRelease, csrf }, { origin }],
    ] as const)
      expect((await post(`/holds/${id}/release`, fields, headers)).status).toBe(403);
    expect((await site.store.hold(id))?.state).toBe('held');
    expect((await post(`/holds/${id}/release`, { ...goodRelease, csrf }, { cookie, origin })).status).toBe(303);
    expect((await site.store.hold(id))?.state).toBe('releasing');
  });

  test('high risk takes a recipient, the right answer, a long reason and the version shown; what was typed stays', async () => {
    const { cookie, csrf } = await site.logIn(mail('approver'));
    const good = { ...goodRelease, csrf };
    const cases: readonly (readonly [Record<string, string>, number])[] = [
      [{ ...good, reason: 'よい' }, 422],
      [{ ...good, [`decision:${recipient}`]: 'drop' }, 422],
      [{ ...good, answer: '' }, 422],
      [{ ...good, answer: 'C2077' }, 422],
      [{ ...good, version: '7' }, 409],
      [{ ...good, version: '' }, 409],
    ];
    for (const [fields, status] of cases) {
      const answer = await post(`/holds/${id}/release`, fields, { cookie, origin });
      expect([status, answer.status]).toEqual([status, status]);
      expect(await answer.text()).toContain(fields['reason']);
    }
    expect((await site.store.hold(id))?.state).toBe('held');
  });

  test('can be undone for 30 seconds, not later', async () => {
    const { cookie, csrf } = await site.logIn(mail('approver'));
    await post(`/holds/${id}/return`, { csrf, reason: '宛先違い', version: '1' }, { cookie, origin });
    expect((await site.store.hold(id))?.state).toBe('returning');
    expect(await (await get(`/holds/${id}`, cookie)).text()).toContain(`action="/holds/${id}/undo"`);
    expect((await post(`/holds/${id}/undo`, { csrf }, { cookie, origin })).status).toBe(303);
    expect((await site.store.hold(id))?.state).toBe('held');
    await post(`/holds/${id}/return`, { csrf, reason: '宛先違い', version: '3' }, { cookie, origin });
    site.clock.now = later(site.clock.now, 30);
    expect((await post(`/holds/${id}/undo`, { csrf }, { cookie, origin })).status).toBe(409);
  });

  test('on one’s own mail are refused on every route', async () => {
    const own = await site.hold({ from: mail('approver') });
    const { cookie, csrf } = await site.logIn(mail('approver'));
    expect(await (await get(`/holds/${own}`, cookie)).text()).not.toContain(`action="/holds/${own}/release"`);
    for (const act of ['release', 'return', 'undo'])
      expect((await post(`/holds/${own}/${act}`, { ...goodRelease, csrf }, { cookie, origin })).status).toBe(403);
    const token = await site.token(mail('approver'), 'approver');
    for (const act of ['release', 'return'])
      expect(
        (await api(`/holds/${own}/${act}`, token, { reason: '電話でご本人に確認しました。', recipients: [recipient], answer: 'C1042' }))
          .status,
      ).toBe(403);
  });
});

const api = async (path: string, token: string | null, body?: object): Promise<Response> =>
  site.web.app.request(`/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
  });

test('role × route', async () => {
  const routes = ['/holds', `/holds/${id}`, '/mine', '/history', '/audit', '/help', `/holds/${unknownId}`, '/holds/x', '/addresses'];
  const apiRoutes = ['/holds', `/holds/${id}`, '/messages', '/audit', '/delayed', '/addresses'];
  const golden: Readonly<Record<Role, readonly number[]>> = {
    sender: [403, 404, 200, 403, 403, 200, 404, 404, 403, 200, 404, 403, 403, 200, 403, 404, 404],
    approver: [200, 200, 200, 200, 403, 200, 404, 404, 403, 200, 200, 403, 403, 200, 403, 303, 200],
    auditor: [200, 200, 200, 200, 200, 200, 404, 404, 200, 200, 200, 200, 200, 200, 200, 403, 403],
    policy_admin: [200, 200, 200, 200, 403, 200, 404, 404, 200, 200, 200, 403, 403, 200, 200, 403, 403],
    admin: [200, 200, 200, 200, 200, 200, 404, 404, 200, 200, 200, 200, 200, 200, 200, 403, 403],
  };
  const seen: Record<string, number[]> = {};
  for (const role of roles) {
    id = await site.hold();
    const { cookie, csrf } = await site.logIn(mail(role));
    const token = await site.token(mail(role), role);
    const statuses: number[] = [];
    for (const path of routes) statuses.push((await get(path, cookie)).status);
    for (const path of apiRoutes) statuses.push((await api(path, token)).status);
    statuses.push((await post(`/holds/${id}/return`, { csrf, reason: '宛先違い', version: '1' }, { cookie, origin })).status);
    const other = await site.hold();
    statuses.push((await api(`/holds/${other}/return`, token, { reason: '宛先違い' })).status);
    seen[role] = statuses;
  }
  expect(seen).toEqual(golden);
});

test('an approver of another department neither sees nor decides the mail', async () => {
  await site.addUser('other@example.co.jp', 'approver', '総務部');
  const { cookie, csrf } = await site.logIn('other@example.co.jp');
  expect((await get(`/holds/${id}`, cookie)).status).toBe(404);
  expect((await post(`/holds/${id}/release`, { ...goodRelease, csrf }, { cookie, origin })).status).toBe(404);
  expect(await (await get('/holds', cookie)).text()).not.toContain(id);
});

describe('what the HTML holds', () => {
  test('names, but no masked value; nothing of the mail for auditors and administrators', async () => {
    id = await site.hold({ subject: `件名 ${secrets[0]}`, fileName: `${secrets[0]}.xlsx` });
    const { cookie } = await site.logIn(mail('approver'));
    const page = await (await get(`/holds/${id}`, cookie)).text();
    expect(page).toContain('佐藤 花子');
    expect(page).toContain('ご連絡先は');
    for (const secret of secrets) expect(page).not.toContain(secret);
    for (const role of ['auditor', 'policy_admin', 'admin'] as const) {
      const other = await (await get(`/holds/${id}`, (await site.logIn(mail(role))).cookie)).text();
      expect(other).not.toContain('ご連絡先は');
      expect(other).not.toContain('件名 ');
      expect(other).not.toContain(`action="/holds/${id}/release"`);
    }
  });

  test('mail text is inert and its control characters are written out', async () => {
    const hostile = '<script>alert(1)</script><img src=x onerror=alert(1)>"\'><a href="javascript:alert(1)">\u202Egnp.exe\u0007';
    id = await site.hold({ text: `${hostile}\n佐藤 花子`, subject: hostile, fileName: `${hostile}.xlsx` });
    const { cookie, csrf } = await site.logIn(mail('approver'));
    await post(`/holds/${id}/return`, { csrf, reason: hostile, version: '9' }, { cookie, origin });
    const page = await (await post(`/holds/${id}/return`, { csrf, reason: hostile, version: '9' }, { cookie, origin })).text();
    expect(page).not.toMatch(/<script>|<img|href="javascript/);
    expect(page).toContain('&lt;script&gt;');
    expect(page).toContain('[U+202E]');
  });

  test('no inline script or style, and the headers that forbid them', async () => {
    const { cookie } = await site.logIn(mail('approver'));
    for (const path of ['/login', '/holds', `/holds/${id}`, '/history', '/mine', '/help', '/nothing']) {
      const answer = await get(path, cookie);
      const page = await answer.text();
      expect(page).not.toMatch(/<style|\sstyle=|\son[a-z]+=|<script(?! src="\/assets)/);
      expect(page.match(/<h1[ >]/g)).toHaveLength(1);
      expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
      expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });
});

describe('API', () => {
  test('takes tokens, never cookies', async () => {
    const { cookie } = await site.logIn(mail('approver'));
    const answer = await get('/api/v1/holds', cookie);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({
      error: { code: 'unauthorized', message: { ja: 'トークンが必要です。', en: 'A bearer token is needed.' } },
    });
    expect((await api('/holds', 'A'.repeat(43))).status).toBe(401);
  });

  test('speaks the shapes that scripts rely on', async () => {
    const token = await site.token(mail('approver'), 'approver');
    const shown = (await (await api(`/holds/${id}`, token)).json()) as object;
    expect(Object.keys(shown)).toEqual([
      'id',
      'state',
      'phase',
      'severity',
      'from',
      'recipients',
      'held_at',
      'due_at',
      'expires_at',
      'reasons',
      'version',
      'about',
      'policy_set',
      'rule_set',
      'details',
    ]);
    expect(shown).toMatchObject({
      details: [
        {
          code: 'wrong_customer',
          policy: 'wrong-customer',
          policy_version: 1,
          action: 'hold',
          message: { ja: expect.any(String) as string, en: expect.any(String) as string },
        },
      ],
    });
    expect((await api(`/holds/${id}/release`, token, { reason: 5 })).status).toBe(422);
    expect((await api(`/holds/${id}/release`, token, { reason: '電話でご本人に確認しました。', version: 1 })).status).toBe(422);
    const good = { reason: '電話でご本人に確認しました。', version: 1, recipients: [recipient], answer: 'C1042' };
    expect(await (await api(`/holds/${id}/release`, token, good)).json()).toMatchObject({ state: 'releasing', version: 2 });
    expect((await api(`/holds/${id}/release`, token, good)).status).toBe(409);
    expect((await site.web.app.request('/api/v1/openapi.json')).status).toBe(200);
    expect((await get('/metrics')).status).toBe(401);
    expect((await get('/healthz')).status).toBe(200);
  });
});
