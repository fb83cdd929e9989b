// The staff file an administrator hands us → records, with every bad row named by its line.
export { readStaff } from './read-staff.ts';
