import { resolve } from 'node:path';
import { readStaff } from '../adapters/csv-files/index.ts';
import type { Organisation, Partner, StaffMember } from '../core/index.ts';
import type { LoadedConfig } from './load-config.ts';
import type { Problem } from './problem.ts';

/** The organisation that the configuration describes, with the staff file read. Bad rows are warnings; a missing file is an error. */
export function loadOrganisation(loaded: LoadedConfig): {
  readonly organisation: Organisation;
  readonly errors: readonly Problem[];
  readonly warnings: readonly Problem[];
} {
  const given = loaded.config.organisation;
  const { staff, errors, warnings } = loadStaff(loaded);
  const partners = given.partners.map((partner): Partner => ({
    matches: partner.domain === undefined ? { address: (partner.address ?? '').toLowerCase() } : { domain: partner.domain.toLowerCase() },
    name: partner.name,
    mayReceive: partner.may_receive,
    client: partner.client ?? null,
  }));
  const organisation: Organisation = {
    name: given.name,
    internalDomains: given.internal_domains.map((domain) => domain.toLowerCase()),
    phones: given.phones,
    addresses: given.addresses,
    bankAccounts: given.bank_accounts,
    staff,
    mailboxes: new Map(Object.entries(given.mailboxes).map(([address, members]) => [address.toLowerCase(), members])),
    groups: new Map(Object.entries(given.groups)),
    partners,
    sharedDomains: given.shared_domains.map((domain) => domain.toLowerCase()),
  };
  return { organisation, errors, warnings };
}

function loadStaff(loaded: LoadedConfig): { staff: readonly StaffMember[]; errors: readonly Problem[]; warnings: readonly Problem[] } {
  const given = loaded.config.organisation.staff;
  if (given === undefined) return { staff: [], errors: [], warnings: [] };
  if (typeof given !== 'string') {
    const staff = given.map((member) => ({
      name: member.name,
      nameKana: member.name_kana === '' ? (member.kana ?? '') : member.name_kana,
      email: member.email,
      department: member.department,
      managerEmail: member.manager_email ?? null,
    }));
    return { staff, errors: [], warnings: [] };
  }
  const file = resolve(loaded.base, given);
  try {
    const { staff, problems } = readStaff(file);
    return { staff, errors: [], warnings: problems.map((problem) => ({ file, ...problem })) };
  } catch {
    return {
      staff: [],
      errors: [
        {
          file,
          line: 0,
          column: 0,
          message: 'cannot be read (organisation.staff); check the path, which counts from the configuration file',
        },
      ],
      warnings: [],
    };
  }
}
