// Events and the hash chain that shows any later change. Pure.
export type { Actor, AuditEvent, AuditRecord } from './event.ts';
