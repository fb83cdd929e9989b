import { createHash } from 'node:crypto';
import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { err, ok, type Result } from '../core/index.ts';
import { policySchema, type Policy, type PolicySet } from './policy.ts';

export type PolicyProblem = { readonly file: string; readonly line: number; readonly column: number; readonly message: string };

/** Policy files → the set in force, or every problem with its place. The version changes with any file. */
export function compilePolicies(
  files: readonly { readonly path: string; readonly text: string }[],
): Result<PolicySet, readonly PolicyProblem[]> {
  const problems: PolicyProblem[] = [];
  const policies: Policy[] = [];
  const digest = createHash('sha256');
  for (const { path, text } of files) {
    digest.update(`${text}\n`);
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines });
    const at = (offset: number, message: string): void => {
      const { line, col } = lines.linePos(offset);
      problems.push({ file: path, line, column: col, message });
    };
    if (document.errors.length > 0) {
      for (const error of document.errors) at(error.pos[0], `not valid YAML: ${error.message.split('\n')[0] ?? ''}`);
      continue;
    }
    const parsed = policySchema.safeParse(document.toJS());
    if (parsed.success) {
      const folder = path.split('/').at(-2);
      if (folder !== parsed.data.id)
        at(offsetOf(document, ['id']), `id \`${parsed.data.id}\` is not the name of its folder, \`${folder ?? ''}\``);
      if (policies.some((policy) => policy.id === parsed.data.id))
        at(offsetOf(document, ['id']), `id \`${parsed.data.id}\` is taken by another policy`);
      policies.push(parsed.data);
      continue;
    }
    for (const issue of parsed.error.issues) {
      const steps = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
      if (issue.code === 'unrecognized_keys')
        for (const key of issue.keys) at(offsetOf(document, [...steps, key]), `unknown key \`${key}\``);
      else at(offsetOf(document, steps), `\`${steps.join('.')}\`: ${issue.message}`);
    }
  }
  return problems.length > 0 ? err(problems) : ok({ version: `1.0.0+${digest.digest('hex').slice(0, 12)}`, policies });
}

/** Where the key or value at `path`, or its nearest parent, begins. */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent: unknown = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const pair = isMap(parent)
      ? parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === path[length - 1])
      : undefined;
    if (pair !== undefined && isScalar(pair.key) && pair.key.range) return pair.key.range[0];
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
