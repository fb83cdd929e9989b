/** A value that JSON can hold. `undefined` members are left out, as JSON.stringify does. */
type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * One spelling for one value: members sorted by UTF-16 code unit, no white space, numbers and strings as ECMAScript prints them (RFC 8785 §3.2).
 * Without it the hash of a record would depend on the order in which an object was built.
 */
export function canonicalJson(value: unknown): string {
  return write(value as Json);
}

function write(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(write).join(',')}]`;
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${write(value[key] ?? null)}`);
  return `{${members.join(',')}}`;
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
