import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isMap, isNode, isPair, isScalar, LineCounter, parse, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { decodeUtf8, err, findSyntaxError, keysAt, nearestName, ok, type Result } from '../core/index.ts';
import type { Problem } from './problem.ts';
import { configSchema, type Config } from './schema.ts';

/** A configuration in force: `base` is the folder that relative paths count from, `given` what the file and the environment said themselves. */
export type LoadedConfig = {
  readonly config: Config;
  readonly file: string | null;
  readonly base: string;
  readonly given: unknown;
  /** A problem with the value at a path, placed where the file or the environment says it. */
  problemAt(path: Path, message: string): Problem;
};

type Path = readonly (string | number)[];

/**
 * Reads sekisho.yaml (YAML 1.2, so JSON too), lays `SEKISHO_…` variables over it and checks the whole.
 * `file` null: defaults and environment only. Errors name file, line and column; nothing is half applied.
 */
export function loadConfig(
  file: string | null,
  environment: Readonly<Record<string, string | undefined>>,
): Result<LoadedConfig, readonly Problem[]> {
  const lines = new LineCounter();
  let document: Document | null = null;
  let given: unknown = {};
  if (file !== null) {
    let bytes: Uint8Array;
    try {
      bytes = readFileSync(file);
    } catch (cause) {
      return err([{ file, line: 0, column: 0, message: `cannot be read (${errorCode(cause)}); name another file with -c` }]);
    }
    const text = decodeUtf8(file, bytes);
    if (!text.ok) return err([text.error]);
    document = parseDocument(text.value, { lineCounter: lines });
    const wrong = findSyntaxError(document, text.value);
    if (wrong !== null) {
      const { line, col } = lines.linePos(wrong.at);
      return err([{ file, line, column: col, message: wrong.message }]);
    }
    given = document.toJS() ?? {};
  }
  const overridden = applyEnvironment(given, environment);
  const parsed = configSchema.safeParse(overridden.value);
  const source: Source = { name: file ?? 'environment', document, lines, fromEnvironment: overridden.paths };
  if (!parsed.success) return err(parsed.error.issues.flatMap((issue) => problemsOf(issue, source)));
  const base = file === null ? process.cwd() : dirname(resolve(file));
  return ok({ config: parsed.data, file, base, given: overridden.value, problemAt: (path, message) => place(source, path, message) });
}

const errorCode = (cause: unknown): string => (cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable');

/** `SEKISHO_SMTP__LISTEN=…` sets smtp.listen: double underscore is nesting, the value is read as a YAML scalar or list. */
function applyEnvironment(
  given: unknown,
  environment: Readonly<Record<string, string | undefined>>,
): { value: unknown; paths: Map<string, string> } {
  const value: unknown = structuredClone(given);
  const paths = new Map<string, string>();
  const sections = Object.keys(configSchema.shape);
  for (const [name, text] of Object.entries(environment)) {
    const path = name.startsWith('SEKISHO_') ? name.slice(8).toLowerCase().split('__') : [];
    // Other SEKISHO_ variables (SEKISHO_NO_APT, …) are not settings; only the names of sections are.
    if (text === undefined || !sections.includes(path[0] ?? '') || !isRecord(value)) continue;
    let target = value;
    for (const key of path.slice(0, -1)) {
      const next = target[key];
      const child: Record<string, unknown> = isRecord(next) ? next : {};
      target[key] = child;
      target = child;
    }
    target[path.at(-1) ?? ''] = parse(text);
    paths.set(path.join('.'), name);
  }
  return { value, paths };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

type Source = {
  readonly name: string;
  readonly document: Document | null;
  readonly lines: LineCounter;
  readonly fromEnvironment: Map<string, string>;
};

function problemsOf(issue: z.core.$ZodIssue, source: Source): Problem[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const near = nearestName(key, keysAt(configSchema, path));
      return place(source, [...path, key], `unknown key \`${key}\`${near === null ? '' : `; did you mean \`${near}\`?`}`);
    });
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // The branch that got furthest is the one that was meant.
    const best = issue.errors.toSorted((a, b) => depth(b) - depth(a))[0] ?? [];
    return best.flatMap((inner) => problemsOf({ ...inner, path: [...issue.path, ...inner.path] }, source));
  }
  // The value itself may be a password: it is never repeated.
  const isNoList = issue.code === 'invalid_type' && issue.expected === 'array';
  return [place(source, path, `\`${path.join('.')}\`: ${isNoList ? 'must be a list; write [ ] around the value' : issue.message}`)];
}

const depth = (issues: readonly z.core.$ZodIssue[]): number =>
  Math.max(0, ...issues.map((issue) => issue.path.length)) - issues.filter((issue) => issue.code === 'unrecognized_keys').length;

function place(source: Source, path: Path, message: string): Problem {
  const variable = source.fromEnvironment.get(path.join('.'));
  if (variable !== undefined) return { file: variable, line: 0, column: 0, message };
  const offset = offsetOf(source.document, path);
  if (offset === null) return { file: source.name, line: 0, column: 0, message };
  const position = source.lines.linePos(offset);
  return { file: source.name, line: position.line, column: position.col, message };
}

/** Where the value at `path` (or its key, or its nearest parent) stands in the file. */
function offsetOf(document: Document | null, path: Path): number | null {
  if (document === null) return null;
  for (let length = path.length; length > 0; length -= 1) {
    const parent: unknown = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === path[length - 1]);
      if (pair !== undefined && isScalar(pair.key) && pair.key.range) return pair.key.range[0];
    }
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
