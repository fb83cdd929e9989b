import { existsSync } from 'node:fs';
import { openStore } from '../adapters/store-sqlite/index.ts';
import { loadConfig, storeFolder, type LoadedConfig } from '../config/index.ts';
import type { Store } from '../gateway/index.ts';
import { cannotRun, CommandError, exitCode } from './exit.ts';
import { printProblems, terminal } from './terminal.ts';

/** Options that every command shares. */
export type SharedOptions = { readonly config?: string };

/** The configuration named by `-c`, else ./sekisho.yaml when there is one, else defaults. Prints every problem and ends the command when there are any. */
export function loadOrExit(options: SharedOptions, fallback: string | null): LoadedConfig {
  const loaded = loadConfig(options.config ?? fallback, process.env);
  if (loaded.ok) return loaded.value;
  printProblems(terminal, loaded.error);
  throw new CommandError(exitCode.problems, 'the configuration has problems; nothing was changed');
}

/** Runs `work` with the store open; works beside a running gateway. */
export async function withStore<T>(loaded: LoadedConfig, work: (store: Store) => Promise<T>): Promise<T> {
  let store: Store;
  try {
    store = await openStore({ dir: storeFolder(loaded) });
  } catch (cause) {
    throw cannotRun(
      `the store in ${storeFolder(loaded)} cannot be opened: ${cause instanceof Error ? cause.message : 'unknown error'}`,
      cause,
    );
  }
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** ./sekisho.yaml, when there is one. */
export const defaultConfig = (): string | null => (existsSync('sekisho.yaml') ? 'sekisho.yaml' : null);
