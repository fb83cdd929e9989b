import { html } from 'hono/html';
import type { Instant } from '../../core/index.ts';
import type { CustomerLabels, HoldView, Refusal } from '../../gateway/index.ts';
import type { Reason } from '../../policy/index.ts';
import { decisionPanel, type Draft } from './decision-panel.ts';
import { evidenceSections } from './evidence.ts';
import { fullTime, shortTime, visible } from './format.ts';
import { csrfField, icon, page, type Html, type Viewer } from './layout.ts';
import { heldReasons, mainReason, reasonTitle, verdictSentence } from './sentence.ts';
import { texts, type Language, type Texts } from './texts.ts';
import { riskBadge } from './risk-badge.ts';
import { reasonTags } from './tray.ts';
import { flowCard } from './flow-card.ts';

export type HoldPageParts = {
  readonly labels: CustomerLabels;
  readonly now: Instant;
  readonly explain: (reason: Reason, language: Language) => string;
  /** Why the last try was refused, with what had been typed; null on a plain visit. */
  readonly refused: { readonly refusal: Refusal; readonly draft: Draft } | null;
  /** What has just been done to it. */
  readonly done: 'undone' | 'stopped' | null;
};

/** A hold in the order of a supervisor's questions: what is wrong, whose data to whom, where it stands, why, what to do. */
export function holdPage(viewer: Viewer, view: HoldView, parts: HoldPageParts): Html {
  const t = texts[viewer.language];
  const { hold, message } = view;
  const { labels, now } = parts;
  const seesContent = view.isOwn || viewer.user.role === 'approver';
  const sentence = verdictSentence(message, labels, t);
  const loadedAt = labels.loadedAt();
  const stale =
    loadedAt !== null && now - loadedAt > labels.maxAgeSeconds * 1000
      ? html`<div class="note warn">
          ${icon('warn')}
          <div>${t.stale}</div>
        </div>`
      : '';
  const bar = html`<a class="btn sm" href="${viewer.user.role === 'sender' ? '/mine' : '/holds'}"
      >${icon('back')}${viewer.user.role === 'sender' ? t.mine : t.back}</a
    ><span class="sp"></span><span class="sub">${t.number} <span class="mono">${hold.id}</span></span>`;
  const main = html`<div class="page">
    ${notices(viewer, view, parts, t)}
    <div class="detail">
      <div class="stack">
        <section class="verdict ${hold.severity === 'high' ? '' : 'warnv'}" aria-labelledby="v">
          ${riskBadge(hold.severity, t)}
          <div>
            <h1 id="v">${sentence}</h1>
            <p><span class="rec">${hold.severity === 'high' ? t.recReturn : t.recCheck}</span> ${reasonTags(hold, message, t)}</p>
          </div>
        </section>
        ${stale}${flowCard(view, labels, seesContent, t)}${evidenceSections(view, seesContent, t)}${reasonsCard(view, parts, viewer.language, t)}${historyCard(view, t)}
      </div>
      ${decisionPanel(viewer, view, parts.refused?.draft ?? null, labels, now, t)}
    </div>
  </div>`;
  return page(viewer, view.isOwn && viewer.user.role === 'sender' ? 'mine' : 'tray', sentence, bar, main);
}

function notices(viewer: Viewer, { hold, mayDecide }: HoldView, { refused, done, now }: HoldPageParts, t: Texts): Html {
  const by =
    refused === null || refused.refusal.by === null
      ? ''
      : `　${visible(refused.refusal.by)}${refused.refusal.at === null ? '' : `　${shortTime(refused.refusal.at)}`}`;
  const refusal =
    refused === null
      ? ''
      : html`<div class="note bad" role="alert">
          ${icon('warn')}
          <div><b>${t.refusal[refused.refusal.code]}</b>${by}</div>
        </div>`;
  const canUndo = hold.settlesAt !== null && now < hold.settlesAt && viewer.user.role === 'approver';
  const undo =
    canUndo && hold.settlesAt !== null
      ? html`<div class="undo" role="status" data-undo-seconds="${Math.ceil((hold.settlesAt - now) / 1000)}">
          <b>${hold.state === 'releasing' ? t.undoReleased : t.undoReturned}</b>
          <form method="post" action="/holds/${hold.id}/undo">${csrfField(viewer)}<button class="btn sm">${t.undo}</button></form>
        </div>`
      : '';
  return html`${refusal}${done !== null && hold.state === 'held' ? html`<div class="undo" role="status">${done === 'stopped' && !mayDecide ? t.stoppedOnly : t[done]}</div>` : ''}${undo}`;
}

function reasonsCard({ message }: HoldView, { explain }: HoldPageParts, language: Language, t: Texts): Html {
  const reasons = heldReasons(message);
  const first = mainReason(message);
  const ordered = reasons.toSorted((a, b) => Number(b === first) - Number(a === first));
  return html`<section class="card" aria-labelledby="w">
    <header><h2 id="w">${t.why}</h2></header>
    <ul class="reasons">
      ${ordered.map(
        (reason) =>
          html`<li>
            <p>${riskBadge(reason.severity, t)} <b>${visible(reasonTitle(reason.code, message, t))}</b></p>
            <p>${visible(explain(reason, language))}</p>
            <p class="sub">${t.byPolicy(reason.policy, reason.version)}</p>
          </li>`,
      )}
    </ul>
    ${
      message.inspection === null
        ? ''
        : html`<p class="sub body">${t.ruleSets(message.inspection.verdict.policyVersion, message.inspection.ruleSet)}</p>`
    }
  </section>`;
}

function historyCard({ history }: HoldView, t: Texts): Html {
  return html`<section class="card" aria-labelledby="t">
    <header><h2 id="t">${t.flow}</h2></header>
    <ol class="tl">
      ${history.map(
        ({ seq, at, event }) =>
          html`<li>
            <time title="${fullTime(at)}">${shortTime(at).split(' ').at(-1) ?? ''}</time><i></i>
            <div>
              ${t.events[event.type]} — ${event.actor.kind === 'system' ? t.system : visible(event.actor.name)}
              <span class="sub num">#${seq}</span
              >${typeof event.details['reason'] === 'string' && event.details['reason'] !== '' ? html`<blockquote>${visible(event.details['reason'])}</blockquote>` : ''}
            </div>
          </li>`,
      )}
    </ol>
  </section>`;
}
