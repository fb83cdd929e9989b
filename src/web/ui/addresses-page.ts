import { html, raw } from 'hono/html';
import { instant, type CustomerId } from '../../core/index.ts';
import type { AddressBook, AddressRefusal, CustomerLabels, DecidedAddress } from '../../gateway/index.ts';
import { customerName, fullTime, maskedId, visible } from './format.ts';
import { csrfField, icon, page, type Html, type Viewer } from './layout.ts';
import { texts, type Texts } from './texts.ts';

export type AddressesPageParts = {
  /** Null: the list cannot be read. */
  readonly book: AddressBook | null;
  readonly mayDecide: boolean;
  readonly labels: CustomerLabels;
  /** What has just been done; `later`: in force only when the gateway has read the list again. */
  readonly done: 'accepted' | 'accepted_later' | 'dismissed' | 'dismissed_later' | null;
  /** Why the last try was refused, with what had been typed. */
  readonly refused: { readonly refusal: AddressRefusal; readonly id: string; readonly reason: string } | null;
};

/** Addresses that people keep releasing a customer's data to, and what was decided on them. */
export function addressesPage(viewer: Viewer, parts: AddressesPageParts): Html {
  const t = texts[viewer.language];
  const { book } = parts;
  const accepted = book?.decided.filter(({ decision }) => decision === 'accepted') ?? [];
  const dismissed = book?.decided.filter(({ decision }) => decision === 'dismissed') ?? [];
  const bar = html`<h1>${t.addresses}</h1>
    <span class="sub num">${t.items(book?.open.length ?? 0)}</span
    ><span class="sp"></span> ${book === null ? '' : html`<a class="btn sm" href="/addresses/export" download>${t.addressExport}</a>`}`;
  const main = html`<div class="page stack">
    ${notices(parts, t)}
    ${book === null ? '' : html`${proposals(viewer, parts, book, t)}${decidedCard(viewer, parts, accepted, 'accepted', t)}${dismissed.length === 0 ? '' : decidedCard(viewer, parts, dismissed, 'dismissed', t)}`}
  </div>`;
  return page(viewer, 'addresses', t.addresses, bar, main);
}

function notices({ book, refused, done }: AddressesPageParts, t: Texts): Html {
  const alert = (text: string, by: string): Html =>
    html`<div class="note bad" role="alert">
      ${icon('warn')}
      <div><b>${text}</b>${by}</div>
    </div>`;
  const refusal = refused?.refusal ?? (book === null ? ({ code: 'list_failed', by: null, at: null } as const) : null);
  const by =
    refusal === null || refusal.by === null ? '' : `　${visible(refusal.by)}${refusal.at === null ? '' : `　${fullTime(refusal.at)}`}`;
  const problems = book?.problems ?? [];
  return html`${refusal === null ? '' : alert(t.addressRefusal[refusal.code], by)}${done === null ? '' : html`<div class="undo" role="status">${t.addressDone[done]}</div>`}${
    problems.length === 0
      ? ''
      : html`<div class="note warn">
          ${icon('warn')}
          <div>${t.addressBadRows(problems.map(({ line }) => String(line)).join(t.listSep))}</div>
        </div>`
  }`;
}

function proposals(viewer: Viewer, parts: AddressesPageParts, book: AddressBook, t: Texts): Html {
  const none = html`<div class="empty">
    <p>${t.addressNone}</p>
    <p class="sub">${parts.labels.count() === 0 ? t.addressNoCustomers : t.addressNoneHint}</p>
  </div>`;
  return html`<section class="card" aria-labelledby="open">
    <header><h2 id="open">${t.addressOpen}</h2></header>
    <p class="body sub">${t.addressIntro}</p>
    ${
      book.open.length === 0
        ? none
        : html`<ul class="proposals">
            ${book.open.map(
              (one) =>
                html`<li>
                  <h3>${whose(one.customer, parts.labels, t)}</h3>
                  <p class="mono">${visible(one.address)}</p>
                  <p class="sub">
                    ${t.addressReleased(one.releases, fullTime(one.proposedAt), fullTime(one.lastAt))}<br />${t.addressReleasedBy(one.releasedBy.map(visible).join(t.listSep))}
                  </p>
                  ${parts.mayDecide ? form(viewer, parts, one.id, 'open', ['accept', 'dismiss'], t) : ''}
                </li>`,
            )}
          </ul>`
    }
  </section>`;
}

const whose = (customer: CustomerId, labels: CustomerLabels, t: Texts): string =>
  `${customerName(customer, labels, t)}（${maskedId(customer)}）`;

type Verb = 'accept' | 'dismiss';

/** A text area, not a line: Enter in a line would press the first button, and no key decides. */
function form(viewer: Viewer, { refused }: AddressesPageParts, id: string, standing: string, verbs: readonly Verb[], t: Texts): Html {
  const typed = refused !== null && refused.id === id ? refused.reason : '';
  const missing = typed === '' && refused?.id === id && refused.refusal.code === 'reason_required';
  return html`<form class="decision" method="post" action="/addresses/${id}/${verbs[0] ?? 'dismiss'}">
    ${csrfField(viewer)}<input type="hidden" name="standing" value="${standing}" />
    <div>
      <label class="lab" for="why-${id}">${t.addressWhy}<span class="req">${t.required}</span></label
      ><textarea
        id="why-${id}"
        name="reason"
        rows="1"
        maxlength="2000"
        required
        placeholder="${t.addressWhyExample}"
        ${missing ? raw('aria-invalid="true" autofocus') : ''}
      >
${typed}</textarea>
    </div>
    <div class="acts">
      ${verbs.map((verb) => html`<button type="submit" class="btn" formaction="/addresses/${id}/${verb}">${standing === 'accepted' ? t.addressRevoke : t.addressVerb[verb]}</button> `)}
    </div>
  </form>`;
}

function decidedCard(
  viewer: Viewer,
  parts: AddressesPageParts,
  decided: readonly DecidedAddress[],
  which: 'accepted' | 'dismissed',
  t: Texts,
): Html {
  const empty = html`<div class="empty"><p>${t.addressNoneAccepted}</p></div>`;
  return html`<section class="card" aria-labelledby="${which}">
    <header>
      <h2 id="${which}">${t.addressDecided[which]}</h2>
      <span class="sub num">${t.items(decided.length)}</span>
    </header>
    ${
      decided.length === 0
        ? empty
        : html`<ul class="proposals decided">
            ${decided.map((one) => decidedItem(viewer, parts, one, which, t))}
          </ul>`
    }
  </section>`;
}

function decidedItem(viewer: Viewer, parts: AddressesPageParts, one: DecidedAddress, which: 'accepted' | 'dismissed', t: Texts): Html {
  const change = html`<details ${parts.refused?.id === one.id ? raw('open') : ''}>
    <summary>${which === 'accepted' ? t.addressRevoke : t.addressVerb.accept}</summary>
    ${form(viewer, parts, one.id, which, [which === 'accepted' ? 'dismiss' : 'accept'], t)}
  </details>`;
  return html`<li>
    <h3>${whose(one.customer, parts.labels, t)}</h3>
    <p class="mono">${visible(one.address)}</p>
    <p class="sub">${timeOf(one.decidedAt)}　${visible(one.decidedBy)}　${t.addressTimes(one.releases)}</p>
    <blockquote>${visible(one.reason)}</blockquote>
    ${parts.mayDecide ? change : ''}
  </li>`;
}

/** As the list says it, which people may have edited. */
const timeOf = (iso: string): string => (Number.isNaN(Date.parse(iso)) ? visible(iso) : fullTime(instant(Date.parse(iso))));
