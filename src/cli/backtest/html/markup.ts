/** HTML that is safe to put on a page: made by `html` alone, which escapes every value that is no `Markup` itself. */
export type Markup = { readonly markup: string };
type Value = Markup | string | number | readonly Markup[];

export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return { markup: strings.map((part, index) => part + (index < values.length ? written(values[index] ?? '') : '')).join('') };
}

function written(value: Value): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return escape(value);
  return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('');
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');

/** Nothing, where a part of a page is left out. */
export const none: Markup = { markup: '' };

export type Words = { readonly ja: string; readonly en: string };

/** Both languages; the page's switch shows one. */
export const say = ({ ja, en }: Words): Markup => html`<span lang="ja">${ja}</span><span lang="en">${en}</span>`;
