import type { Command } from 'commander';
import { defaultConfig, loadOrExit, type SharedOptions } from './context.ts';
import { openDoors } from './check.ts';
import { CommandError, exitCode, usageError } from './exit.ts';
import { keepCurrent } from './keep-current.ts';
import { importBeforeStart, refreshCustomers } from './refresh-customers.ts';
import { startGateway, type Role, type RunningGateway } from './start-gateway.ts';
import { printProblems, terminal } from './terminal.ts';

const allRoles: readonly Role[] = ['smtpd', 'worker', 'web'];

/** `run`: the gateway, until SIGTERM or SIGINT; SIGHUP, or a change of their files, puts rules, staff and customers in force. */
export function addRunCommand(program: Command): void {
  program
    .command('run')
    .description('runs the gateway / ゲートウェイを起動')
    .option('--role <roles>', 'smtpd, worker, web (comma-separated)', allRoles.join(','))
    .action(async (options: { readonly role: string }, command: Command) => {
      const shared = command.optsWithGlobals<SharedOptions>();
      const loaded = loadOrExit(shared, defaultConfig());
      const doors = openDoors(loaded);
      if (doors.length > 0) {
        printProblems(terminal, doors);
        throw new CommandError(exitCode.problems, 'not started');
      }
      const roles = parseRoles(options.role);
      if (roles.has('worker')) await importBeforeStart(loaded, terminal);
      const started = await startGateway(loaded, roles, (problems) => printProblems(terminal, problems));
      if (!started.ok) {
        printProblems(terminal, started.error);
        throw new CommandError(exitCode.problems, 'not started');
      }
      announce(started.value);
      const current = keepCurrent(started.value, loaded, terminal);
      const refresh = roles.has('worker') ? refreshCustomers(loaded, terminal) : null;
      await untilStopped();
      terminal.note('stopping: mail in progress is finished first');
      refresh?.close();
      current.close();
      await started.value.stop();
    });
}

function parseRoles(text: string): ReadonlySet<Role> {
  const roles = text.split(',').map((name) => {
    const role = allRoles.find((known) => known === name.trim());
    if (role === undefined) throw usageError(`unknown role ${name}; roles are ${allRoles.join(', ')}`);
    return role;
  });
  return new Set(roles);
}

function announce(running: RunningGateway): void {
  if (running.smtp !== null) terminal.note(`SMTP on ${running.smtp.host}:${running.smtp.port}`);
  if (running.web !== null) terminal.note(`web UI on http://${running.web.host}:${running.web.port}`);
}

/** Resolves at the first SIGTERM or SIGINT. */
export function untilStopped(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  process.once('SIGTERM', resolve).once('SIGINT', resolve);
  return promise;
}
