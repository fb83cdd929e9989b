import { readFileSync } from 'node:fs';
import type { StaffMember } from '../../core/index.ts';
import { readTable, type RowProblem } from './read-table.ts';

/** The staff file: name,name_kana,email,department,manager_email. Rows without name or e-mail are reported and skipped. */
export function readStaff(file: string): { readonly staff: readonly StaffMember[]; readonly problems: readonly RowProblem[] } {
  const table = readTable(readFileSync(file));
  const problems: RowProblem[] = [...table.problems];
  for (const needed of ['name', 'email']) {
    if (!table.headers.includes(needed)) problems.push({ line: 1, column: 0, message: `no column \`${needed}\`` });
  }
  const staff: StaffMember[] = [];
  for (const { line, cells } of table.rows) {
    const name = cells['name'] ?? '';
    const email = cells['email'] ?? '';
    if (name === '' || email === '') {
      problems.push({ line, column: 0, message: 'no name or no email; the row is skipped' });
      continue;
    }
    const manager = cells['manager_email'] ?? '';
    staff.push({
      name,
      nameKana: cells['name_kana'] ?? '',
      email,
      department: cells['department'] ?? '',
      managerEmail: manager === '' ? null : manager,
    });
  }
  return { staff, problems };
}
