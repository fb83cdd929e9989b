import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { addAllowCommands } from './allow.ts';
import { addAuditCommands } from './audit.ts';
import { addBacktestCommand } from './backtest.ts';
import { addCheckCommand } from './check.ts';
import { addConfigCommands } from './config.ts';
import { addCustomerCommands } from './customers.ts';
import { addDemoCommand } from './demo.ts';
import { addDoctorCommand } from './doctor.ts';
import { CommandError, exitCode } from './exit.ts';
import { addHoldCommands } from './holds.ts';
import { addQueueCommands } from './queue.ts';
import { addRuleCommands } from './rules.ts';
import { addRunCommand } from './run.ts';
import { addScanCommand } from './scan.ts';
import { addStoreCommands } from './store.ts';
import { terminal } from './terminal.ts';
import { addUserCommands } from './users.ts';

/** Runs one command line and returns its exit code (0 ok, 1 found problems, 2 usage, 3 could not run). */
export async function runCommand(args: readonly string[]): Promise<number> {
  const program = createProgram();
  try {
    await program.parseAsync([...args], { from: 'user' });
    return process.exitCode === undefined ? exitCode.ok : Number(process.exitCode);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage;
    if (error instanceof CommandError) {
      terminal.note(`sekisho: ${error.message}`);
      return error.code;
    }
    terminal.note(`sekisho: could not run: ${error instanceof Error ? (error.stack ?? error.message) : 'unknown error'}`);
    return exitCode.couldNotRun;
  }
}

function createProgram(): Command {
  const program = new Command('sekisho')
    .description("Outbound e-mail DLP gateway: is this person's data going to this person?\n送信メール誤送信防止ゲートウェイ「関所」")
    .version(version())
    .option('-c, --config <file>', 'configuration (default: ./sekisho.yaml when it exists)')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(add --help for the options)');
  addRunCommand(program);
  addDemoCommand(program);
  addCheckCommand(program);
  addConfigCommands(program);
  addScanCommand(program);
  addBacktestCommand(program);
  addRuleCommands(program);
  addCustomerCommands(program);
  addQueueCommands(program);
  addHoldCommands(program);
  addAllowCommands(program);
  addUserCommands(program);
  addAuditCommands(program);
  addStoreCommands(program);
  addDoctorCommand(program);
  return program;
}

function version(): string {
  const file = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { readonly version: string };
  return file.version;
}
