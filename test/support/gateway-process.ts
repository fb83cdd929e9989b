import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const samples = join(root, 'src/cli/demo/samples');

export type Address = { readonly host: string; readonly port: number };
export type Site = {
  readonly folder: string;
  readonly config: string;
  command(...args: string[]): { code: number; stdout: string; stderr: string };
  remove(): void;
};

/** A folder with the sample organisation and a sekisho.yaml of free ports, whose next hop is the given server or a capture folder. */
export function makeSite(nextHop: Address | 'capture', extra = ''): Site {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-site-'));
  cpSync(samples, folder, { recursive: true });
  const config = join(folder, 'sekisho.yaml');
  const hop = nextHop === 'capture' ? '{ capture: outbox }' : `{ host: ${nextHop.host}, port: ${nextHop.port}, tls: none }`;
  writeFileSync(
    config,
    `${readFileSync(config, 'utf8')}
smtp: { listen: "127.0.0.1:0", hostname: sekisho.example.jp }
web: { listen: "127.0.0.1:0" }
next_hop: ${hop}
store: { dir: var }
${extra}`,
  );
  return {
    folder,
    config,
    command(...args) {
      const run = spawnSync(process.execPath, [join(root, 'bin/sekisho.mjs'), ...args, '-c', config], {
        encoding: 'utf8',
        env: cleanEnvironment(),
      });
      return { code: run.status ?? -1, stdout: run.stdout, stderr: run.stderr };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export type GatewayProcess = {
  readonly smtp: Address;
  readonly web: Address;
  readonly pid: number;
  /** Everything it has written to its log so far. */
  log(): string;
  /** SIGKILL: what a power cut is to a process. */
  kill(): Promise<void>;
  /** SIGTERM, and waits for the end. */
  stop(): Promise<number | null>;
  hangUp(): void;
};

/** `sekisho run` as a process of its own; resolves when it takes mail. */
export async function startGatewayProcess(site: Site): Promise<GatewayProcess> {
  const child = spawn(process.execPath, [join(root, 'bin/sekisho.mjs'), 'run', '-c', site.config], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: cleanEnvironment(),
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
  });
  const deadline = Date.now() + 60_000;
  while (!/web UI on http:\/\/\S+:\d+/.test(output)) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the gateway did not start:\n${output}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
  return {
    smtp: addressIn(output, /SMTP on (\S+):(\d+)/),
    web: addressIn(output, /web UI on http:\/\/(\S+):(\d+)/),
    pid: child.pid ?? 0,
    log: () => output,
    async kill() {
      signal(child, 'SIGKILL');
      await ended;
    },
    async stop() {
      signal(child, 'SIGTERM');
      return ended;
    },
    hangUp: () => signal(child, 'SIGHUP'),
  };
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.exitCode === null) child.kill(name);
}

function addressIn(output: string, pattern: RegExp): Address {
  const match = pattern.exec(output);
  return { host: match?.[1] ?? '', port: Number(match?.[2] ?? 0) };
}

const cleanEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SEKISHO_') && !name.startsWith('VITEST')));
