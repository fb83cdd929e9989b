import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { parseMessageId, type MessageId, type Result } from '../../core/index.ts';
import type { Refusal, Stage, User } from '../../gateway/index.ts';
import { holdStates, type Hold } from '../../quarantine/index.ts';
import type { Address } from '../../message/index.ts';
import { hashSecret } from '../auth/secret.ts';
import type { WebDeps } from '../web-deps.ts';
import { addAddressApi, addDelayApi } from './delays-and-addresses.ts';
import { auditJson, holdDetailJson, holdJson, messageJson } from './json.ts';
import { openApi } from './open-api.ts';
import { fail, refused, unreadable, type ApiEnv } from './refuse.ts';

const page = { limit: z.coerce.number().int().min(1).max(500).default(100), offset: z.coerce.number().int().min(0).default(0) };
const holdsQuery = z.object({ state: z.enum(holdStates).optional(), ...page });
const stages = ['inspect', 'held', 'deliver', 'done'] as const satisfies readonly Stage[];
const messagesQuery = z.object({ stage: z.enum(stages).optional(), from: z.string().max(320).optional(), ...page });
const auditQuery = z.object({ after: z.coerce.number().int().min(0).default(0), limit: page.limit, message: z.string().optional() });
const version = z.number().int().min(1).nullish();
const releaseBody = z.object({
  reason: z.string().max(2000),
  recipients: z.array(z.string().max(320)).max(1000).nullish(),
  version,
  answer: z.string().max(200).nullish(),
});
const returnBody = z.object({ reason: z.string().max(2000), version });

/** The API for scripts. It takes bearer tokens only: a cookie is not even looked at, so no page can make a browser call it. */
export function createApi(deps: WebDeps): Hono<ApiEnv> {
  const api = new Hono<ApiEnv>();
  api.get('/openapi.json', (c) => c.json(openApi));
  api.use(async (c, next) => {
    const user = await personOfToken(deps, c.req.header('authorization'));
    if (user === null) {
      c.header('WWW-Authenticate', 'Bearer');
      return fail(c, 401, 'unauthorized', 'トークンが必要です。', 'A bearer token is needed.');
    }
    c.set('user', user);
    return next();
  });
  addHolds(api, deps);
  addLists(api, deps);
  addDelayApi(api, deps);
  addAddressApi(api, deps);
  return api;
}

/** The account behind `Authorization: Bearer …`, in the token's role; null without a valid token. */
export async function personOfToken({ store }: WebDeps, header: string | undefined): Promise<User | null> {
  const secret = /^Bearer ([\w-]{20,200})$/i.exec(header ?? '')?.[1];
  const token = secret === undefined ? null : await store.token(hashSecret(secret));
  const user = token === null ? null : await store.user(token.email);
  return token === null || user === null || user.disabled ? null : { ...user, role: token.role };
}

function addHolds(api: Hono<ApiEnv>, deps: WebDeps): void {
  const { store, review } = deps;
  api.get('/holds', async (c) => {
    const query = holdsQuery.safeParse(c.req.query());
    if (!query.success) return unreadable(c);
    const { state, limit, offset } = query.data;
    const user = c.get('user');
    const own =
      user.role === 'sender'
        ? { ownedBy: user.email, departments: null }
        : { departments: review.departmentsOf(user), approver: user.email };
    const holds = await store.holds({ ...own, ...(state === undefined ? {} : { states: [state] }), limit, offset });
    return c.json({ holds: holds.map(holdJson) });
  });
  api.get('/holds/:id', async (c) => {
    const id = parseMessageId(c.req.param('id'));
    const view = id === null ? null : await review.view(id, { via: 'api', user: c.get('user') });
    if (view === null) return refused(c, { code: 'not_found', by: null, at: null });
    return view.ok ? c.json(holdDetailJson(view.value.hold, view.value.message, deps.explain)) : refused(c, view.error);
  });
  api.post('/holds/:id/release', (c) =>
    decide(c, releaseBody, (id, body) =>
      review.release(
        id,
        { via: 'api', user: c.get('user') },
        {
          reason: body.reason,
          recipients: (body.recipients as Address[] | null | undefined) ?? null,
          version: body.version ?? null,
          answer: body.answer ?? null,
        },
      ),
    ),
  );
  api.post('/holds/:id/return', (c) =>
    decide(c, returnBody, (id, body) =>
      review.returnToSender(id, { via: 'api', user: c.get('user') }, { reason: body.reason, version: body.version ?? null }),
    ),
  );
}

function addLists(api: Hono<ApiEnv>, { store }: WebDeps): void {
  const seesAll = (user: User): boolean => user.role === 'auditor' || user.role === 'admin';
  api.get('/messages', async (c) => {
    if (!seesAll(c.get('user'))) return refused(c, { code: 'not_allowed', by: null, at: null });
    const query = messagesQuery.safeParse(c.req.query());
    if (!query.success) return unreadable(c);
    const { stage, from, limit, offset } = query.data;
    const messages = await store.messages({
      ...(stage === undefined ? {} : { stage }),
      ...(from === undefined ? {} : { from }),
      limit,
      offset,
    });
    return c.json({ messages: messages.map(messageJson) });
  });
  api.get('/audit', async (c) => {
    if (!seesAll(c.get('user'))) return refused(c, { code: 'not_allowed', by: null, at: null });
    const query = auditQuery.safeParse(c.req.query());
    if (!query.success) return unreadable(c);
    const message = query.data.message === undefined ? null : parseMessageId(query.data.message);
    if (query.data.message !== undefined && message === null) return unreadable(c);
    const records = await store.audit({ after: query.data.after, limit: query.data.limit, ...(message === null ? {} : { message }) });
    return c.json({ records: records.map(auditJson) });
  });
}

async function decide<Body>(
  c: Context<ApiEnv>,
  schema: z.ZodType<Body>,
  act: (id: MessageId, body: Body) => Promise<Result<Hold, Refusal>>,
): Promise<Response> {
  const id = parseMessageId(c.req.param('id') ?? '');
  if (id === null) return refused(c, { code: 'not_found', by: null, at: null });
  const body = schema.safeParse(await c.req.json().catch(() => null));
  if (!body.success) return unreadable(c);
  const result = await act(id, body.data);
  return result.ok ? c.json(holdJson(result.value)) : refused(c, result.error);
}
