// CSV files an administrator hands us → records, with every bad row named by its line.
export { allowListCsv, appendToAllowList, readAllowList, type AllowListEntry } from './allow-list.ts';
export { readCustomers, type CustomerTable } from './read-customers.ts';
export { readStaff } from './read-staff.ts';
export type { RowProblem } from './read-table.ts';
