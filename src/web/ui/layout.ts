import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { User } from '../../gateway/index.ts';
import type { Theme } from '../web-deps.ts';
import { visible } from './format.ts';
import { texts, type Language, type Texts } from './texts.ts';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;
/** Who looks at a page and how. */
export type Viewer = {
  readonly user: User;
  readonly csrf: string;
  readonly language: Language;
  readonly theme: Theme;
  readonly organisation: string;
};
export type PageName = 'tray' | 'mine' | 'history' | 'addresses' | 'audit' | 'help';

const paths: Readonly<Record<string, string>> = {
  tray: 'M4 13h4l1.5 3h5L16 13h4M4 13V19h16v-6M4 13l3-8h10l3 8',
  mine: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20c1-4 4-5.5 8-5.5s7 1.5 8 5.5',
  history: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2',
  audit: 'M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h7',
  addresses: 'M4 6h16v12H4zM4 7l8 6 8-6',
  help: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5M12 7.8v.1',
  back: 'M15 5l-7 7 7 7',
  return: 'M9 7 4 12l5 5M4 12h11a5 5 0 0 1 5 5v1',
  yes: 'M4.5 12.5l5 5 10-11',
  no: 'M6 6l12 12M18 6 6 18',
  warn: 'M12 4 2.8 20h18.4L12 4zM12 10v4.5M12 17.3v.1',
};
export const icon = (name: string): Html =>
  html`<svg class="ic" viewBox="0 0 24 24" aria-hidden="true"><path d="${paths[name] ?? ''}" /></svg>`;

const brand = (t: Texts): Html =>
  html`<a class="brand" href="/"
    ><svg viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="var(--accent)" />
      <path
        d="M6 9.5c6 1.5 14 1.5 20 0M8.5 14.5h15M10.5 10.5V25M21.5 10.5V25M16 19.5v5.5"
        fill="none"
        stroke="var(--on-accent)"
        stroke-width="2.2"
        stroke-linecap="round"
      /></svg
    ><span>Sekisho<small>${t.tagline}</small></span></a
  >`;

function document(title: string, language: Language, theme: Theme, body: Html): Html {
  return html`${raw('<!doctype html>')}
    <html lang="${language}" ${theme === 'auto' ? '' : raw(`data-theme="${theme}"`)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>${title}｜Sekisho</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/assets/sekisho.css" />
        <script src="/assets/sekisho.js" defer></script>
      </head>
      <body>
        ${body}
      </body>
    </html>`;
}

/** The pages that a role may use; the others are absent from the menu. */
export function pagesOf(user: User): readonly PageName[] {
  switch (user.role) {
    case 'sender':
      return ['mine', 'help'];
    case 'approver':
      return ['tray', 'mine', 'history', 'help'];
    case 'auditor':
    case 'admin':
      return ['tray', 'mine', 'history', 'addresses', 'audit', 'help'];
    case 'policy_admin':
      return ['tray', 'mine', 'history', 'addresses', 'help'];
    default:
      return user.role satisfies never;
  }
}

const hrefs: Readonly<Record<PageName, string>> = {
  tray: '/holds',
  mine: '/mine',
  history: '/history',
  addresses: '/addresses',
  audit: '/audit',
  help: '/help',
};

export const csrfField = (viewer: Viewer): Html => html`<input type="hidden" name="csrf" value="${viewer.csrf}" />`;

/** The frame around every page behind the log-in. `bar` is the strip on top, `main` the content. */
export function page(viewer: Viewer, current: PageName, title: string, bar: Html, main: Html): Html {
  const t = texts[viewer.language];
  const { user } = viewer;
  const body = html`<a class="skip" href="#main">${t.skip}</a>
    <div class="app">
      <div class="side">
        ${brand(t)}
        <nav class="nav" aria-label="${t.main}">
          ${pagesOf(user).map((name) => html`<a href="${hrefs[name]}" ${name === current ? raw('aria-current="page"') : ''}>${icon(name)}${t[name]}</a>`)}
        </nav>
        <div class="me">
          <b>${visible(user.name)}</b>${visible(user.department ?? viewer.organisation)}・${t.roles[user.role]}
          <div class="mer">
            ${preference(viewer, 'language', viewer.language === 'ja' ? 'en' : 'ja', t.otherLanguage)}${preference(viewer, 'theme', viewer.theme === 'dark' ? 'light' : 'dark', viewer.theme === 'dark' ? t.light : t.dark)}
            <form method="post" action="/logout">${csrfField(viewer)}<button>${t.logOut}</button></form>
          </div>
        </div>
      </div>
      <main class="main" id="main" tabindex="-1">
        <div class="bar">${bar}</div>
        ${main}
      </main>
    </div>`;
  return document(title, viewer.language, viewer.theme, body);
}

const preference = (viewer: Viewer, name: 'language' | 'theme', value: string, label: string): Html =>
  html`<form method="post" action="/preferences">
    ${csrfField(viewer)}<button name="${name}" value="${value}" ${name === 'language' ? raw(`lang="${value}"`) : ''}>${label}</button>
  </form>`;

/** A page without menu: log-in and errors of people who are not logged in. */
export function solo(language: Language, theme: Theme, title: string, content: Html): Html {
  const t = texts[language];
  return document(
    title,
    language,
    theme,
    html`<a class="skip" href="#main">${t.skip}</a>
      <main class="login" id="main" tabindex="-1">
        ${brand(t)}
        <div class="card">${content}</div>
      </main>`,
  );
}

/** Cause, remedy and what became of the mail. */
export function errorPage(language: Language, theme: Theme, status: keyof Texts['errors']): Html {
  const t = texts[language];
  const [cause, remedy] = t.errors[status];
  return solo(
    language,
    theme,
    String(status),
    html`<h1>${cause}</h1>
      <p>${remedy}</p>
      <p><a class="btn" href="/">${t.tray}</a></p>`,
  );
}

export function logInPage(language: Language, theme: Theme, problem: string | null, email: string, next: string): Html {
  const t = texts[language];
  return solo(
    language,
    theme,
    t.logIn,
    html`<h1>${t.logIn}</h1>
      ${problem === null ? '' : html`<p class="err" role="alert">${problem}</p>`}
      <form method="post" action="/login">
        <input type="hidden" name="next" value="${next}" />
        <div>
          <label class="lab" for="email">${t.email}</label
          ><input class="in" id="email" name="email" type="email" autocomplete="username" required value="${email}" />
        </div>
        <div>
          <label class="lab" for="password">${t.password}</label
          ><input class="in" id="password" name="password" type="password" autocomplete="current-password" required />
        </div>
        <button type="submit" class="btn pri lg">${t.logIn}</button>
      </form>`,
  );
}
