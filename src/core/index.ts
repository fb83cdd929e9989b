// Words every stage shares: branded ids, time, results, failures, the organisation itself. Imports nothing of ours.
export type { Brand } from './brand.ts';
export { decodeUtf8 } from './decode-utf8.ts';
export { keysAt, type Complaint } from './explain-issues.ts';
export { GatewayError, type FailureCode, type SmtpReply } from './gateway-error.ts';
export { newMessageId, parseMessageId, type CustomerId, type MessageId, type RuleId } from './ids.ts';
export { atJapaneseTime, isClosedDay, japaneseTimeOf, weekdayOf } from './japanese-calendar.ts';
export { instant, isoTime, later, type Instant } from './instant.ts';
export {
  builtInOrigin,
  layeredJsonSchema,
  layerRules,
  takenOver,
  packVersion,
  versionOfRules,
  type LayeredRule,
  type LayerSchemas,
  type ReplacedRule,
  type RuleFile,
} from './layer-rules.ts';
export { nearestName } from './nearest-name.ts';
export type { Organisation, Partner, StaffMember } from './organisation.ts';
export type { FilePlace, Problem } from './problem.ts';
export { err, ok, type Result } from './result.ts';
export { type Step, type YamlFile } from './yaml-file.ts';
export { findSyntaxError } from './yaml-syntax.ts';
