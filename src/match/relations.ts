import type { CustomerIndex, Row } from './customer-index.ts';

/**
 * Whether the data of one record may go to the other's person (POLICY.md): the same record, one household (surname and block, and room where
 * either has one; or one landline of people without a company), one company (name or own domain). Symmetric.
 */
export function areRelated(a: Row, b: Row, customers: CustomerIndex): boolean {
  if (a === b) return true;
  const one = customers.keys(a);
  const other = customers.keys(b);
  if (one.company !== 0 && one.company === other.company) return true;
  if (one.domains.some((domain) => other.domains.includes(domain))) return true;
  if (one.emails.some((email) => other.emails.includes(email))) return true;
  const sameHome =
    one.address !== 0 && one.address === other.address && one.room === other.room && one.surname !== 0 && one.surname === other.surname;
  const sameLine = one.company === 0 && other.company === 0 && one.landline !== 0 && one.landline === other.landline;
  return sameHome || sameLine;
}
