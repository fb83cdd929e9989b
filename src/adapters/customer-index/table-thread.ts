// A thread that loads or imports a table: reading a gigabyte and checking it takes seconds, which the thread that talks SMTP does not have.
import { parentPort, workerData } from 'node:worker_threads';
import { importTable, type ImportJob } from './import-table.ts';
import { loadTableInThreads, type LoadJob } from './load-table.ts';

export type TableRequest =
  | { readonly kind: 'load'; readonly job: LoadJob; readonly threads: number }
  | { readonly kind: 'import'; readonly job: ImportJob };

const request = workerData as TableRequest;
try {
  const value = request.kind === 'load' ? await loadTableInThreads(request.job, request.threads) : await importTable(request.job, {});
  parentPort?.postMessage({ ok: true, value });
} catch (cause) {
  // By name and number only: an error of a database may quote a row, and its address a password.
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : null;
  parentPort?.postMessage({ ok: false, code, message: code === null && cause instanceof Error ? cause.message : '' });
}
