/**
 * Of all ways through a pattern no more may exist than this; RE2 takes the others. What V8 can try from one place is bounded by it, so time stays
 * linear in the text; shipped telephone patterns have 2,304 on paper and a handful in any text.
 */
const mostWays = 4096;

/**
 * The pattern (RE2 syntax) for V8's own engine, global, when both engines read it alike and nothing in it repeats without bound; else null. A call
 * to RE2 with a match costs ten times as much as one to V8, whatever the text's length.
 */
export function toBoundedRegex(source: string): RegExp | null {
  if (countWays(source) > mostWays) return null;
  const respelled = source.replaceAll('(?P<', '(?<').replaceAll(/\\p\{(Han|Hiragana|Katakana)\}/g, String.raw`\p{Script=$1}`);
  try {
    return new RegExp(respelled, 'gu');
  } catch {
    return null;
  }
}

/**
 * Not `(?i:`: V8 13.6 forgets the modifier in text with Japanese once a process has compiled much, for then it compiles without optimizing (a TEL was
 * missed that way).
 */
const opening = /\((?:\?:|\?P<\w+>|(?!\?))/y;
/** Classes of RE2's and V8's Unicode mode mean the same but for named ones and a bracket first in line. */
const bracket = /\[(?!\^?\])(?:[^\]\\[]|\\[^dDwWsSbBpP]|\\p\{\w+\}|\[(?!:))+\]/y;
const escape = /\\(?:p\{\w+\}|[^\w\s])/y;
const counter = /\{([0-9]+)(?:,([0-9]+))?\}/y;

/** `(?:[- ]{1,3}[0-9]){11}`: numbers written with a gap behind each digit. */
const jointAndCharacter = /\(\?:(\[[^\]\\^]+\])(?:\{[0-9]+(?:,[0-9]+)?\})?(\[[^\]\\^]+\])\)\{([0-9]+)(?:,([0-9]+))?\}/g;

/** When no character is in both classes there is one way through the group, however often it repeats: only the count is a choice. */
function spellOnce(whole: string, joint: string, character: string, least: string, most: string = least): string {
  const ascii = Array.from({ length: 0x80 }, (_, unit) => String.fromCharCode(unit));
  const [one, other] = [new RegExp(joint, 'u'), new RegExp(character, 'u')];
  const isOneWay = !/[^\x20-\x7E]/.test(whole) && !ascii.some((letter) => one.test(letter) && other.test(letter));
  return isOneWay && Number(most) <= 32 ? `x{${least},${most}}` : whole;
}

/**
 * How many ways there are to match from one place at most: every branch and every count of a repetition is a choice, and as no group repeats, no
 * choice is met twice on one way. Infinity for `*`, `+`, repeated groups, and what the engines read differently (`.`, `^`, `$`, `\s` …).
 */
function countWays(pattern: string): number {
  const source = pattern.replaceAll(jointAndCharacter, spellOnce);
  const branches = [1];
  let ways = 1;
  for (let at = 0; at < source.length;) {
    const character = source.charAt(at);
    const token = { '(': opening, '[': bracket, '\\': escape, '{': counter }[character];
    let length = 1;
    if (token !== undefined) {
      token.lastIndex = at;
      const match = token.exec(source);
      if (match === null) return Infinity;
      length = match[0].length;
      if (character === '(') branches.push(1);
      if (character === '{') ways *= Number(match[2] ?? match[1]) - Number(match[1]) + 1;
    } else if ('*+.^$'.includes(character)) return Infinity;
    else if (character === '?') ways *= 2;
    else if (character === '|') branches[branches.length - 1] = (branches.at(-1) ?? 0) + 1;
    else if (character === ')') {
      ways *= branches.pop() ?? 1;
      if ('*+{'.includes(source.charAt(at + 1) || ' ')) return Infinity;
    }
    at += length;
  }
  return ways * (branches[0] ?? 1);
}

const anyToken = /\\(?:[pP]\{[^}]*\}|.)|\[\^?\]?(?:\\.|\[:[a-z^]+:\]|[^\]\\])*\]|\{[0-9,]+\}|./gsu;

/**
 * A character, no letter, that every match of the pattern holds ('@' of a mail address), so that text without it needs no search; '' when the pattern
 * has none outside its groups.
 */
export function neededCharacter(source: string): string {
  const tokens = source.match(anyToken) ?? [];
  let depth = 0;
  let needed = '';
  for (const [index, token] of tokens.entries()) {
    if (token === '|' && depth === 0) return '';
    if (token === '(') depth += 1;
    else if (token === ')') depth -= 1;
    else if (depth === 0 && /^[@"〒]$/u.test(token) && !/^[?*{]/.test(tokens[index + 1] ?? '')) needed = token;
  }
  return needed;
}
