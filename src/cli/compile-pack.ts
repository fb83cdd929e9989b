import { readPack, typesOf, type LoadedConfig, type Problem } from '../config/index.ts';
import { err, ok, type Result } from '../core/index.ts';
import { compileRules, type RuleSet } from '../detect/index.ts';
import { checkNames, compilePolicies, type PolicySet } from '../policy/index.ts';

export type CompiledPack = { readonly ruleSet: RuleSet; readonly policies: PolicySet };

/** The detectors and policies that a configuration puts in force, or every problem of both. `withSandbox`: sandbox detectors run too. */
export function compilePack(loaded: LoadedConfig, withSandbox: boolean): Result<CompiledPack, readonly Problem[]> {
  const problems: Problem[] = [];
  const pack = readPack(loaded, problems);
  if (pack === null) return err(problems);
  const ruleSet = compileRules(pack.detectors, { disable: pack.disable, withSandbox });
  const policies = compilePolicies(pack.policies, pack.disable);
  // A file that could not be read may be what another one extends or names.
  if (problems.length > 0) return err(problems);
  if (!ruleSet.ok || !policies.ok) return err([...(ruleSet.ok ? [] : ruleSet.error), ...(policies.ok ? [] : policies.error)]);
  const groups = Object.keys(loaded.config.organisation.groups);
  const unknown = checkNames(policies.value, { groups, types: typesOf(pack, ruleSet.value) });
  return unknown.length > 0 ? err(unknown) : ok({ ruleSet: ruleSet.value, policies: policies.value });
}
