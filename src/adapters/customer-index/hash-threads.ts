import { Worker } from 'node:worker_threads';
import type { BuildPlan } from './build-plan.ts';
import type { HashedPiece } from './hash-piece.ts';
import type { PieceWork } from './read-rows.ts';

type Waiting = { readonly work: PieceWork; readonly resolve: (hashed: HashedPiece) => void; readonly reject: (cause: Error) => void };
type Thread = { readonly worker: Worker; task: Waiting | null };

/** Threads that hash pieces, one at a time each. A thread that dies fails everything: the table then is not built. */
export class HashThreads {
  readonly #threads: Thread[] = [];
  readonly #queue: Waiting[] = [];
  #failure: Error | null = null;

  constructor(plan: BuildPlan, threads: number) {
    const entry = new URL(import.meta.url.endsWith('.ts') ? './hash-thread.ts' : './hash-thread.js', import.meta.url);
    for (let count = 0; count < Math.max(1, threads); count += 1) {
      const thread: Thread = { worker: new Worker(entry, { workerData: plan }), task: null };
      thread.worker.on('message', (hashed: HashedPiece) => {
        const { task } = thread;
        thread.task = null;
        task?.resolve(hashed);
        this.#dispatch();
      });
      // What was thrown may quote a row: only the fact is told.
      thread.worker.on('error', () => this.#fail(new Error('a thread that hashes the table failed')));
      this.#threads.push(thread);
    }
  }

  /** The piece's memory goes to a thread: the caller has it no more. */
  hash(work: PieceWork): Promise<HashedPiece> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    const { promise, resolve, reject } = Promise.withResolvers<HashedPiece>();
    this.#queue.push({ work, resolve, reject });
    this.#dispatch();
    return promise;
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #dispatch(): void {
    for (const thread of this.#threads) {
      if (thread.task !== null) continue;
      const task = this.#queue.shift();
      if (task === undefined) return;
      thread.task = task;
      thread.worker.postMessage(task.work, [task.work.piece.bytes.buffer as ArrayBuffer]);
    }
  }

  #fail(cause: Error): void {
    this.#failure = cause;
    for (const task of [...this.#threads.map((thread) => thread.task), ...this.#queue.splice(0)]) task?.reject(cause);
  }
}
