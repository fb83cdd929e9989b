import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import type { Command } from 'commander';
import { buildSnapshot, loadConfig, readSnapshotSource, type LoadedConfig, type Problem } from '../config/index.ts';
import { defaultConfig, type SharedOptions } from './context.ts';
import { CommandError, exitCode } from './exit.ts';
import { noticesOf } from './rule-notices.ts';
import { printProblems, terminal } from './terminal.ts';

/** `check`: configuration, rules, customers and reachability, before the gateway is (re)started. */
export function addCheckCommand(program: Command): void {
  program
    .command('check')
    .description('validates configuration, rules, customers and reachability / 設定の検査')
    .option('--json', 'problems as JSON')
    .action(async (options: { readonly json?: boolean }, command: Command) => {
      const file = command.optsWithGlobals<SharedOptions>().config ?? defaultConfig();
      const { errors, warnings } = await checkAll(file);
      if (options.json === true) terminal.out(JSON.stringify({ errors, warnings }));
      else printProblems(terminal, [...errors, ...warnings]);
      if (errors.length > 0) throw new CommandError(exitCode.problems, `${errors.length} problem(s)`);
      terminal.note(warnings.length === 0 ? 'no problems' : `no errors, ${warnings.length} warning(s)`);
    });
}

async function checkAll(file: string | null): Promise<{ errors: readonly Problem[]; warnings: readonly Problem[] }> {
  const loaded = loadConfig(file, process.env);
  if (!loaded.ok) return { errors: loaded.error, warnings: [] };
  const source = readSnapshotSource(loaded.value, randomBytes(16));
  if (!source.ok) return { errors: source.error, warnings: [] };
  const snapshot = buildSnapshot(source.value.source);
  const notices = snapshot.ok ? noticesOf(snapshot.value, source.value.source.organisation) : [];
  const errors = [...(snapshot.ok ? [] : snapshot.error), ...openDoors(loaded.value)];
  return { errors, warnings: [...source.value.warnings, ...notices, ...(await unreachable(loaded.value))] };
}

/** What would make the gateway refuse to start: an open relay, a web UI off loopback without TLS. */
export function openDoors(loaded: LoadedConfig): Problem[] {
  const file = loaded.file ?? 'environment';
  const { smtp, web } = loaded.config;
  const problems: Problem[] = [];
  if (!isLoopback(smtp.listen) && smtp.trusted_networks.length === 0)
    problems.push({
      file,
      line: 0,
      column: 0,
      message: 'smtp.listen is reachable from outside, but smtp.trusted_networks is empty: name the networks of your mail servers',
    });
  if (smtp.trusted_networks.some((network) => network.endsWith('/0')))
    problems.push({ file, line: 0, column: 0, message: 'smtp.trusted_networks holds a /0: that is an open relay' });
  if (!isLoopback(web.listen) && web.tls === undefined && web.trusted_proxies.length === 0)
    problems.push({
      file,
      line: 0,
      column: 0,
      message: 'web.listen is reachable from outside: give web.tls, or web.trusted_proxies when a proxy ends TLS',
    });
  return problems;
}

const isLoopback = (listen: string): boolean => /^(127\.|localhost:|\[::1\])/.test(listen);

async function unreachable(loaded: LoadedConfig): Promise<Problem[]> {
  const hop = loaded.config.next_hop;
  if ('capture' in hop) return [];
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ host: hop.host, port: hop.port, timeout: 5000 });
  socket
    .once('connect', () => resolve(true))
    .once('error', () => resolve(false))
    .once('timeout', () => resolve(false));
  const reached = await promise;
  socket.destroy();
  return reached
    ? []
    : [
        {
          file: loaded.file ?? 'environment',
          line: 0,
          column: 0,
          message: `next_hop: nothing answers at ${hop.host}:${hop.port}; mail will wait until something does`,
        },
      ];
}
