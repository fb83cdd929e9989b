// Rule files on disk → their texts. Compiling and judging them is the pipeline's business.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type RuleFile = { readonly path: string; readonly text: string };
export type RulePack = {
  readonly detectors: readonly RuleFile[];
  readonly policies: readonly RuleFile[];
};

/** The pack shipped with Sekisho: `rules/` beside `src/` or `dist/`. */
export const builtInRules = fileURLToPath(new URL('../../../rules/', import.meta.url));

/**
 * Every `detectors/ID/rule.yaml` and `policies/ID/policy.yaml` of the built-in pack and of `dirs`, without the ids in `disable`.
 * A later folder replaces a rule of the same id. Throws the file system's error when a folder of `dirs` is missing.
 */
export function readRules(dirs: readonly string[], disable: readonly string[]): RulePack {
  const folders = [builtInRules, ...dirs];
  for (const dir of dirs) readdirSync(dir);
  return {
    detectors: collect(folders, 'detectors', 'rule.yaml', disable),
    policies: collect(folders, 'policies', 'policy.yaml', disable),
  };
}

function collect(folders: readonly string[], kind: string, fileName: string, disable: readonly string[]): RuleFile[] {
  const byId = new Map<string, RuleFile>();
  for (const folder of folders) {
    const parent = join(folder, kind);
    if (!existsSync(parent)) continue;
    for (const id of readdirSync(parent).toSorted()) {
      const path = join(parent, id, fileName);
      if (!disable.includes(id) && existsSync(path)) byId.set(id, { path, text: readFileSync(path, 'utf8') });
    }
  }
  return [...byId.values()];
}

/** The contents of `rules/lists/NAME` for each name, as bytes. */
export function readLists(names: readonly string[]): ReadonlyMap<string, Uint8Array> {
  return new Map(names.map((name) => [name, readFileSync(join(builtInRules, 'lists', name))]));
}
