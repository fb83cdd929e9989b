import { decodeHeaderValue, decodeRaw } from './decode-header.ts';
import { decodeText } from './decode-text.ts';

/** A Content-Type or Content-Disposition value: its main word and its parameters, each with every decoding some reader would show. */
export type Parameterized = {
  readonly main: string;
  /** Names in lower case, first decoding. */
  readonly values: ReadonlyMap<string, string>;
  /** All decodings of a parameter, best first. */
  candidates(name: string): readonly string[];
  /** The same parameter twice with different values, or both plain and RFC 2231 forms that differ. */
  readonly repeated: ReadonlySet<string>;
};

type Piece = { readonly name: string; readonly section: number; readonly extended: boolean; readonly value: string };

/** `raw` is the field's value as Latin-1 with folds. RFC 2045 §5.1, RFC 2231 §3–4. */
export function parseParameters(raw: string): Parameterized {
  const unfolded = raw.replaceAll(/\r?\n(?=[ \t])/g, '');
  const pieces = splitParameters(unfolded);
  const byName = new Map<string, Piece[]>();
  for (const piece of pieces.slice(1).flatMap(parsePiece)) byName.set(piece.name, [...(byName.get(piece.name) ?? []), piece]);
  const decoded = new Map<string, readonly string[]>();
  const repeated = new Set<string>();
  for (const [name, parts] of byName) {
    const plain = parts.filter((part) => part.section === -1 && !part.extended);
    if (new Set(plain.map((part) => part.value)).size > 1) repeated.add(name);
    decoded.set(name, [...new Set([...decodeContinued(parts), ...plain.flatMap((part) => decodePlain(part.value))])]);
  }
  const values = new Map([...decoded].flatMap(([name, [first]]) => (first === undefined ? [] : [[name, first] as const])));
  return {
    main: (pieces[0] ?? '')
      .replaceAll(/\([^()]*\)/g, '')
      .trim()
      .toLowerCase(),
    values,
    candidates: (name) => decoded.get(name) ?? [],
    repeated,
  };
}

/** Splits at semicolons outside quotes. */
function splitParameters(text: string): string[] {
  const parts: string[] = [];
  let current = '';
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '\\' && quoted) {
      current += character + text.charAt(index + 1);
      index += 1;
    } else if (character === ';' && !quoted) {
      parts.push(current);
      current = '';
    } else {
      if (character === '"') quoted = !quoted;
      current += character;
    }
  }
  parts.push(current);
  return parts;
}

function parsePiece(text: string): Piece[] {
  const match = /^\s*([^\s=*]+)(?:\*(\d{1,4}))?(\*)?\s*=\s*([\s\S]*)$/.exec(text);
  if (match === null) return [];
  const [, name = '', section, star, value = ''] = match;
  return [
    {
      name: name.toLowerCase(),
      section: section === undefined ? -1 : Number(section),
      extended: star !== undefined,
      value: unquote(value),
    },
  ];
}

function unquote(value: string): string {
  const quoted = /^"((?:\\[\s\S]|[^"\\])*)"?/.exec(value.trim());
  if (quoted !== null) return (quoted[1] ?? '').replaceAll(/\\([\s\S])/g, '$1');
  return value.replaceAll(/\([^()]*\)/g, '').trim();
}

/** `name*=charset'lang'…` and `name*0*=…; name*1=…`, sections in numeric order whatever order they came in. */
function decodeContinued(parts: readonly Piece[]): string[] {
  const single = parts.filter((part) => part.section === -1 && part.extended);
  const sections = parts.filter((part) => part.section >= 0).toSorted((a, b) => a.section - b.section);
  return [...single.map((part) => [part]), ...(sections.length > 0 ? [sections] : [])].flatMap((group) => {
    const prefix = /^([^']*)'[^']*'/.exec(group[0]?.extended === true ? (group[0]?.value ?? '') : '');
    const bytes = joinSections(group, prefix?.[0].length ?? 0);
    const { text, alternatives } = decodeText(bytes, prefix?.[1] || null);
    // Encoded words inside RFC 2231 text: wrong, but shown decoded by some.
    return [text, ...alternatives, ...(text.includes('=?') ? [decodeHeaderValue(text)] : [])];
  });
}

/** Sections in one run of bytes. Mailers cut sections anywhere, even inside a `%E3`, so neighbours are joined before they are decoded. */
function joinSections(group: readonly Piece[], prefixLength: number): Buffer {
  const runs: { extended: boolean; text: string }[] = [];
  for (const [index, part] of group.entries()) {
    const text = index === 0 ? part.value.slice(prefixLength) : part.value;
    const last = runs.at(-1);
    if (last?.extended === part.extended) last.text += text;
    else runs.push({ extended: part.extended, text });
  }
  return Buffer.concat(runs.map((run) => (run.extended ? percentDecode(run.text) : Buffer.from(run.text, 'latin1'))));
}

function percentDecode(text: string): Buffer {
  const latin1 = text.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(latin1, 'latin1');
}

/** A plain value may be an encoded word (Outlook) or raw bytes in any charset. */
function decodePlain(value: string): string[] {
  if (value.includes('=?')) return [decodeHeaderValue(value)];
  if (!/[\x80-\xFF\x1B]/.test(value)) return [value];
  return [decodeRaw(value), ...decodeText(Buffer.from(value, 'latin1'), null).alternatives];
}
