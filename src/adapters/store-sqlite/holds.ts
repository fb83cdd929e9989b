import type { MessageId } from '../../core/index.ts';
import type { HoldQuery } from '../../gateway/index.ts';
import type { Hold } from '../../quarantine/index.ts';
import type { Database, Row } from './database.ts';

/** Inserts or replaces the hold of message number `n`; false when `expectedVersion` no longer fits. */
export function putHold(db: Database, n: number, hold: Hold, expectedVersion: number | null): boolean {
  const values = [hold.state, hold.department, hold.dueAt, hold.version, JSON.stringify(hold)] as const;
  if (expectedVersion !== null) {
    const sql = 'UPDATE holds SET state = ?, department = ?, due_at = ?, version = ?, hold = ? WHERE n = ? AND version = ?';
    return db.run(sql, ...values, n, expectedVersion) === 1;
  }
  const sql = 'INSERT INTO holds (n, id, state, department, due_at, version, hold) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING';
  if (db.run(sql, n, hold.id, ...values) === 0) return false;
  for (const address of new Set(hold.ownAddresses)) db.run('INSERT INTO hold_owners (address, n) VALUES (?, ?)', address, n);
  return true;
}

export function readHold(db: Database, id: MessageId): Hold | null {
  const row = db.get('SELECT hold FROM holds WHERE id = ?', id);
  return row === null ? null : toHold(row);
}

/** The one to decide first comes first. */
export function readHolds(db: Database, query: HoldQuery): readonly Hold[] {
  const { where, values } = conditions(query);
  return db
    .all(`SELECT hold FROM holds WHERE ${where} ORDER BY due_at, id LIMIT ? OFFSET ?`, ...values, query.limit, query.offset)
    .map(toHold);
}

export function countHolds(db: Database, query: Omit<HoldQuery, 'limit' | 'offset'>): number {
  const { where, values } = conditions(query);
  return Number(db.get(`SELECT count(*) AS holds FROM holds WHERE ${where}`, ...values)?.['holds']);
}

function conditions(query: Omit<HoldQuery, 'limit' | 'offset'>): { readonly where: string; readonly values: readonly string[] } {
  const parts = ['true'];
  const values: string[] = [];
  const oneOf = (column: string, list: readonly string[]): void => {
    // One statement text for lists of any length, so that the statements kept compiled stay few.
    parts.push(`${column} IN (SELECT value FROM json_each(?))`);
    values.push(JSON.stringify(list));
  };
  if (query.states !== undefined) oneOf('state', query.states);
  if (query.departments !== null) {
    parts.push("(department IN (SELECT value FROM json_each(?)) OR json_extract(hold, '$.approver') = ?)");
    values.push(JSON.stringify(query.departments), query.approver ?? '');
  }
  if (query.ownedBy !== undefined) {
    parts.push('n IN (SELECT n FROM hold_owners WHERE address = ?)');
    values.push(query.ownedBy.toLowerCase());
  }
  return { where: parts.join(' AND '), values };
}

/** Holds of before there were named approvers have none. */
const toHold = (row: Row): Hold => ({ approver: null, ...(JSON.parse(row['hold'] as string) as Omit<Hold, 'approver'>) });
