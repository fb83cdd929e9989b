// Facts about content and recipients → a verdict with reasons, per recipient. A total function: no input makes it throw.
export { compilePolicies, type PolicyProblem } from './compile-policies.ts';
export { decide } from './decide.ts';
export { explainReason } from './explain-reason.ts';
export type { Policy, PolicySet, PolicySettings } from './policy.ts';
export { testPolicies, type PolicyTestReport } from './test-policies.ts';
export {
  reasonCodes,
  type About,
  type Disposition,
  type FirstPhase,
  type Reason,
  type ReasonCode,
  type RecipientVerdict,
  type Severity,
  type Verdict,
} from './verdict.ts';
