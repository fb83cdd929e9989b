import { builtInOrigin, type FilePlace, type Organisation, type Problem, type ReplacedRule, type Step } from '../core/index.ts';
import { entityTypes } from '../detect/index.ts';
import { checkDepartments } from '../policy/index.ts';
import type { CompiledPack } from './compile-pack.ts';

type Named = {
  readonly id: string;
  readonly title: { readonly ja: string; readonly en: string };
  readonly finds: string;
  readonly replaces: ReplacedRule | null;
  readonly placeOf: (path: readonly Step[]) => FilePlace;
};

/**
 * What loads and is probably not meant: a shipped rule that a site's replaces as a whole, a department that nobody has, a type of a site's own
 * that no policy names, a title nobody has written yet.
 */
export function noticesOf(pack: CompiledPack, { staff }: Pick<Organisation, 'staff'>): readonly Problem[] {
  const departments = [...new Set(staff.map(({ department }) => department))].filter((name) => name !== '');
  return [
    ...namedRules(pack).flatMap((rule) => [...replacement(rule), ...unwritten(rule)]),
    ...idleTypes(pack),
    ...(departments.length === 0 ? [] : checkDepartments(pack.policies, departments)),
  ];
}

function namedRules({ ruleSet, policies }: CompiledPack): readonly Named[] {
  return [
    ...[...ruleSet.rules, ...ruleSet.resting].map((rule): Named => ({ ...rule, finds: rule.entity })),
    ...policies.policies.flatMap(({ id, title, reason }): readonly Named[] => {
      const source = policies.sources.get(id);
      return source === undefined ? [] : [{ id, title, finds: reason, replaces: source.replaces, placeOf: source.placeOf }];
    }),
  ];
}

function replacement({ id, finds, replaces, placeOf }: Named): readonly Problem[] {
  if (replaces === null) return [];
  const place = placeOf(['id']);
  if (replaces.origin !== builtInOrigin)
    return [{ ...place, message: `takes the place of ${replaces.path}, which has the same id; give one of them another` }];
  const change =
    replaces.finds === '' || replaces.finds === finds ? '' : `: that one is about \`${replaces.finds}\`, this one about \`${finds}\``;
  const message = `replaces the shipped rule \`${id}\` as a whole${change}; write \`extends: ${id}\` to change it, or give yours an id of its own`;
  return [{ ...place, message }];
}

function unwritten({ title, placeOf }: Named): readonly Problem[] {
  if (!/^TODO\b/.test(title.ja) && !/^TODO\b/.test(title.en)) return [];
  return [{ ...placeOf(['title']), message: '`title` is still the one of the scaffold; write what people shall read' }];
}

/** A finding holds nothing by itself; of the shipped types policies and matching know what to do. */
function idleTypes({ ruleSet, policies }: CompiledPack): readonly Problem[] {
  const known = new Set<string>([...entityTypes, ...policies.policies.flatMap(({ when }) => when.types ?? [])]);
  return ruleSet.rules
    .filter(({ entity, origin, maturity }) => origin !== builtInOrigin && maturity === 'stable' && !known.has(entity))
    .map(({ entity, placeOf }) => ({
      ...placeOf(['entity']),
      message: `no policy names the type \`${entity}\`, so it holds nothing; name it in \`when.types\` of a policy`,
    }));
}
