import { openTable, type CustomerTable } from '../adapters/customer-index/index.ts';
import { shippedLists } from '../config/index.ts';
import { canonicalAddress, canonicalCustomerId, canonicalEmail, canonicalKana, canonicalName, canonicalPhone } from '../detect/index.ts';
import { canonicalCompany, type CustomerIndex, type RecordKeys } from '../match/index.ts';
import { CommandError, exitCode } from './exit.ts';
import { terminal } from './terminal.ts';

const mostShown = 100;

/** Prints the customers that `text` finds, by whatever it may be, with the label and what each is known by. Ends with code 1 when there are none. */
export function lookUpCustomer(table: CustomerTable, text: string): void {
  const index = openTable(table);
  const found = new Map<number, string[]>();
  for (const [by, rows] of Object.entries(findRows(index, text))) for (const row of rows) found.set(row, [...(found.get(row) ?? []), by]);
  if (found.size === 0) throw new CommandError(exitCode.problems, `there is no customer that ${text} finds`);
  const shown = [...found].slice(0, mostShown).map(([row, by]) => describe(index, row, by));
  terminal.out(JSON.stringify({ count: found.size, found: shown }, null, 2));
}

/** As mails are compared: by each field that `text` may be a value of. */
function findRows(index: CustomerIndex, text: string): Readonly<Record<string, readonly number[]>> {
  const address = canonicalAddress(text, shippedLists().lists.gazetteer);
  return {
    id: index.rows('id', canonicalCustomerId(text)),
    email: text.includes('@') ? index.rows('email', canonicalEmail(text)) : [],
    phone: index.rows('phone', canonicalPhone(text)),
    name: index.rows('name', canonicalName(text)),
    kana: index.rows('kana', canonicalKana(text)),
    company: index.rows('company', canonicalCompany(text)),
    address: address === null ? [] : index.rows('address', address.key),
  };
}

function describe(index: CustomerIndex, row: number, by: readonly string[]): object {
  const customer = index.idOf(row);
  const label = index.label(customer);
  const keys = index.keys(row);
  return {
    customer,
    found_by: by,
    name: label?.name ?? '',
    company: label?.company ?? '',
    client: label?.client ?? '',
    emails: index.addressesOf(row),
    known_by: known
      .filter((field) => keys[field] !== 0 && !isEmpty(keys[field]))
      .map((field) => field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)),
  };
}

const isEmpty = (key: number | readonly number[]): boolean => typeof key !== 'number' && key.length === 0;
const known = [
  'name',
  'kana',
  'surname',
  'surnameKana',
  'company',
  'emails',
  'domains',
  'landline',
  'address',
  'room',
  'birthDate',
  'postalCode',
  'client',
] as const satisfies readonly (keyof RecordKeys)[];
