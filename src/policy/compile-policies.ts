import { err, layerRules, ok, versionOfRules, type Problem, type Result, type RuleFile } from '../core/index.ts';
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
    kept.map(({ id, files: [file], extends: from, placeOf }) => [
      id,
      { file: file.path, origin: file.origin ?? null, extends: from, placeOf },
    ]),
  );
  return ok({ version: versionOfRules(kept), policies: kept.map(({ value }) => value), sources });
}
