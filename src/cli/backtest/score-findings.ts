export type Counts = { readonly found: number; readonly missed: number; readonly extra: number };
type Item = { readonly type: string; readonly text: string };

/** Unique (type, text) a mail, NFKC without spaces and hyphens; a finding counts when one contains the other and it is at least half as long. By type. */
export function scoreFindings(findings: readonly Item[], expected: readonly Item[]): Readonly<Record<string, Counts>> {
  const counts = new Map<string, { found: number; missed: number; extra: number }>();
  const add = (type: string, what: keyof Counts): void => {
    const known = counts.get(type) ?? { found: 0, missed: 0, extra: 0 };
    known[what] += 1;
    counts.set(type, known);
  };
  const got = unique(findings);
  const used = new Set<string>();
  for (const item of unique(expected)) {
    const hits = got.filter(
      (finding) =>
        finding.type === item.type &&
        (finding.text.includes(item.text) || item.text.includes(finding.text)) &&
        finding.text.length * 2 >= item.text.length,
    );
    for (const hit of hits) used.add(`${hit.type} ${hit.text}`);
    add(item.type, hits.length > 0 ? 'found' : 'missed');
  }
  for (const finding of got) if (!used.has(`${finding.type} ${finding.text}`)) add(finding.type, 'extra');
  return Object.fromEntries(counts);
}

function unique(items: readonly Item[]): readonly Item[] {
  const seen = new Map<string, Item>();
  for (const { type, text } of items) {
    const compact = text.normalize('NFKC').replaceAll(/[\s\-‐‑‒–—―−ー]/g, '');
    seen.set(`${type} ${compact}`, { type, text: compact });
  }
  return [...seen.values()];
}
