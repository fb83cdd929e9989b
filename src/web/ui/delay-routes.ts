import type { Hono } from 'hono';
import { parseMessageId } from '../../core/index.ts';
import type { WebDeps, WebEnv } from '../web-deps.ts';
import { errorPage } from './layout.ts';
import { viewSettings } from './view-settings.ts';

/** Stopping mail that waits. Without scripts too: a form, then a redirect to where the mail stands now. */
export function addDelayRoutes(app: Hono<WebEnv>, { delays }: WebDeps): void {
  app.post('/delayed/:id/stop', async (c) => {
    const id = parseMessageId(c.req.param('id'));
    const user = c.get('user');
    const result = id === null ? null : await delays.stop(id, { via: 'web', user }, '');
    const { language, theme } = viewSettings(c);
    if (id === null || result === null || (!result.ok && result.error.code === 'not_found'))
      return c.html(errorPage(language, theme, 404), 404);
    const list = user.role === 'sender' ? '/mine?' : '/holds?tab=delayed&';
    if (!result.ok)
      return result.error.code === 'not_allowed'
        ? c.html(errorPage(language, theme, 403), 403)
        : c.redirect(`${list}refused=${result.error.code}`, 303);
    return c.redirect(result.value.outcome === 'held' ? `/holds/${id}?stopped=1` : `${list}taken_back=1`, 303);
  });
}
