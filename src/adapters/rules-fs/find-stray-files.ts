import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, extname, join, relative, sep } from 'node:path';
import type { Problem } from '../../core/index.ts';

const names = { detectors: 'rule.yaml', policies: 'policy.yaml' } as const;
type Kind = keyof typeof names;
/** `detectors/ID/rule.yaml` lies three deep; deeper ones are looked for because somebody may have copied a folder into a folder. */
const deepest = 5;

/**
 * YAML files below a folder of rules that lie where nothing is read (`rule.yml`, `policies/x.yaml`), and folders of a rule without its file. A
 * policy that is not read holds nothing and nobody is told, so each is a problem. Names that begin with a point are somebody else's.
 */
export function findStrayFiles(folder: string): readonly Problem[] {
  return strayIn(folder, folder, 1);
}

function strayIn(top: string, folder: string, depth: number): readonly Problem[] {
  let entries: readonly string[];
  try {
    entries = readdirSync(folder)
      .toSorted()
      .filter((name) => !name.startsWith('.') && name !== 'node_modules');
  } catch (cause) {
    return [unreadable(folder, cause)];
  }
  const files = entries.filter((name) => !isFolder(join(folder, name)));
  const strays = files.flatMap((name): readonly Problem[] => {
    const message = complaintAbout(relative(top, join(folder, name)).split(sep));
    return message === null ? [] : [{ file: join(folder, name), line: 0, column: 0, message }];
  });
  const missing = strays.length === 0 && files.length > 0 ? missingIn(top, folder) : [];
  const below = depth === deepest ? [] : entries.filter((name) => !files.includes(name));
  return [...strays, ...missing, ...below.flatMap((name) => strayIn(top, join(folder, name), depth + 1))];
}

/** A folder of a rule in which other things lie, as when `policy.yaml` was renamed. An empty one is nobody's loss. */
function missingIn(top: string, folder: string): readonly Problem[] {
  const [kind = '', id, ...deeper] = relative(top, folder).split(sep);
  if (!isKind(kind) || id === undefined || deeper.length > 0 || existsSync(join(folder, names[kind]))) return [];
  const message = `holds no \`${names[kind]}\`, so there is no such rule; give the file this name, or take the folder away`;
  return [{ file: folder, line: 0, column: 0, message }];
}

function complaintAbout(path: readonly string[]): string | null {
  const name = path.at(-1) ?? '';
  if (!/^\.ya?ml$/i.test(extname(name))) return null;
  const [kind = '', id = ''] = path;
  const stem = basename(name, extname(name));
  if (!isKind(kind)) return `is not read: a detector is \`detectors/ID/rule.yaml\`, a policy \`policies/ID/policy.yaml\``;
  const wanted = names[kind];
  if (path.length === 2) return `is not read; it belongs into a folder of its own: \`${kind}/${stem}/${wanted}\``;
  if (path.length > 3) return `is not read: it lies too deep; a rule is \`${kind}/ID/${wanted}\``;
  if (name === wanted) return null;
  const other: Kind = kind === 'detectors' ? 'policies' : 'detectors';
  if (name === names[other])
    return `is not read here; below \`${kind}\` the file is named \`${wanted}\`, and what you have may belong to \`${other}/${id}/${name}\``;
  return `is not read; name it \`${wanted}\``;
}

const isKind = (name: string): name is Kind => name in names;

/** Links are followed, since rules may be mounted so; one that leads nowhere or round in a circle is a file that cannot be read. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

export function unreadable(path: string, cause: unknown): Problem {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
  return { file: path, line: 0, column: 0, message: `cannot be read (${code})` };
}
