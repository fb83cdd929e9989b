import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { serve, type ServerType } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createApi, personOfToken } from './api/api.ts';
import { addAssets } from './ui/assets.ts';
import { addPages } from './ui/pages.ts';
import { errorPage } from './ui/layout.ts';
import { viewSettings } from './ui/view-settings.ts';
import type { WebDeps, WebEnv } from './web-deps.ts';

export type Web = {
  readonly app: Hono<WebEnv>;
  /** Starts listening; rejects when the port is taken. */
  listen(): Promise<{ readonly host: string; readonly port: number }>;
  close(): Promise<void>;
};

const maxBodyBytes = 256 * 1024;
const securityPolicy =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; require-trusted-types-for 'script'";

/** Pages, API and health over HTTP. Nothing is listening until `listen`. */
export function createWeb(deps: WebDeps): Web {
  const app = new Hono<WebEnv>();
  addHeaders(app, deps);
  addErrors(app, deps);
  app.use(bodyLimit({ maxSize: maxBodyBytes, onError: (c) => c.html(errorPage('ja', 'auto', 413), 413) }));
  addHealth(app, deps);
  app.route('/api/v1', createApi(deps));
  addAssets(app);
  addPages(app, deps);
  let server: ServerType | null = null;
  return {
    app,
    listen: () =>
      new Promise((resolve, reject) => {
        const { listen, tls } = deps.settings;
        const options = { fetch: app.fetch, hostname: listen.host, port: listen.port };
        server = serve(
          tls === null
            ? options
            : { ...options, createServer: createHttpsServer, serverOptions: { cert: Buffer.from(tls.cert), key: Buffer.from(tls.key) } },
          (info: AddressInfo) => resolve({ host: info.address, port: info.port }),
        );
        server.once('error', reject);
      }),
    close: () =>
      new Promise((resolve) => {
        if (server === null) return resolve();
        server.close(() => resolve());
        // Browsers keep connections open for a page they may ask for later.
        if ('closeIdleConnections' in server) server.closeIdleConnections();
        const held = server;
        setTimeout(() => 'closeAllConnections' in held && held.closeAllConnections(), 2000).unref();
      }),
  };
}

function addHeaders(app: Hono<WebEnv>, { settings }: WebDeps): void {
  app.use(async (c, next) => {
    c.header('Content-Security-Policy', securityPolicy);
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('X-Frame-Options', 'DENY');
    // Not `no-referrer`: with it browsers send `Origin: null` on our own forms.
    c.header('Referrer-Policy', 'same-origin');
    c.header('Cross-Origin-Opener-Policy', 'same-origin');
    c.header('Cross-Origin-Resource-Policy', 'same-origin');
    c.header('Permissions-Policy', 'camera=(), geolocation=(), microphone=()');
    c.header('Cache-Control', 'no-store');
    if (settings.secureCookies) c.header('Strict-Transport-Security', 'max-age=31536000');
    await next();
  });
}

function addErrors(app: Hono<WebEnv>, { log }: WebDeps): void {
  app.notFound((c) => {
    if (c.req.path.startsWith('/api/'))
      return c.json({ error: { code: 'not_found', message: { ja: '見つかりません。', en: 'Not found.' } } }, 404);
    const { language, theme } = viewSettings(c);
    return c.html(errorPage(language, theme, 404), 404);
  });
  app.onError((error, c) => {
    log.error('web.failed', {}, error);
    if (c.req.path.startsWith('/api/'))
      return c.json({ error: { code: 'internal', message: { ja: '処理できませんでした。', en: 'It could not be done.' } } }, 500);
    const { language, theme } = viewSettings(c);
    return c.html(errorPage(language, theme, 500), 500);
  });
}

function addHealth(app: Hono<WebEnv>, deps: WebDeps): void {
  app.get('/healthz', (c) => c.text('ok'));
  app.get('/readyz', async (c) =>
    (await deps.ready()) ? c.text(['ready', ...(deps.remarks?.() ?? [])].join('\n')) : c.text('not ready', 503),
  );
  app.get('/metrics', async (c) => {
    // Behind a proxy everybody comes from loopback, so a forwarded request needs a token like any other.
    const forwarded = c.req.header('x-forwarded-for') ?? c.req.header('forwarded');
    const remote = c.env === undefined || !('incoming' in (c.env as object)) ? null : getConnInfo(c).remote.address;
    const local = forwarded === undefined && (remote === '127.0.0.1' || remote === '::1' || remote === '::ffff:127.0.0.1');
    if (!local && (await personOfToken(deps, c.req.header('authorization'))) === null) return c.text('a token is needed', 401);
    return c.text(await deps.metricsText(), 200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' });
  });
}
