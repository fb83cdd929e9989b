import type { z } from 'zod';
import { nearestName } from './nearest-name.ts';
import type { Step } from './yaml-file.ts';

/** What is wrong at a place in a file's data, in words for whoever wrote it. `of` says whether the key itself or its value is meant. */
export type Complaint = { readonly path: readonly Step[]; readonly of: 'key' | 'value'; readonly message: string };

/** Zod's issues → complaints: unknown keys with the nearest known one, wrong types with what stands there, values with the choices. */
export function explainIssues(issues: readonly z.core.$ZodIssue[], schema: z.ZodType, given: unknown): readonly Complaint[] {
  return issues.flatMap((issue): readonly Complaint[] => {
    const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ path: [...path, key], of: 'key', message: unknownKey(key, keysAt(schema, path)) }));
    }
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      // The branch of the shape that was written is the one that was meant: a list, a map, else a single value.
      const meant = branchFor(issue.errors, valueAt(given, path));
      return explainIssues(
        meant.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })),
        schema,
        given,
      );
    }
    const name = path.length === 0 ? '' : `\`${path.join('.')}\` `;
    return [{ path, of: 'value', message: `${name}${explain(issue, valueAt(given, path))}`.trim() }];
  });
}

type Issues = readonly z.core.$ZodIssue[];

function branchFor(branches: readonly Issues[], given: unknown): Issues {
  const sameShape = branches.filter((issues) => !issues.some(({ code, path }) => code === 'invalid_type' && path.length === 0));
  const first = sameShape[0] ?? branches[0] ?? [];
  return typeof given === 'object' ? (sameShape.at(-1) ?? first) : first;
}

function unknownKey(key: string, known: readonly string[]): string {
  const near = nearestName(key, known);
  if (near !== null) return `unknown key \`${key}\`; did you mean \`${near}\`?`;
  return `unknown key \`${key}\`${known.length === 0 ? '' : `; known here: ${known.join(', ')}`}`;
}

function explain(issue: z.core.$ZodIssue, given: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      if (given === undefined) return `is missing: it must be ${typeNames[issue.expected] ?? issue.expected}`;
      return `must be ${typeNames[issue.expected] ?? issue.expected}, not ${describeValue(given)}${quoteHint(issue.expected, given)}`;
    case 'invalid_value': {
      const choices = issue.values.map(String);
      if (given === undefined) return `is missing: it must be one of ${choices.join(', ')}`;
      const near = typeof given === 'string' ? nearestName(given, choices) : null;
      return `must be one of ${choices.join(', ')}, not ${describeValue(given)}${near === null ? '' : `; did you mean \`${near}\`?`}`;
    }
    case 'too_small':
      if (issue.origin === 'array') return `needs at least ${issue.minimum} entries and has ${Array.isArray(given) ? given.length : 0}`;
      if (issue.origin === 'string') return 'must not be empty';
      return `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}, not ${describeValue(given)}`;
    case 'too_big':
      return `must be ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}, not ${describeValue(given)}`;
    case 'invalid_format':
      return `${describeValue(given)} is not right: ${issue.message}`;
    default:
      return issue.message;
  }
}

/** `- 番号: 123` is a map to YAML. */
const quoteHint = (expected: string, given: unknown): string =>
  expected === 'string' && typeof given === 'object' && given !== null && !Array.isArray(given)
    ? "; put text that holds `: ` into 'single quotes'"
    : '';

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys',
  record: 'a map of keys',
};

function describeValue(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map of keys';
  if (typeof value === 'string') return `the text "${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`;
  return JSON.stringify(value);
}

function valueAt(given: unknown, path: readonly Step[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? (value as Record<Step, unknown>)[step] : undefined),
    given,
  );
}

/** The keys that the schema knows at a path. */
export function keysAt(schema: unknown, path: readonly Step[]): readonly string[] {
  let current: unknown = schema;
  for (const step of path) current = typeof step === 'number' ? inner(current) : shapeOf(current)?.[step];
  return Object.keys(shapeOf(current) ?? {});
}

/** Looks through defaults, unions, arrays and transforms to the object schema inside. */
function shapeOf(schema: unknown): Record<string, unknown> | null {
  let current = schema;
  for (let hops = 0; hops < 8 && current !== undefined && current !== null; hops += 1) {
    if (typeof current === 'object' && 'shape' in current) return current.shape as Record<string, unknown>;
    current = inner(current);
  }
  return null;
}

function inner(schema: unknown): unknown {
  const definition = (
    schema as
      | {
          readonly def?: {
            readonly innerType?: unknown;
            readonly element?: unknown;
            readonly options?: readonly unknown[];
            readonly in?: unknown;
          };
        }
      | undefined
  )?.def;
  return definition?.innerType ?? definition?.element ?? definition?.options?.at(-1) ?? definition?.in;
}
