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
  return editDistance(domain, known, 1) === 1;
}

/** `.co.jo`, `.ne.jo`, `.con`, `.cojp`: endings that no mail domain has. */
export const hasBrokenEnding = (domain: string): boolean =>
  /\.(?:co|ne|or|ac|go)\.(?:jo|jj|p|jpp|jpn|ip|jl)$|\.(?:cojp|nejp|orjp|con|cmo|ocm|comm|vom|xom)$|\.c[oi]\.jp$(?<!\.co\.jp)/.test(domain);
