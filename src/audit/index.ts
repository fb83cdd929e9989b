// Events and the hash chain that shows any later change. Pure.
export { canonicalJson } from './canonical-json.ts';
export { chain, chainStart, verifyChain, type ChainHead } from './chain.ts';
export type { Actor, AuditEvent, AuditRecord } from './event.ts';
