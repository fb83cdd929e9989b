import { appendFileSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { CustomerId } from '../../core/index.ts';
import type { AllowList, AllowListEntry } from '../../gateway/index.ts';
import { parseMailbox } from '../../message/index.ts';
import { readTable, type RowProblem } from './read-table.ts';

const columns = [
  'decided_at',
  'decision',
  'customer_id',
  'address',
  'releases',
  'proposed_at',
  'released_by',
  'decided_by',
  'reason',
] as const;

/**
 * The allow-list: lines are only ever added, and of one customer and address the last line counts, so that the file is its own history.
 * No file: no entries. A bad row is named by its line and left out: less is allowed then, never more.
 */
export function readAllowList(file: string): { readonly entries: readonly AllowListEntry[]; readonly problems: readonly RowProblem[] } {
  if (!existsSync(file)) return { entries: [], problems: [] };
  const table = readTable(readFileSync(file));
  const problems: RowProblem[] = [...table.problems];
  const missing = columns.filter((column) => !table.headers.includes(column));
  if (missing.length > 0)
    return { entries: [], problems: [{ line: 1, column: 0, message: `no column ${missing.join(', ')}; nothing of it counts` }] };
  const latest = new Map<string, AllowListEntry>();
  for (const { line, cells } of table.rows) {
    const cell = (column: (typeof columns)[number]): string => (cells[column] ?? '').trim();
    const decision = cell('decision');
    const address = parseMailbox(cell('address'));
    if ((decision !== 'accepted' && decision !== 'dismissed') || address === null || cell('customer_id') === '') {
      problems.push({
        line,
        column: 0,
        message: 'needs a decision (accepted or dismissed), a customer_id and an address; the row is skipped',
      });
      continue;
    }
    const customer = cell('customer_id') as CustomerId;
    latest.set(`${customer}\0${address.toLowerCase()}`, {
      decidedAt: cell('decided_at'),
      decision,
      customer,
      address,
      releases: Number(cell('releases')) || 0,
      proposedAt: cell('proposed_at'),
      releasedBy: cell('released_by'),
      decidedBy: cell('decided_by'),
      reason: cell('reason'),
    });
  }
  return { entries: [...latest.values()], problems };
}

/** The allow-list in a file, whose path may change while the gateway runs. */
export const createAllowList = (file: () => string): AllowList => ({
  read: () => readAllowList(file()),
  append: (entry) => appendToAllowList(file(), entry),
  csv: allowListCsv,
});

/** Adds one line, on the disk when it returns; the first one brings the header. Two that add at once both stay. */
function appendToAllowList(file: string, entry: AllowListEntry): void {
  mkdirSync(dirname(file), { recursive: true });
  const handle = openSync(file, 'a', 0o600);
  try {
    const head = readFileSync(file).length === 0 ? [columns.join(',')] : [];
    appendFileSync(handle, [...head, lineOf(entry), ''].join('\n'));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** The entries as a CSV file of the same columns, for the owner of the customer data. */
const allowListCsv = (entries: readonly AllowListEntry[]): string => `${[columns.join(','), ...entries.map(lineOf)].join('\n')}\n`;

function lineOf(entry: AllowListEntry): string {
  const { decidedAt, decision, customer, address, releases, proposedAt, releasedBy, decidedBy, reason } = entry;
  return [decidedAt, decision, customer, address, String(releases), proposedAt, releasedBy, decidedBy, reason].map(quoted).join(',');
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""').replaceAll(/[\r\n]+/g, ' ')}"` : cell);
