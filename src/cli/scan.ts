import type { Command } from 'commander';
import { examine } from '../inspect/index.ts';
import { readDocument } from '../extract/index.ts';
import { defaultConfig, type SharedOptions } from './context.ts';
import { loadInspection } from './load-inspection.ts';
import { makeEnvelope, readMail } from './read-mail.ts';
import { makeScanReport, type ScanReport } from './scan-report.ts';
import { terminal } from './terminal.ts';

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

function wordReport(report: ScanReport): string {
  const lines = [report.verdict === 'deliver' ? '送信 / deliver' : `保留 / ${report.verdict}`];
  for (const reason of report.reasons)
    lines.push('', `■ ${reason.code} (${reason.severity})`, `  ${reason.message.ja}`, `  ${reason.message.en}`);
  lines.push('', '宛先 / recipients');
  for (const { address, kind, customer, verdict } of report.recipients)
    lines.push(`  ${address}  ${kind}${customer === null ? '' : ` ${customer}`}  ${verdict}`);
  if (report.about.length > 0) lines.push('', 'だれの情報か / about');
  for (const { customer, strength, evidence } of report.about) lines.push(`  ${customer}  ${strength}  ${evidence.join(', ')}`);
  lines.push('', `見つかった情報 / findings: ${report.findings.length}`);
  for (const finding of report.findings)
    lines.push(
      `  ${finding.type}  ${finding.where} ${finding.start}-${finding.end}  ${finding.owner}  ${finding.confidence}${finding.text === undefined ? '' : `  ${finding.text.replaceAll(/\s+/g, ' ')}`}`,
      `    ${wordGrounds(finding)}`,
    );
  for (const { where, reason } of report.unscannable) lines.push(`  読めません / not readable: ${where} (${reason})`);
  lines.push('', `rules ${report.rule_set}, policies ${report.policy_set}, ${report.took_ms} ms`);
  return lines.join('\n');
}

const groundNames: Readonly<Record<string, string>> = {
  pattern: '形 pattern',
  'check-digit': '検査数字 check digit',
  'context-word': '語 word',
  model: '名前モデル name model',
  'column-header': '見出し header',
  dictionary: '名前の辞書 list of names',
  gazetteer: '地名 gazetteer',
  layout: '配置 layout',
  'seen-elsewhere': '他の箇所 seen elsewhere',
};

/** The rule and what raised the finding: `└ my-number: 形 pattern grouped + 検査数字 check digit + 語 word マイナンバー`. */
function wordGrounds({ rule, evidence }: ScanReport['findings'][number]): string {
  const grounds = evidence.map(({ kind, name }) => `${groundNames[kind] ?? kind}${name === undefined ? '' : ` ${name}`}`);
  return `└ ${rule}: ${grounds.join(' + ')}`;
}
