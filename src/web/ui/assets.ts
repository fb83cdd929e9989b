import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Hono } from 'hono';
import type { WebEnv } from '../web-deps.ts';

const types = { 'sekisho.css': 'text/css; charset=utf-8', 'sekisho.js': 'text/javascript; charset=utf-8' } as const;

/** The style sheet and the script, read once at the start. */
export function addAssets(app: Hono<WebEnv>): void {
  for (const [name, type] of Object.entries(types)) {
    const body = readFileSync(new URL(`./assets/${name}`, import.meta.url), 'utf8');
    const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    app.get(`/assets/${name}`, (c) => {
      c.header('ETag', tag);
      c.header('Cache-Control', 'no-cache');
      return c.req.header('if-none-match') === tag ? c.body(null, 304) : c.body(body, 200, { 'Content-Type': type });
    });
  }
}

/** The look of the pages, for a report that stands alone in a file. */
export const styleSheet = (): string => readFileSync(new URL('./assets/sekisho.css', import.meta.url), 'utf8');
