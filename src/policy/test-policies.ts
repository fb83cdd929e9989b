import { factsOfRecipients, type Facts } from '../match/index.ts';
import type { Address } from '../message/index.ts';
import { evaluate } from './evaluate.ts';
import type { PolicySet, PolicySettings } from './policy.ts';

export type PolicyTestReport = {
  readonly cases: number;
  readonly failures: readonly { readonly rule: string; readonly message: string }[];
};

const settings: PolicySettings = { mode: 'enforce', split: false, unscannable: 'hold', allowTypes: [] };
/** Facts of a harmless mail to one outside customer; an example names what is otherwise. */
const harmless = factsOfRecipients([{ address: 'r@example.com' as Address, kind: 'customer', customer: null, clients: [] }]);

/** Runs every policy's own examples: facts → held for this reason or not. */
export function testPolicies(policies: PolicySet): PolicyTestReport {
  const failures: { rule: string; message: string }[] = [];
  let cases = 0;
  for (const policy of policies.policies) {
    for (const [index, example] of policy.examples.entries()) {
      cases += 1;
      const facts = { ...harmless, ...(example.facts as Partial<Facts>) };
      const holds = evaluate(policy, facts, settings).some((hit) => hit.recipients.length > 0);
      if (holds !== example.holds)
        failures.push({
          rule: policy.id,
          message: `example ${index + 1} ${holds ? 'holds, but should not' : 'does not hold, but should'}`,
        });
    }
  }
  return { cases, failures };
}
