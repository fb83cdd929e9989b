import { isCollection, isNode, isScalar, visit, type Document } from 'yaml';

/** An error of YAML syntax, `at` in UTF-16 units of the text. */
export type YamlMistake = { readonly at: number; readonly message: string };

const wideColon = /^([ \t]*(?:- +)?[A-Za-z_]+)：/;
const wideSpace = /^([ \t]*)\u3000/;

/**
 * The first error of a file, in words for whoever wrote it, or null. Those behind it mostly follow from it: their number stands in the message.
 * Full-width signs come first, since the parser takes them for letters and complains of something else.
 */
export function findSyntaxError(document: Document, text: string): YamlMistake | null {
  const { errors } = document;
  const [first] = errors;
  if (first === undefined) return wrongKey(document, text);
  const wide = wideSign(text, first.pos[0]);
  if (wide !== null) return wide;
  const more = errors.length === 1 ? '' : ` (+${errors.length - 1} more that follow from it)`;
  return { at: first.pos[0], message: `${wordError(first.code, first.message)}${more}` };
}

const ofWideColon = '`：` is a full-width colon; behind a key write `: `, half-width, and a space';
const ofWideSpace = 'begins with a full-width space; indent with half-width ones';

/** In the line of the first error or beside it. */
function wideSign(text: string, errorAt: number): YamlMistake | null {
  const errorLine = text.slice(0, errorAt).split('\n').length - 1;
  let start = 0;
  for (const [index, line] of text.split('\n').entries()) {
    const from = start;
    start += line.length + 1;
    if (Math.abs(index - errorLine) > 1) continue;
    const space = wideSpace.exec(line);
    if (space !== null) return { at: from + (space[1] ?? '').length, message: ofWideSpace };
    const colon = wideColon.exec(line);
    if (colon === null) continue;
    return { at: from + (colon[1] ?? '').length, message: ofWideColon };
  }
  return null;
}

function wordError(code: string, message: string): string {
  const plain = (message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');
  return `not valid YAML: ${code === 'MULTIPLE_DOCS' ? 'a second document begins here' : plain}${hintFor(code, plain)}`;
}

function hintFor(code: string, plain: string): string {
  if (code === 'MULTIPLE_DOCS') return '; a file holds one: take the line `---` out, and what follows into a file of its own';
  if (/tab/i.test(plain)) return '; indent with spaces';
  if (code === 'BAD_INDENT' || (code === 'MISSING_CHAR' && plain.startsWith('Sequence item')))
    return '; its indentation is not that of the lines it belongs to: count the spaces';
  if (/Nested mappings|Implicit|Unexpected|flow|quote/i.test(plain))
    return "; put text that holds `: `, `#`, `{`, `[`, `@` or `*` into 'single quotes'";
  return '';
}

/** Keys that are YAML and that nobody means: `- {{my_number}}` is a map whose key is a map, and a full-width space is a letter of the key. */
function wrongKey(document: Document, text: string): YamlMistake | null {
  let found: YamlMistake | null = null;
  visit(document, {
    Pair(_, { key, value }) {
      if (!isNode(key)) return undefined;
      const at = key.range?.[0] ?? 0;
      const wrong = isCollection(key)
        ? { at, message: ofMap(at, text) }
        : isScalar(key)
          ? wideKey(String(key.value), at, isEmpty(value))
          : null;
      if (wrong === null) return undefined;
      found = wrong;
      return visit.BREAK;
    },
  });
  return found;
}

const isEmpty = (value: unknown): boolean => value === null || (isScalar(value) && value.value === null);

function wideKey(key: string, at: number, isWithoutValue: boolean): YamlMistake | null {
  if (key.startsWith('\u3000')) return { at, message: ofWideSpace };
  const colon = isWithoutValue ? wideColon.exec(key) : null;
  return colon === null ? null : { at: at + (colon[1] ?? '').length, message: ofWideColon };
}

function ofMap(at: number, text: string): string {
  const written = /^\{[^{}\n]*\}/.exec(text.slice(at))?.[0];
  if (written === undefined || text.charAt(at - 1) !== '{')
    return "a key is plain text, not a list or a map; put text into 'single quotes'";
  return `\`{${written}}\` is a map to YAML; put the whole text into 'single quotes'`;
}
