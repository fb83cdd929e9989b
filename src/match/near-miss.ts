const typed = 'abcdefghijklmnopqrstuvwxyz0123456789.-_';

/** Every text of the characters of mail addresses that is one insertion, deletion, substitution or swap of neighbours away: some 75 for each character. */
export function slipsOf(text: string): readonly string[] {
  const slips = new Set<string>();
  for (let at = 0; at <= text.length; at += 1) {
    const [before, here, after] = [text.slice(0, at), text.charAt(at), text.slice(at + 1)];
    if (here !== '') slips.add(before + after);
    if (after !== '') slips.add(before + after.charAt(0) + here + after.slice(1));
    for (const letter of typed) {
      slips.add(before + letter + here + after);
      if (here !== '') slips.add(before + letter + after);
    }
  }
  slips.delete(text);
  return [...slips];
}

/** Optimal string alignment distance: insertions, deletions, substitutions, swaps of neighbours; `limit + 1` as soon as it is over the limit. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? limit + 1;
}

/** Whether `domain` looks like a slip of the finger for `known`: one edit apart, long enough that this is no accident, and not the same. */
export function isNearDomain(domain: string, known: string): boolean {
  if (domain === known || known.length < 8 || domain.endsWith(`.${known}`) || known.endsWith(`.${domain}`)) return false;
  if (editDistance(domain, known, 1) === 1) return true;
  return Math.abs(domain.length - known.length) <= mostTwins && asSeen(domain) === asSeen(known);
}

/** Letters that two others are written for, in one domain: more is no disguise any longer. */
const mostTwins = 4;

/** What letters look like: m and rn, w and vv, d and cl, l and 1, o and 0. */
const asSeen = (domain: string): string =>
  domain.replaceAll('rn', 'm').replaceAll('vv', 'w').replaceAll('cl', 'd').replaceAll('1', 'l').replaceAll('0', 'o');

const alike: readonly (readonly [string, string])[] = [
  ['m', 'rn'],
  ['w', 'vv'],
  ['d', 'cl'],
  ['l', '1'],
  ['o', '0'],
];

/** The domain with one or all of the letters that look like others exchanged, either way. */
export function lookalikesOf(domain: string): readonly string[] {
  const pairs = [...alike, ...alike.map(([a, b]) => [b, a] as const)];
  const seen = new Set(
    pairs.flatMap(([from, to]) => [
      domain.replaceAll(from, to),
      ...[...domain.matchAll(new RegExp(from, 'g'))].map(({ index }) => domain.slice(0, index) + to + domain.slice(index + from.length)),
    ]),
  );
  seen.delete(domain);
  return [...seen];
}

/** The domain that was meant by `.co.jo`, `.con`, gmail.co.jp: endings that no mail domain, or that mail service, has. Null when nothing is wrong. */
export function mendedEnding(domain: string): string | null {
  const [service] = /^(?:gmail|icloud|hotmail|ezweb|yahoo)(?=\.(?:(?:co|ne|or)\.)?jp$)/.exec(domain) ?? [];
  const home = service === undefined ? undefined : services[service];
  if (home !== undefined && !home.includes(domain)) return home[0] ?? null;
  if (/\.(?:co|ne|or|ac|go|lg|ed|gr)\.(?:jo|jj|p|jpp|jpn|ip|jl|hp|kp)$/.test(domain)) return domain.replace(/[^.]+$/, 'jp');
  if (/\.(?:co|ne|or)jp$/.test(domain)) return domain.replace(/jp$/, '.jp');
  if (/\.(?:con|cmo|ocm|comm|vom|xom|cim|coom)$/.test(domain)) return domain.replace(/[^.]+$/, 'com');
  return /\.c[cip]?\.jp$|\.cojp$/.test(domain) ? domain.replace(/\.[^.]+\.jp$/, '.co.jp') : null;
}

/** Mail services and the domains they really have; the first is what people mean. */
const services: Readonly<Record<string, readonly string[]>> = {
  gmail: ['gmail.com'],
  icloud: ['icloud.com'],
  hotmail: ['hotmail.co.jp', 'hotmail.com'],
  ezweb: ['ezweb.ne.jp'],
  yahoo: ['yahoo.co.jp', 'yahoo.ne.jp'],
};
