import { mkdirSync } from 'node:fs';
import { watchFiles, type FileWatch } from '../adapters/rules-fs/index.ts';
import { tableFolder } from '../adapters/customer-index/index.ts';
import { formatProblem, loadConfig, storeFolder, watchedPaths, type LoadedConfig, type Problem } from '../config/index.ts';
import { wordChanges } from './rule-changes.ts';
import type { ReloadCause } from './state-in-force.ts';
import type { RunningGateway } from './start-gateway.ts';
import type { Terminal } from './terminal.ts';

/**
 * Puts changed rules, staff and customers in force: at SIGHUP, when sekisho.yaml is read again too, and (`rules.watch`) when their files have
 * changed. What happened stands in one line of the log; with an error the old ones stay in force.
 */
export function keepCurrent(running: RunningGateway, loaded: LoadedConfig, terminal: Terminal): { close(): void } {
  let config = loaded;
  let isClosed = false;
  let watch: FileWatch | null = null;
  // A folder that does not exist cannot be watched for the first import.
  mkdirSync(tableFolder(storeFolder(loaded)), { recursive: true, mode: 0o700 });
  const reload = async (next: LoadedConfig, cause: ReloadCause): Promise<void> => {
    const outcome = await running.reload(next, cause);
    // A reload that the end came before.
    if (isClosed) return;
    if (!outcome.ok) {
      reportFailure(terminal, outcome.error);
      return;
    }
    for (const warning of outcome.value.warnings) terminal.note(formatProblem(warning));
    const { snapshot, source, changes } = outcome.value;
    const words = wordChanges(changes);
    terminal.note(
      `reloaded ${cause === 'change' ? 'by itself' : 'at SIGHUP'}: rules ${snapshot.ruleSet.version}, policies ${snapshot.policies.version}, ${snapshot.customers.count()} customers, ${source.organisation.staff.length} staff${words === '' ? '' : `; ${words}`}`,
    );
  };
  const rewatch = (): void => {
    watch?.close();
    watch = config.config.rules.watch ? watchFiles({ paths: watchedPaths(config), changed: () => void reload(config, 'change') }) : null;
    if (watch?.by === 'polling') terminal.note('the system does not tell of changed files; they are looked at every two seconds');
  };
  const hangUp = (): void => {
    const next = loadConfig(config.file, process.env);
    if (!next.ok) {
      reportFailure(terminal, next.error);
      return;
    }
    config = next.value;
    rewatch();
    void reload(config, 'signal');
  };
  rewatch();
  process.on('SIGHUP', hangUp);
  return {
    close() {
      isClosed = true;
      process.off('SIGHUP', hangUp);
      watch?.close();
    },
  };
}

function reportFailure(terminal: Terminal, [first, ...others]: readonly Problem[]): void {
  const what = first === undefined ? '' : `: ${formatProblem(first)}`;
  terminal.note(`not reloaded, the old rules, staff and customers stay in force${what}`);
  for (const problem of others) terminal.note(`  also: ${formatProblem(problem)}`);
}
