// Words every stage shares: branded ids, time, results, failures, the organisation itself. Imports nothing of ours.
export type { Brand } from './brand.ts';
export { GatewayError, type FailureCode, type SmtpReply } from './gateway-error.ts';
export { newMessageId, parseMessageId, type CustomerId, type MessageId, type RuleId } from './ids.ts';
export { instant, isoTime, later, type Instant } from './instant.ts';
export type { Organisation, Partner, StaffMember } from './organisation.ts';
export { err, ok, type Result } from './result.ts';
