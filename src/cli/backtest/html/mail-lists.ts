import { visible } from '../../../web/index.ts';
import type { Severity } from '../../../policy/index.ts';
import type { Change } from '../compare.ts';
import { isStopped, type Judged, type JudgedReason } from '../judge-mail.ts';
import type { NotedList } from '../notebook.ts';
import type { EarlierMail } from '../read-report.ts';
import { html, none, say, type Markup, type Words } from './markup.ts';
import { changeTones, changeWords, reasonWords, severityWords } from './report-words.ts';

const riskClass: Readonly<Record<Severity, string>> = { high: 'h', medium: 'm', low: 'l' };

const risk = (severity: Severity | null): Markup =>
  severity === null
    ? html`<span class="tag">${say({ ja: '送信', en: 'Delivered' })}</span>`
    : html`<span class="risk ${riskClass[severity]}">${say(severityWords(severity))}</span>`;

const judged = (severity: Severity | null, items: readonly Markup[]): Markup =>
  html`<div class="judged">
    ${risk(severity)}${
      items.length === 0
        ? none
        : html`<ul>
            ${items}
          </ul>`
    }
  </div>`;

/** The column's head once more, for screens too narrow for columns. */
const when = (words: Words): Markup => html`<span class="sub when">${say(words)}</span>`;

/** At most so many recipients of one reason are named. */
const maxNamed = 5;

function reasonItem({ code, policy, recipients, customers, words }: JudgedReason): Markup {
  const named = recipients.slice(0, maxNamed).join(', ') + (recipients.length > maxNamed ? ` … +${recipients.length - maxNamed}` : '');
  return html`<li>
    <b>${say(reasonWords(code))}</b> <code class="sub mono">${policy}</code>
    ${words === null ? html`<span class="sub">→ ${visible(named)} ${visible(customers.slice(0, maxNamed).join(', '))}</span>` : html`<span class="sub">${say({ ja: visible(words.ja), en: visible(words.en) })}</span>`}
  </li>`;
}

const ruleItem = ({ code, policy }: EarlierMail['rules'][number]): Markup =>
  html`<li>${say(reasonWords(code))} <code class="sub mono">${policy ?? ''}</code></li>`;

const identity = ({ id, subject }: Judged): Markup =>
  html`<td class="id">
    <span class="mono">${visible(id)}</span>${subject === null ? none : html`<span class="sub">${visible(subject)}</span>`}
  </td>`;

/** Mails with the reasons given now. Missed ones show what was expected. */
export function mailTable(name: string, { items, total }: NotedList<Judged>): Markup {
  const rows = items.map(
    (mail) =>
      html`<tr>
        <td>${risk(mail.severity)}</td>
        ${identity(mail)}
        <td>${reasonCell(mail)}</td>
      </tr>`,
  );
  return html`<div class="wide-table">
      <table class="mails">
        <caption class="vh">
          ${name}
        </caption>
        <thead>
          <tr>
            <th scope="col">${say({ ja: 'リスク', en: 'Risk' })}</th>
            <th scope="col">ID</th>
            <th scope="col">${say({ ja: '理由', en: 'Reasons' })}</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    ${rest(items.length, total)}`;
}

function reasonCell({ verdict, reasons, expected }: Judged): Markup {
  if (isStopped(verdict))
    return html`<ul>
      ${reasons.map(reasonItem)}
    </ul>`;
  const wanted = (expected?.reasons ?? []).map((code) => html`<li>${say(reasonWords(code))} <code class="sub mono">${code}</code></li>`);
  return html`<span class="sub">${say({ ja: '期待した理由', en: 'expected' })}</span>
    <ul>
      ${wanted}
    </ul>`;
}

/** What differs from the earlier report, worst first. */
export function changeTable({ items, total }: NotedList<Change>): Markup {
  if (items.length === 0) return html`<p>${say({ ja: '判定の変わったメールはありません。', en: 'No mail has another verdict.' })}</p>`;
  const rows = items.map(
    ({ kind, before, now }) =>
      html`<tr>
        <td><span class="tag ${changeTones[kind]}">${say(changeWords[kind])}</span></td>
        ${identity(now)}
        <td class="change">${when({ ja: '前', en: 'Before' })}${judged(before.severity, before.rules.map(ruleItem))}</td>
        <td class="change">${when({ ja: '今回', en: 'Now' })}${judged(now.severity, now.reasons.map(reasonItem))}</td>
      </tr>`,
  );
  const head = (words: Words): Markup => html`<th scope="col">${say(words)}</th>`;
  return html`<div class="wide-table">
      <table class="mails">
        <thead>
          <tr>
            ${head({ ja: '変化', en: 'Change' })}
            <th scope="col">ID</th>
            ${head({ ja: '前', en: 'Before' })}${head({ ja: '今回', en: 'Now' })}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    ${rest(items.length, total)}`;
}

const rest = (shown: number, total: number): Markup =>
  shown === total
    ? none
    : html`<p class="sub">
        ${say({ ja: `ほか ${(total - shown).toLocaleString('en')}件（全件は --json）`, en: `${(total - shown).toLocaleString('en')} more (all of them: --json)` })}
      </p>`;
