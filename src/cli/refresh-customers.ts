import { importedAt, importInThread, type ImportOutcome } from '../adapters/customer-index/index.ts';
import { planOf, querySource, storeFolder, type LoadedConfig } from '../config/index.ts';
import type { Terminal } from './terminal.ts';

/**
 * Asks customers.query every `every_minutes`, first when the table is due. What it brings is imported as `customers import` would, so that the
 * watch of files puts it in force; what it does not bring leaves the old table there and is said in one line. Null without a query.
 */
export function refreshCustomers(loaded: LoadedConfig, terminal: Terminal): { close(): void } | null {
  const { query } = loaded.config.customers;
  if (query === undefined) return null;
  const every = query.every_minutes * 60_000;
  let timer: NodeJS.Timeout | null = null;
  let isClosed = false;
  const wait = (milliseconds: number): void => {
    if (!isClosed) timer = setTimeout(() => void ask(), milliseconds).unref();
  };
  const ask = async (): Promise<void> => {
    terminal.note(await importQuery(loaded));
    wait(every);
  };
  const age = Date.now() - (importedAt(storeFolder(loaded)) ?? 0);
  wait(Math.max(0, every - age));
  return {
    close() {
      isClosed = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}

/** Before the start, when there is no table at all: a gateway that knows no customer would let every missend out. */
export async function importBeforeStart(loaded: LoadedConfig, terminal: Terminal): Promise<void> {
  if (loaded.config.customers.query !== undefined && importedAt(storeFolder(loaded)) === null) terminal.note(await importQuery(loaded));
}

/** One import; returns what to say of it. Never rejects. */
async function importQuery(loaded: LoadedConfig): Promise<string> {
  let title = 'customers.query';
  try {
    const query = querySource(loaded);
    if (query === null) return `${title}: there is none`;
    ({ title } = query);
    const outcome = await importInThread({
      source: query.source,
      title,
      dir: storeFolder(loaded),
      plan: planOf(loaded),
      threads: 1,
      acceptShrink: false,
      now: Date.now(),
    });
    return describe(title, outcome);
  } catch (cause) {
    return `${title}: not imported, the customers in force stay: ${cause instanceof Error ? cause.message || codeOf(cause) : 'unknown error'}`;
  }
}

const codeOf = (cause: Error): string => ('code' in cause ? String(cause.code) : 'unknown error');

const describe = (title: string, outcome: ImportOutcome): string =>
  outcome.kind === 'imported'
    ? `${title}: ${outcome.manifest.rows} customers imported, ${outcome.manifest.refused} rows refused`
    : `${title}: not imported, the customers in force stay: ${outcome.why}; \`sekisho customers import\` shows more`;
