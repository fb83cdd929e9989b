// Facts about content and recipients → a verdict with reasons, per recipient. A total function: no input makes it throw.
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
