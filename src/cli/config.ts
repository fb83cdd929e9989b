import type { Command } from 'commander';
import { configExample, configJsonSchema, showConfig } from '../config/index.ts';
import { defaultConfig, loadOrExit, type SharedOptions } from './context.ts';
import { terminal } from './terminal.ts';

/** `config schema|example|show`. */
export function addConfigCommands(program: Command): void {
  const config = program.command('config').description('about sekisho.yaml / 設定ファイル');
  config
    .command('schema')
    .description('JSON Schema of sekisho.yaml, for editors')
    .action(() => terminal.out(JSON.stringify(configJsonSchema(), null, 2)));
  config
    .command('example')
    .description('a commented sekisho.yaml with all keys and defaults')
    .action(() => terminal.out(configExample().trimEnd()));
  config
    .command('show')
    .description('the settings in force')
    .option('--changed', 'only what differs from the defaults')
    .option('--json', 'as JSON')
    .action((options: { readonly changed?: boolean; readonly json?: boolean }, command: Command) => {
      const loaded = loadOrExit(command.optsWithGlobals<SharedOptions>(), defaultConfig());
      if (options.json === true) terminal.out(JSON.stringify(options.changed === true ? loaded.given : loaded.config, null, 2));
      else terminal.out(showConfig(loaded, options.changed === true).trimEnd());
    });
}
