import { parse, type DefaultTreeAdapterTypes } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
/** What is shown, and what only the source says: comments, attributes, scripts, undisplayed elements. */
export type HtmlText = { readonly visible: string; readonly hidden: readonly string[] };

const blocks = new Set(
  'address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section select summary table tbody tfoot thead tr ul title'.split(
    ' ',
  ),
);
/** These end a line without parting paragraphs: a table's rows belong together. */
const lines = new Set(['tr', 'li', 'dt', 'dd', 'br', 'option', 'title', 'tbody', 'thead', 'tfoot']);
const unshown = new Set(['script', 'style', 'template', 'noscript', 'head', 'iframe', 'object']);
const telling = new Set([
  'alt',
  'title',
  'value',
  'placeholder',
  'content',
  'href',
  'src',
  'aria-label',
  'label',
  'action',
  'data',
  'cite',
]);

/** The text of an HTML document. Walks without recursion: 30,000 nested elements are no reason to fail. */
export function readHtml(html: string): HtmlText {
  const visible: string[] = [];
  const hidden: string[] = [];
  const concealed: string[] = [];
  const stack: { node: Node; leave: boolean; shown: boolean }[] = [{ node: parse(html), leave: false, shown: true }];
  for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
    const { node, leave, shown } = step;
    const out = shown ? visible : concealed;
    if (leave) {
      out.push(breakAfter(node));
      continue;
    }
    if (node.nodeName === '#text' && 'value' in node) out.push(node.value.replaceAll(/[ \t\r\n]+/g, ' '));
    else if (node.nodeName === '#comment' && 'data' in node) hidden.push(node.data);
    if (!('childNodes' in node)) continue;
    const isShown = shown && !isUnshown(node);
    if ('attrs' in node)
      for (const { name, value } of node.attrs)
        if (telling.has(name) && value.trim() !== '' && !value.startsWith('http')) hidden.push(readableAttribute(value));
    if (blocks.has(node.nodeName) && !lines.has(node.nodeName)) out.push('\n');
    stack.push({ node, leave: true, shown: isShown });
    // `content` is where parse5 keeps what a <template> holds.
    const children = 'content' in node ? [...node.childNodes, node.content] : node.childNodes;
    for (const child of children.toReversed()) stack.push({ node: child, leave: false, shown: isShown });
  }
  const rest = tidy(concealed.join(''));
  return { visible: tidy(visible.join('')), hidden: [...hidden.map((text) => text.trim()), rest].filter((text) => text !== '') };
}

function breakAfter(node: Node): string {
  if (node.nodeName === 'td' || node.nodeName === 'th') return '\t';
  return blocks.has(node.nodeName) ? '\n' : '';
}

function isUnshown(node: Node): boolean {
  if (unshown.has(node.nodeName)) return true;
  if (!('attrs' in node)) return false;
  const style = node.attrs.find(({ name }) => name === 'style')?.value ?? '';
  return /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0/i.test(style) || node.attrs.some(({ name }) => name === 'hidden');
}

/** `mailto:` and `tel:` links name people; percent signs are undone so that they are found. */
function readableAttribute(value: string): string {
  if (!/^(mailto|tel):/i.test(value)) return value;
  try {
    return decodeURIComponent(value.replace(/^(mailto|tel):/i, ''));
  } catch {
    return value;
  }
}

/** Lines without stray spaces; a row's cells stay apart by tabs. */
const tidy = (text: string): string =>
  text
    .replaceAll(/ *\t[ \t]*(?=\n)/g, '')
    .replaceAll(/ *\t */g, '\t')
    .replaceAll(/[ \u00A0]*\n[ \u00A0]*/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .replaceAll(/^[\n ]+|[\n\t ]+$/g, '');
