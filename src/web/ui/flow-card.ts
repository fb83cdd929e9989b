import { html } from 'hono/html';
import type { CustomerId } from '../../core/index.ts';
import type { CustomerLabels, HoldView } from '../../gateway/index.ts';
import type { ShownFinding } from '../../inspect/index.ts';
import { customerName, maskedId, shortTime, visible } from './format.ts';
import { icon, type Html } from './layout.ts';
import { maskValue } from './mask.ts';
import { mainReason } from './sentence.ts';
import type { Texts } from './texts.ts';

/** Whose data goes to whom: two cards with the differing characters marked, and the fields compared with both records. */
export function flowCard(view: HoldView, labels: CustomerLabels, seesContent: boolean, t: Texts): Html {
  const inspection = view.message.inspection;
  const reason = mainReason(view.message);
  const about = reason?.customers[0] ?? inspection?.about[0]?.customer ?? null;
  if (inspection === null || about === null) return html``;
  const address = reason?.recipients[0] ?? view.hold.recipients[0]?.address ?? null;
  const recipient = inspection.verdict.recipients.find((one) => one.address === address) ?? null;
  const other = recipient?.customer ?? null;
  const bad = reason?.code === 'wrong_customer' || reason?.code === 'cross_client';
  const names = [nameOf(about, labels), other === null ? '' : nameOf(other, labels)] as const;
  const loaded = labels.loadedAt();
  const more = (reason?.customers.length ?? 1) - 1;
  return html`<section class="card" aria-labelledby="f">
    <header>
      <h2 id="f">${t.whose}</h2>
      ${loaded === null ? '' : html`<span class="sub">${t.loaded(shortTime(loaded))}</span>`}
    </header>
    <div class="body">
      <div class="flow">
        <div class="who">
          <p class="cap">${t.aboutCap}</p>
          <p class="name">
            ${marked(names[0], other === about ? names[0] : names[1])}${more > 0 ? html` <small>${t.moreAbout(more)}</small>` : ''}
          </p>
          ${facts(about, labels, t)}
        </div>
        <div class="conn">${bad ? html`<span>${t.otherPerson}</span>` : html`<span>→</span>`}</div>
        <div class="who ${bad ? 'bad' : ''}">
          <p class="cap">${icon('mine')}${t.toCap}</p>
          <p class="name">${other === null ? t.unregistered : marked(names[1], names[0])}</p>
          <dl>
            ${other === null ? '' : idFact(other, t)}
            <dt>${t.address}</dt>
            <dd class="mono">${visible(address ?? '')}</dd>
          </dl>
        </div>
      </div>
    </div>
    ${seesContent ? comparison(view, about, other, labels, t) : ''}
  </section>`;
}

const nameOf = (customer: CustomerId, labels: CustomerLabels): string => labels.label(customer)?.name ?? maskedId(customer);
const idFact = (customer: CustomerId, t: Texts): Html =>
  html`<dt>${t.customerId}</dt>
    <dd class="num">${maskedId(customer)}</dd>`;

function facts(customer: CustomerId, labels: CustomerLabels, t: Texts): Html {
  const label = labels.label(customer);
  return html`<dl>
    ${idFact(customer, t)}${
      label === null || label.company === ''
        ? ''
        : html`<dt>${t.company}</dt>
            <dd>${visible(label.company)}</dd>`
    }${
      label === null || label.client === ''
        ? ''
        : html`<dt>${t.client}</dt>
            <dd>${visible(label.client)}</dd>`
    }
  </dl>`;
}

/** Marks the characters in which near-equal names differ; names of different length differ as a whole and get no marks. */
function marked(name: string, other: string): Html {
  const [mine, theirs] = [Array.from(name), Array.from(other)];
  if (other === '' || name === other || mine.length !== theirs.length) return html`${visible(name)}`;
  return html`${mine.map((character, index) => (character === theirs[index] ? html`${visible(character)}` : html`<mark class="bad">${visible(character)}</mark>`))}`;
}

function comparison(view: HoldView, about: CustomerId, other: CustomerId | null, labels: CustomerLabels, t: Texts): Html {
  const everyone = view.message.inspection?.about ?? [];
  const mine = everyone.find(({ customer }) => customer === about)?.evidence ?? [];
  const theirs = everyone.find(({ customer }) => customer === other)?.evidence ?? [];
  const findings = view.examination?.findings ?? [];
  const types = [...new Set([...mine, ...theirs])];
  if (types.length === 0) return html``;
  const answer = (agrees: boolean): Html =>
    agrees ? html`<span class="yes">${icon('yes')}${t.matches}</span>` : html`<span class="no">${icon('no')}${t.differs}</span>`;
  const second = (type: string): Html => (other === null ? html`` : html`<td>${answer((theirs as readonly string[]).includes(type))}</td>`);
  return html`<div class="wide-table">
    <table class="cmp">
      <caption class="vh">
        ${t.compare}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t.field}</th>
          <th scope="col">${t.inMail}</th>
          <th scope="col">${t.recordOf(customerName(about, labels, t))}</th>
          ${other === null ? '' : html`<th scope="col">${t.recordOf(customerName(other, labels, t))}</th>`}
        </tr>
      </thead>
      <tbody>
        ${types.map(
          (type) =>
            html`<tr>
              <th scope="row">${t.types[type] ?? type}</th>
              <td>${valueOf(type, findings)}</td>
              <td>${answer(mine.includes(type))}</td>
              ${second(type)}
            </tr>`,
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">${t.result}</th>
          <td></td>
          <td><b>${t.fields(mine.length, types.length)}</b></td>
          ${other === null ? '' : html`<td><b>${t.fields(theirs.length, types.length)}</b></td>`}
        </tr>
      </tfoot>
    </table>
  </div>`;
}

function valueOf(type: string, findings: readonly ShownFinding[]): Html {
  const finding = findings.find((one) => one.type === type && one.owner === 'customer');
  return html`<span class="mask">${finding === undefined ? '' : maskValue(type, finding.text)}</span>`;
}
