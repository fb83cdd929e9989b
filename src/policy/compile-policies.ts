import { err, layerRules, nearestName, ok, versionOfRules, type Problem, type Result, type RuleFile } from '../core/index.ts';
import { reasonCodes } from './verdict.ts';
import { typeWords } from './explain-words.ts';
import { policyOverrideSchema, policySchema, type Policy, type PolicySet } from './policy.ts';

/**
 * Policy files (in the order of their origins) → the set in force without the ids in `disable`, or every problem with its file, line and
 * column. The version changes with any file.
 */
export function compilePolicies(files: readonly RuleFile[], disable: readonly string[] = []): Result<PolicySet, readonly Problem[]> {
  const layered = layerRules<Policy>(files, { full: policySchema, override: policyOverrideSchema });
  if (!layered.ok) return err(layered.error);
  const kept = layered.value.filter(({ id }) => !disable.includes(id));
  const sources = new Map(
    kept.map(({ id, files: [file], extends: from, replaces, placeOf }) => [
      id,
      { file: file.path, origin: file.origin ?? null, extends: from, replaces, placeOf },
    ]),
  );
  const known = [...reasonCodes, ...kept.map(({ value }) => value.reason)];
  const unknown = kept.flatMap(({ value, placeOf }) =>
    (value.when.reasons ?? []).flatMap((code, index): readonly Problem[] =>
      known.some((one) => one === code)
        ? []
        : [{ ...placeOf(['when', 'reasons', index]), message: unknownName(`there is no reason \`${code}\``, code, known) }],
    ),
  );
  if (unknown.length > 0) return err(unknown);
  return ok({ version: versionOfRules(kept), policies: inOrder(kept.map(({ value }) => value)), sources });
}

/** Names that policies use of other files: sender groups of sekisho.yaml, types that some rule finds. */
export type KnownNames = { readonly groups: readonly string[]; readonly types: readonly string[] };

/** A name that nothing bears would make a policy that never fires: each is a problem, placed where the policy says it. */
export function checkNames({ policies, sources }: PolicySet, known: KnownNames): readonly Problem[] {
  return policies.flatMap((policy) => {
    const check = (key: 'sender_group' | 'types', names: readonly string[], what: string): readonly Problem[] =>
      (policy.when[key] ?? []).flatMap((name, index): readonly Problem[] => {
        const place = sources.get(policy.id)?.placeOf(['when', key, index]);
        if (names.includes(name) || place === undefined) return [];
        return [{ ...place, message: unknownName(`${what} \`${name}\``, name, names) }];
      });
    return [
      ...check('sender_group', known.groups, 'organisation.groups in sekisho.yaml has no group'),
      ...check('types', [...Object.keys(typeWords), ...known.types], 'no detector finds a'),
    ];
  });
}

/** Departments of `when.department` that nobody has: a misspelt one makes a policy that never fires. A notice only, since people do move. */
export function checkDepartments({ policies, sources }: PolicySet, known: readonly string[]): readonly Problem[] {
  return policies.flatMap(({ id, when }) =>
    (when.department ?? []).flatMap((name, index): readonly Problem[] => {
      const place = sources.get(id)?.placeOf(['when', 'department', index]);
      if (place === undefined || known.includes(name)) return [];
      return [{ ...place, message: unknownName(`nobody in the staff file is of the department \`${name}\``, name, known) }];
    }),
  );
}

function unknownName(what: string, name: string, all: readonly string[]): string {
  const known = [...new Set(all)];
  const near = nearestName(name, known);
  return `${what}${near === null ? `; known are ${known.length === 0 ? 'none' : known.join(', ')}` : `; did you mean \`${near}\`?`}`;
}

/** By `order`; of equal ones an exception first, so that a site's exception needs no number. */
const inOrder = (policies: readonly Policy[]): readonly Policy[] =>
  policies.toSorted((a, b) => a.order - b.order || Number(b.action === 'deliver') - Number(a.action === 'deliver'));
