import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeSite, startGatewayProcess, type GatewayProcess, type Site } from '../support/gateway-process.ts';
import { queueId, RawClient } from '../support/raw-client.ts';

const approver = 'takahashi@minato-cc.example.jp';
const sender = 'nakamura@minato-cc.example.jp';
const fresh = 'hanako.new@mail.example.net';
let site: Site;
let gateway: GatewayProcess;

beforeAll(async () => {
  site = makeSite('capture');
  writeFileSync(join(site.folder, 'password'), 'correct horse battery\n');
  gateway = await startGatewayProcess(site);
  for (const email of [approver, sender])
    site.command('users', 'add', email, '--name', 'x', '--role', 'approver', '--password-file', join(site.folder, 'password'));
});
afterAll(async () => {
  await gateway.stop();
  site.remove();
});

async function until(condition: () => boolean, seconds = 90): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`it did not happen in time; the log:\n${gateway.log()}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
  }
}

async function send(mark: string): Promise<string> {
  const mail = `From: <${sender}>\r\nTo: <${fresh}>\r\nSubject: test\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nご担当者様 会員番号 C1042 の佐藤 花子様（090-5550-1114）の件です。 ${mark}\r\n`;
  const client = await RawClient.open(gateway.smtp);
  const reply = await client.send(sender, [fresh], Buffer.from(mail));
  client.close();
  return queueId(reply);
}
const logged = (event: string, id: string): boolean =>
  gateway
    .log()
    .split('\n')
    .some((line) => line.includes(`"${event}"`) && line.includes(id));
/** The list is read at SIGHUP; without one within half a minute. */
async function takeOver(): Promise<void> {
  const count = (): number => gateway.log().split('reloaded at SIGHUP').length;
  const before = count();
  gateway.hangUp();
  await until(() => count() > before);
}
const proposals = () =>
  JSON.parse(site.command('allow', 'list', '--json').stdout) as { id: string; customer: string; address: string; releases: number }[];

test('two releases propose an address; accepted by another person, it counts as registered; dismissed, it no longer does', async () => {
  const held = [await send('one'), await send('two')];
  await until(() => held.every((id) => logged('message.decided', id)));
  for (const id of held)
    expect(site.command('holds', 'release', id, '--reason', 'ご本人の新しいアドレスです', '--as', approver).code).toBe(0);
  expect(proposals()).toEqual([]);
  await until(() => held.every((id) => logged('hold.settled', id)));
  const [proposal] = proposals();
  expect(proposal).toMatchObject({ customer: 'C1042', address: fresh, releases: 2 });
  const decide = (verb: string, as: string) =>
    site.command('allow', verb, proposal?.id ?? '', '--as', as, '--reason', '電話で本人に確認した');
  expect(decide('accept', sender)).toMatchObject({ code: 1, stderr: expect.stringContaining('sent one of these mails') as string });
  expect(decide('accept', approver).code).toBe(0);
  expect(proposals()).toEqual([]);
  await takeOver();
  const third = await send('three');
  await until(() => logged('delivery.tried', third));
  expect(site.command('allow', 'export', join(site.folder, 'out.csv')).code).toBe(0);
  expect(readFileSync(join(site.folder, 'out.csv'), 'utf8')).toContain(`C1042,${fresh},2`);
  const audit = site
    .command('audit', 'export')
    .stdout.split('\n')
    .filter((line) => line.includes('address.accepted'));
  expect(audit).toHaveLength(1);
  expect(audit[0]).not.toContain(fresh);
  expect(decide('dismiss', approver).code).toBe(0);
  await takeOver();
  const fourth = await send('four');
  await until(() => logged('message.decided', fourth));
  expect(site.command('holds', 'show', fourth).code).toBe(0);
  expect(readFileSync(join(site.folder, 'var/allow/allow-list.csv'), 'utf8').trim().split('\n')).toHaveLength(3);
});
