import { randomBytes } from 'node:crypto';
import { buildSnapshot, loadConfig, readSnapshotSource, type LoadedConfig, type SnapshotSource } from '../config/index.ts';
import type { Snapshot } from '../inspect/index.ts';
import { CommandError, exitCode } from './exit.ts';
import { noticesOf } from './rule-notices.ts';
import { printProblems, terminal } from './terminal.ts';

export type LoadedInspection = { readonly loaded: LoadedConfig; readonly source: SnapshotSource; readonly snapshot: Snapshot };

/** Everything `scan` and `backtest` need from a configuration file; prints problems and ends the command when it cannot be had. */
export function loadInspection(file: string | null, extraRules: readonly string[]): LoadedInspection {
  const config = loadConfig(file, process.env);
  if (!config.ok) return fail(config.error);
  const loaded = {
    ...config.value,
    config: { ...config.value.config, rules: { ...config.value.config.rules, dirs: [...config.value.config.rules.dirs, ...extraRules] } },
  };
  // A key of the moment: fingerprints of a scan are compared with nothing that lasts.
  const source = readSnapshotSource(loaded, randomBytes(16));
  if (!source.ok) return fail(source.error);
  printProblems(terminal, source.value.warnings);
  const snapshot = buildSnapshot(source.value.source);
  if (!snapshot.ok) return fail(snapshot.error);
  printProblems(terminal, noticesOf(snapshot.value, source.value.source.organisation));
  return { loaded, source: source.value.source, snapshot: snapshot.value };
}

function fail(problems: Parameters<typeof printProblems>[1]): never {
  printProblems(terminal, problems);
  throw new CommandError(exitCode.problems, 'configuration, rules or customers have problems; nothing was inspected');
}
