import { html, say, type Markup, type Words } from './markup.ts';

export const percent = (value: number | null): string => (value === null ? '–' : `${(value * 100).toFixed(1)} %`);
export const count = (value: number): string => value.toLocaleString('en');

/** One large figure. `tone` colours the figure where it is good or bad by itself. */
export function tile(figure: {
  readonly title: Words;
  readonly value: string;
  readonly unit: Words;
  readonly hint: Words;
  readonly tone: 'bad' | 'ok' | '';
}): Markup {
  return html`<div class="card stat">
    <p class="t">${say(figure.title)}</p>
    <p class="v ${figure.tone}">${figure.value}<small>${say(figure.unit)}</small></p>
    <p class="d">${say(figure.hint)}</p>
  </div>`;
}

export const plain: Words = { ja: '', en: '' };

export function card(title: Words, hint: Words, content: Markup, kind: 'long' | '' = ''): Markup {
  return html`<section class="card ${kind}">
    <header>
      <h2>${say(title)}</h2>
      <span class="sub">${say(hint)}</span>
    </header>
    ${content}
  </section>`;
}
