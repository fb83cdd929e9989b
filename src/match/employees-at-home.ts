import type { CustomerIndex, Row } from './customer-index.ts';

/** A firm lists its people at work or at home; its first records tell which. */
const mostCompared = 64;

/**
 * Whether a record is that of an employee whom his firm lists at home: it has a birth date, and so have most other records of the firm, of which
 * none but his family's stands under his address. A shop's owner, and contacts at one office, are at work. Opens a sealed label.
 */
export function readHomes(customers: CustomerIndex): (row: Row) => boolean {
  const known = new Map<Row, boolean>();
  return (row) => {
    const before = known.get(row);
    if (before !== undefined) return before;
    const isHome = livesThere(row, customers);
    known.set(row, isHome);
    return isHome;
  };
}

function livesThere(row: Row, customers: CustomerIndex): boolean {
  const { company, birthDate, address, surname } = customers.keys(row);
  if (company === 0 || birthDate === 0 || address === 0) return false;
  const others = customers
    .colleaguesOf(row, mostCompared)
    .map((other) => customers.keys(other))
    .filter((other) => other.address !== 0 && !(other.address === address && other.surname === surname));
  const born = others.filter((other) => other.birthDate !== 0).length;
  return born > 0 && born * 2 >= others.length && others.every((other) => other.address !== address);
}
