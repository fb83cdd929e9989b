import { html, raw } from 'hono/html';
import type { Instant } from '../../core/index.ts';
import type { CustomerLabels, HoldView } from '../../gateway/index.ts';
import { customerName, dueText, maskedId, shortTime, visible } from './format.ts';
import { csrfField, icon, type Html, type Viewer } from './layout.ts';
import { heldReasons, reasonTitle } from './sentence.ts';
import type { Texts } from './texts.ts';

/** What had been typed when a decision was refused: it is not lost. */
export type Draft = { readonly action: 'release' | 'return'; readonly reason: string; readonly send: readonly string[] };

/** The panel beside the evidence. It is absent where the viewer may not decide, with the reason in its place. */
export function decisionPanel(viewer: Viewer, view: HoldView, draft: Draft | null, labels: CustomerLabels, now: Instant, t: Texts): Html {
  const { hold } = view;
  const clock =
    hold.state === 'held'
      ? html`<span class="tag ${hold.severity === 'high' ? 'bad' : 'warn'} num">${dueText(hold.dueAt, now, t)}</span>`
      : html`<span class="tag">${t.states[hold.state]}</span>`;
  const frame = (content: Html): Html =>
    html`<aside class="card decide" aria-label="${t.decide}">
      <header>
        <h2>${t.decide}</h2>
        ${clock}
      </header>
      ${content}
    </aside>`;
  if (hold.state !== 'held')
    return frame(
      html`<div class="do">
        <p>${t.decided(t.states[hold.state], visible(hold.decidedBy ?? ''), hold.decidedAt === null ? '' : shortTime(hold.decidedAt))}</p>
        ${hold.decisionReason === null ? '' : html`<blockquote>${visible(hold.decisionReason)}</blockquote>`}${recipientList(view, t)}
      </div>`,
    );
  if (view.isOwn)
    return frame(
      html`<div class="do">
        <p>${t.own}</p>
        <p class="sub">${t.until(shortTime(hold.expiresAt))}</p>
      </div>`,
    );
  if (!view.mayDecide)
    return frame(
      html`<div class="do">
        <p>${t.readOnly}</p>
        ${recipientList(view, t)}
      </div>`,
    );
  return frame(html`${returnForm(viewer, view, draft, t)}${releaseForm(viewer, view, draft, labels, t)}`);
}

const recipientList = ({ hold }: HoldView, t: Texts): Html =>
  html`<ul>
    ${hold.recipients.map(({ address, decision }) => html`<li><span class="mono">${visible(address)}</span>${decision === null ? '' : html` <span class="tag">${decision === 'send' ? t.send : t.drop}</span>`}</li>`)}
  </ul>`;

function returnForm(viewer: Viewer, { hold }: HoldView, draft: Draft | null, t: Texts): Html {
  const typed = draft?.action === 'return' ? draft.reason : '';
  return html`<form method="post" action="/holds/${hold.id}/return">
    <div class="do">
      ${csrfField(viewer)}<input type="hidden" name="version" value="${hold.version}" />
      <div>
        <label class="lab" for="why">${t.reason}<span class="req">${t.required}</span></label
        ><textarea id="why" name="reason" rows="2" maxlength="2000" required aria-keyshortcuts="r" placeholder="${t.returnExample}">
${typed}</textarea>
        <p class="sub">
          ${t.cannedLabel}
          ${t.canned.map(([label, text]) => html`<button type="button" class="link" data-fill="${text}">${label}</button> `)}
        </p>
      </div>
      <button type="submit" class="btn pri lg wide">${icon('return')}${t.returnAct}</button>
      <p class="sub">${t.returnHint}</p>
    </div>
  </form>`;
}

function releaseForm(viewer: Viewer, view: HoldView, draft: Draft | null, labels: CustomerLabels, t: Texts): Html {
  const { hold } = view;
  const open = draft?.action === 'release';
  const send = open ? draft.send : [];
  const rows = hold.recipients.map(({ address }, index) => recipientChoice(view, address, index, send.includes(address), labels, t));
  return html`<details class="alt" open>
    <summary>${t.perRecipient}</summary>
    <form method="post" action="/holds/${hold.id}/release" data-release>
      ${csrfField(viewer)}<input
        type="hidden"
        name="version"
        value="${hold.version}"
      />${rows}${hold.severity === 'high' ? question(view, labels, t) : ''}
      <div class="rel">
        <div>
          <label class="lab" for="why-release"
            >${t.whyRelease}<span class="req">${t.required}${hold.severity === 'high' ? `・${t.ten}` : ''}</span></label
          ><textarea id="why-release" name="reason" rows="2" maxlength="2000" required>${open ? draft.reason : ''}</textarea>
        </div>
        <p class="sub">${t.releaseWarn}</p>
        <button type="submit" class="btn wide" data-none="${t.releaseNone}" data-some="${t.releaseN}">${t.releaseNone}</button>
        <p class="sub">${t.headerKept}</p>
      </div>
    </form>
  </details>`;
}

function recipientChoice(view: HoldView, address: string, index: number, send: boolean, labels: CustomerLabels, t: Texts): Html {
  const verdict = view.message.inspection?.verdict.recipients.find((one) => one.address === address);
  const named = verdict === undefined || verdict.customer === null ? '' : html`<b>${customerName(verdict.customer, labels, t)}</b> `;
  const blamed = heldReasons(view.message).find(({ recipients }) => (recipients as readonly string[]).includes(address));
  const choice = (value: 'drop' | 'send', label: string, chosen: boolean): Html =>
    html`<label
      ><input
        type="radio"
        class="${value === 'drop' ? 'no' : ''}"
        name="decision:${address}"
        value="${value}"
        ${chosen ? raw('checked') : ''}
      /><span>${label}</span></label
    >`;
  return html`<fieldset class="rcp">
    <legend class="vh">${t.recipient} ${index + 1}: ${visible(address)}</legend>
    <p>${named}${blamed === undefined ? '' : html`<span class="tag bad">${visible(reasonTitle(blamed.code, view.message, t))}</span>`}</p>
    <div class="line">
      <span class="mono sub">${visible(address)}</span>
      <div class="seg">${choice('drop', t.drop, !send)}${choice('send', t.send, send)}</div>
    </div>
  </fieldset>`;
}

/** The customers the content is about and `many`, in an order that differs from hold to hold and says nothing. */
function question(view: HoldView, labels: CustomerLabels, t: Texts): Html {
  const about = (view.message.inspection?.about ?? []).map(({ customer }) => customer);
  const recipients = (view.message.inspection?.verdict.recipients ?? []).flatMap(({ customer }) => (customer === null ? [] : [customer]));
  const answers = [...new Set([...about, ...recipients])]
    .slice(0, 8)
    .map((customer) => ({ value: customer as string, label: `${customerName(customer, labels, t)}（${maskedId(customer)}）` }));
  const shuffled = [...answers, { value: 'many', label: t.many }]
    .map((answer) => ({ answer, at: Math.random() }))
    .toSorted((a, b) => a.at - b.at);
  return html`<fieldset class="answers">
    <legend class="lab">${t.question}<span class="req">${t.required}</span></legend>
    ${shuffled.map(({ answer }) => html`<label><input type="radio" name="answer" value="${answer.value}" required /><span>${answer.label}</span></label>`)}
  </fieldset>`;
}
