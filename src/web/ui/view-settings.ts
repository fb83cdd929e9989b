import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Theme, WebEnv } from '../web-deps.ts';
import type { Language } from './texts.ts';

/** Language and theme as the viewer's cookies say; the server writes them into the page, so nothing flickers. */
export function viewSettings(c: Context<WebEnv>): { readonly language: Language; readonly theme: Theme } {
  const theme = getCookie(c, 'sekisho_theme');
  return {
    language: getCookie(c, 'sekisho_language') === 'en' ? 'en' : 'ja',
    theme: theme === 'dark' || theme === 'light' ? theme : 'auto',
  };
}
