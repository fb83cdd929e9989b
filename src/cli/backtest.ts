import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { Comparison, type Changes } from './backtest/compare.ts';
import { judgeRecords, parseSince } from './backtest/from-records.ts';
import { writeReport } from './backtest/html/write-report.ts';
import { judgeArchive } from './backtest/judge-archive.ts';
import type { MailResult, Unread, Wanted } from './backtest/judge-mail.ts';
import { listArchive, openArchive } from './backtest/list-mails.ts';
import { Notebook } from './backtest/notebook.ts';
import { createProgress, type Progress } from './backtest/progress.ts';
import { readEarlierReport } from './backtest/read-report.ts';
import { Tally, type Summary } from './backtest/tally.ts';
import { unreadWords, wordChanges, wordSummary } from './backtest/word-summary.ts';
import { defaultConfig, withStore, type SharedOptions } from './context.ts';
import { cannotRun, CommandError, exitCode, usageError } from './exit.ts';
import { loadInspection, type LoadedInspection } from './load-inspection.ts';
import { terminal } from './terminal.ts';

type BacktestOptions = {
  readonly rules?: string;
  readonly json?: boolean;
  readonly reveal?: boolean;
  readonly against?: string;
  readonly html?: string;
  readonly records?: boolean;
  readonly since?: string;
  readonly threads: number;
};

/** `backtest DIR`: inspects an archive; how much is caught, how much is held for nothing, what changed. `--records`: what the gateway recorded. */
export function addBacktestCommand(program: Command): void {
  program
    .command('backtest [DIR]')
    .description('inspects archived mail and reports: .eml with sidecars, mbox, Maildir / 過去メールで検証')
    .option('--rules <folder>', 'further rules on top')
    .option('--json', 'one JSON object a line, the summary last')
    .option('--reveal', 'with the matched text; needed to score findings in --json consumers')
    .option('--against <report>', 'an earlier --json report: what is newly held, missed, caught; exit 1 when known missends are lost')
    .option('--html <file>', 'writes the report as one HTML file')
    .option('--records', "no DIR: the verdicts in the gateway's store, in monitor mode what would have been held")
    .option('--since <date>', 'with --records: from this day on (2026-11-01)')
    .option('--threads <n>', 'inspections at a time', parseThreads, availableParallelism())
    .action(async (folder: string | undefined, options: BacktestOptions, command: Command) => {
      const wanted = checkOptions(folder, options);
      const comparison = options.against === undefined ? null : new Comparison(await readEarlierReport(options.against));
      const config = command.optsWithGlobals<SharedOptions>().config ?? defaultConfig();
      const run = new Run(wanted, comparison, options.html === undefined ? null : new Notebook());
      const archive = folder === undefined ? null : listArchive(folder);
      const loaded = loadInspection(config, options.rules === undefined ? [] : [options.rules]);
      if (archive === null) await run.judgeStore(loaded, options.since);
      else await run.judgeArchive(loaded, archive, options.threads);
      await run.report(folder ?? null, options);
    });
}

function checkOptions(folder: string | undefined, { records, since, json, reveal, html }: BacktestOptions): Wanted {
  if ((folder === undefined) === (records !== true)) throw usageError('name the archive DIR, or --records for what the gateway recorded');
  if (since !== undefined && records !== true) throw usageError('--since goes with --records');
  if (reveal === true && records === true) throw usageError('records hold no text of the mail: --reveal needs an archive');
  return { line: json === true, reveal: reveal === true, words: html !== undefined };
}

function parseThreads(text: string): number {
  const threads = Number(text);
  if (!Number.isInteger(threads) || threads < 1 || threads > 64) throw usageError(`--threads ${text}: a number from 1 to 64`);
  return threads;
}

/** Of what stops no run but needs mending, so many are named on standard error. */
const maxNotes = 20;
/** Mails left out because something is broken; the others are no mail that the gateway would inspect. */
const broken: ReadonlySet<Unread> = new Set(['cannot_be_read', 'no_mbox', 'bad_sidecar', 'bad_envelope'] satisfies Unread[]);

class Run {
  readonly #wanted: Wanted;
  readonly #comparison: Comparison | null;
  readonly #notebook: Notebook | null;
  readonly #tally = new Tally();
  #broken = 0;
  #seconds: number | null = null;

  constructor(wanted: Wanted, comparison: Comparison | null, notebook: Notebook | null) {
    this.#wanted = wanted;
    this.#comparison = comparison;
    this.#notebook = notebook;
  }

  async judgeArchive({ loaded, source, snapshot }: LoadedInspection, parts: ReturnType<typeof listArchive>, most: number): Promise<void> {
    const archive = openArchive(parts, loaded.config.smtp.limits.message_bytes);
    const progress = createProgress(process.stderr, () => archive.done());
    const threads = parts.every(({ kind }) => kind === 'mail') ? Math.min(most, parts.length) : most;
    const started = performance.now();
    const limits = loaded.config.inspection;
    await this.#take(judgeArchive(archive.mails(), { source, snapshot, wanted: this.#wanted, threads, limits }), progress);
    this.#seconds = (performance.now() - started) / 1000;
  }

  async judgeStore({ loaded, snapshot }: LoadedInspection, since: string | undefined): Promise<void> {
    const from = since === undefined ? null : parseSince(since);
    const progress = createProgress(process.stderr, () => null);
    await withStore(loaded, (store) => this.#take(judgeRecords(store, snapshot, this.#wanted, from), progress));
  }

  async #take(results: AsyncIterable<MailResult>, progress: Progress): Promise<void> {
    for await (const result of results) {
      this.#tally.add(result);
      if (result.kind === 'unread') await this.#leaveOut(result, progress);
      else {
        const change = this.#comparison?.add(result) ?? null;
        this.#notebook?.add(result, change);
        if (result.line !== null) await print(result.line);
      }
      progress.step();
    }
    progress.clear();
  }

  async #leaveOut({ id, why }: Extract<MailResult, { kind: 'unread' }>, progress: Progress): Promise<void> {
    if (this.#wanted.line) await print(JSON.stringify({ id, unread: why }));
    if (!broken.has(why)) return;
    this.#broken += 1;
    progress.clear();
    if (this.#broken <= maxNotes) terminal.note(`${id}: left out: ${unreadWords[why]}`);
    else if (this.#broken === maxNotes + 1) terminal.note('… further mails left out are counted alone');
  }

  async report(archive: string | null, { json, html }: BacktestOptions): Promise<void> {
    const summary = this.#tally.summary();
    const changes = this.#comparison?.changes(summary) ?? null;
    const seconds = this.#seconds;
    if (json === true) await print(JSON.stringify({ summary: jsonSummary(summary, changes, seconds) }));
    else terminal.out([wordSummary(summary, seconds), ...(changes === null ? [] : [wordChanges(changes)])].join('\n'));
    if (html !== undefined && this.#notebook !== null) {
      const notebook = this.#notebook;
      const page = writeReport({ archive, summary, changes, seconds, times: this.#tally.times, notebook, madeAt: new Date() });
      writeFile(html, page);
    }
    this.#judgeRun(summary, changes);
  }

  #judgeRun(summary: Summary, changes: Changes | null): void {
    if (summary.messages === 0 && this.#seconds !== null) throw new CommandError(exitCode.couldNotRun, 'no mail could be inspected');
    const problems = [
      ...(changes === null || changes.newly_missed.length === 0
        ? []
        : [`${changes.newly_missed.length} known missend(s) are no longer caught`]),
      ...(changes?.worse.includes('recall_dropped') === true
        ? [`hold recall dropped from ${changes.earlier.hold_recall ?? 0} to ${changes.now.hold_recall ?? 0}`]
        : []),
      ...(this.#broken === 0 ? [] : [`${this.#broken} mail(s) could not be inspected`]),
    ];
    if (problems.length > 0) throw new CommandError(exitCode.problems, problems.join('; '));
  }
}

const jsonSummary = (summary: Summary, changes: Changes | null, seconds: number | null): object => ({
  ...summary,
  ...(seconds === null ? {} : { seconds: Math.round(seconds * 1000) / 1000 }),
  ...(changes === null ? {} : { changes }),
});

/** Waits where the reader is slower than we are: a report of a million lines must not pile up in memory. */
async function print(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
}

function writeFile(file: string, page: string): void {
  try {
    // The report names customers and recipients: for its owner's eyes.
    writeFileSync(file, page, { mode: 0o600 });
  } catch (cause) {
    throw cannotRun(`${file} cannot be written`, cause);
  }
}
