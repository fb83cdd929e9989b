import { timingSafeEqual } from 'node:crypto';
import type { Context, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { logIn, openSession } from '../auth/log-in.ts';
import { isSameOrigin, localPath } from '../auth/request-origin.ts';
import { hashSecret } from '../auth/secret.ts';
import type { WebDeps, WebEnv } from '../web-deps.ts';
import { addAddressRoutes } from './address-routes.ts';
import { addDelayRoutes } from './delay-routes.ts';
import { addHoldRoutes } from './hold-routes.ts';
import { errorPage, logInPage } from './layout.ts';
import { addListRoutes } from './list-routes.ts';
import { texts } from './texts.ts';
import { viewSettings } from './view-settings.ts';

const year = 365 * 86_400;

/** The pages for people: log-in without a session, everything else behind one. */
export function addPages(app: Hono<WebEnv>, deps: WebDeps): void {
  addLogIn(app, deps);
  app.use(async (c, next) => {
    const secret = getCookie(c, cookieName(deps));
    const opened = secret === undefined ? null : await openSession(deps, secret);
    if (opened === null)
      return c.req.method === 'GET' ? c.redirect(`/login?next=${encodeURIComponent(c.req.path)}`, 303) : c.html(refused(c), 403);
    c.set('user', opened.user);
    c.set('session', opened.session);
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') {
      const { csrf } = await c.req.parseBody();
      const sent = typeof csrf === 'string' && isSame(csrf, opened.session.csrf);
      if (!sent || !isSameOrigin(c.req.raw.headers, deps.settings.publicUrl)) return c.html(refused(c), 403);
    }
    return next();
  });
  app.get('/', (c) => c.redirect(c.get('user').role === 'sender' ? '/mine' : '/holds', 303));
  app.post('/logout', async (c) => {
    const { idHash, email } = c.get('session');
    await deps.store.removeSession(idHash);
    await deps.store.appendAudit(
      [{ type: 'user.logged_out', actor: { kind: 'user', name: email }, message: null, details: {} }],
      deps.clock.now(),
    );
    deleteCookie(c, cookieName(deps), { path: '/', secure: deps.settings.secureCookies });
    return c.redirect('/login', 303);
  });
  app.post('/preferences', async (c) => {
    const form = await c.req.parseBody();
    const options = { path: '/', sameSite: 'Lax', secure: deps.settings.secureCookies, maxAge: year } as const;
    if (form['language'] === 'ja' || form['language'] === 'en') setCookie(c, 'sekisho_language', form['language'], options);
    if (form['theme'] === 'dark' || form['theme'] === 'light') setCookie(c, 'sekisho_theme', form['theme'], options);
    return c.redirect(backPath(c), 303);
  });
  addListRoutes(app, deps);
  addHoldRoutes(app, deps);
  addDelayRoutes(app, deps);
  addAddressRoutes(app, deps);
}

const cookieName = ({ settings }: WebDeps): string => (settings.secureCookies ? '__Host-sekisho' : 'sekisho');

function addLogIn(app: Hono<WebEnv>, deps: WebDeps): void {
  app.get('/login', (c) => {
    const { language, theme } = viewSettings(c);
    return c.html(logInPage(language, theme, null, '', localPath(c.req.query('next'))));
  });
  app.post('/login', async (c) => {
    const { language, theme } = viewSettings(c);
    if (!isSameOrigin(c.req.raw.headers, deps.settings.publicUrl)) return c.html(errorPage(language, theme, 403), 403);
    const form = await c.req.parseBody();
    const email = text(form['email']);
    const next = localPath(text(form['next']));
    const result = await logIn(deps, email, text(form['password']));
    if (result.kind !== 'in') {
      const t = texts[language];
      return c.html(logInPage(language, theme, result.kind === 'locked' ? t.locked : t.wrongLogin, email, next), 401);
    }
    setCookie(c, cookieName(deps), result.secret, { path: '/', httpOnly: true, sameSite: 'Lax', secure: deps.settings.secureCookies });
    return c.redirect(next, 303);
  });
}

function refused(c: Context<WebEnv>): ReturnType<typeof errorPage> {
  const { language, theme } = viewSettings(c);
  return errorPage(language, theme, 403);
}

function backPath(c: Context<WebEnv>): string {
  const referer = c.req.header('referer');
  return referer !== undefined && URL.canParse(referer) ? localPath(new URL(referer).pathname) : '/';
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function isSame(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(a)), Buffer.from(hashSecret(b)));
}
