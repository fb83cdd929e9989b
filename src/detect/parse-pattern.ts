import { anyUnit, charSet, complement, union, type CharSet } from './char-set.ts';

/** A pattern in RE2 syntax, as far as V8 reads it alike. */
export type PatternNode =
  /** One character. `units`: every unit that it may begin with or be, and perhaps more; `source`: the class in V8's syntax. */
  | { readonly kind: 'set'; readonly units: CharSet; readonly source: string }
  /** `^` or `$`: of the whole text, for it is one line. */
  | { readonly kind: 'edge'; readonly source: string }
  | { readonly kind: 'sequence'; readonly items: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly items: readonly PatternNode[] }
  | { readonly kind: 'value'; readonly item: PatternNode }
  | { readonly kind: 'repeat'; readonly item: PatternNode; readonly least: number; readonly most: number; readonly source: string };

/** The pattern's parts; null when it holds something that the engines might read differently, or that is not known here. */
export function parsePattern(source: string): PatternNode | null {
  try {
    return new Parser(source).parse();
  } catch (error) {
    if (error instanceof UnknownSyntax) return null;
    throw error;
  }
}

class UnknownSyntax extends Error {}

const counter = /(?:[*+?]|\{([0-9]+)(,([0-9]*))?\})/y;
const opening = /\((?:\?:|\?i:|\?P?<(\w+)>|(?!\?))/y;
/** `\p{…}`; scripts are named in full in V8. */
const property = /\\p\{(\w+)\}/y;
const escaped = /\\([^\w\s])/uy;
const scripts: ReadonlySet<string> = new Set(['Han', 'Hiragana', 'Katakana']);
const control: Readonly<Record<string, number>> = { t: 0x09, n: 0x0a, f: 0x0c, r: 0x0d };
const shorthand: Readonly<Record<string, CharSet>> = {
  d: [[0x30, 0x39]],
  w: [
    [0x30, 0x39],
    [0x41, 0x5a],
    [0x5f, 0x5f],
    [0x61, 0x7a],
  ],
  s: [
    [0x09, 0x0a],
    [0x0c, 0x0d],
    [0x20, 0x20],
  ],
};

/** What a class holds: code points, and properties by V8's name. */
type ClassParts = { readonly points: (readonly [number, number])[]; readonly properties: string[] };

class Parser {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  parse(): PatternNode {
    const node = this.#choice(false);
    if (this.#at < this.#source.length) throw new UnknownSyntax();
    return node;
  }

  #choice(ignoresCase: boolean): PatternNode {
    const items = [this.#sequence(ignoresCase)];
    while (this.#take('|')) items.push(this.#sequence(ignoresCase));
    return items.length === 1 && items[0] !== undefined ? items[0] : { kind: 'choice', items };
  }

  #sequence(ignoresCase: boolean): PatternNode {
    const items: PatternNode[] = [];
    while (this.#at < this.#source.length && !'|)'.includes(this.#source.charAt(this.#at))) items.push(this.#repeated(ignoresCase));
    return items.length === 1 && items[0] !== undefined ? items[0] : { kind: 'sequence', items };
  }

  #repeated(ignoresCase: boolean): PatternNode {
    const item = this.#atom(ignoresCase);
    const match = this.#match(counter);
    if (match === null) return item;
    const [whole, first, range, last] = match;
    const source = whole + (this.#take('?') ? '?' : '');
    const least = first === undefined ? (whole === '+' ? 1 : 0) : Number(first);
    const most = first === undefined ? (whole === '?' ? 1 : Infinity) : range === undefined ? least : last === '' ? Infinity : Number(last);
    // `a**` and `^*` mean different things to different engines.
    counter.lastIndex = this.#at;
    if (item.kind === 'edge' || counter.test(this.#source)) throw new UnknownSyntax();
    return { kind: 'repeat', item, least, most, source };
  }

  #atom(ignoresCase: boolean): PatternNode {
    const character = this.#source.charAt(this.#at);
    if (character === '(') return this.#group(ignoresCase);
    if (character === '[') return this.#class(ignoresCase);
    if (character === '^' || character === '$') {
      this.#at += 1;
      return { kind: 'edge', source: character };
    }
    if (this.#take('.')) return toSet({ points: [[0x0a, 0x0a]], properties: [] }, true, false);
    const parts: ClassParts = { points: [], properties: [] };
    if (character === '\\') this.#escape(parts);
    else if ('*+?{}])'.includes(character)) throw new UnknownSyntax();
    else parts.points.push(this.#point());
    return toSet(parts, false, ignoresCase);
  }

  #group(ignoresCase: boolean): PatternNode {
    const match = this.#match(opening);
    if (match === null) throw new UnknownSyntax();
    const item = this.#choice(ignoresCase || match[0] === '(?i:');
    if (!this.#take(')')) throw new UnknownSyntax();
    return match[1] === 'value' ? { kind: 'value', item } : item;
  }

  #class(ignoresCase: boolean): PatternNode {
    this.#at += 1;
    const isNegated = this.#take('^');
    const parts: ClassParts = { points: [], properties: [] };
    // A bracket first in line is itself to one engine and an end to the other.
    if (this.#source.charAt(this.#at) === ']') throw new UnknownSyntax();
    while (!this.#take(']')) this.#classItem(parts);
    return toSet(parts, isNegated, ignoresCase);
  }

  #classItem(parts: ClassParts): void {
    if (this.#at >= this.#source.length || this.#source.startsWith('[:', this.#at)) throw new UnknownSyntax();
    const count = parts.points.length;
    if (this.#source.charAt(this.#at) === '\\') this.#escape(parts);
    else parts.points.push(this.#point());
    const first = parts.points.at(-1);
    const isRange = this.#source.charAt(this.#at) === '-' && this.#source.charAt(this.#at + 1) !== ']';
    if (!isRange) return;
    this.#at += 1;
    const from = parts.points.length === count + 1 && first !== undefined && first[0] === first[1] ? first[0] : null;
    const end: ClassParts = { points: [], properties: [] };
    if (this.#source.charAt(this.#at) === '\\') this.#escape(end);
    else end.points.push(this.#point());
    const [last] = end.points;
    if (from === null || last === undefined || end.points.length !== 1 || last[0] !== last[1] || last[0] < from) throw new UnknownSyntax();
    parts.points[count] = [from, last[0]];
  }

  #escape({ points, properties }: ClassParts): void {
    const named = this.#match(property)?.[1];
    if (named !== undefined) {
      properties.push(scripts.has(named) ? `Script=${named}` : named);
      return;
    }
    const sign = this.#match(escaped)?.[1];
    if (sign !== undefined) {
      points.push([sign.codePointAt(0) ?? 0, sign.codePointAt(0) ?? 0]);
      return;
    }
    const letter = this.#source.charAt(this.#at + 1);
    const code = control[letter];
    if (code !== undefined) points.push([code, code]);
    else if (shorthand[letter] !== undefined) points.push(...shorthand[letter]);
    else throw new UnknownSyntax();
    this.#at += 2;
  }

  #point(): readonly [number, number] {
    const code = this.#source.codePointAt(this.#at) ?? 0;
    this.#at += code > 0xffff ? 2 : 1;
    return [code, code];
  }

  #take(sign: string): boolean {
    const isThere = this.#source.startsWith(sign, this.#at);
    if (isThere) this.#at += sign.length;
    return isThere;
  }

  #match(token: RegExp): RegExpExecArray | null {
    token.lastIndex = this.#at;
    const match = token.exec(this.#source);
    if (match !== null) this.#at += match[0].length;
    return match;
  }
}

function toSet({ points, properties }: ClassParts, isNegated: boolean, ignoresCase: boolean): PatternNode {
  // Under a property, case would fold more than can be spelled here.
  if (ignoresCase && properties.length > 0) throw new UnknownSyntax();
  const spelled = ignoresCase ? points.flatMap(bothCases) : points;
  const source = `[${isNegated ? '^' : ''}${spelled.map(spellRange).join('')}${properties.map((name) => `\\p{${name}}`).join('')}]`;
  return { kind: 'set', units: unitsOf(spelled, properties, isNegated), source };
}

/** What is sure to be in properties that patterns exclude. */
const insideOf: Readonly<Record<string, CharSet>> = {
  L: [
    [0x41, 0x5a],
    [0x61, 0x7a],
    [0x3041, 0x3096],
    [0x30a1, 0x30fa],
    [0x4e00, 0x9fa5],
  ],
  N: [[0x30, 0x39]],
};

/** The three scripts hold no ASCII; of other properties nothing is known but what they hold for sure. */
function unitsOf(points: CharSet, properties: readonly string[], isNegated: boolean): CharSet {
  if (isNegated) {
    const left = [...points, ...properties.flatMap((name) => insideOf[name] ?? [])];
    return complement(charSet(left.filter(([, last]) => last <= 0xffff)));
  }
  if (properties.some((name) => !name.startsWith('Script='))) return anyUnit;
  return properties.length === 0 ? charSet(points) : union(charSet(points), [[0x80, 0xffff]]);
}

/**
 * ASCII letters in both cases, and the two signs that fold to one of them (ſ, K). V8 13.6 forgets `(?i:` in text with Japanese once a process has
 * compiled much, for then it compiles without optimizing (a TEL was missed that way); classes it keeps.
 */
function bothCases([first, last]: readonly [number, number]): CharSet {
  if (last > 0x7f) {
    if (first === last && !/\p{Cased}/u.test(String.fromCodePoint(first))) return [[first, last]];
    throw new UnknownSyntax();
  }
  const more: (readonly [number, number])[] = [[first, last]];
  for (let code = first; code <= last; code += 1) {
    const lower = code | 0x20;
    if (lower < 0x61 || lower > 0x7a) continue;
    more.push([code ^ 0x20, code ^ 0x20]);
    if (lower === 0x6b) more.push([0x212a, 0x212a]);
    if (lower === 0x73) more.push([0x17f, 0x17f]);
  }
  return more;
}

const spellPoint = (code: number): string => `\\u{${code.toString(16)}}`;
const spellRange = ([first, last]: readonly [number, number]): string =>
  first === last ? spellPoint(first) : `${spellPoint(first)}-${spellPoint(last)}`;

/** The units of all characters that any match of the pattern can hold. */
export function allUnits(node: PatternNode): CharSet {
  switch (node.kind) {
    case 'set':
      return node.units;
    case 'edge':
      return [];
    case 'value':
    case 'repeat':
      return allUnits(node.item);
    default:
      return node.items.reduce<CharSet>((sum, item) => union(sum, allUnits(item)), []);
  }
}
