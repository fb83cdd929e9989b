import { createHash } from 'node:crypto';
import { z } from 'zod';
import { explainIssues } from './explain-issues.ts';
import { nearestName } from './nearest-name.ts';
import type { FilePlace, Problem } from './problem.ts';
import { err, ok, type Result } from './result.ts';
import { readYaml, type Step, type YamlFile } from './yaml-file.ts';

/** The rule pack's own semantic version, the newest of `rules/CHANGELOG.md`: major may newly hold mail, minor is new or wider, patch is fewer false hits. */
export const packVersion = '1.5.0';

/** `RuleFile.origin` of the pack that is shipped. */
export const builtInOrigin = 'built-in';

/** `<id>/rule.yaml` or `<id>/policy.yaml` as text. Files of one origin lie side by side; those of a later origin replace earlier ones. */
export type RuleFile = { readonly path: string; readonly text: string; readonly origin?: string };

/** A rule of which every `extends` is resolved. */
export type LayeredRule<T> = {
  readonly id: string;
  readonly value: T;
  /** Its own file; what it extends follows. */
  readonly files: readonly [RuleFile, ...RuleFile[]];
  readonly extends: string | null;
  /** The rule of the same id that it takes the place of without extending it. */
  readonly replaces: ReplacedRule | null;
  /** Where a value is written: in its own file, under `add`, or in what it extends. */
  readonly placeOf: (path: readonly Step[]) => FilePlace;
};

/** `finds`: its `entity` or `reason`; '' when it took that over itself. */
export type ReplacedRule = { readonly path: string; readonly origin: string | null; readonly finds: string };

export type LayerSchemas<T> = {
  readonly full: z.ZodType<T>;
  /** A rule with `extends`: every other key may be left out. */
  readonly override: z.ZodType;
};

type Data = { readonly [key: string]: unknown };
type Draft = {
  readonly file: RuleFile;
  readonly yaml: YamlFile;
  readonly data: Data;
  readonly id: string;
  readonly extends: string | null;
};
type Merged = {
  readonly data: Data;
  readonly files: readonly [RuleFile, ...RuleFile[]];
  readonly placeOf: (path: readonly Step[]) => FilePlace;
};

/**
 * Files in the order of their origins → the rules in force. A rule of a later origin replaces one of the same id; with `extends` it takes over
 * what it does not say itself. Every problem of every file is named, with line and column.
 */
export function layerRules<T>(files: readonly RuleFile[], schemas: LayerSchemas<T>): Result<readonly LayeredRule<T>[], readonly Problem[]> {
  const problems: Problem[] = [];
  const drafts = readDrafts(files, schemas, problems);
  const merged = mergeDrafts(drafts, problems);
  const rules = [...merged].flatMap(([draft, whole]): readonly LayeredRule<T>[] => {
    const parsed = schemas.full.safeParse(whole.data);
    if (parsed.success) {
      const { id, extends: from } = draft;
      return [{ id, value: parsed.data, files: whole.files, extends: from, replaces: replacedBy(draft, drafts), placeOf: whole.placeOf }];
    }
    for (const { path, message } of explainIssues(parsed.error.issues, schemas.full, whole.data)) {
      // Each file is right by itself here, so what is wrong is what they make together: that is the overriding file's affair.
      const place = draft.extends === null ? null : (draft.yaml.placeOf(path) ?? draft.yaml.placeOf(['extends']));
      problems.push({ file: draft.file.path, ...(place ?? draft.yaml.nearestPlaceOf(path)), message });
    }
    return [];
  });
  return problems.length > 0 ? err(problems) : ok(rules);
}

function replacedBy(draft: Draft, byId: ReadonlyMap<string, readonly Draft[]>): ReplacedRule | null {
  const earlier = byId.get(draft.id)?.at(-2);
  if (earlier === undefined || draft.extends === draft.id) return null;
  const { file, data } = earlier;
  const finds = data['entity'] ?? data['reason'];
  return { path: file.path, origin: file.origin ?? null, finds: typeof finds === 'string' ? finds : '' };
}

/** What to say behind a complaint about an example that a rule took over from the file it extends. */
export const takenOver = ({ file, line }: FilePlace): string =>
  `; this example is taken over from ${file}:${line}: where your change makes it wrong, write \`examples\` of your own, which replace those`;

/** `packVersion`, + and 12 hex digits over the texts of the rules: equal versions judge equally, wherever the files are installed. */
export function versionOfRules(rules: readonly { readonly id: string; readonly files: readonly RuleFile[] }[]): string {
  const hash = createHash('sha256');
  const texts = rules.map(({ id, files }) => `${id}\0${files.map(({ text }) => text).join('\0')}\0`);
  for (const text of texts.toSorted()) hash.update(text);
  return `${packVersion}+${hash.digest('hex').slice(0, 12)}`;
}

/** Files that are right by themselves, by id: the last is the one in force. */
function readDrafts<T>(
  files: readonly RuleFile[],
  schemas: LayerSchemas<T>,
  problems: Problem[],
): ReadonlyMap<string, readonly [Draft, ...Draft[]]> {
  const byId = new Map<string, [Draft, ...Draft[]]>();
  for (const file of files) {
    const draft = readDraft(file, schemas);
    if (!draft.ok) {
      problems.push(...draft.error);
      continue;
    }
    const earlier = byId.get(draft.value.id);
    const twin = earlier?.find((other) => other.file.origin === file.origin);
    if (twin !== undefined) {
      problems.push({
        file: file.path,
        ...draft.value.yaml.nearestPlaceOf(['id']),
        message: `id \`${draft.value.id}\` is taken by ${twin.file.path}`,
      });
    } else if (earlier === undefined) byId.set(draft.value.id, [draft.value]);
    else earlier.push(draft.value);
  }
  return byId;
}

function readDraft<T>(file: RuleFile, schemas: LayerSchemas<T>): Result<Draft, readonly Problem[]> {
  const read = readYaml(file.path, file.text);
  if (!read.ok) return read;
  const yaml = read.value;
  if (yaml.value === null || yaml.value === undefined)
    return err([{ file: file.path, line: 1, column: 1, message: 'is empty; `sekisho rules new` writes a rule to begin with' }]);
  const isOverride = typeof yaml.value === 'object' && 'extends' in yaml.value;
  const schema = isOverride ? schemas.override : schemas.full;
  const parsed = schema.safeParse(yaml.value);
  if (!parsed.success) {
    return err(
      explainIssues(parsed.error.issues, schema, yaml.value).map(({ path, of, message }) => ({
        file: file.path,
        ...(yaml.placeOf(path, of) ?? yaml.nearestPlaceOf(path)),
        message,
      })),
    );
  }
  const data = yaml.value as Data;
  const id = String(data['id']);
  const folder = file.path.split(/[/\\]/).at(-2) ?? '';
  if (folder !== id) {
    const message = `id \`${id}\` is not its folder's name \`${folder}\`; rename one of them`;
    return err([{ file: file.path, ...yaml.nearestPlaceOf(['id']), message }]);
  }
  return ok({ file, yaml, data, id, extends: isOverride ? String(data['extends']) : null });
}

function mergeDrafts(byId: ReadonlyMap<string, readonly Draft[]>, problems: Problem[]): ReadonlyMap<Draft, Merged> {
  const done = new Map<Draft, Merged | null>();
  const merge = (draft: Draft, way: readonly Draft[]): Merged | null => {
    const known = done.get(draft);
    if (known !== undefined) return known;
    const merged = draft.extends === null ? standingAlone(draft) : extend(draft, way);
    done.set(draft, merged);
    return merged;
  };
  const extend = (draft: Draft, way: readonly Draft[]): Merged | null => {
    const base = baseOf(draft, byId);
    const complain = (message: string): null => {
      problems.push({ file: draft.file.path, ...draft.yaml.nearestPlaceOf(['extends']), message });
      return null;
    };
    if (base === null) return complain(unknownBase(draft, byId));
    if (way.includes(base)) return complain(`\`extends\` goes round in a circle: ${[...way, draft, base].map(({ id }) => id).join(' → ')}`);
    const below = merge(base, [...way, draft]);
    return below === null ? null : override(draft, below);
  };
  const inForce = new Map<Draft, Merged>();
  for (const drafts of byId.values()) {
    const last = drafts.at(-1);
    const merged = last === undefined ? null : merge(last, []);
    if (last !== undefined && merged !== null) inForce.set(last, merged);
  }
  return inForce;
}

/** Of the same id: the one it replaces; of another: the one in force. */
function baseOf(draft: Draft, byId: ReadonlyMap<string, readonly Draft[]>): Draft | null {
  const candidates = byId.get(draft.extends ?? '') ?? [];
  return (draft.extends === draft.id ? candidates[candidates.indexOf(draft) - 1] : candidates.at(-1)) ?? null;
}

function unknownBase(draft: Draft, byId: ReadonlyMap<string, readonly Draft[]>): string {
  const known = [...byId.keys()].filter((id) => id !== draft.id);
  const near = nearestName(draft.extends ?? '', known);
  return `extends \`${draft.extends ?? ''}\`, but there is no such rule${near === null ? '; `sekisho rules list` names them' : `; did you mean \`${near}\`?`}`;
}

const standingAlone = ({ file, yaml, data }: Draft): Merged => ({
  data,
  files: [file],
  placeOf: (path) => ({ file: file.path, ...yaml.nearestPlaceOf(path) }),
});

/** Keys replace, maps key by key; lists under `add` are appended; null takes a key away. Another id is another rule and proves itself by its own examples. */
function override({ file, yaml, data, id, extends: from }: Draft, below: Merged): Merged {
  const { extends: _, add, ...own } = data;
  const { examples, ...rest } = below.data;
  const inherited = from === id ? { ...rest, examples } : rest;
  const replaced = replaceKeys(inherited, own);
  const placeOf = (path: readonly Step[]): FilePlace => {
    const direct = yaml.placeOf(path) ?? yaml.placeOf(addedPath(path, replaced));
    return direct === null ? below.placeOf(path) : { file: file.path, ...direct };
  };
  return { data: isData(add) ? appendLists(replaced, add) : replaced, files: [file, ...below.files], placeOf };
}

/** `examples.match.5`, where three are inherited, is `add.examples.match.2`. */
function addedPath(path: readonly Step[], replaced: Data): readonly Step[] {
  let value: unknown = replaced;
  const shifted = path.map((step) => {
    const here = value;
    value = isData(here) || Array.isArray(here) ? (here as Record<Step, unknown>)[step] : undefined;
    return typeof step === 'number' && Array.isArray(here) ? step - here.length : step;
  });
  return ['add', ...shifted];
}

const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

function replaceKeys(base: Data, own: Data): Data {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(own)) {
    const old = result[key];
    if (value === null) delete result[key];
    else result[key] = isData(old) && isData(value) ? replaceKeys(old, value) : value;
  }
  return result;
}

function appendLists(base: Data, added: Data): Data {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(added)) {
    const old = result[key];
    if (Array.isArray(value)) result[key] = [...(Array.isArray(old) ? (old as unknown[]) : []), ...(value as unknown[])];
    else if (isData(value)) result[key] = appendLists(isData(old) ? old : {}, value);
  }
  return result;
}

/** JSON Schema of both kinds of file, for editors: with `extends` the short form, else the whole rule. */
export function layeredJsonSchema(full: z.ZodType, override: z.ZodType): object {
  const { $schema, ...whole } = z.toJSONSchema(full, { io: 'input' });
  const { $schema: _, ...short } = z.toJSONSchema(override, { io: 'input' });
  // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema, not a promise
  return { $schema, type: 'object', if: { required: ['extends'] }, then: short, else: whole };
}
