import { createHash } from 'node:crypto';
import { styleSheet } from '../../../web/index.ts';
import { listNames, type Notebook } from '../notebook.ts';
import { changesSection } from './changes-section.ts';
import { byReason, bySeverity, byType, days, times } from './distributions.ts';
import { mailTable } from './mail-lists.ts';
import { html, none, say, type Markup } from './markup.ts';
import type { ReportInput } from './report-input.ts';
import { reportStyle } from './report-style.ts';
import { listWords } from './report-words.ts';
import { confusion, decisions, provenance, tiles, verdictNote } from './sections.ts';

/**
 * The report as one HTML file, Japanese and English: no script, nothing from outside, so its policy allows its own style sheet alone.
 * Differences come first, then figures, then mails. No text of a mail is in it but what `--reveal` put into the notebook.
 */
export function writeReport(input: ReportInput): string {
  const { summary, changes, notebook, madeAt } = input;
  const style = styleSheet() + reportStyle;
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;
  const body = html`${topBar(input)}
    <main class="page">
      ${verdictNote(summary, changes)} ${changes === null ? none : changesSection(changes, notebook.changes())} ${tiles(input)}
      <div class="two">
        <div class="stack">${confusion(summary)}${decisions(summary)}${bySeverity(summary)}${times(input)}</div>
        ${byReason(summary)}
      </div>
      ${days(notebook.days())} ${byType(summary)} ${lists(notebook)} ${provenance(input)}
    </main>
    <footer class="page">Sekisho backtest・${japaneseTime(madeAt)}</footer>`;
  // The style goes in as it is: escaping it would change what the policy's hash was made of.
  return `<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">
<title>バックテスト / Back-test｜Sekisho</title><style>${style}</style></head>
<body>${body.markup}</body></html>
`;
}

const japaneseTime = (at: Date): string =>
  new Intl.DateTimeFormat('ja-JP', { timeZone: 'Asia/Tokyo', dateStyle: 'medium', timeStyle: 'short' }).format(at);

function topBar({ archive, madeAt }: ReportInput): Markup {
  return html`<div class="bar">
    <span class="brand"
      ><svg viewBox="0 0 32 32" aria-hidden="true">
        <rect class="c-a" width="32" height="32" rx="7" />
        <path
          d="M6 9.5c6 1.5 14 1.5 20 0M8.5 14.5h15M10.5 10.5V25M21.5 10.5V25M16 19.5v5.5"
          fill="none"
          stroke="var(--on-accent)"
          stroke-width="2.2"
          stroke-linecap="round"
        /></svg
    ></span>
    <h1>${say({ ja: 'バックテスト', en: 'Back-test' })}</h1>
    <span class="sub">
      ${archive === null ? say({ ja: 'ゲートウェイの記録', en: "the gateway's records" }) : html`<span class="mono">${archive}</span>`}・${japaneseTime(madeAt)}
    </span>
    <span class="sp"></span>
    <div class="seg" role="radiogroup" aria-label="言語 / Language">
      <label><input type="radio" name="lang" id="lang-ja" checked /><span lang="ja">日本語</span></label
      ><label><input type="radio" name="lang" id="lang-en" /><span lang="en">English</span></label>
    </div>
  </div>`;
}

function lists(notebook: Notebook): readonly Markup[] {
  return listNames.map((name) => {
    const list = notebook.list(name);
    const { title, hint } = listWords[name];
    if (list.total === 0) return none;
    return html`<section class="card long">
      <header>
        <h2>${say(title)} <span class="num">${list.total.toLocaleString('en')}</span></h2>
        <span class="sub">${say(hint)}</span>
      </header>
      ${mailTable(`${title.ja} / ${title.en}`, list)}
    </section>`;
  });
}
