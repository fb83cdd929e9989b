import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export type PostgresServer = {
  /** postgres:// with user and password, of the database `postgres`. */
  readonly url: string;
  /** Runs SQL as the superuser; throws with psql's words when it fails. */
  run(sql: string): void;
  stop(): Promise<void>;
};

/** The newest PostgreSQL server on this machine; throws when there is none. */
export function postgresPrograms(): string {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').toSorted((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map((version) => `/usr/lib/postgresql/${version}/bin`).find((bin) => existsSync(join(bin, 'initdb')));
  if (found === undefined) throw new Error('no PostgreSQL server here: apt-get install postgresql');
  return found;
}

/** A server of its own with a password, on a free port of 127.0.0.1, in a folder that goes with it. */
export async function startPostgres(bin: string, password: string): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-postgres-'));
  const data = join(folder, 'data');
  // The server refuses to run as root.
  const owner = process.getuid?.() === 0 ? idsOf('postgres') : null;
  if (owner !== null) chownSync(folder, owner.uid, owner.gid);
  chmodSync(folder, 0o700);
  const as = owner ?? {};
  const secret = join(folder, 'password');
  must(spawnSync('sh', ['-c', `umask 077; printf %s "$SECRET" > ${secret}`], { ...as, env: { ...process.env, SECRET: password } }));
  must(
    spawnSync(
      join(bin, 'initdb'),
      ['-D', data, '-U', 'owner', '-A', 'scram-sha-256', `--pwfile=${secret}`, '-E', 'UTF8', '--locale=C', '-N'],
      { ...as, cwd: folder },
    ),
  );
  const port = await freePort();
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${folder}`, '-c', 'fsync=off'],
    {
      ...as,
      cwd: folder,
      stdio: 'ignore',
    },
  );
  const psql = (sql: string): ReturnType<typeof spawnSync> =>
    spawnSync(
      join(bin, 'psql'),
      ['-h', '127.0.0.1', '-p', String(port), '-U', 'owner', '-d', 'postgres', '-v', 'ON_ERROR_STOP=1', '-qc', sql],
      {
        env: { ...process.env, PGPASSWORD: password },
        encoding: 'utf8',
      },
    );
  await untilReady(server, () => psql('SELECT 1').status === 0);
  return {
    url: `postgres://owner:${password}@127.0.0.1:${port}/postgres`,
    run: (sql) => must(psql(sql)),
    async stop() {
      const ended = new Promise((resolve) => {
        server.once('exit', resolve);
      });
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function idsOf(user: string): { readonly uid: number; readonly gid: number } {
  const id = (flag: string): number => Number(spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}

function must({ status, stderr }: ReturnType<typeof spawnSync>): void {
  if (status !== 0) throw new Error(`it failed: ${stderr?.toString() ?? ''}`);
}

async function untilReady(server: ChildProcess, isReady: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (server.exitCode !== null) throw new Error('PostgreSQL ended while it started');
    if (isReady()) return;
    await sleep(100);
  }
  server.kill('SIGINT');
  throw new Error('PostgreSQL did not start in time');
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => {
    probe.listen(0, '127.0.0.1', resolve);
  });
  const address = probe.address();
  await new Promise((resolve) => {
    probe.close(resolve);
  });
  return typeof address === 'object' && address !== null ? address.port : 0;
}
