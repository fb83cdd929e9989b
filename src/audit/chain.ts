import { hash } from 'node:crypto';
import type { Instant } from '../core/index.ts';
import { canonicalJson } from './canonical-json.ts';
import type { AuditEvent, AuditRecord } from './event.ts';

/** Where a chain stands: number and hash of its newest record. */
export type ChainHead = Pick<AuditRecord, 'seq' | 'hash'>;

/** The head of the empty chain. */
export const chainStart: ChainHead = { seq: 0, hash: '0'.repeat(64) };

/** The record that follows `previous`. Read `previous` and write the record in one transaction, or two records get one number. */
export function chain(previous: ChainHead, at: Instant, event: AuditEvent): AuditRecord {
  const unsealed = { seq: previous.seq + 1, at, event, previous: previous.hash };
  return { ...unsealed, hash: hashOf(unsealed) };
}

/**
 * Checks that `records` follow `after` (by default: begin the chain) without a gap and unchanged. Names the first record that does not fit.
 * A chain cannot show that its end was cut off: for that, keep the last head somewhere else and compare.
 */
export function verifyChain(
  records: Iterable<AuditRecord>,
  after: ChainHead = chainStart,
): { readonly ok: true } | { readonly ok: false; readonly seq: number; readonly why: string } {
  let head = after;
  for (const record of records) {
    if (record.seq !== head.seq + 1) return { ok: false, seq: record.seq, why: `record ${head.seq + 1} was expected here` };
    if (record.previous !== head.hash) return { ok: false, seq: record.seq, why: 'it does not name the hash of the record before it' };
    if (record.hash !== hashOf(record)) return { ok: false, seq: record.seq, why: 'its content does not have the hash it names' };
    head = record;
  }
  return { ok: true };
}

/** `sha256(previous + canonical JSON of the rest)`, hex. */
function hashOf({ seq, at, event, previous }: Omit<AuditRecord, 'hash'>): string {
  return hash('sha256', previous + canonicalJson({ seq, at, event }));
}
