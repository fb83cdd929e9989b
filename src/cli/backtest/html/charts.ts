import { html, none, say, type Markup, type Words } from './markup.ts';

export type Bar = { readonly label: Markup; readonly value: number; readonly note: Markup; readonly tone: 'a' | 'high' | 'mid' | 'low' };

/** Lying bars, each with its number beside it: read as a list where pictures are not shown. */
export function bars(rows: readonly Bar[]): Markup {
  const most = Math.max(1, ...rows.map(({ value }) => value));
  return html`<ul class="hb">
    ${rows.map(
      ({ label, value, note, tone }) =>
        html`<li>
          <span>${label}</span>
          <svg class="bar-line" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">
            <rect class="track" width="100" height="14" />
            <rect class="c-${tone}" width="${round((value / most) * 100)}" height="14" />
          </svg>
          <span class="n">${note}</span>
        </li>`,
    )}
  </ul>`;
}

export type Column = { readonly label: string; readonly parts: readonly { readonly value: number; readonly tone: Bar['tone'] }[] };
const width = 640;
const height = 190;
const floor = 164;
const top = 18;
const left = 44;

/** Standing columns with a scale; parts are stacked with a gap between them, because neighbouring tones differ little. */
export function columns(all: readonly Column[], description: Words, everyLabel = 1): Markup {
  const totals = all.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0));
  const most = niceTop(Math.max(1, ...totals));
  const step = (width - left) / Math.max(1, all.length);
  const wide = Math.min(56, step * 0.78);
  const y = (value: number): number => floor - ((floor - top) * value) / most;
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (part) =>
      html`<line class="grid" x1="${left}" x2="${width}" y1="${round(y(most * part))}" y2="${round(y(most * part))}" /><text
          x="${left - 8}"
          y="${round(y(most * part)) + 4}"
          text-anchor="end"
        >
          ${Number.isInteger(most * part) ? (most * part).toLocaleString('en') : ''}
        </text>`,
  );
  const drawn = all.map((column, index) => {
    const x = left + step * index + (step - wide) / 2;
    const label = index % everyLabel === 0 ? column.label : '';
    return html`${stack(column, x, wide, y)}<text x="${round(x + wide / 2)}" y="${floor + 18}" text-anchor="middle">${label}</text>`;
  });
  return html`<svg class="ch" viewBox="0 0 ${width} ${height}" role="img" aria-label="${description.ja} / ${description.en}">
    ${grid}${drawn}
  </svg>`;
}

function stack({ parts }: Column, x: number, wide: number, y: (value: number) => number): readonly Markup[] {
  let below = 0;
  return parts.map(({ value, tone }) => {
    if (value === 0) return none;
    const from = y(below);
    below += value;
    const tall = Math.max(1.5, from - y(below) - (parts.length > 1 ? 1.5 : 0));
    return html`<rect class="c-${tone}" x="${round(x)}" y="${round(from - tall)}" width="${round(wide)}" height="${round(tall)}" rx="2" />`;
  });
}

/** The next of 4, 8, 12, 20, 40, 80 …: divides into four whole steps. */
function niceTop(value: number): number {
  for (let unit = 1; ; unit *= 10) for (const factor of [4, 8, 12, 20]) if (factor * unit >= value) return factor * unit;
}

const round = (value: number): number => Math.round(value * 10) / 10;

export type Part = { readonly words: Words; readonly value: number; readonly tone: Bar['tone'] };

/** One lying bar of several parts with its legend. */
export function shares(parts: readonly Part[]): Markup {
  const total = Math.max(
    1,
    parts.reduce((sum, { value }) => sum + value, 0),
  );
  let from = 0;
  const drawn = parts.map(({ value, tone }) => {
    const wide = (value / total) * 100;
    const x = from;
    from += wide;
    return value === 0 ? none : html`<rect class="c-${tone}" x="${round(x)}" width="${round(Math.max(0.4, wide - 0.4))}" height="14" />`;
  });
  return html`<svg class="bar-line" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" width="100" height="14" />
      ${drawn}
    </svg>
    <p class="legend">
      ${parts.map(({ words, value, tone }) => html`<span class="key"><i class="c-${tone}"></i>${say(words)} <b class="num">${value.toLocaleString('en')}</b></span>`)}
    </p>`;
}
