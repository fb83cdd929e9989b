import { createHash } from 'node:crypto';
import type { CustomerId } from '../core/index.ts';
import { canonicalCustomerId } from '../detect/index.ts';
import { baseAddress } from '../message/index.ts';
import type { CustomerIndex, Row } from './customer-index.ts';

/** An address that somebody of the organisation has accepted as a customer's, beside those of the customer table. */
export type AllowedAddress = { readonly customer: CustomerId; readonly address: string };

/**
 * The customer table with accepted addresses registered too. They say who a recipient is and whom the content names; they do not make one
 * customer a relation of another who uses the same address. Customers that the table lacks are left out.
 */
export function withAllowedAddresses(customers: CustomerIndex, allowed: readonly AllowedAddress[]): CustomerIndex {
  const known = allowed.flatMap(({ customer, address }) =>
    customers
      .rows('id', canonicalCustomerId(customer))
      .filter((row) => customers.idOf(row) === customer)
      .map((row) => ({ row, address: baseAddress(address) })),
  );
  if (known.length === 0) return customers;
  const rowsOf = Map.groupBy(known, ({ address }) => address);
  const addressesOf = Map.groupBy(known, ({ row }) => row);
  const listed = known.map(({ row, address }) => `${customers.idOf(row)}\0${address}`).toSorted();
  const digest = createHash('sha256').update(listed.join('\n')).digest('hex').slice(0, 12);
  const merged = <T>(own: readonly T[], more: readonly T[]): readonly T[] => [...new Set([...own, ...more])];
  return {
    ...customers,
    version: `${customers.version}+${digest}`,
    rows: (field, canonical, most): readonly Row[] => {
      const own = customers.rows(field, canonical, most);
      const more = field === 'email' ? rowsOf.get(canonical) : undefined;
      return more === undefined
        ? own
        : merged(
            own,
            more.map(({ row }) => row),
          );
    },
    addressesOf: (row) =>
      merged(
        customers.addressesOf(row),
        (addressesOf.get(row) ?? []).map(({ address }) => address),
      ),
  };
}
