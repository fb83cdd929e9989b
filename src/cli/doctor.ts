import { randomBytes } from 'node:crypto';
import { existsSync, statfsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { importedAt } from '../adapters/customer-index/index.ts';
import { clockSystem } from '../adapters/clock-system/index.ts';
import { formatProblem, storeFolder, takeTable, type LoadedConfig } from '../config/index.ts';
import { compilePack } from './compile-pack.ts';
import { defaultConfig, loadOrExit, withStore, type SharedOptions } from './context.ts';
import { CommandError, exitCode } from './exit.ts';
import { formatTable, terminal } from './terminal.ts';

type Finding = { readonly what: string; readonly state: 'ok' | 'warning' | 'bad'; readonly detail: string };

/** `doctor`: what runs, versions, disk, queue age; exit code 1 when something is bad. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('versions, disk, queue age, whether the gateway answers / 稼働診断')
    .option('--json', 'as JSON')
    .action(async (options: { readonly json?: boolean }, command: Command) => {
      const loaded = loadOrExit(command.optsWithGlobals<SharedOptions>(), defaultConfig());
      const folder = storeFolder(loaded);
      const findings: Finding[] = [{ what: 'node', state: 'ok', detail: process.version }];
      if (existsSync(folder)) {
        const disk = statfsSync(folder);
        const free = disk.bavail * disk.bsize;
        findings.push({
          what: 'disk',
          state: free < 1e9 ? 'bad' : free < 1e10 ? 'warning' : 'ok',
          detail: `${(free / 1e9).toFixed(1)} GB free in ${folder}`,
        });
        const stats = await withStore(loaded, (store) => store.stats(clockSystem.now()));
        findings.push({
          what: 'queue',
          state: stats.oldestDueSeconds > 300 ? 'warning' : 'ok',
          detail: `${stats.waiting} to inspect, ${stats.queued} to deliver, oldest due ${Math.round(stats.oldestDueSeconds)} s ago`,
        });
        findings.push({ what: 'holds', state: 'ok', detail: `${stats.held} held` });
      } else findings.push({ what: 'store', state: 'warning', detail: `${folder} does not exist yet; \`sekisho run\` makes it` });
      findings.push(judgeRules(loaded), judgeCustomers(loaded), await probe(`http://${loaded.config.web.listen}/readyz`));
      if (options.json === true) terminal.out(JSON.stringify(findings));
      else
        terminal.out(
          formatTable(
            ['WHAT', 'STATE', 'DETAIL'],
            findings.map((finding) => [finding.what, finding.state, finding.detail]),
          ),
        );
      if (findings.some(({ state }) => state === 'bad')) throw new CommandError(exitCode.problems, 'something needs attention');
    });
}

/** The rules as they lie on disk: with errors there, a running gateway keeps those it has, and a new one does not start. */
function judgeRules(loaded: LoadedConfig): Finding {
  const compiled = compilePack(loaded, false);
  if (compiled.ok) {
    const { ruleSet, policies } = compiled.value;
    return {
      what: 'rules',
      state: 'ok',
      detail: `${ruleSet.rules.length} detectors ${ruleSet.version}, ${policies.policies.length} policies ${policies.version}`,
    };
  }
  const [first, ...others] = compiled.error;
  const more = others.length === 0 ? '' : ` and ${others.length} more; see \`sekisho rules lint\``;
  return { what: 'rules', state: 'bad', detail: `${first === undefined ? 'errors' : formatProblem(first)}${more}` };
}

/** Bytes of a CSV file that takes more than a few seconds to read. */
const largeTable = 20_000_000;

/** The table that a gateway would start with: whether it can be used, and how old it is. */
function judgeCustomers(loaded: LoadedConfig): Finding {
  const { file } = loaded.config.customers;
  const bytes = file === undefined ? 0 : (statSync(resolve(loaded.base, file), { throwIfNoEntry: false })?.size ?? 0);
  if (bytes > largeTable && importedAt(storeFolder(loaded)) === null)
    return { what: 'customers', state: 'ok', detail: `${file} is large and was not read; \`sekisho check\` reads it` };
  const taken = takeTable(loaded, randomBytes(16));
  if (!taken.ok) {
    const [first] = taken.error;
    return { what: 'customers', state: 'bad', detail: first === undefined ? 'cannot be used' : formatProblem(first) };
  }
  const { origin } = taken.value.table;
  if (origin.kind === 'none' || origin.modifiedAt === null)
    return { what: 'customers', state: 'warning', detail: 'there is no customer table' };
  const hours = (Date.now() - origin.modifiedAt) / 3_600_000;
  const limit = loaded.config.customers.max_age_hours;
  const remarks = taken.value.notes.slice(0, 1).map(formatProblem);
  return {
    what: 'customers',
    state: hours > limit || remarks.length > 0 ? 'warning' : 'ok',
    detail: [`${origin.rows} customers of ${origin.source}, ${hours.toFixed(1)} hours old (limit ${limit})`, ...remarks].join('; '),
  };
}

async function probe(url: string): Promise<Finding> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(3000) });
    const [state, ...remarks] = (await answer.text()).split('\n');
    return {
      what: 'gateway',
      state: answer.ok && remarks.length === 0 ? 'ok' : 'warning',
      detail: answer.ok ? ['answers and is', state, ...remarks].join(' ') : `answers ${answer.status}`,
    };
  } catch {
    return { what: 'gateway', state: 'warning', detail: `does not answer at ${url}` };
  }
}
