// The staff file and the allow list that an administrator hands us → records, with every bad row named by its line.
export { createAllowList, readAllowList } from './allow-list.ts';
export { readStaff } from './read-staff.ts';
