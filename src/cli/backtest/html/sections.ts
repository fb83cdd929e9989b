import type { Changes } from '../compare.ts';
import type { Unread } from '../judge-mail.ts';
import { share, type Summary } from '../tally.ts';
import { card, count, percent, plain, tile } from './figures.ts';
import { html, none, say, type Markup, type Words } from './markup.ts';
import type { ReportInput } from './report-input.ts';
import { leftOutWords, reasonWords } from './report-words.ts';

const note = (tone: string, title: Words, text: Words): Markup =>
  html`<div class="note ${tone}" role="status">
    <div>
      <h2>${say(title)}</h2>
      <p>${say(text)}</p>
    </div>
  </div>`;

/** The report in one sentence, at the top. */
export function verdictNote(summary: Summary, changes: Changes | null): Markup {
  const lost = changes?.newly_missed.length ?? 0;
  if (lost > 0)
    return note(
      'bad',
      {
        ja: `止めるべきメール ${lost}件 が、送信されるようになります。`,
        en: `${lost} known missend${lost === 1 ? '' : 's'} would now be delivered.`,
      },
      { ja: 'この変更を入れる前に、下の一覧を確かめてください。', en: 'Look at the list below before this change goes in.' },
    );
  if (changes?.worse.includes('recall_dropped') === true)
    return note(
      'bad',
      { ja: '捕捉率が下がりました。', en: 'Hold recall dropped.' },
      { ja: '前にはなかったメールの見逃しを含みます。', en: 'Mails that the earlier report did not have are missed.' },
    );
  const missed = summary.missed.length;
  if (missed > 0)
    return note(
      'warn',
      { ja: `止めるべきメール ${missed}件 を見逃しています。`, en: `${missed} known missend${missed === 1 ? ' is' : 's are'} missed.` },
      { ja: '一覧は「見逃したメール」にあります。', en: 'They are listed under “Missed mails”.' },
    );
  if (summary.labelled === 0)
    return note(
      '',
      {
        ja: `${count(summary.messages)}通のうち ${count(summary.held)}件 が保留になります。`,
        en: `${count(summary.held)} of ${count(summary.messages)} mails are held.`,
      },
      {
        ja: '正解（expected、または承認者の判断）のあるメールがないため、見逃しと余分な保留は測れません。',
        en: 'No mail has a known answer (expected, or an approver’s decision), so misses and false holds cannot be told.',
      },
    );
  if (summary.labels.decision > 0)
    return note(
      '',
      {
        ja: `記録 ${count(summary.messages)}通のうち ${count(summary.labels.decision)}通 に、承認者の判断があります。`,
        en: `People decided on ${count(summary.labels.decision)} of ${count(summary.messages)} records.`,
      },
      {
        ja: '送信されたメールには判断がないため、見逃しは記録からは分かりません。',
        en: 'Mail that went out has no decision, so what was missed cannot be told from records.',
      },
    );
  return note(
    'ok',
    { ja: '見逃しはありません。', en: 'No known missend is missed.' },
    {
      ja: `余分な保留は ${count(summary.false_holds.length)}件 です。`,
      en: `${count(summary.false_holds.length)} mails are held for nothing.`,
    },
  );
}

const figure = (title: Words, value: string, unit: Words, hint: Words, tone: 'bad' | 'ok' | '' = ''): Markup =>
  tile({ title, value, unit, hint, tone });

export function tiles({ summary, seconds }: ReportInput): Markup {
  const { messages, held, took_ms: took } = summary;
  const pace =
    seconds === null
      ? []
      : [
          figure(
            { ja: '1通の検査', en: 'One inspection' },
            String(took.p50),
            { ja: 'ms', en: 'ms' },
            {
              ja: `中央値。99% は ${took.p99} ms 以内`,
              en: `median; 99 % within ${took.p99} ms`,
            },
          ),
          figure(
            { ja: '速さ', en: 'Pace' },
            count(Math.round(messages / Math.max(0.001, seconds))),
            { ja: '通/秒', en: '/s' },
            {
              ja: `全体で ${seconds.toFixed(1)}秒`,
              en: `${seconds.toFixed(1)} s in all`,
            },
          ),
        ];
  return html`<div class="stats">
    ${figure({ ja: 'メール', en: 'Mails' }, count(messages), { ja: '通', en: '' }, { ja: `${(summary.bytes / 1e6).toFixed(1)} MB`, en: `${(summary.bytes / 1e6).toFixed(1)} MB` })}
    ${figure({ ja: '保留', en: 'Held' }, count(held), { ja: '件', en: '' }, { ja: percent(share(held, messages)), en: percent(share(held, messages)) })}
    ${labelTiles(summary)} ${pace}
  </div>`;
}

function labelTiles(summary: Summary): readonly Markup[] {
  if (summary.labelled === 0) return [];
  if (summary.labels.decision > 0)
    return [
      figure(
        { ja: '承認者の判断', en: 'Decided by people' },
        count(summary.labels.decision),
        { ja: '通', en: '' },
        {
          ja: `保留のうち正しかったもの ${percent(summary.hold_precision)}`,
          en: `${percent(summary.hold_precision)} of the holds were right`,
        },
      ),
    ];
  return [
    figure(
      { ja: '捕捉率', en: 'Hold recall' },
      percent(summary.hold_recall),
      plain,
      { ja: `見逃し ${count(summary.missed.length)}件`, en: `${count(summary.missed.length)} missed` },
      summary.missed.length > 0 ? 'bad' : 'ok',
    ),
    figure({ ja: '余分な保留', en: 'False holds' }, percent(summary.false_hold_rate), plain, {
      ja: `送ってよいメールのうち ${count(summary.false_holds.length)}件`,
      en: `${count(summary.false_holds.length)} mails that are right`,
    }),
    figure({ ja: '理由まで正しい', en: 'Reasons right' }, percent(summary.reasons_right), plain, {
      ja: '正しく保留したメールのうち',
      en: 'of the mails rightly held',
    }),
  ];
}

export function confusion({ labelled, confusion: { hold, deliver } }: Summary): Markup {
  if (labelled === 0) return none;
  const cell = (value: number, tone: string, words: Words): Markup =>
    html`<td class="r ${value > 0 ? tone : ''}">${count(value)}<small>${say(words)}</small></td>`;
  return card(
    { ja: '正解との比較', en: 'Against the known answers' },
    { ja: `${count(labelled)}通`, en: `${count(labelled)} mails` },
    html`<table class="cross">
      <thead>
        <tr>
          <td></td>
          <th scope="col" class="r">${say({ ja: '保留された', en: 'Was held' })}</th>
          <th scope="col" class="r">${say({ ja: '送信された', en: 'Was delivered' })}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">${say({ ja: '保留すべき', en: 'To be held' })}</th>
          ${cell(hold.hold, 'good', { ja: '正しく保留', en: 'caught' })}${cell(hold.deliver, 'wrong', { ja: '見逃し', en: 'missed' })}
        </tr>
        <tr>
          <th scope="row">${say({ ja: '送ってよい', en: 'To be delivered' })}</th>
          ${cell(deliver.hold, 'wrong', { ja: '余分な保留', en: 'held for nothing' })}${cell(deliver.deliver, 'good', { ja: '正しく送信', en: 'rightly delivered' })}
        </tr>
      </tbody>
    </table>`,
  );
}

/** What people decided, by the rule that held the mail: a rule whose mails are mostly released holds for nothing. */
export function decisions({ decided_by_rule: rules }: Summary): Markup {
  if (rules.length === 0) return none;
  const head = (words: Words, kind = ''): Markup => html`<th scope="col" class="${kind}">${say(words)}</th>`;
  return card(
    { ja: '承認者の判断（ルール別）', en: 'Decisions by rule' },
    { ja: 'メールは理由ごとに数えます', en: 'a mail counts once for each reason' },
    html`<table>
      <thead>
        <tr>
          ${head({ ja: '理由', en: 'Reason' })}${head({ ja: 'ポリシー', en: 'Policy' })}${head({ ja: '差し戻し', en: 'Returned' }, 'r')}${head({ ja: '送信を許可', en: 'Released' }, 'r')}
        </tr>
      </thead>
      <tbody>
        ${rules.map(
          ({ code, policy, returned, released }) =>
            html`<tr>
              <td>${say(reasonWords(code))}</td>
              <td class="mono">${policy}</td>
              <td class="r">${count(returned)}</td>
              <td class="r">${count(released)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  );
}

/** Where the figures come from, and what they do not say. */
export function provenance({ summary, archive }: ReportInput): Markup {
  const row = (words: Words, value: Markup): Markup =>
    html`<dt>${say(words)}</dt>
      <dd>${value}</dd>`;
  const { envelopes, clocks, unread, inspection_failed: failed } = summary;
  return card(
    { ja: 'この結果について', en: 'About this report' },
    plain,
    html`<dl class="kv">
      ${row({ ja: 'ルール', en: 'Rules' }, html`<span class="mono">${summary.rule_set ?? '–'}</span>`)}
      ${row({ ja: 'ポリシー', en: 'Policies' }, html`<span class="mono">${summary.policy_set ?? '–'}</span>`)}
      ${archive === null ? row({ ja: '記録', en: 'Records' }, say({ ja: '受け付けたときの判定。監視モードでは、保留にあたるメールも送信されています。', en: 'verdicts as made on arrival; in monitor mode what would have been held was delivered' })) : none}
      ${envelopes.header > 0 ? row({ ja: 'エンベロープ', en: 'Envelopes' }, say({ ja: `${count(envelopes.header)}通はヘッダーから推定しました。Bcc の宛先は含まれないことがあります。`, en: `${count(envelopes.header)} taken from the header; Bcc recipients may be missing` })) : none}
      ${clocks.archive > 0 ? row({ ja: '日時', en: 'Time' }, say({ ja: `${count(clocks.archive)}通はヘッダーに日付がないため、mbox の From 行またはファイルの時刻で、日時の条件を判定しました。`, en: `${count(clocks.archive)} without a date in the header: schedules judged by the From_ line or the time of the file` })) : none}
      ${clocks.now > 0 ? row({ ja: '日時', en: 'Time' }, say({ ja: `${count(clocks.now)}通は日付がないため、実行した時刻で判定しました。`, en: `${count(clocks.now)} without any date: judged by the time of the run` })) : none}
      ${failed > 0 ? row({ ja: '検査の失敗', en: 'Failed inspections' }, say({ ja: `${count(failed)}通（保留として数えています）`, en: `${count(failed)}, counted as held` })) : none}
      ${Object.entries(unread).map(([why, mails]) => row({ ja: '対象外', en: 'Left out' }, html`${count(mails)}：${say(leftOutWords(why as Unread))}`))}
    </dl>`,
  );
}
