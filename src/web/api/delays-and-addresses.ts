import type { Hono } from 'hono';
import { z } from 'zod';
import { parseMessageId } from '../../core/index.ts';
import type { AllowListEntry } from '../../gateway/index.ts';
import type { WebDeps } from '../web-deps.ts';
import { decidedAddressJson, delayedJson, holdJson, proposalJson } from './json.ts';
import { refused, refusedAddress, unreadable, type ApiEnv } from './refuse.ts';

const stopBody = z.object({ reason: z.string().max(2000).optional() });
const decisionBody = z.object({ reason: z.string().max(2000), standing: z.enum(['open', 'accepted', 'dismissed']).nullish() });

/** Mail that a policy has wait: `GET /delayed`, `POST /delayed/:id/stop`. */
export function addDelayApi(api: Hono<ApiEnv>, { delays }: WebDeps): void {
  api.get('/delayed', async (c) => c.json({ delayed: (await delays.list(c.get('user'))).map(delayedJson) }));
  api.post('/delayed/:id/stop', async (c) => {
    const id = parseMessageId(c.req.param('id'));
    if (id === null) return refused(c, { code: 'not_found', by: null, at: null });
    const text = await c.req.text();
    const body = stopBody.safeParse(text === '' ? {} : parseJson(text));
    if (!body.success) return unreadable(c);
    const result = await delays.stop(id, { via: 'api', user: c.get('user') }, body.data.reason ?? '');
    if (!result.ok) return refused(c, result.error);
    const { value } = result;
    return c.json({ id, outcome: value.outcome, hold: value.outcome === 'held' ? holdJson(value.hold) : null });
  });
}

/** Proposed addresses: `GET /addresses`, `GET /addresses/export`, `POST /addresses/:id/accept`, `POST /addresses/:id/dismiss`. */
export function addAddressApi(api: Hono<ApiEnv>, { addresses }: WebDeps): void {
  api.get('/addresses', async (c) => {
    if (!addresses.mayView(c.get('user'))) return refusedAddress(c, { code: 'not_allowed', by: null, at: null });
    const book = await addresses.read();
    if (!book.ok) return refusedAddress(c, book.error);
    const decided = (which: AllowListEntry['decision']) =>
      book.value.decided.filter(({ decision }) => decision === which).map(decidedAddressJson);
    return c.json({
      proposals: book.value.open.map(proposalJson),
      accepted: decided('accepted'),
      dismissed: decided('dismissed'),
      problems: book.value.problems.map(({ line, message }) => ({ line, message })),
    });
  });
  api.get('/addresses/export', async (c) => {
    const csv = await addresses.export({ via: 'api', user: c.get('user') });
    return csv.ok ? c.body(csv.value, 200, { 'Content-Type': 'text/csv; charset=utf-8' }) : refusedAddress(c, csv.error);
  });
  for (const [verb, decision] of [
    ['accept', 'accepted'],
    ['dismiss', 'dismissed'],
  ] as const)
    api.post(`/addresses/:id/${verb}`, async (c) => {
      const body = decisionBody.safeParse(await c.req.json().catch(() => null));
      if (!body.success) return unreadable(c);
      const { reason, standing } = body.data;
      const request = { decision, reason, standing: standing ?? null };
      const result = await addresses.decide(c.req.param('id') ?? '', { via: 'api', user: c.get('user') }, request);
      if (!result.ok) return refusedAddress(c, result.error);
      return c.json({ ...decidedAddressJson(result.value.entry), in_force: result.value.inForce });
    });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
