import type { Command } from 'commander';
import { instant, isoTime, type Instant } from '../core/index.ts';
import { examine } from '../inspect/index.ts';
import { readDocument } from '../extract/index.ts';
import { deriveSender } from './backtest/derive-envelope.ts';
import { defaultConfig, type SharedOptions } from './context.ts';
import { usageError } from './exit.ts';
import { loadInspection } from './load-inspection.ts';
import { makeEnvelope, readMail } from './read-mail.ts';
import { makeScanReport } from './scan-report.ts';
import { terminal } from './terminal.ts';
import { wordReport } from './word-report.ts';

type ScanOptions = {
  readonly from?: string;
  readonly to: readonly string[];
  readonly at?: string;
  readonly json?: boolean;
  readonly reveal?: boolean;
};

/** `scan FILE.eml`: what the gateway would do with one mail, and why. Sends nothing, stores nothing. */
export function addScanCommand(program: Command): void {
  program
    .command('scan FILE')
    .description('inspects one mail (.eml) and says what would happen; sends nothing / メール1通を検査')
    .option('--from <address>', "envelope sender (default: the one of the mail's header)")
    .requiredOption('--to <address...>', 'envelope recipients (repeat for more); required')
    .option('--at <time>', 'when it was taken in, for `schedule`: 2026-11-25T22:30+09:00 (default: now)')
    .option('--json', 'as JSON')
    .option('--reveal', 'with the matched text')
    .action(async (file: string, options: ScanOptions, command: Command) => {
      const receivedAt = timeOf(options.at);
      const { snapshot } = loadInspection(command.optsWithGlobals<SharedOptions>().config ?? defaultConfig(), []);
      const bytes = readMail(file);
      const envelope = makeEnvelope(options.from ?? senderOf(bytes), options.to, receivedAt);
      const started = performance.now();
      const examination = await examine({ envelope, bytes }, snapshot, { readBinary: readDocument });
      const report = makeScanReport(examination, snapshot, {
        reveal: options.reveal === true,
        tookMs: performance.now() - started,
      });
      if (options.json === true) terminal.out(JSON.stringify({ ...report, received_at: isoTime(receivedAt) }));
      else
        terminal.out(
          `${wordReport(report)}\n受付日時の条件はこの日時で判断 / schedules judged by: ${japaneseTime(receivedAt)} (Japan time)`,
        );
    });
}

function timeOf(given: string | undefined): Instant {
  const at = given === undefined ? Date.now() : Date.parse(given);
  if (Number.isNaN(at)) throw usageError(`--at ${given ?? ''} is no time; write it as 2026-11-25T22:30+09:00`);
  return instant(at);
}

function senderOf(mail: Uint8Array): string {
  const from = deriveSender(mail);
  if (from === '') throw usageError('the header names no sender; give one by --from (an empty one is the null sender)');
  return from;
}

/** `2026-11-25 22:30`. */
const japaneseTime = (at: Instant): string => new Date(at + 9 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
