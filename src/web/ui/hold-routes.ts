import type { Context, Hono } from 'hono';
import { parseMessageId, type MessageId, type Result } from '../../core/index.ts';
import type { Decider, Refusal } from '../../gateway/index.ts';
import type { Hold } from '../../quarantine/index.ts';
import type { WebDeps, WebEnv } from '../web-deps.ts';
import { statusOf } from '../refusal-status.ts';
import type { Draft } from './decision-panel.ts';
import { holdPage } from './hold-page.ts';
import { errorPage } from './layout.ts';
import { viewSettings } from './view-settings.ts';
import { viewerOf } from './viewer.ts';

type Form = Readonly<Record<string, unknown>>;

/** A hold and what can be done with it. Each POST ends in a redirect, or in the same page with what had been typed and why it was refused. */
export function addHoldRoutes(app: Hono<WebEnv>, deps: WebDeps): void {
  const { review, store } = deps;
  app.get('/holds/:id', async (c) => {
    const id = parseMessageId(c.req.param('id'));
    return id === null ? notFound(c) : show(c, deps, id, null);
  });
  app.post('/holds/:id/return', (c) =>
    decide(c, deps, (id, decider, form) => review.returnToSender(id, decider, { reason: text(form['reason']), version: version(form) })),
  );
  app.post('/holds/:id/release', (c) =>
    decide(c, deps, async (id, decider, form) => {
      const hold = await store.hold(id);
      const recipients = (hold?.recipients ?? []).map(({ address }) => address).filter((address) => form[`decision:${address}`] === 'send');
      const answer = text(form['answer']);
      return review.release(id, decider, {
        recipients,
        reason: text(form['reason']),
        version: version(form),
        answer: answer === '' ? null : answer,
      });
    }),
  );
  app.post('/holds/:id/undo', (c) => decide(c, deps, (id, decider) => review.undo(id, decider)));
}

async function decide(
  c: Context<WebEnv>,
  deps: WebDeps,
  act: (id: MessageId, decider: Decider, form: Form) => Promise<Result<Hold, Refusal>>,
): Promise<Response> {
  const id = parseMessageId(c.req.param('id') ?? '');
  if (id === null) return notFound(c);
  const form = await c.req.parseBody();
  const result = await act(id, { via: 'web', user: c.get('user') }, form);
  if (!result.ok) return show(c, deps, id, { refusal: result.error, draft: draftOf(c, form) });
  return c.redirect(`/holds/${id}${c.req.path.endsWith('/undo') ? '?undone=1' : ''}`, 303);
}

async function show(
  c: Context<WebEnv>,
  deps: WebDeps,
  id: MessageId,
  refused: { readonly refusal: Refusal; readonly draft: Draft } | null,
): Promise<Response> {
  const view = await deps.review.view(id, { via: 'web', user: c.get('user') });
  if (!view.ok) return notFound(c);
  const parts = {
    labels: deps.labels,
    now: deps.clock.now(),
    explain: deps.explain,
    refused,
    done: c.req.query('undone') === '1' ? 'undone' : c.req.query('stopped') === '1' ? 'stopped' : null,
  } as const;
  return c.html(holdPage(viewerOf(c, deps), view.value, parts), refused === null ? 200 : statusOf(refused.refusal));
}

function draftOf(c: Context<WebEnv>, form: Form): Draft {
  const send = Object.keys(form).filter((name) => name.startsWith('decision:') && form[name] === 'send');
  return {
    action: c.req.path.endsWith('/release') ? 'release' : 'return',
    reason: text(form['reason']),
    send: send.map((name) => name.slice('decision:'.length)),
  };
}

function notFound(c: Context<WebEnv>): Response | Promise<Response> {
  const { language, theme } = viewSettings(c);
  return c.html(errorPage(language, theme, 404), 404);
}

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
/** A form always names the version it shows; without one nothing fits. */
const version = (form: Form): number => (/^\d{1,9}$/.test(text(form['version'])) ? Number(form['version']) : -1);
