import { html } from 'hono/html';
import type { AuditRecord } from '../../audit/index.ts';
import type { Instant } from '../../core/index.ts';
import type { CustomerLabels, DelayedMail, StoredMessage } from '../../gateway/index.ts';
import { delayedRows } from './delayed-list.ts';
import { fullTime, visible } from './format.ts';
import { page, type Html, type Viewer } from './layout.ts';
import { verdictSentence } from './sentence.ts';
import { texts, type Texts } from './texts.ts';
import { heldRow, stopNote, type HeldRow, type StopNote } from './tray.ts';

export type Mine = { readonly rows: readonly HeldRow[]; readonly delayed: readonly DelayedMail[]; readonly note: StopNote | null };

/** The viewer's own mails: those that wait for their time, then the held ones. */
export function minePage(viewer: Viewer, { rows, delayed, note }: Mine, labels: CustomerLabels, now: Instant): Html {
  const t = texts[viewer.language];
  const waiting =
    delayed.length === 0
      ? ''
      : html`<h2 class="grp">${t.tabDelayed}　${t.items(delayed.length)}</h2>
          ${delayedRows(viewer, delayed, now, t)}
          <h2 class="grp">${t.heldOnes}</h2>`;
  const list =
    rows.length === 0 ? html`<div class="empty"><p>${t.emptyMine}</p></div>` : html`${rows.map((row) => heldRow(row, labels, now, t))}`;
  return page(
    viewer,
    'mine',
    t.mine,
    html`<h1>${t.mine}</h1>
      <span class="sub">${t.items(rows.length)}</span>`,
    html`<section class="list" aria-label="${t.mine}">${stopNote(note, t)}${waiting}${list}</section>`,
  );
}

/** Decided holds; for those who see all mail also the accepted messages, without content. `messages` null: not for this viewer. */
export function historyPage(
  viewer: Viewer,
  rows: readonly HeldRow[],
  messages: readonly StoredMessage[] | null,
  labels: CustomerLabels,
): Html {
  const t = texts[viewer.language];
  const decided = decidedTable(rows, labels, t);
  const all = messages === null ? '' : messagesTable(messages, t);
  const empty = rows.length === 0 ? html`<div class="card empty"><p>${t.emptyFilter}</p></div>` : decided;
  return page(
    viewer,
    'history',
    t.history,
    html`<h1>${t.history}</h1>`,
    html`<div class="page stack">
      <p class="sub">${t.retention}</p>
      ${empty}${all}
    </div>`,
  );
}

function decidedTable(rows: readonly HeldRow[], labels: CustomerLabels, t: Texts): Html {
  return html`<section class="card wide-table">
    <table>
      <caption class="vh">
        ${t.historyCaption}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t.when}</th>
          <th scope="col">${t.target}</th>
          <th scope="col">${t.from}</th>
          <th scope="col">${t.state}</th>
          <th scope="col">${t.decisionBy}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ hold, message }) =>
            html`<tr>
              <td class="num nowrap">${fullTime(hold.decidedAt ?? hold.heldAt)}</td>
              <td><a href="/holds/${hold.id}">${verdictSentence(message, labels, t)}</a></td>
              <td class="mono">${visible(hold.from ?? t.nobody)}</td>
              <td><span class="tag">${t.states[hold.state]}</span></td>
              <td>${visible(hold.decidedBy ?? '')}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function messagesTable(messages: readonly StoredMessage[], t: Texts): Html {
  return html`<section class="card wide-table">
    <header><h2>${t.messages}</h2></header>
    <table>
      <caption class="vh">
        ${t.messagesCaption}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t.when}</th>
          <th scope="col">${t.number}</th>
          <th scope="col">${t.from}</th>
          <th scope="col">${t.recipient}</th>
          <th scope="col">${t.state}</th>
        </tr>
      </thead>
      <tbody>
        ${messages.map(
          (message) =>
            html`<tr>
              <td class="num nowrap">${fullTime(message.spooled.envelope.receivedAt)}</td>
              <td class="mono">${message.id}</td>
              <td class="mono">${visible(message.spooled.envelope.mailFrom ?? t.nobody)}</td>
              <td class="num">${t.items(message.recipients.length)}</td>
              <td><span class="tag">${t.stages[message.stage]}</span>${tags(message, t)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

/** What `tag` policies have remembered, by the title they had. */
const tags = ({ inspection }: StoredMessage, t: Texts): Html =>
  html`${(inspection?.verdict.reasons ?? [])
    .filter(({ action, mode }) => action === 'tag' && mode === 'enforce')
    .map(({ title }) => html` <span class="tag">${visible(title[t.language])}</span>`)}`;

/** `brokenAt`: number of the first record that does not follow; null when the shown ones are intact. */
export type AuditList = {
  readonly records: readonly AuditRecord[];
  readonly brokenAt: number | null;
  readonly kind: string;
  readonly next: number | null;
};

export function auditPage(viewer: Viewer, list: AuditList): Html {
  const t = texts[viewer.language];
  const state =
    list.brokenAt === null
      ? html`<div class="note ok" role="status">${t.chainOk(list.records.length)}</div>`
      : html`<div class="note bad" role="alert">${t.chainBad(list.brokenAt)}</div>`;
  const shown = list.records.filter(({ event }) => list.kind === '' || event.type === list.kind);
  const options = Object.entries(t.events).map(
    ([type, label]) => html`<option value="${type}" ${type === list.kind ? 'selected' : ''}>${label}</option>`,
  );
  const main = html`<div class="page stack">
    ${state}
    <div class="filters">
      <form method="get" action="/audit">
        <label
          >${t.kind}
          <select class="in" name="kind">
            <option value="">${t.all}</option>
            ${options}
          </select></label
        ><button class="btn sm">${t.filter}</button>
      </form>
    </div>
    <section class="card wide-table">
      <table>
        <caption class="vh">
          ${t.auditCaption}
        </caption>
        <thead>
          <tr>
            <th scope="col">${t.seq}</th>
            <th scope="col">${t.when}</th>
            <th scope="col">${t.who}</th>
            <th scope="col">${t.what}</th>
            <th scope="col">${t.target}</th>
            <th scope="col">${t.detail}</th>
          </tr>
        </thead>
        <tbody>
          ${shown.map(
            ({ seq, at, event }) =>
              html`<tr>
                <td class="num">${seq}</td>
                <td class="num nowrap">${fullTime(at)}</td>
                <td>${visible(event.actor.name)}</td>
                <td>${t.events[event.type]}</td>
                <td class="mono">${event.message ?? ''}</td>
                <td>${details(event.details)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </section>
    ${list.next === null ? '' : html`<p><a class="btn" href="/audit?before=${list.next}&amp;kind=${list.kind}">${t.more}</a></p>`}
  </div>`;
  return page(viewer, 'audit', t.audit, html`<h1>${t.audit}</h1>`, main);
}

const details = (values: AuditRecord['event']['details']): string =>
  visible(
    Object.entries(values)
      .map(([key, value]) => `${key}: ${String(value)}`)
      .join(' · '),
  );

export function helpPage(viewer: Viewer): Html {
  const t = texts[viewer.language];
  return page(
    viewer,
    'help',
    t.help,
    html`<h1>${t.help}</h1>`,
    html`<div class="page">
      <div class="card prose"><div class="body">${t.helpText.map((text) => html`<p>${text}</p>`)}</div></div>
    </div>`,
  );
}
