// Documents are read in a child process: a parser that crashes, hangs or eats memory is killed there, and its document comes back unread.
import { fork, type ChildProcess } from 'node:child_process';
import type { BinaryReader, BinaryReading, DocumentKind } from '../../extract/index.ts';

export type ExtractRequest = { readonly kind: DocumentKind; readonly bytes: Uint8Array };
export type ExtractorOptions = {
  /** Module of the child: answers each `ExtractRequest` with a `BinaryReading`. */
  readonly entry: URL;
  readonly maxOldSpaceMb: number;
  /** Wall time of one document. */
  readonly deadlineMs: number;
};

type Job = ExtractRequest & { readonly finish: (reading: BinaryReading) => void };

/** One child, kept warm, one document at a time; started when first needed and again after each death. */
export function createExtractorProcess(options: ExtractorOptions): { readonly read: BinaryReader; close(): Promise<void> } {
  const waiting: Job[] = [];
  let child: ChildProcess | null = null;
  let job: Job | null = null;
  let timer: NodeJS.Timeout | null = null;

  const settle = (reading: BinaryReading): void => {
    if (timer !== null) clearTimeout(timer);
    const finished = job;
    job = null;
    timer = null;
    finished?.finish(reading);
    next();
  };
  const start = (): ChildProcess => {
    const started = fork(options.entry, [], {
      execArgv: [`--max-old-space-size=${options.maxOldSpaceMb}`],
      serialization: 'advanced',
      // Nothing of the gateway's surroundings is the parser's business, and nothing it prints may reach a log.
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    started.on('message', (reading: BinaryReading) => settle(reading));
    started.on('exit', () => {
      if (child !== started) return;
      child = null;
      settle({ ok: false, reason: 'corrupt' });
    });
    started.on('error', () => undefined);
    // The process may end while a warm child waits.
    started.unref();
    started.channel?.unref();
    return started;
  };
  const next = (): void => {
    if (job !== null) return;
    job = waiting.shift() ?? null;
    if (job === null) return;
    child ??= start();
    timer = setTimeout(() => {
      const late = child;
      child = null;
      late?.kill('SIGKILL');
      settle({ ok: false, reason: 'timed_out' });
    }, options.deadlineMs);
    child.send({ kind: job.kind, bytes: job.bytes } satisfies ExtractRequest, (error) => {
      if (error !== null) child?.kill('SIGKILL');
    });
  };
  return {
    read: (kind, bytes) =>
      new Promise((finish) => {
        waiting.push({ kind, bytes, finish });
        next();
      }),
    close: () => {
      const last = child;
      child = null;
      last?.kill('SIGKILL');
      return Promise.resolve();
    },
  };
}
