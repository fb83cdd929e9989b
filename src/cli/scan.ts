import type { Command } from 'commander';
import { examine } from '../inspect/index.ts';
import { readDocument } from '../extract/index.ts';
import { defaultConfig, type SharedOptions } from './context.ts';
import { loadInspection } from './load-inspection.ts';
import { makeEnvelope, readMail } from './read-mail.ts';
import { makeScanReport } from './scan-report.ts';
import { terminal } from './terminal.ts';
import { wordReport } from './word-report.ts';

type ScanOptions = { readonly from: string; readonly to: readonly string[]; readonly json?: boolean; readonly reveal?: boolean };

/** `scan FILE.eml`: what the gateway would do with one mail, and why. Sends nothing, stores nothing. */
export function addScanCommand(program: Command): void {
  program
    .command('scan FILE')
    .description('inspects one mail (.eml) and says what would happen; sends nothing / メール1通を検査')
    .requiredOption('--from <address>', 'envelope sender')
    .requiredOption('--to <address...>', 'envelope recipients (repeat for more)')
    .option('--json', 'as JSON')
    .option('--reveal', 'with the matched text')
    .action(async (file: string, options: ScanOptions, command: Command) => {
      const { snapshot } = loadInspection(command.optsWithGlobals<SharedOptions>().config ?? defaultConfig(), []);
      const envelope = makeEnvelope(options.from, options.to);
      const bytes = readMail(file);
      const started = performance.now();
      const examination = await examine({ envelope, bytes }, snapshot, { readBinary: readDocument });
      const report = makeScanReport(examination, snapshot, {
        reveal: options.reveal === true,
        tookMs: performance.now() - started,
      });
      if (options.json === true) terminal.out(JSON.stringify(report));
      else terminal.out(wordReport(report));
    });
}
