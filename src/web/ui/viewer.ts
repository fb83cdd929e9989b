import type { Context } from 'hono';
import type { WebDeps, WebEnv } from '../web-deps.ts';
import type { Viewer } from './layout.ts';
import { viewSettings } from './view-settings.ts';

/** The logged-in viewer of this request. */
export function viewerOf(c: Context<WebEnv>, { settings }: WebDeps): Viewer {
  return { user: c.get('user'), csrf: c.get('session').csrf, organisation: settings.organisationName, ...viewSettings(c) };
}
