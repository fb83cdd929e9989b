import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postgresPrograms, startPostgres, type PostgresServer } from '../support/postgres-server.ts';
import { found, imported, siteWithQuery, sql } from '../support/query-site.ts';

const password = 's3cret-of-the-test';
let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres(postgresPrograms(), password);
  server.run('CREATE TABLE crm (id text, full_name text, phone text, born date, address text)');
  server.run(
    "INSERT INTO crm SELECT 'P' || n, '佐藤 花' || n, '03-5550-' || lpad((n % 10000)::text, 4, '0'), date '1984-03-07' + n, '東京都港区芝5-7-1' FROM generate_series(1, 12000) n",
  );
});
afterAll(async () => {
  await server.stop();
});

test('a query behind a cursor brings every batch; dates stay days; the password shows nowhere', () => {
  const site = siteWithQuery('postgres_file: crm.url');
  writeFileSync(join(site.folder, 'crm.url'), `${server.url}\n`, { mode: 0o600 });
  const { code, stdout, stderr } = site.command('customers', 'import', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ records: 12_000, refused: 0, filled: { birth_date: 12_000 } });
  expect(found(site, '佐藤花12000')).toEqual(['P12000']);
  const status = site.command('customers', 'status', '--json').stdout;
  const manifest = readFileSync(join(site.folder, 'var/customers/current.json'), 'utf8');
  for (const text of [stdout, stderr, status, manifest, site.command('config', 'show').stdout]) expect(text).not.toContain(password);
  site.remove();
});

test('a URL without a password takes it from PGPASSWORD; one with a password is refused by the configuration', () => {
  const bare = server.url.replace(`:${password}`, '');
  const site = siteWithQuery(`postgres: '${bare}'`);
  process.env['PGPASSWORD'] = password;
  expect(imported(site)).toMatchObject({ records: 12_000 });
  delete process.env['PGPASSWORD'];
  const { code, stderr } = site.command('customers', 'import');
  expect(code).toBe(3);
  expect(stderr).toContain('the table in force stays');
  site.remove();
  const open = siteWithQuery(`postgres: '${server.url}'`);
  const refused = open.command('customers', 'import');
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/sekisho\.yaml:\d+:\d+ .*must hold no password/)]);
  expect(refused.stderr).not.toContain(password);
  open.remove();
});

test('nothing can be changed through the query: neither by it nor by a second statement in it', () => {
  const site = siteWithQuery('postgres_file: crm.url');
  writeFileSync(join(site.folder, 'crm.url'), server.url, { mode: 0o600 });
  const config = readFileSync(site.config, 'utf8');
  server.run("CREATE FUNCTION wipe() RETURNS text LANGUAGE sql AS 'DELETE FROM crm RETURNING id'");
  for (const bad of ['SELECT wipe() AS id', 'SELECT id FROM crm; COMMIT; DELETE FROM crm', 'DELETE FROM crm RETURNING id']) {
    writeFileSync(site.config, config.replace(sql, bad));
    const { code, stderr } = site.command('customers', 'import');
    expect([bad, code]).toEqual([bad, 3]);
    expect(stderr).not.toContain(password);
  }
  writeFileSync(site.config, config);
  expect(imported(site)).toMatchObject({ records: 12_000 });
  site.remove();
});

test('a URL file that others may read is refused', () => {
  const site = siteWithQuery('postgres_file: crm.url');
  writeFileSync(join(site.folder, 'crm.url'), server.url, { mode: 0o644 });
  expect(site.command('customers', 'import')).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('can be read by others') as string,
  });
  site.remove();
});
