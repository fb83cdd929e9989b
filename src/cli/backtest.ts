import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { readDocument } from '../extract/index.ts';
import { examine, type Snapshot } from '../inspect/index.ts';
import { defaultConfig, type SharedOptions } from './context.ts';
import { cannotRun, CommandError, exitCode } from './exit.ts';
import { loadInspection } from './load-inspection.ts';
import { makeEnvelope, readMail } from './read-mail.ts';
import { makeScanReport, type ScanReport } from './scan-report.ts';
import { isStopped, summarize, type Expected, type Scored, type Summary } from './score.ts';
import { formatTable, terminal } from './terminal.ts';

type BacktestOptions = { readonly rules?: string; readonly json?: boolean; readonly reveal?: boolean; readonly against?: string };
type Sidecar = { readonly envelope: { readonly from: string; readonly to: readonly string[] }; readonly expected?: Expected };

/** `backtest DIR`: inspects every ID.eml with its sidecar ID.json; how much is caught, how much is held for nothing. */
export function addBacktestCommand(program: Command): void {
  program
    .command('backtest DIR')
    .description('inspects every ID.eml of a folder with its sidecar ID.json and reports / 過去メールで検証')
    .option('--rules <folder>', 'further rules on top')
    .option('--json', 'one JSON object a line, the summary last')
    .option('--reveal', 'with the matched text; needed to score findings in --json consumers')
    .option('--against <report>', 'an earlier --json report: what is newly held, what newly passes')
    .action(async (folder: string, options: BacktestOptions, command: Command) => {
      const ids = listMails(folder);
      const { snapshot } = loadInspection(
        command.optsWithGlobals<SharedOptions>().config ?? defaultConfig(),
        options.rules === undefined ? [] : [options.rules],
      );
      const scored: Scored[] = [];
      for (const [index, id] of ids.entries()) {
        const one = await inspectOne(folder, id, snapshot);
        scored.push(one);
        if (options.json === true)
          terminal.out(JSON.stringify({ id, ...(options.reveal === true ? one.report : withoutText(one.report)) }));
        else if (terminal.isInteractive) process.stderr.write(`\r${index + 1}/${ids.length}`);
      }
      if (options.json !== true && terminal.isInteractive) process.stderr.write('\r');
      const summary = summarize(scored);
      const changes = options.against === undefined ? null : compare(scored, options.against);
      if (options.json === true) terminal.out(JSON.stringify({ summary: { ...summary, ...(changes === null ? {} : { changes }) } }));
      else terminal.out([wordSummary(summary), ...(changes === null ? [] : [wordChanges(changes)])].join('\n'));
      if (changes !== null && changes.newly_missed.length > 0)
        throw new CommandError(exitCode.problems, `${changes.newly_missed.length} known missend(s) are no longer caught`);
    });
}

function listMails(folder: string): string[] {
  try {
    const ids = readdirSync(folder)
      .filter((name) => name.endsWith('.eml'))
      .map((name) => name.slice(0, -4));
    if (ids.length === 0) throw new CommandError(exitCode.couldNotRun, `${folder} holds no .eml file`);
    return ids.toSorted();
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    throw cannotRun(`${folder} cannot be read`, cause);
  }
}

async function inspectOne(folder: string, id: string, snapshot: Snapshot): Promise<Scored> {
  const file = join(folder, `${id}.json`);
  if (!existsSync(file)) throw cannotRun(`${file} is missing: each mail needs a sidecar {"envelope":{"from":"…","to":["…"]}}`);
  let sidecar: Sidecar;
  try {
    sidecar = JSON.parse(readFileSync(file, 'utf8')) as Sidecar;
  } catch (cause) {
    throw cannotRun(`${file} is not valid JSON`, cause);
  }
  const envelope = makeEnvelope(sidecar.envelope.from, sidecar.envelope.to);
  const bytes = readMail(join(folder, `${id}.eml`));
  const started = performance.now();
  const examination = await examine({ envelope, bytes }, snapshot, { readBinary: readDocument });
  const report = makeScanReport(examination, snapshot, { reveal: true, tookMs: performance.now() - started });
  return { id, report, expected: sidecar.expected ?? null };
}

const withoutText = (report: ScanReport): ScanReport => ({
  ...report,
  findings: report.findings.map(({ text: _text, ...finding }) => finding),
});

type Changes = {
  readonly newly_held: readonly string[];
  readonly newly_passed: readonly string[];
  readonly newly_missed: readonly string[];
  readonly newly_caught: readonly string[];
};

function compare(scored: readonly Scored[], file: string): Changes {
  const earlier = new Map<string, string>();
  try {
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      const entry = line === '' ? null : (JSON.parse(line) as { readonly id?: string; readonly verdict?: string });
      if (entry?.id !== undefined && entry.verdict !== undefined) earlier.set(entry.id, entry.verdict);
    }
  } catch (cause) {
    throw cannotRun(`${file} is no report of \`backtest --json\``, cause);
  }
  const changed = scored.filter((one) => earlier.has(one.id) && earlier.get(one.id) !== one.report.verdict);
  const ids = (all: readonly Scored[]): string[] => all.map((one) => one.id);
  const held = changed.filter(isStopped);
  const passed = changed.filter((one) => !isStopped(one));
  return {
    newly_held: ids(held),
    newly_passed: ids(passed),
    newly_missed: ids(passed.filter((one) => one.expected?.verdict === 'hold')),
    newly_caught: ids(held.filter((one) => one.expected?.verdict === 'hold')),
  };
}

const percent = (value: number | null): string => (value === null ? '–' : `${(value * 100).toFixed(1)} %`);

function wordSummary(summary: Summary): string {
  const { confusion } = summary;
  const lines = [
    `${summary.messages} mails, ${summary.held} held, ${summary.took_ms.mean} ms each (longest ${summary.took_ms.max} ms)`,
    '',
    formatTable(
      ['EXPECTED', 'HELD', 'DELIVERED'],
      [
        ['hold', String(confusion.hold.hold), String(confusion.hold.deliver)],
        ['deliver', String(confusion.deliver.hold), String(confusion.deliver.deliver)],
      ],
    ),
    '',
    `hold recall ${percent(summary.hold_recall)}, false holds ${percent(summary.false_hold_rate)}, all reasons right ${percent(summary.reasons_right)}`,
  ];
  if (summary.missed.length > 0) lines.push(`missed: ${summary.missed.join(' ')}`);
  if (summary.false_holds.length > 0) lines.push(`held for nothing: ${summary.false_holds.join(' ')}`);
  lines.push(
    '',
    formatTable(
      ['REASON', 'FOUND', 'MISSED', 'EXTRA'],
      Object.entries(summary.by_reason).map(([code, { found, missed, extra }]) => [code, String(found), String(missed), String(extra)]),
    ),
  );
  const pii = Object.entries(summary.pii);
  if (pii.length > 0)
    lines.push(
      '',
      formatTable(
        ['TYPE', 'FOUND', 'MISSED', 'EXTRA', 'F1'],
        pii.map(([type, { found, missed, extra, f1 }]) => [
          type,
          String(found),
          String(missed),
          String(extra),
          f1 === null ? '–' : f1.toFixed(3),
        ]),
      ),
    );
  return lines.join('\n');
}

function wordChanges(changes: Changes): string {
  return [
    '',
    `newly held: ${changes.newly_held.join(' ') || 'none'}`,
    `newly passed: ${changes.newly_passed.join(' ') || 'none'}`,
    `known missends newly missed: ${changes.newly_missed.join(' ') || 'none'}`,
  ].join('\n');
}
