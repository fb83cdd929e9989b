import { Worker } from 'node:worker_threads';
import type { ImportJob, ImportOutcome } from './import-table.ts';
import type { LoadedTable, LoadJob } from './load-table.ts';
import type { TableRequest } from './table-thread.ts';

type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: string | null; readonly message: string };

/** `loadTable` in a thread of its own, so that mail goes on meanwhile. `threads`: further ones, for a large CSV file. */
export const loadInThread = (job: LoadJob, threads: number): Promise<LoadedTable> =>
  ask({ kind: 'load', job, threads }) as Promise<LoadedTable>;

/** `importTable` in a thread of its own. */
export const importInThread = (job: ImportJob): Promise<ImportOutcome> => ask({ kind: 'import', job }) as Promise<ImportOutcome>;

function ask(request: TableRequest): Promise<unknown> {
  const entry = new URL(import.meta.url.endsWith('.ts') ? './table-thread.ts' : './table-thread.js', import.meta.url);
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const worker = new Worker(entry, { workerData: request });
  worker.once('message', (answer: Answer) => {
    if (answer.ok) resolve(answer.value);
    else reject(Object.assign(new Error(answer.message), answer.code === null ? {} : { code: answer.code }));
    void worker.terminate();
  });
  worker.once('error', () => reject(new Error('the thread that reads the customers failed')));
  worker.once('exit', () => reject(new Error('the thread that reads the customers ended')));
  return promise;
}
