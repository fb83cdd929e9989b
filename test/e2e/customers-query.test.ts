import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startGatewayProcess } from '../support/gateway-process.ts';
import { found, imported, siteWithQuery, sql } from '../support/query-site.ts';

test('a query brings the table, long integers and line breaks included; a gateway starts with it by itself', async () => {
  const site = siteWithQuery('sqlite: crm.db');
  const database = new DatabaseSync(join(site.folder, 'crm.db'));
  database.exec('CREATE TABLE crm (id INTEGER, full_name TEXT, phone INTEGER, born TEXT, address TEXT)');
  const insert = database.prepare('INSERT INTO crm VALUES (?, ?, ?, ?, ?)');
  insert.run(9007199254740993n, '佐藤, "花子"', 819012345678n, '1984-03-07', '東京都港区\n芝5-7-1');
  insert.run(2, '鈴木 一郎', null, null, null);
  insert.run(3, '', 'x', null, null);
  // No import yet: the gateway asks before it takes mail.
  const gateway = await startGatewayProcess(site);
  expect(gateway.log()).toContain('crm.db: 2 customers imported, 1 rows refused');
  expect(found(site, '9007199254740993')).toEqual(['9007199254740993']);
  expect(found(site, '090-1234-5678')).toEqual(['9007199254740993']);
  expect(found(site, '東京都港区芝5丁目7番1号')).toEqual(['9007199254740993']);
  insert.run(4, '高橋 次郎', null, null, null);
  expect(imported(site)).toMatchObject({ imported: true, records: 3, records_before: 2, refused: 1 });
  const deadline = Date.now() + 60_000;
  while (!gateway.log().includes('reloaded by itself')) {
    if (Date.now() > deadline) throw new Error(`not reloaded:\n${gateway.log()}`);
    await sleep(50);
  }
  await gateway.stop();
  database.close();
  // The database gone, the table stays.
  rmSync(join(site.folder, 'crm.db'));
  const { code, stderr } = site.command('customers', 'import');
  expect([code, stderr]).toEqual([3, expect.stringContaining('the table in force stays')]);
  expect(found(site, '高橋次郎')).toEqual(['4']);
  site.remove();
});

test('a query that would write, and one that is wrong, change nothing', () => {
  const site = siteWithQuery('sqlite: crm.db');
  const database = new DatabaseSync(join(site.folder, 'crm.db'));
  database.exec('CREATE TABLE crm (id TEXT)');
  database.close();
  const config = readFileSync(site.config, 'utf8');
  for (const bad of ['DROP TABLE crm', 'SELECT * FROM nowhere']) {
    writeFileSync(site.config, config.replace(sql, bad));
    expect(site.command('customers', 'import').code).toBe(3);
  }
  expect(new DatabaseSync(join(site.folder, 'crm.db')).prepare('SELECT count(*) AS n FROM crm').get()).toEqual({ n: 0 });
  site.remove();
});
