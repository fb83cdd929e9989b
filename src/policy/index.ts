// Facts about content and recipients → a verdict with reasons, per recipient. A total function: no input makes it throw.
export { checkDepartments, checkNames, compilePolicies } from './compile-policies.ts';
export { decide } from './decide.ts';
export { explainReason } from './explain-reason.ts';
export { explainRecipient, explainVerdict } from './explain-recipient.ts';
export { policyJsonSchema, type Policy, type PolicySet, type PolicySettings } from './policy.ts';
export { testPolicies, type PolicyTestFailure } from './test-policies.ts';
export {
  isSiteReason,
  reasonCodes,
  type About,
  type Approver,
  type BuiltInReason,
  type Disposition,
  type Exception,
  type FirstPhase,
  type PolicyName,
  type Reason,
  type ReasonAction,
  type ReasonCode,
  type RecipientVerdict,
  type Severity,
  type Verdict,
} from './verdict.ts';
