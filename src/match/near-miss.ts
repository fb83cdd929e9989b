/** Every text with one character left out, and the text itself: two texts one edit (or swap) apart share at least one. */
export function deletionVariants(text: string): readonly string[] {
  const variants = new Set([text]);
  for (let index = 0; index < text.length; index += 1) variants.add(text.slice(0, index) + text.slice(index + 1));
  return [...variants];
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
