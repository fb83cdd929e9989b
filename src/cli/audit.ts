import type { Command } from 'commander';
import { clockSystem } from '../adapters/clock-system/index.ts';
import { verifyChain, type AuditRecord } from '../audit/index.ts';
import { isoTime } from '../core/index.ts';
import type { Store } from '../gateway/index.ts';
import { defaultConfig, loadOrExit, withStore, type SharedOptions } from './context.ts';
import { CommandError, exitCode } from './exit.ts';
import { terminal } from './terminal.ts';

const pageSize = 5000;

/** `audit verify|export`: the hash chain of what happened. */
export function addAuditCommands(program: Command): void {
  const audit = program.command('audit').description('audit log / 監査ログ');
  audit
    .command('verify')
    .description('checks the whole hash chain; exit code 1 and the first bad record when it was changed')
    .option('--json', 'as JSON')
    .action(async (options: { readonly json?: boolean }, command: Command) => {
      const records = await withStore(loadOrExit(command.optsWithGlobals<SharedOptions>(), defaultConfig()), readAll);
      const result = verifyChain(records);
      const head = records.at(-1);
      if (options.json === true) terminal.out(JSON.stringify({ ...result, records: records.length, head: head?.hash ?? null }));
      if (!result.ok)
        throw new CommandError(
          exitCode.problems,
          `the chain is broken at record ${result.seq}: ${result.why}. Keep the store as it is and compare with an exported copy.`,
        );
      // The head is printed so that it can be kept elsewhere: a chain alone does not show that its end was cut off.
      if (options.json !== true) terminal.out(`ok: ${records.length} records, head ${head?.hash ?? 'none'}`);
    });
  audit
    .command('export')
    .description('all records as JSON lines')
    .action(async (_: object, command: Command) => {
      await withStore(loadOrExit(command.optsWithGlobals<SharedOptions>(), defaultConfig()), async (store) => {
        const records = await readAll(store);
        for (const record of records) terminal.out(JSON.stringify({ ...record, at: isoTime(record.at) }));
        await store.appendAudit(
          [{ type: 'audit.exported', actor: { kind: 'operator', name: 'local' }, message: null, details: { records: records.length } }],
          clockSystem.now(),
        );
      });
    });
}

async function readAll(store: Store): Promise<AuditRecord[]> {
  const all: AuditRecord[] = [];
  for (;;) {
    const page = await store.audit({ after: all.at(-1)?.seq ?? 0, limit: pageSize });
    all.push(...page);
    if (page.length < pageSize) return all;
  }
}
