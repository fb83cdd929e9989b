import { canonicalJson, chain, chainStart, type AuditEvent, type AuditRecord, type ChainHead } from '../../audit/index.ts';
import type { Instant } from '../../core/index.ts';
import type { AuditQuery } from '../../gateway/index.ts';
import type { Database, Row } from './database.ts';

/** Appends to the chain. The head is read inside the caller's write transaction: another process may have moved it. */
export function appendAudit(db: Database, events: readonly AuditEvent[], at: Instant): void {
  if (events.length === 0) return;
  let head = readHead(db);
  for (const event of events) {
    const record = chain(head, at, event);
    db.run(
      'INSERT INTO audit (seq, at, message, event, previous, hash) VALUES (?, ?, ?, ?, ?, ?)',
      record.seq,
      at,
      event.message,
      canonicalJson(event),
      record.previous,
      record.hash,
    );
    head = record;
  }
}

export function readAudit(db: Database, query: AuditQuery): readonly AuditRecord[] {
  const order = query.newestFirst === true ? 'DESC' : 'ASC';
  const rows =
    query.message === undefined
      ? db.all(`SELECT * FROM audit WHERE seq > ? ORDER BY seq ${order} LIMIT ?`, query.after, query.limit)
      : db.all(`SELECT * FROM audit WHERE message = ? AND seq > ? ORDER BY seq ${order} LIMIT ?`, query.message, query.after, query.limit);
  return rows.map(toRecord);
}

function readHead(db: Database): ChainHead {
  const row = db.get('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1');
  return row === null ? chainStart : { seq: row['seq'] as number, hash: row['hash'] as string };
}

const toRecord = (row: Row): AuditRecord => ({
  seq: row['seq'] as number,
  at: row['at'] as Instant,
  event: JSON.parse(row['event'] as string) as AuditEvent,
  previous: row['previous'] as string,
  hash: row['hash'] as string,
});
