// Documents are read in a child process: a parser that crashes, hangs or eats memory is killed there, and its document comes back unread.
import { fork, type ChildProcess } from 'node:child_process';
import type { BinaryReader, BinaryReading, DocumentKind } from '../../extract/index.ts';

export type ExtractRequest = { readonly id: number; readonly kind: DocumentKind; readonly bytes: Uint8Array };
export type ExtractorOptions = {
  /** Module of the child: answers each `ExtractRequest` with a `BinaryReading`. */
  readonly entry: URL;
  readonly maxOldSpaceMb: number;
  /** Wall time of one document. */
  readonly deadlineMs: number;
};

type Job = { readonly request: ExtractRequest; readonly finish: (reading: BinaryReading) => void };
/** What the child says: the reading, and of which request. A late answer must not settle the next one. */
export type ExtractAnswer = { readonly id: number; readonly reading: BinaryReading };

/** Starts nothing until the first document comes. */
export function createExtractorProcess(options: ExtractorOptions): { readonly read: BinaryReader; close(): Promise<void> } {
  const extractor = new ExtractorProcess(options);
  return { read: (kind, bytes) => extractor.read(kind, bytes), close: () => extractor.close() };
}

/** One child, kept warm, one document at a time; started when first needed and again after each death. */
class ExtractorProcess {
  readonly #options: ExtractorOptions;
  readonly #waiting: Job[] = [];
  #child: ChildProcess | null = null;
  #job: Job | null = null;
  #timer: NodeJS.Timeout | null = null;
  #lastId = 0;
  #closed = false;

  constructor(options: ExtractorOptions) {
    this.#options = options;
  }

  read(kind: DocumentKind, bytes: Uint8Array): Promise<BinaryReading> {
    if (this.#closed) return Promise.resolve(unread('timed_out'));
    this.#lastId += 1;
    const request: ExtractRequest = { id: this.#lastId, kind, bytes };
    return new Promise((finish) => {
      this.#waiting.push({ request, finish });
      this.#next();
    });
  }

  close(): Promise<void> {
    this.#closed = true;
    this.#endChild();
    for (const { finish } of this.#waiting.splice(0)) finish(unread('timed_out'));
    this.#settle(unread('timed_out'));
    return Promise.resolve();
  }

  #next(): void {
    if (this.#job !== null || this.#closed) return;
    this.#job = this.#waiting.shift() ?? null;
    if (this.#job === null) return;
    this.#child ??= this.#start();
    this.#timer = setTimeout(() => {
      this.#endChild();
      this.#settle(unread('timed_out'));
    }, this.#options.deadlineMs);
    this.#child.send(this.#job.request, (error) => {
      if (error !== null) this.#child?.kill('SIGKILL');
    });
  }

  #start(): ChildProcess {
    const child = startChild(this.#options);
    child.on('message', ({ id, reading }: ExtractAnswer) => {
      if (this.#child === child && this.#job?.request.id === id) this.#settle(reading);
    });
    child.on('exit', () => {
      if (this.#child !== child) return;
      this.#child = null;
      this.#settle(unread('corrupt'));
    });
    child.on('error', () => undefined);
    return child;
  }

  #endChild(): void {
    const last = this.#child;
    this.#child = null;
    last?.kill('SIGKILL');
  }

  #settle(reading: BinaryReading): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    const finished = this.#job;
    this.#job = null;
    this.#timer = null;
    finished?.finish(reading);
    this.#next();
  }
}

const unread = (reason: 'timed_out' | 'corrupt'): BinaryReading => ({ ok: false, reason });

function startChild(options: ExtractorOptions): ChildProcess {
  const started = fork(options.entry, [], {
    execArgv: [`--max-old-space-size=${options.maxOldSpaceMb}`],
    serialization: 'advanced',
    // Nothing of the gateway's surroundings is the parser's business, and nothing it prints may reach a log.
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // The process may end while a warm child waits.
  started.unref();
  started.channel?.unref();
  return started;
}
