import { readFileSync, writeFileSync } from 'node:fs';
import { makeSite, type Site } from './gateway-process.ts';

const columns = 'columns: { customer_id: id, name: full_name, birth_date: born }';
export const sql = 'SELECT id, full_name, phone, born, address FROM crm ORDER BY id';

/** A site whose customers come from a query instead of customers.csv. */
export function siteWithQuery(query: string): Site {
  const site = makeSite('capture');
  const config = readFileSync(site.config, 'utf8');
  if (!/^customers: .*$/m.test(config)) throw new Error('the sample configuration names no customers');
  writeFileSync(site.config, config.replace(/^customers: .*$/m, `customers: { ${columns}, query: { ${query}, sql: "${sql}" } }`));
  return site;
}

export const imported = (site: Site): Record<string, unknown> => {
  const { code, stdout, stderr } = site.command('customers', 'import', '--json');
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Record<string, unknown>;
};
export const found = (site: Site, text: string): unknown => {
  const { code, stdout } = site.command('customers', 'lookup', text);
  return code === 0 ? (JSON.parse(stdout) as { found: { customer: string }[] }).found.map(({ customer }) => customer) : [];
};
