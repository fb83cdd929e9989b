import { readFileSync, statSync } from 'node:fs';
import type { CustomerId } from '../../core/index.ts';
import type { CustomerRecord } from '../../match/index.ts';
import { readTable, type Row, type RowProblem } from './read-table.ts';

export type CustomerTable = {
  readonly records: readonly CustomerRecord[];
  readonly problems: readonly RowProblem[];
  /** Milliseconds since the epoch: how old the data are. */
  readonly modifiedAt: number;
};

const columns = {
  customer_id: 'customerId',
  name: 'name',
  name_kana: 'nameKana',
  company: 'company',
  email: 'email',
  email2: 'email2',
  phone: 'phone',
  mobile: 'mobile',
  postal_code: 'postalCode',
  address: 'address',
  birth_date: 'birthDate',
  owner: 'owner',
  client: 'client',
} as const satisfies Record<string, keyof CustomerRecord>;

/**
 * The customer table. `mapping` gives our column's header in the site's file. Throws the file system's own error when the file cannot be
 * read; a bad row (no id, neither name nor company, an id twice, wrong cells) is reported with its line and skipped.
 */
export function readCustomers(file: string, mapping: Readonly<Record<string, string>>): CustomerTable {
  const table = readTable(readFileSync(file));
  const problems: RowProblem[] = [...table.problems];
  const headerOf = (column: string): string => mapping[column] ?? column;
  for (const column of Object.keys(mapping)) {
    if (!(column in columns))
      problems.push({ line: 1, column: 0, message: `columns: unknown column \`${column}\`; known are ${Object.keys(columns).join(', ')}` });
    else if (!table.headers.includes(headerOf(column)))
      problems.push({ line: 1, column: 0, message: `the header \`${headerOf(column)}\` (for ${column}) is not in the file` });
  }
  if (!table.headers.includes(headerOf('customer_id'))) {
    problems.push({ line: 1, column: 0, message: `no column \`${headerOf('customer_id')}\`; map it with customers.columns.customer_id` });
    return { records: [], problems, modifiedAt: statSync(file).mtimeMs };
  }
  const records: CustomerRecord[] = [];
  const lineOfId = new Map<string, number>();
  for (const row of table.rows) {
    const record = toRecord(row, headerOf);
    const earlier = lineOfId.get(record.customerId);
    const problem =
      earlier === undefined ? problemOf(record) : `customer_id ${record.customerId} stands on line ${earlier} already; this row is skipped`;
    if (problem === null) {
      lineOfId.set(record.customerId, row.line);
      records.push(record);
    } else problems.push({ line: row.line, column: 0, message: problem });
  }
  return { records, problems, modifiedAt: statSync(file).mtimeMs };
}

function toRecord(row: Row, headerOf: (column: string) => string): CustomerRecord {
  const cell = (column: string): string => row.cells[headerOf(column)] ?? '';
  return {
    customerId: cell('customer_id') as CustomerId,
    name: cell('name'),
    nameKana: cell('name_kana'),
    company: cell('company'),
    email: cell('email'),
    email2: cell('email2'),
    phone: cell('phone'),
    mobile: cell('mobile'),
    postalCode: cell('postal_code'),
    address: cell('address'),
    birthDate: cell('birth_date'),
    owner: cell('owner'),
    client: cell('client'),
  };
}

function problemOf(record: CustomerRecord): string | null {
  if (record.customerId === '') return 'no customer_id; the row is skipped';
  if (record.name === '' && record.company === '') return 'neither name nor company; the row is skipped';
  return null;
}
