import { Worker } from 'node:worker_threads';

export type Task = {
  readonly payload: object;
  readonly transfer: readonly ArrayBuffer[];
  /** Waited for once a thread is free for the task, before the thread gets it. Never rejects. */
  readonly begin?: () => Promise<void>;
  readonly finish: (outcome: Outcome) => void;
};
/** `failed` never says why in words: a message of the worker could quote the mail. */
export type Outcome =
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly why: 'threw' | 'timed_out' | 'crashed' };

export type PoolOptions = {
  readonly entry: URL;
  /** Given to each thread as `workerData`. */
  readonly source: unknown;
  readonly threads: number;
  /** Wall time of one task; the thread is ended at the limit. */
  readonly seconds: number;
  readonly memoryMb: number;
};

type Answer = { readonly kind: 'ready' } | { readonly kind: 'done'; readonly value: unknown } | { readonly kind: 'threw' };
/** `ended`: told to end, but its exit has not come yet. */
type Thread = { readonly worker: Worker; ready: boolean; ended: boolean; task: Task | null; timer: NodeJS.Timeout | null };

/** Worker threads that take one task at a time from one queue. A thread that dies or overruns is replaced; its task comes back as failed. */
export class ThreadPool {
  readonly #options: PoolOptions;
  readonly #queue: Task[] = [];
  readonly #threads = new Set<Thread>();
  readonly #starting = Promise.withResolvers<void>();
  #failedStarts = 0;
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    // A rejected start is reported by `started()`; nobody may be listening yet.
    this.#starting.promise.catch(() => undefined);
    for (let count = 0; count < options.threads; count += 1) this.#spawn();
  }

  /** Resolves when one thread can take work; rejects when threads die three times before that. */
  started(): Promise<void> {
    return this.#starting.promise;
  }

  run(task: Task): void {
    this.#queue.push(task);
    this.#dispatch();
  }

  /** Ends the threads once nothing waits or runs. */
  async drain(): Promise<void> {
    while (this.#queue.length > 0 || [...this.#threads].some((thread) => thread.task !== null)) {
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
    }
    await this.close();
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const task of this.#queue.splice(0)) task.finish({ kind: 'failed', why: 'crashed' });
    await Promise.all([...this.#threads].map((thread) => thread.worker.terminate()));
  }

  #spawn(): void {
    const worker = new Worker(this.#options.entry, {
      workerData: this.#options.source,
      resourceLimits: { maxOldGenerationSizeMb: this.#options.memoryMb },
      // Nothing that a library prints about a mail may reach our log.
      stdout: true,
      stderr: true,
    });
    worker.stdout.resume();
    worker.stderr.resume();
    const thread: Thread = { worker, ready: false, ended: false, task: null, timer: null };
    this.#threads.add(thread);
    worker.on('message', (answer: Answer) => this.#answered(thread, answer));
    worker.on('error', () => undefined); // 'exit' follows and does the work
    worker.on('exit', () => this.#exited(thread));
  }

  #answered(thread: Thread, answer: Answer): void {
    if (answer.kind === 'ready') {
      thread.ready = true;
      this.#failedStarts = 0;
      this.#starting.resolve();
    } else {
      this.#settle(thread, answer.kind === 'done' ? { kind: 'done', value: answer.value } : { kind: 'failed', why: 'threw' });
    }
    this.#dispatch();
  }

  #exited(thread: Thread): void {
    this.#threads.delete(thread);
    this.#settle(thread, { kind: 'failed', why: 'crashed' });
    if (this.#closed) return;
    if (!thread.ready) this.#failedStarts += 1;
    if (this.#failedStarts >= 3) {
      this.#starting.reject(new Error('inspection threads do not start'));
      // Keep trying slowly: the mail waits in the store meanwhile.
      setTimeout(() => this.#closed || this.#spawn(), 5000).unref();
    } else this.#spawn();
  }

  #dispatch(): void {
    for (const thread of this.#threads) {
      if (!thread.ready || thread.ended || thread.task !== null) continue;
      const task = this.#queue.shift();
      if (task === undefined) return;
      thread.task = task;
      if (task.begin === undefined) this.#post(thread, task);
      else void task.begin().then(() => this.#post(thread, task));
    }
  }

  #post(thread: Thread, task: Task): void {
    // Gone while it was being made ready: settled by then.
    if (thread.task !== task) return;
    thread.timer = setTimeout(() => this.#overran(thread), this.#options.seconds * 1000);
    try {
      thread.worker.postMessage(task.payload, [...task.transfer]);
    } catch {
      this.#settle(thread, { kind: 'failed', why: 'threw' });
    }
  }

  #overran(thread: Thread): void {
    const dying = thread;
    // Before its task is settled: who hears of that may bring the next one at once, and it would die with this thread.
    dying.ended = true;
    this.#settle(thread, { kind: 'failed', why: 'timed_out' });
    void thread.worker.terminate();
  }

  #settle(thread: Thread, outcome: Outcome): void {
    if (thread.timer !== null) clearTimeout(thread.timer);
    const task = thread.task;
    thread.task = null;
    thread.timer = null;
    task?.finish(outcome);
  }
}
