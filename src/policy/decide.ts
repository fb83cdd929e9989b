import type { RuleId } from '../core/index.ts';
import type { Facts } from '../match/index.ts';
import { evaluate } from './evaluate.ts';
import type { PolicySet, PolicySettings } from './policy.ts';
import type { Disposition, Reason, Severity, Verdict } from './verdict.ts';

/** Places kept of one reason. */
const maxPlaces = 200;
const order: Readonly<Record<Severity, number>> = { high: 3, medium: 2, low: 1 };

/** The verdict on a mail: every reason, per recipient, and the whole (held when anybody is). A total function of its arguments. */
export function decide(facts: Facts, policies: PolicySet, settings: PolicySettings): Verdict {
  const reasons = policies.policies
    .filter((policy) => policy.action !== 'off')
    .flatMap((policy) =>
      evaluate(policy, facts, settings)
        .filter((hit) => hit.recipients.length > 0)
        .map((hit): Reason => ({
          code: policy.reason,
          policy: policy.id as RuleId,
          severity: hit.severity ?? policy.severity,
          phase: policy.phase,
          holds: policy.action === 'hold',
          recipients: hit.recipients,
          customers: hit.customers,
          evidence: hit.places.slice(0, maxPlaces),
          types: hit.types,
          count: hit.count,
          suggestion: hit.suggestion,
        })),
    )
    .toSorted((a, b) => Number(b.holds) - Number(a.holds) || order[b.severity] - order[a.severity]);
  const holding = reasons.filter((reason) => reason.holds);
  const heldFor = new Set(holding.flatMap((reason) => reason.recipients));
  const worst = holding[0] ?? null;
  const disposition: Disposition = worst === null ? 'deliver' : 'hold';
  return {
    disposition,
    severity: worst?.severity ?? null,
    // One reason that needs an approver sends the whole mail to one.
    phase: worst === null ? null : holding.every((reason) => reason.phase === 'self_check') ? 'self_check' : 'approval',
    reasons,
    recipients: facts.recipients.map(({ address, kind, customer }) => ({
      address,
      kind,
      customer,
      verdict: heldFor.has(address) ? 'hold' : 'deliver',
    })),
    policyVersion: policies.version,
  };
}
