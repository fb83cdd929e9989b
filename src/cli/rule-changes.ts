import type { CompiledPack } from './compile-pack.ts';

/** Ids, a detector's as `detectors/ID`, a policy's as `policies/ID`. */
export type RuleChanges = { readonly added: readonly string[]; readonly changed: readonly string[]; readonly removed: readonly string[] };

/** What a reload has changed, rule by rule: a rule that is gone without anybody having meant it must not go unseen. */
export function changesBetween(before: CompiledPack, after: CompiledPack): RuleChanges {
  const [old, now] = [contents(before), contents(after)];
  return {
    added: [...now.keys()].filter((id) => !old.has(id)),
    changed: [...now].filter(([id, text]) => old.has(id) && old.get(id) !== text).map(([id]) => id),
    removed: [...old.keys()].filter((id) => !now.has(id)),
  };
}

/** `added detectors/a; removed policies/b`, or ''. */
export function wordChanges({ added, changed, removed }: RuleChanges): string {
  return Object.entries({ added, changed, removed })
    .filter(([, ids]) => ids.length > 0)
    .map(([what, ids]) => `${what} ${ids.join(', ')}`)
    .join('; ');
}

function contents({ ruleSet, policies }: CompiledPack): ReadonlyMap<string, string> {
  return new Map([
    ...[...ruleSet.rules, ...ruleSet.resting].map(({ id, source }) => [`detectors/${id}`, JSON.stringify(source)] as const),
    ...policies.policies.map((policy) => [`policies/${policy.id}`, JSON.stringify(policy)] as const),
  ]);
}
