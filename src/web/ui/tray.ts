import { html, raw } from 'hono/html';
import type { CustomerLabels, DelayedMail, Refusal, StoredMessage } from '../../gateway/index.ts';
import { later, type Instant } from '../../core/index.ts';
import { reasonCodes, type BuiltInReason, type Severity } from '../../policy/index.ts';
import type { Hold } from '../../quarantine/index.ts';
import { dueText, shortTime, visible } from './format.ts';
import { icon, page, type Html, type Viewer } from './layout.ts';
import { delayedRows } from './delayed-list.ts';
import { riskBadge } from './risk-badge.ts';
import { reasonTitle, verdictSentence } from './sentence.ts';
import { texts, type Texts } from './texts.ts';

export const trayTabs = ['approval', 'self', 'delayed', 'recent'] as const;
export type TrayTab = (typeof trayTabs)[number];
export type TrayFilter = { readonly tab: TrayTab; readonly risk: Severity | null; readonly reason: BuiltInReason | null };
export type HeldRow = { readonly hold: Hold; readonly message: StoredMessage };
/** `counts` by tab, unfiltered. `next` is the offset of the next list, null on the last one. */
export type Tray = {
  readonly filter: TrayFilter;
  readonly rows: readonly HeldRow[];
  /** Mail that waits because of a policy; shown in its own tab. */
  readonly delayed: readonly DelayedMail[];
  /** What became of a try to stop one. */
  readonly note: StopNote | null;
  readonly total: number;
  readonly counts: Readonly<Record<TrayTab, number>>;
  readonly next: number | null;
};

export const reasonTags = (hold: Hold, message: StoredMessage, t: Texts): Html =>
  html`${hold.reasons.map((code) => html`<span class="tag ${hold.severity === 'high' ? 'bad' : 'warn'}">${visible(reasonTitle(code, message, t))}</span> `)}`;

/** What waits for a decision, most urgent first. */
export function trayPage(viewer: Viewer, tray: Tray, labels: CustomerLabels, now: Instant): Html {
  const t = texts[viewer.language];
  const bar = html`<h1>${t.tray}</h1>
    <span class="sub num">${t.items(tray.counts.approval)}</span>`;
  const main = html`<section class="list" aria-label="${t.tray}">
    ${tabs(tray, t)}${stopNote(tray.note, t)}${tray.filter.tab === 'delayed' ? delayedTab(viewer, tray.delayed, now, t) : html`${filters(tray.filter, t)}${lists(tray, labels, now, t)}`}${tray.next === null ? '' : html`<p class="empty"><a class="btn" href="${trayUrl(tray.filter, tray.next)}">${t.more}</a></p>`}
  </section>`;
  return page(viewer, 'tray', `${t.tray}（${t.items(tray.counts.approval)}）`, bar, main);
}

export type StopNote = { readonly kind: 'taken_back' } | { readonly kind: 'refused'; readonly code: Refusal['code'] };

/** What became of a try to stop a mail that waited. */
export const stopNote = (note: StopNote | null, t: Texts): Html | '' =>
  note === null
    ? ''
    : note.kind === 'refused'
      ? html`<div class="note bad" role="alert">
          ${icon('warn')}
          <div><b>${t.refusal[note.code]}</b></div>
        </div>`
      : html`<div class="undo" role="status">${t.takenBack}</div>`;

const delayedTab = (viewer: Viewer, mails: readonly DelayedMail[], now: Instant, t: Texts): Html =>
  mails.length === 0
    ? html`<div class="empty">
        <p>${t.emptyDelayed}</p>
        <p class="sub">${t.emptyDelayedHint}</p>
      </div>`
    : delayedRows(viewer, mails, now, t);

function trayUrl(filter: TrayFilter, offset: number): string {
  const query = new URLSearchParams({ tab: filter.tab });
  if (filter.risk !== null) query.set('risk', filter.risk);
  if (filter.reason !== null) query.set('reason', filter.reason);
  if (offset > 0) query.set('offset', String(offset));
  return `/holds?${query.toString()}`;
}

function tabs(tray: Tray, t: Texts): Html {
  const names = { approval: t.tabApproval, self: t.tabSelf, delayed: t.tabDelayed, recent: t.tabRecent };
  return html`<nav class="tabs" aria-label="${t.state}">
    ${trayTabs.map((tab) => html`<a href="/holds?tab=${tab}" ${tab === tray.filter.tab ? raw('aria-current="true"') : ''}>${names[tab]}<span class="n num">${tray.counts[tab]}</span></a>`)}
  </nav>`;
}

function filters(filter: TrayFilter, t: Texts): Html {
  const option = (value: string, label: string, chosen: boolean): Html =>
    html`<option value="${value}" ${chosen ? raw('selected') : ''}>${label}</option>`;
  return html`<div class="filters">
    <form method="get" action="/holds">
      <input type="hidden" name="tab" value="${filter.tab}" /><label
        >${t.risk}
        <select class="in" name="risk">
          ${option('', t.all, filter.risk === null)}${(['high', 'medium', 'low'] as const).map((risk) => option(risk, t.severity[risk], risk === filter.risk))}
        </select></label
      ><label
        >${t.reason}
        <select class="in" name="reason">
          ${option('', t.all, filter.reason === null)}${reasonCodes.map((code) => option(code, t.reasons[code], code === filter.reason))}
        </select></label
      ><button class="btn sm">${t.filter}</button>
    </form>
  </div>`;
}

function lists(tray: Tray, labels: CustomerLabels, now: Instant, t: Texts): Html {
  if (tray.rows.length === 0) {
    const filtered = tray.filter.risk !== null || tray.filter.reason !== null;
    return filtered
      ? html`<div class="empty">
          <p>${t.emptyFilter}</p>
          <a class="btn" href="/holds?tab=${tray.filter.tab}">${t.clear}</a>
        </div>`
      : html`<div class="empty">
          <p>${t.emptyTray}</p>
          <a class="btn" href="/history">${t.seeHistory}</a>
        </div>`;
  }
  if (tray.filter.tab === 'recent')
    return html`<h2 class="grp">${t.tabRecent}</h2>
      ${tray.rows.map((row) => heldRow(row, labels, now, t))}`;
  const limit = later(now, 30 * 60);
  const soon = tray.rows.filter(({ hold }) => hold.dueAt <= limit);
  const rest = tray.rows.filter(({ hold }) => hold.dueAt > limit);
  const group = (name: string, rows: readonly HeldRow[]): Html =>
    rows.length === 0
      ? html``
      : html`<h2 class="grp">${name}　${t.items(rows.length)}</h2>
          ${rows.map((row) => heldRow(row, labels, now, t))}`;
  return html`${group(t.soon, soon)}${group(t.later, rest)}`;
}

/** One hold: sentence, tags, from whom to whom, and how long there is. */
export function heldRow({ hold, message }: HeldRow, labels: CustomerLabels, now: Instant, t: Texts): Html {
  const [first, ...others] = hold.recipients;
  const time =
    hold.state === 'held'
      ? html`<b class="${hold.dueAt - now < 1_800_000 ? 'soon' : ''} num">${dueText(hold.dueAt, now, t)}</b>`
      : html`<b>${t.states[hold.state]}</b>`;
  return html`<article class="row plain">
    ${riskBadge(hold.severity, t)}
    <div>
      <h3><a href="/holds/${hold.id}">${verdictSentence(message, labels, t)}</a></h3>
      <p class="subj mono">
        ${visible(hold.from ?? t.nobody)} → ${visible(first?.address ?? '')}${others.length > 0 ? ` ${t.people(others.length)}` : ''}
      </p>
      <p class="meta">${reasonTags(hold, message, t)}</p>
    </div>
    <p class="time">${time}<span class="num">${t.heldAt(shortTime(hold.heldAt))}</span></p>
  </article>`;
}
