import { ThreadPool } from '../../adapters/inspector-threads/index.ts';
import type { Config, SnapshotSource } from '../../config/index.ts';
import { failedInspection, type Snapshot } from '../../inspect/index.ts';
import { cannotRun } from '../exit.ts';
import { judgeFailure, prepareMail, type Failure, type MailResult, type Wanted } from './judge-mail.ts';
import type { JudgeRequest, JudgeWorkerData } from './judge-worker.ts';
import type { ArchivedMail } from './list-mails.ts';

export type JudgeOptions = {
  readonly source: SnapshotSource;
  readonly snapshot: Snapshot;
  readonly wanted: Wanted;
  readonly threads: number;
  readonly limits: Pick<Config['inspection'], 'seconds' | 'memory_mb'>;
};

/** Mails under way: enough that one slow mail leaves work for the other threads, little enough that memory stays flat. */
const maxWaiting = 256;
const maxWaitingBytes = 64 * 1024 * 1024;

/**
 * Judges the mails in worker threads; results come in the order of the mails. A mail whose inspection throws, overruns its time or takes its
 * thread down is held as the gateway would hold it, and the run goes on. Throws CommandError when no thread starts.
 */
export async function* judgeArchive(mails: AsyncIterable<ArchivedMail>, options: JudgeOptions): AsyncGenerator<MailResult> {
  const { source, wanted, threads, limits } = options;
  const pool = new ThreadPool({
    entry: new URL(import.meta.url.endsWith('.ts') ? './judge-worker.ts' : './judge-worker.js', import.meta.url),
    source: { source, wanted } satisfies JudgeWorkerData,
    threads,
    seconds: limits.seconds,
    memoryMb: limits.memory_mb,
  });
  try {
    await pool.started().catch((cause: unknown) => {
      throw cannotRun('no inspection thread starts; is inspection.memory_mb too small?', cause);
    });
    const waiting: { readonly size: number; readonly result: Promise<MailResult> }[] = [];
    let bytes = 0;
    for await (const mail of mails) {
      const size = 'unread' in mail ? 0 : mail.bytes.length;
      waiting.push({ size, result: judgeOne(mail, pool, options) });
      bytes += size;
      while (waiting.length > maxWaiting || (bytes > maxWaitingBytes && waiting.length > threads)) {
        const first = waiting.shift();
        if (first === undefined) break;
        bytes -= first.size;
        yield await first.result;
      }
    }
    for (const { result } of waiting) yield await result;
  } finally {
    await pool.close();
  }
}

function judgeOne(mail: ArchivedMail, pool: ThreadPool, options: JudgeOptions): Promise<MailResult> {
  if ('unread' in mail) return Promise.resolve({ kind: 'unread', id: mail.id, why: mail.unread });
  // Copied to the thread, not transferred: the bytes are needed once more when the thread dies of them.
  const request: JudgeRequest = { id: mail.id, bytes: mail.bytes, sidecar: mail.sidecar, storedAt: mail.storedAt };
  return new Promise((resolve) => {
    pool.run({
      payload: request,
      transfer: [],
      finish: (outcome) => resolve(outcome.kind === 'done' ? (outcome.value as MailResult) : failed(request, outcome.why, options)),
    });
  });
}

function failed(request: JudgeRequest, why: Failure, { snapshot, wanted }: JudgeOptions): MailResult {
  const mail = prepareMail(request);
  if (typeof mail === 'string') return { kind: 'unread', id: request.id, why: mail };
  return judgeFailure(mail, failedInspection(mail.envelope, snapshot), snapshot, wanted, why);
}
