import { html } from 'hono/html';
import type { DelayedMail } from '../../gateway/index.ts';
import type { Instant } from '../../core/index.ts';
import { shortTime, visible } from './format.ts';
import { csrfField, type Html, type Viewer } from './layout.ts';
import { riskBadge } from './risk-badge.ts';
import type { Texts } from './texts.ts';

/** Mail that waits because of a policy: why, when it goes, and a way to stop it until then. Neither subject nor text. */
export const delayedRows = (viewer: Viewer, mails: readonly DelayedMail[], now: Instant, t: Texts): Html =>
  html`${mails.map((mail) => delayedRow(viewer, mail, now, t))}`;

function delayedRow(viewer: Viewer, mail: DelayedMail, now: Instant, t: Texts): Html {
  const { message, recipients, goesAt, reasons } = mail;
  const { mailFrom, receivedAt } = message.spooled.envelope;
  const [first, ...others] = recipients;
  const minutes = Math.ceil((goesAt - now) / 60_000);
  const titles = new Map(reasons.map(({ policy, title }) => [policy, title[t.language]]));
  return html`<article class="row plain waits">
    ${riskBadge(reasons[0]?.severity ?? 'low', t)}
    <div>
      <h3>${visible([...titles.values()].join(t.listSep))}</h3>
      <p class="subj mono">
        ${visible(mailFrom ?? t.nobody)} → ${visible(first ?? '')}${others.length > 0 ? ` ${t.people(others.length)}` : ''}
      </p>
      <p class="meta">
        <span class="sub">${t.byPolicies([...titles.keys()].join(t.listSep))}</span>
        <span class="sub">${t.number} <span class="mono">${message.id}</span></span>
      </p>
      ${mail.mayStop ? stopForm(viewer, mail, t) : ''}
    </div>
    <p class="time">
      <b class="${minutes < 30 ? 'soon' : ''} num">${t.goesAt(shortTime(goesAt))}</b
      ><span class="num">${minutes < 60 ? t.left(minutes) : t.takenAt(shortTime(receivedAt))}</span>
    </p>
  </article>`;
}

/** One click: until the mail goes there may be little time, and stopping is always safe. */
const stopForm = (viewer: Viewer, { message, isOwn }: DelayedMail, t: Texts): Html =>
  html`<form class="stop" method="post" action="/delayed/${message.id}/stop">
    ${csrfField(viewer)}<button type="submit" class="btn sm">${isOwn ? t.takeBack : t.stop}</button>
    <span class="sub">${isOwn ? t.takeBackHint : t.stopHint}</span>
  </form>`;
