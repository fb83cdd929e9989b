import type { Hono } from 'hono';
import { verifyChain, type AuditRecord } from '../../audit/index.ts';
import { reasonCodes } from '../../policy/index.ts';
import type { Refusal } from '../../gateway/index.ts';
import type { Hold, HoldState } from '../../quarantine/index.ts';
import type { WebDeps, WebEnv } from '../web-deps.ts';
import { errorPage, pagesOf, type PageName } from './layout.ts';
import { auditPage, helpPage, historyPage, minePage } from './lists.ts';
import { trayPage, trayTabs, type HeldRow, type StopNote, type TrayFilter, type TrayTab } from './tray.ts';
import { texts } from './texts.ts';
import { viewerOf } from './viewer.ts';

const pageSize = 50;
const maxHolds = 1000;
const decidedStates: readonly HoldState[] = ['releasing', 'returning', 'released', 'returned', 'cancelled', 'expired'];
const gates: Readonly<Record<string, PageName>> = {
  '/holds': 'tray',
  '/mine': 'mine',
  '/history': 'history',
  '/audit': 'audit',
  '/addresses': 'addresses',
  '/help': 'help',
};

export function addListRoutes(app: Hono<WebEnv>, deps: WebDeps): void {
  const { store, labels, clock, review, delays } = deps;
  for (const [path, name] of Object.entries(gates))
    app.get(path, (c, next) => {
      const viewer = viewerOf(c, deps);
      return pagesOf(viewer.user).includes(name) ? next() : c.html(errorPage(viewer.language, viewer.theme, 403), 403);
    });
  app.get('/holds', async (c) => {
    const viewer = viewerOf(c, deps);
    const departments = review.departmentsOf(viewer.user);
    const [delayed, held, recent] = await Promise.all([
      delays.list(viewer.user),
      store.holds({ states: ['held'], departments, approver: viewer.user.email, limit: maxHolds, offset: 0 }),
      store.holds({ states: decidedStates, departments, approver: viewer.user.email, limit: pageSize, offset: 0 }),
    ]);
    const filter = readFilter((name) => c.req.query(name));
    const lists: Readonly<Record<TrayTab, readonly Hold[]>> = {
      delayed: [],
      approval: held.filter(({ phase }) => phase !== 'self_check'),
      self: held.filter(({ phase }) => phase === 'self_check'),
      recent,
    };
    const matching = lists[filter.tab].filter(
      (hold) => (filter.risk === null || hold.severity === filter.risk) && (filter.reason === null || hold.reasons.includes(filter.reason)),
    );
    const ordered = filter.tab === 'recent' ? matching : matching.toSorted((a, b) => a.dueAt - b.dueAt);
    const offset = count(c.req.query('offset'));
    const rows = await withMessages(deps, ordered.slice(offset, offset + pageSize));
    const counts = { approval: lists.approval.length, self: lists.self.length, delayed: delayed.length, recent: lists.recent.length };
    const next = offset + pageSize < ordered.length ? offset + pageSize : null;
    const note = noteOf((name) => c.req.query(name));
    return c.html(trayPage(viewer, { filter, rows, delayed, note, total: ordered.length, counts, next }, labels, clock.now()));
  });
  app.get('/mine', async (c) => {
    const viewer = viewerOf(c, deps);
    const holds = await store.holds({ departments: null, ownedBy: viewer.user.email, limit: pageSize, offset: 0 });
    const delayed = (await delays.list(viewer.user)).filter(({ isOwn }) => isOwn);
    const note = noteOf((name) => c.req.query(name));
    return c.html(minePage(viewer, { rows: await withMessages(deps, holds), delayed, note }, labels, clock.now()));
  });
  app.get('/history', async (c) => {
    const viewer = viewerOf(c, deps);
    const departments = review.departmentsOf(viewer.user);
    const holds = await store.holds({ states: decidedStates, departments, approver: viewer.user.email, limit: 200, offset: 0 });
    const messages = departments === null ? await store.messages({ origin: 'smtp', limit: 100, offset: 0 }) : null;
    return c.html(historyPage(viewer, await withMessages(deps, holds), messages, labels));
  });
  app.get('/audit', async (c) => {
    const viewer = viewerOf(c, deps);
    const records = await latestRecords(deps, count(c.req.query('before')));
    const lowest = records.at(-1)?.seq ?? 1;
    const list = { records, brokenAt: brokenAt(records), kind: c.req.query('kind') ?? '', next: lowest > 1 ? lowest : null };
    return c.html(auditPage(viewer, list));
  });
  app.get('/help', (c) => c.html(helpPage(viewerOf(c, deps))));
}

function readFilter(query: (name: string) => string | undefined): TrayFilter {
  const risk = query('risk');
  return {
    tab: trayTabs.find((tab) => tab === query('tab')) ?? 'approval',
    risk: risk === 'high' || risk === 'medium' || risk === 'low' ? risk : null,
    reason: reasonCodes.find((code) => code === query('reason')) ?? null,
  };
}

function noteOf(query: (name: string) => string | undefined): StopNote | null {
  if (query('taken_back') === '1') return { kind: 'taken_back' };
  const code = Object.keys(texts.ja.refusal).find((one) => one === query('refused'));
  return code === undefined ? null : { kind: 'refused', code: code as Refusal['code'] };
}

const count = (text: string | undefined): number => (text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : 0);

async function withMessages({ store }: WebDeps, holds: readonly Hold[]): Promise<readonly HeldRow[]> {
  const rows = await Promise.all(holds.map(async (hold) => ({ hold, message: await store.message(hold.id) })));
  return rows.flatMap(({ hold, message }) => (message === null ? [] : [{ hold, message }]));
}

/** The newest records (before `before`, when it is not 0), newest first. */
async function latestRecords({ store }: WebDeps, before: number): Promise<readonly AuditRecord[]> {
  if (before === 0) return store.audit({ after: 0, limit: 200, newestFirst: true });
  const records = await store.audit({ after: Math.max(0, before - 201), limit: Math.min(200, before - 1) });
  return records.filter(({ seq }) => seq < before).toReversed();
}

function brokenAt(newestFirst: readonly AuditRecord[]): number | null {
  const records = newestFirst.toReversed();
  const first = records[0];
  if (first === undefined) return null;
  const result = verifyChain(records, { seq: first.seq - 1, hash: first.previous });
  return result.ok ? null : result.seq;
}
