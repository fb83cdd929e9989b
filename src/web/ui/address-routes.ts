import type { Context, Hono, MiddlewareHandler } from 'hono';
import type { AddressStanding, AllowListEntry } from '../../gateway/index.ts';
import { addressStatus } from '../refusal-status.ts';
import type { WebDeps, WebEnv } from '../web-deps.ts';
import { addressesPage, type AddressesPageParts } from './addresses-page.ts';
import { errorPage } from './layout.ts';
import { viewerOf } from './viewer.ts';

const standings: readonly AddressStanding[] = ['open', 'accepted', 'dismissed'];
const outcomes = ['accepted', 'accepted_later', 'dismissed', 'dismissed_later'] as const;

/** Proposed addresses. Each POST ends in a redirect, or in the same page with what had been typed and why it was refused. */
export function addAddressRoutes(app: Hono<WebEnv>, deps: WebDeps): void {
  const { addresses } = deps;
  const gate: MiddlewareHandler<WebEnv> = async (c, next) => {
    const viewer = viewerOf(c, deps);
    return addresses.mayView(viewer.user) ? next() : c.html(errorPage(viewer.language, viewer.theme, 403), 403);
  };
  app.use('/addresses/*', gate);
  app.get('/addresses', (c) => show(c, deps, null));
  app.get('/addresses/export', async (c) => {
    const csv = await addresses.export({ via: 'web', user: c.get('user') });
    if (!csv.ok) return show(c, deps, null);
    c.header('Content-Disposition', 'attachment; filename="allow-list.csv"');
    return c.body(csv.value, 200, { 'Content-Type': 'text/csv; charset=utf-8' });
  });
  app.post('/addresses/:id/accept', (c) => decide(c, deps, 'accepted'));
  app.post('/addresses/:id/dismiss', (c) => decide(c, deps, 'dismissed'));
}

async function decide(c: Context<WebEnv>, deps: WebDeps, decision: AllowListEntry['decision']): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const form = await c.req.parseBody();
  const reason = typeof form['reason'] === 'string' ? form['reason'].slice(0, 2000) : '';
  // A form always names what it shows; without it nothing fits.
  const standing = standings.find((one) => one === form['standing']);
  const request = { decision, reason, standing: standing ?? (decision === 'accepted' ? 'accepted' : 'dismissed') };
  const result = await deps.addresses.decide(id, { via: 'web', user: c.get('user') }, request);
  if (!result.ok) return show(c, deps, { refusal: result.error, id, reason });
  return c.redirect(`/addresses?done=${decision}${result.value.inForce ? '' : '_later'}`, 303);
}

async function show(c: Context<WebEnv>, deps: WebDeps, refused: AddressesPageParts['refused']): Promise<Response> {
  const { addresses, labels } = deps;
  const viewer = viewerOf(c, deps);
  const book = await addresses.read();
  const page = addressesPage(viewer, {
    book: book.ok ? book.value : null,
    mayDecide: addresses.mayDecide({ via: 'web', user: viewer.user }),
    labels,
    done: refused === null ? (outcomes.find((one) => one === c.req.query('done')) ?? null) : null,
    refused,
  });
  return c.html(page, refused !== null ? addressStatus(refused.refusal) : book.ok ? 200 : addressStatus(book.error));
}
