import type { Severity } from '../../../policy/index.ts';
import type { Day } from '../notebook.ts';
import { share, type Summary } from '../tally.ts';
import { bars, columns, shares, type Bar } from './charts.ts';
import { card, count, percent, plain } from './figures.ts';
import { html, none, say, type Markup, type Words } from './markup.ts';
import type { ReportInput } from './report-input.ts';
import { reasonWords, severityWords, typeWords } from './report-words.ts';

const tones: Readonly<Record<Severity, Bar['tone']>> = { high: 'high', medium: 'mid', low: 'low' };
const severities = ['high', 'medium', 'low'] as const;
const inside = (content: Markup): Markup => html`<div class="body">${content}</div>`;

export function byReason({ by_rule: rules, by_reason: expected, recorded, held }: Summary): Markup {
  const rows = rules
    .map(
      ({ code, policy, high, medium, low }) =>
        ({ code, policy, value: high + medium + low, worst: high > 0 ? 'high' : medium > 0 ? 'medium' : 'low' }) as const,
    )
    .toSorted((a, b) => b.value - a.value)
    .map(({ code, policy, value, worst }): Bar => {
      const counts = expected[code];
      const detail = counts === undefined ? '' : ` / ${counts.missed} / ${counts.extra}`;
      return {
        label: html`${say(reasonWords(code))}<code>${policy}</code>`,
        value,
        note: html`${count(value)}${detail}`,
        tone: tones[worst],
      };
    });
  const watched = Object.entries(recorded).map(
    ([code, mails]) => html`<span class="key">${say(reasonWords(code))} <b class="num">${count(mails)}</b></span>`,
  );
  return card(
    { ja: '保留の理由', en: 'Held by reason' },
    Object.keys(expected).length === 0
      ? { ja: '件数', en: 'mails' }
      : { ja: '件数 / 理由の見逃し / 余分', en: 'mails / reason missed / extra' },
    inside(
      html`${held === 0 ? say({ ja: '保留はありません。', en: 'Nothing is held.' }) : bars(rows)}
      ${watched.length === 0 ? none : html`<p class="legend"><span>${say({ ja: '記録だけ（監視）:', en: 'recorded only (monitor):' })}</span>${watched}</p>`}`,
    ),
  );
}

export function bySeverity({ by_severity: severity, held, messages }: Summary): Markup {
  return card(
    { ja: 'リスク', en: 'By severity' },
    { ja: '保留の内訳', en: 'of the mails held' },
    inside(
      html`${shares(severities.map((name) => ({ words: severityWords(name), value: severity[name], tone: tones[name] })))}
        <p class="legend">
          ${say({ ja: `${count(messages)}通のうち ${count(held)}件を保留（${percent(share(held, messages))}）`, en: `${count(held)} of ${count(messages)} mails held (${percent(share(held, messages))})` })}
        </p>`,
    ),
  );
}

const edge = (ms: number): string => (ms >= 1000 ? `${Math.round(ms / 100) / 10} s` : `${ms}`);

export function times({ times: histogram, summary: { took_ms: took }, seconds }: ReportInput): Markup {
  const classes = histogram.doublingClasses();
  if (seconds === null || classes.length === 0) return none;
  const shown = classes.slice(
    Math.max(
      0,
      classes.findIndex(({ count: mails }) => mails > 0),
    ),
  );
  return card(
    { ja: '1通の検査にかかる時間', en: 'Time of one inspection' },
    { ja: `95% は ${took.p95} ms 以内、最長 ${took.max} ms`, en: `95 % within ${took.p95} ms, longest ${took.max} ms` },
    inside(
      columns(
        shown.map(({ toMs, count: value }) => ({ label: `≤${edge(toMs)}`, parts: [{ value, tone: 'a' }] })),
        {
          ja: `検査時間の分布（ミリ秒）。中央値 ${took.p50} ms、最長 ${took.max} ms`,
          en: `distribution in ms, median ${took.p50}, longest ${took.max}`,
        },
      ),
    ),
  );
}

/** Of records: held and to be held, day by day. */
export function days(all: readonly Day[]): Markup {
  if (all.length < 2) return none;
  const held = all.reduce((sum, { high, medium, low }) => sum + high + medium + low, 0);
  return card(
    { ja: '1日ごとの保留', en: 'Held by day' },
    { ja: '受け付けた日（日本時間）', en: 'day of arrival, Japanese time' },
    inside(
      html`${columns(
          all.map(({ day, high, medium, low }) => ({
            label: day.slice(5).replace('-', '/'),
            parts: [
              { value: high, tone: 'high' },
              { value: medium, tone: 'mid' },
              { value: low, tone: 'low' },
            ],
          })),
          { ja: `${all.length}日間で ${held}件`, en: `${held} in ${all.length} days` },
          Math.ceil(all.length / 12),
        )}
        <p class="legend">
          ${severities.map((name) => html`<span class="key"><i class="c-${tones[name]}"></i>${say(severityWords(name))}</span>`)}
        </p>`,
    ),
  );
}

export function byType({ findings, pii }: Summary): Markup {
  const types = [...new Set([...Object.keys(findings), ...Object.keys(pii)])].toSorted(
    (a, b) => (findings[b]?.findings ?? 0) - (findings[a]?.findings ?? 0),
  );
  if (types.length === 0) return none;
  const isScored = Object.keys(pii).length > 0;
  const head = (words: Words): Markup => html`<th scope="col" class="r">${say(words)}</th>`;
  const number = (value: number | undefined): Markup => html`<td class="r">${value === undefined ? '–' : count(value)}</td>`;
  const rate = (value: number | null | undefined): Markup =>
    html`<td class="r">${value === undefined || value === null ? '–' : value.toFixed(3)}</td>`;
  return card(
    { ja: '見つかった情報', en: 'Findings by type' },
    isScored ? { ja: '右側は正解のあるメールだけの比較', en: 'the right half compares mails with known findings' } : plain,
    html`<div class="wide-table">
      <table>
        <thead>
          <tr>
            <th scope="col">${say({ ja: '種類', en: 'Type' })}</th>
            ${head({ ja: '件数', en: 'Findings' })}${head({ ja: 'メール', en: 'Mails' })}
            ${isScored ? [head({ ja: '一致', en: 'Found' }), head({ ja: '見逃し', en: 'Missed' }), head({ ja: '余分', en: 'Extra' }), head({ ja: 'F1', en: 'F1' })] : []}
          </tr>
        </thead>
        <tbody>
          ${types.map(
            (type) =>
              html`<tr>
                <td>${say(typeWords(type))} <code class="sub mono">${type}</code></td>
                ${number(findings[type]?.findings)}${number(findings[type]?.mails)}
                ${isScored ? [number(pii[type]?.found), number(pii[type]?.missed), number(pii[type]?.extra), rate(pii[type]?.f1)] : []}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`,
    'long',
  );
}
