import { nearestName, type FilePlace } from '../core/index.ts';
import { factsOfRecipients, type Facts } from '../match/index.ts';
import type { Address } from '../message/index.ts';
import { evaluate } from './evaluate.ts';
import type { Policy, PolicySet, PolicySettings } from './policy.ts';

/** An example that does not do what it says, and where it is written. */
export type PolicyTestFailure = FilePlace & { readonly rule: string; readonly message: string };
export type PolicyTestReport = { readonly cases: number; readonly failures: readonly PolicyTestFailure[] };

const settings: PolicySettings = { mode: 'enforce', split: false, unscannable: 'hold', allowTypes: [] };
/** Facts of a harmless mail to one outside customer; an example names what is otherwise. */
const harmless = factsOfRecipients([{ address: 'r@example.com' as Address, kind: 'customer', customer: null, clients: [] }]);

/** Runs every policy's own examples: facts → held for this reason or not. */
export function testPolicies({ policies, sources }: PolicySet): PolicyTestReport {
  const failures: PolicyTestFailure[] = [];
  let cases = 0;
  for (const policy of policies) {
    for (const [index, example] of policy.examples.entries()) {
      cases += 1;
      const complaint = judge(policy, example);
      const place = sources.get(policy.id)?.placeOf(['examples', index]);
      if (complaint !== null) failures.push({ ...(place ?? { file: policy.id, line: 0, column: 0 }), rule: policy.id, message: complaint });
    }
  }
  return { cases, failures };
}

function judge(policy: Policy, example: Policy['examples'][number]): string | null {
  const name = example.about === undefined ? 'the example' : `“${example.about}”`;
  const known = Object.keys(harmless);
  for (const key of Object.keys(example.facts).filter((fact) => !known.includes(fact))) {
    const near = nearestName(key, known);
    return `${name} names a fact that does not exist: \`${key}\`${near === null ? `; facts are ${known.join(', ')}` : `; did you mean \`${near}\`?`}`;
  }
  let holds: boolean;
  try {
    holds = evaluate(policy, { ...harmless, ...(example.facts as Partial<Facts>) }, settings).some((hit) => hit.recipients.length > 0);
  } catch {
    return `${name} describes facts of another shape than a mail has; copy an example of the built-in policy`;
  }
  if (holds === example.holds) return null;
  return `${name} ${holds ? 'holds, but should not' : 'does not hold, but should'}`;
}
