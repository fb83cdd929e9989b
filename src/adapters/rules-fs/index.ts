// Rule files on disk → their texts, and word when they change. Compiling and judging them is the pipeline's business.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtInOrigin, decodeUtf8, err, type Problem, type Result, type RuleFile } from '../../core/index.ts';
import { unpackNameModel, type NameModelData } from '../../detect/index.ts';
import { findStrayFiles, unreadable } from './find-stray-files.ts';

export { watchFiles, type FileWatch, type WatchOptions } from './watch-files.ts';

export type RulePack = {
  readonly detectors: readonly RuleFile[];
  readonly policies: readonly RuleFile[];
};

/** The pack shipped with Sekisho: `rules/` beside `src/` or `dist/`. */
export const builtInRules = fileURLToPath(new URL('../../../rules/', import.meta.url));

/** What was read, and what could not be or would not be: each problem keeps a changed pack from coming into force. */
export type ReadPack = RulePack & { readonly problems: readonly Problem[] };

/**
 * Every `detectors/ID/rule.yaml` and `policies/ID/policy.yaml` of the built-in pack, then of each of `dirs`; what replaces or extends what is
 * the compiler's to say. Throws the file system's error when a folder of `dirs` is missing.
 */
export function readRules(dirs: readonly string[]): ReadPack {
  for (const dir of dirs) readdirSync(dir);
  const folders = [{ folder: builtInRules, origin: builtInOrigin }, ...dirs.map((folder) => ({ folder, origin: folder }))];
  const problems: Problem[] = dirs.flatMap(findStrayFiles);
  const collect = (kind: string, name: string): RuleFile[] =>
    folders.flatMap(({ folder, origin }) => readKind(join(folder, kind), name, origin, problems));
  return { detectors: collect('detectors', 'rule.yaml'), policies: collect('policies', 'policy.yaml'), problems };
}

function readKind(parent: string, name: string, origin: string, problems: Problem[]): RuleFile[] {
  // A file in the place of the folder is no folder of rules.
  if (statSync(parent, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(parent)
    .toSorted()
    .map((id) => join(parent, id, name))
    .filter((path) => existsSync(path))
    .flatMap((path): readonly RuleFile[] => {
      const text = readText(path);
      if (text.ok) return [{ path, text: text.value, origin }];
      problems.push(text.error);
      return [];
    });
}

/** An editor may take the file away between two looks: a problem of this reading, never an exception of the gateway. */
function readText(path: string): Result<string, Problem> {
  try {
    return decodeUtf8(path, readFileSync(path));
  } catch (cause) {
    return err(unreadable(path, cause));
  }
}

/** The contents of `rules/lists/NAME` for each name, as bytes. */
export function readLists(names: readonly string[]): ReadonlyMap<string, Uint8Array> {
  return new Map(names.map((name) => [name, readFileSync(join(builtInRules, 'lists', name))]));
}

let nameModel: NameModelData | null = null;

/** The name model of the pack; read once a process, since it lies in shared memory and no reload changes it. */
export function readNameModel(): NameModelData {
  nameModel ??= unpackNameModel({
    weights: readFileSync(join(builtInRules, 'models', 'person-names', 'weights.bin.gz')),
    words: readFileSync(join(builtInRules, 'models', 'person-names', 'words.txt.gz')),
    moreSurnames: readFileSync(join(builtInRules, 'lists', 'rare-surnames.tsv'), 'utf8')
      .split('\n')
      .flatMap((line) => line.split('\t')[0] || []),
  });
  return nameModel;
}
