import type { Command } from 'commander';
import { storeFolder } from '../config/index.ts';
import { defaultConfig, loadOrExit, withStore, type SharedOptions } from './context.ts';
import { terminal } from './terminal.ts';

/** `store migrate`: brings the schema up to date; opening does it, so this only says that it is done. */
export function addStoreCommands(program: Command): void {
  program
    .command('store')
    .description('the message store / 保管庫')
    .command('migrate')
    .description('brings the schema of the store up to this version (run does it by itself)')
    .action(async (_: object, command: Command) => {
      const loaded = loadOrExit(command.optsWithGlobals<SharedOptions>(), defaultConfig());
      await withStore(loaded, () => Promise.resolve());
      terminal.note(`${storeFolder(loaded)}: the schema is up to date`);
    });
}
