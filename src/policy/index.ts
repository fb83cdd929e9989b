// Facts about content and recipients → a verdict with reasons, per recipient. A total function: no input makes it throw.
export { compilePolicies } from './compile-policies.ts';
export { decide } from './decide.ts';
export { explainReason } from './explain-reason.ts';
export { policyJsonSchema, type Policy, type PolicySet, type PolicySettings } from './policy.ts';
export { testPolicies, type PolicyTestFailure } from './test-policies.ts';
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
