import type { Change, Changes } from '../compare.ts';
import type { NotedList } from '../notebook.ts';
import { changeTable } from './mail-lists.ts';
import { html, none, say, type Markup, type Words } from './markup.ts';
import { percent, tile } from './figures.ts';
import { changeWords, reasonWords } from './report-words.ts';

/** What differs from the earlier report: counts, the two rule sets, by rule, then mail by mail. */
export function changesSection(changes: Changes, list: NotedList<Change>): Markup {
  const count = (words: Words, ids: readonly string[], hint: Words, tone: 'bad' | 'ok' | ''): Markup =>
    tile({ title: words, value: ids.length.toLocaleString('en'), unit: { ja: '件', en: '' }, hint, tone: ids.length > 0 ? tone : '' });
  return html`<section>
    <h2>${say({ ja: '前の結果との違い', en: 'Differences from the earlier report' })}</h2>
    <div class="stats">
      ${count(changeWords.newly_missed, changes.newly_missed, { ja: '止めるべきメールが通る', en: 'known missends that pass now' }, 'bad')}
      ${count(changeWords.newly_high, changes.newly_high, { ja: '高リスクの保留が増える', en: 'held now with high risk' }, '')}
      ${count(changeWords.newly_held, changes.newly_held, { ja: '前は送信、今回は保留', en: 'delivered before, held now' }, '')}
      ${count(changeWords.newly_passed, changes.newly_passed, { ja: '前は保留、今回は送信', en: 'held before, delivered now' }, '')}
      ${count(changeWords.newly_caught, changes.newly_caught, { ja: '止めるべきメールが止まる', en: 'known missends that are held now' }, 'ok')}
    </div>
    <div class="two">${versions(changes)}${byRule(changes)}</div>
    <div class="card long">
      <header>
        <h2>${say({ ja: '判定の変わったメール', en: 'Mails with another verdict' })}</h2>
        <span class="sub">${say({ ja: '見逃し、高リスク、その他の順', en: 'missed first, then high risk' })}</span>
      </header>
      ${changeTable(list)}
    </div>
  </section>`;
}

function versions({ earlier, now, recall, in_both: both, only_now: added, only_earlier: gone }: Changes): Markup {
  const row = (words: Words, before: string, after: string): Markup =>
    html`<tr>
      <th scope="row">${say(words)}</th>
      <td class="r">${before}</td>
      <td class="r">${after}</td>
    </tr>`;
  return html`<div class="card">
    <header><h2>${say({ ja: '比べたもの', en: 'What was compared' })}</h2></header>
    <table>
      <thead>
        <tr>
          <td></td>
          <th scope="col" class="r">${say({ ja: '前', en: 'Before' })}</th>
          <th scope="col" class="r">${say({ ja: '今回', en: 'Now' })}</th>
        </tr>
      </thead>
      <tbody>
        ${row({ ja: '検出ルール', en: 'Rules' }, earlier.rule_set ?? '–', now.rule_set ?? '–')}
        ${row({ ja: 'ポリシー', en: 'Policies' }, earlier.policy_set ?? '–', now.policy_set ?? '–')}
        ${row({ ja: 'メール', en: 'Mails' }, earlier.messages.toLocaleString('en'), now.messages.toLocaleString('en'))}
        ${row({ ja: '捕捉率（全体）', en: 'Hold recall, all' }, percent(earlier.hold_recall), percent(now.hold_recall))}
        ${row({ ja: '捕捉率（共通のメール）', en: 'Hold recall, mails in both' }, percent(recall.earlier), percent(recall.now))}
        ${row({ ja: '共通 / 片方だけ', en: 'In both / in one alone' }, `${both.toLocaleString('en')} / ${gone.toLocaleString('en')}`, `${both.toLocaleString('en')} / ${added.toLocaleString('en')}`)}
      </tbody>
    </table>
  </div>`;
}

function byRule({ by_rule: rules }: Changes): Markup {
  if (rules.length === 0) return none;
  return html`<div class="card">
    <header><h2>${say({ ja: 'ルールごとの変化', en: 'By rule' })}</h2></header>
    <table>
      <thead>
        <tr>
          <th scope="col">${say({ ja: '理由・ポリシー', en: 'Reason, policy' })}</th>
          <th scope="col" class="r">${say(changeWords.newly_held)}</th>
          <th scope="col" class="r">${say(changeWords.newly_passed)}</th>
        </tr>
      </thead>
      <tbody>
        ${rules.map(
          ({ code, policy, newly_held: held, newly_passed: passed }) =>
            html`<tr>
              <td>${say(reasonWords(code))} <code class="sub mono">${policy ?? code}</code></td>
              <td class="r">${held}</td>
              <td class="r">${passed}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
