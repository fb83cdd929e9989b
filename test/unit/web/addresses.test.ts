import { beforeEach, expect, test } from 'vitest';
import { roles, type Role } from '../../../src/gateway/index.ts';
import { makeWebSite, origin, recipient, type WebSite } from '../../support/web-site.ts';

let site: WebSite;
const mail = (role: Role): string => `${role}@example.co.jp`;
beforeEach(async () => {
  site = makeWebSite();
  for (const role of roles) await site.addUser(mail(role), role);
});

const get = async (path: string, cookie: string): Promise<Response> => site.web.app.request(path, { headers: { cookie } });
const post = async (path: string, fields: Record<string, string>, cookie: string, from = origin): Promise<Response> =>
  site.web.app.request(path, { method: 'POST', body: new URLSearchParams(fields), headers: { cookie, origin: from } });
async function api(path: string, token: string, body?: object): Promise<{ status: number; body: unknown }> {
  const answer = await site.web.app.request(`/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    headers: { authorization: `Bearer ${token}` },
  });
  return { status: answer.status, body: await answer.json() };
}

/** Two mails about 佐藤 花子 were released to an address that her record does not have. */
async function propose(from = 'tanaka@example.co.jp'): Promise<string> {
  for (let mails = 0; mails < 2; mails += 1) await site.release(await site.hold({ from }));
  const { body } = await api('/addresses', await site.token(mail('admin'), 'admin'));
  return (body as { proposals: readonly { id: string }[] }).proposals[0]?.id ?? '';
}
const events = async (): Promise<readonly string[]> =>
  (await site.store.audit({ after: 0, limit: 200 })).map(({ event }) => event.type).filter((type) => type.startsWith('address.'));

test('nothing proposed: the page says so, and where proposals come from', async () => {
  const { cookie } = await site.logIn(mail('admin'));
  const page = await (await get('/addresses', cookie)).text();
  expect(page).toContain('登録の提案はありません。');
  expect(page).toContain('customers.propose_after');
  expect(page).toContain('href="/addresses"');
});

test('an administrator accepts: by form, with a reason, once; it is in force, in the list and in the audit log', async () => {
  const id = await propose();
  const { cookie, csrf } = await site.logIn(mail('admin'));
  const page = await (await get('/addresses', cookie)).text();
  expect(page).toContain('佐藤 花子さん（••••1042）');
  expect(page).toContain(recipient);
  expect(page).toContain('許可 2回');
  const form = { csrf, standing: 'open', reason: '電話でご本人に確認' };
  expect((await post(`/addresses/${id}/accept`, { ...form, csrf: 'x' }, cookie)).status).toBe(403);
  expect((await post(`/addresses/${id}/accept`, form, cookie, 'https://evil.example')).status).toBe(403);
  expect((await post(`/addresses/${id}/accept`, { csrf, reason: 'x' }, cookie)).status).toBe(409);
  const empty = await post(`/addresses/${id}/accept`, { ...form, reason: '  ' }, cookie);
  expect(empty.status).toBe(422);
  expect(await empty.text()).toMatch(/role="alert"[\s\S]*理由を入力してください/);
  expect(site.allowList.entries).toEqual([]);
  const done = await post(`/addresses/${id}/accept`, form, cookie);
  expect(done.headers.get('location')).toBe('/addresses?done=accepted');
  expect(site.allowList).toMatchObject({
    inForce: 1,
    entries: [
      {
        decision: 'accepted',
        customer: 'C1042',
        address: recipient,
        releases: 2,
        decidedBy: mail('admin'),
        decidedAt: new Date(site.clock.now).toISOString(),
        releasedBy: 'approver@example.co.jp',
        reason: '電話でご本人に確認',
      },
    ],
  });
  const again = await post(`/addresses/${id}/accept`, form, cookie);
  expect(again.status).toBe(409);
  expect(await again.text()).toContain(`すでに判断されています。今回の操作は行われていません。</b>　${mail('admin')}`);
  expect(site.allowList.entries).toHaveLength(1);
  expect(await events()).toEqual(['address.accepted']);
  const after = await (await get('/addresses?done=accepted', cookie)).text();
  expect(after).toContain('次のメールから登録済みとして扱われます。</div>');
  expect(after).toContain('電話でご本人に確認');
  expect(after).toContain('採用をやめる');
});

test('two clicks at once are one decision', async () => {
  const id = await propose();
  const { cookie, csrf } = await site.logIn(mail('policy_admin'));
  const form = { csrf, standing: 'open', reason: '確認済み' };
  const statuses = await Promise.all([1, 2, 3].map(async () => (await post(`/addresses/${id}/accept`, form, cookie)).status));
  expect(statuses.toSorted((a, b) => a - b)).toEqual([303, 409, 409]);
  expect(site.allowList.entries).toHaveLength(1);
});

test('what was dismissed is not proposed again, and can be accepted after all; an accepted one can be taken back', async () => {
  const id = await propose();
  const { cookie, csrf } = await site.logIn(mail('admin'));
  const act = async (verb: string, standing: string): Promise<number> =>
    (await post(`/addresses/${id}/${verb}`, { csrf, standing, reason: '理由' }, cookie)).status;
  expect(await act('dismiss', 'open')).toBe(303);
  const page = await (await get('/addresses', cookie)).text();
  expect(page).toContain('登録の提案はありません。');
  expect(page).toContain('見送ったアドレス');
  expect(await act('accept', 'open')).toBe(409);
  expect(await act('accept', 'dismissed')).toBe(303);
  expect(site.allowList.inForce).toBe(1);
  expect(await act('dismiss', 'accepted')).toBe(303);
  expect(site.allowList.inForce).toBe(0);
  expect(await events()).toEqual(['address.dismissed', 'address.accepted', 'address.dismissed']);
});

test('who may: administrators decide, auditors look, others do not see it; whoever sent one of the mails does not decide', async () => {
  const id = await propose(mail('policy_admin'));
  for (const role of roles) {
    const { cookie } = await site.logIn(mail(role));
    const menu = await (await get('/help', cookie)).text();
    const sees = ['admin', 'policy_admin', 'auditor'].includes(role);
    expect([role, menu.includes('href="/addresses"')]).toEqual([role, sees]);
    expect((await get('/addresses', cookie)).status).toBe(sees ? 200 : 403);
    expect((await get('/addresses/export', cookie)).status).toBe(sees ? 200 : 403);
  }
  for (const role of ['sender', 'approver', 'auditor', 'policy_admin'] as const) {
    const { cookie, csrf } = await site.logIn(mail(role));
    expect((await post(`/addresses/${id}/accept`, { csrf, standing: 'open', reason: 'はい' }, cookie)).status).toBe(403);
    expect((await api(`/addresses/${id}/accept`, await site.token(mail(role), role), { reason: 'はい' })).status).toBe(403);
  }
  expect(await (await get('/addresses', (await site.logIn(mail('auditor'))).cookie)).text()).not.toContain('/accept"');
  expect(site.allowList.entries).toEqual([]);
  expect(await api(`/addresses/${id}/accept`, await site.token(mail('policy_admin'), 'policy_admin'), { reason: 'はい' })).toMatchObject({
    status: 403,
    body: { error: { code: 'own_mail', message: { en: expect.stringContaining('somebody else must') as string } } },
  });
});

test('the API: proposals and decisions in plain JSON, the export as CSV, audited', async () => {
  const id = await propose();
  const token = await site.token(mail('admin'), 'admin');
  expect((await api('/addresses', token)).body).toEqual({
    proposals: [
      {
        id,
        customer: 'C1042',
        address: recipient,
        releases: 2,
        proposed_at: new Date(site.clock.now).toISOString(),
        last_at: new Date(site.clock.now).toISOString(),
        released_by: ['approver@example.co.jp'],
      },
    ],
    accepted: [],
    dismissed: [],
    problems: [],
  });
  expect((await api(`/addresses/${id}/accept`, token, { reason: 5 })).status).toBe(422);
  expect((await api(`/addresses/${id}/accept`, token, { reason: '' })).status).toBe(422);
  expect((await api('/addresses/000000000000/accept', token, { reason: 'はい' })).status).toBe(404);
  expect(await api(`/addresses/${id}/accept`, token, { reason: 'はい', standing: 'open' })).toMatchObject({
    status: 200,
    body: { decision: 'accepted', customer: 'C1042', address: recipient, decided_by: mail('admin'), in_force: true },
  });
  expect((await api('/addresses', token)).body).toMatchObject({ proposals: [], accepted: [{ id, reason: 'はい' }] });
  const { cookie } = await site.logIn(mail('admin'));
  const csv = await get('/addresses/export', cookie);
  expect(csv.headers.get('content-disposition')).toBe('attachment; filename="allow-list.csv"');
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(await csv.text()).toBe(`C1042,${recipient}\n`);
  expect(await events()).toEqual(['address.accepted', 'address.exported']);
});

test('a list that cannot be read or written: nothing changes, and the page names the setting', async () => {
  const id = await propose();
  const { cookie, csrf } = await site.logIn(mail('admin'));
  site.allowList.broken = true;
  for (const answer of [
    await get('/addresses', cookie),
    await get('/addresses/export', cookie),
    await post(`/addresses/${id}/accept`, { csrf, standing: 'open', reason: '確認済み' }, cookie),
  ]) {
    expect([303, 503]).toContain(answer.status);
    expect(await answer.text()).toContain('customers.allow_list');
  }
  expect(await events()).toEqual([]);
});

test('hostile addresses, reasons and names are text; no inline script or style', async () => {
  const id = await propose();
  const { cookie, csrf } = await site.logIn(mail('admin'));
  const hostile = '<script>alert(1)</script>"\'\u202E';
  const refused = await (await post(`/addresses/${id}/accept`, { csrf, standing: 'accepted', reason: hostile }, cookie)).text();
  expect(refused).toContain('&lt;script&gt;');
  await post(`/addresses/${id}/accept`, { csrf, standing: 'open', reason: hostile }, cookie);
  const page = await (await get('/addresses', cookie)).text();
  for (const text of [refused, page]) {
    expect(text).not.toMatch(/<style|\sstyle=|\son[a-z]+=|<script(?! src="\/assets)/);
    expect(text.match(/<h1[ >]/g)).toHaveLength(1);
  }
  expect(page).toContain('[U+202E]');
});
