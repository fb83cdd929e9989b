import { Worker } from 'node:worker_threads';
import { GatewayError } from '../../core/index.ts';
import type { NewMessage, Store } from '../../gateway/index.ts';
import type { Method, Opened, Reply, Request, WorkerOptions } from './protocol.ts';

type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void };

/** Room that must stay free on the disk: below it mail is refused for now, while holds and deliveries can still be recorded. */
const minFreeBytes = 64 * 1024 * 1024;
/** Another process's transaction takes milliseconds; one that takes longer than this is stuck, and the client shall try again later. */
const lockWaitMs = 10_000;

/**
 * Opens the store in `dir` (made when missing, readable by its owner alone). Several processes may have it open at once.
 * Rejects with a plain Error that says why: a newer schema, a lost or readable master key, a folder that cannot be written.
 */
export async function openStore(options: Partial<WorkerOptions> & { readonly dir: string }): Promise<Store> {
  const thread = new StoreThread({ minFreeBytes, lockWaitMs, ...options });
  await thread.opened;
  return storeOver(thread);
}

/** A thread of its own: a commit waits for the disk, and the event loop that talks SMTP must not. */
class StoreThread {
  readonly opened: Promise<void>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ended: Promise<void>;
  #seq = 0;
  #closing = false;

  constructor(workerData: WorkerOptions) {
    // Source runs as .ts, a build as .js: the thread has the ending of this file.
    const entry = new URL(import.meta.url.endsWith('.ts') ? './store-worker.ts' : './store-worker.js', import.meta.url);
    this.#worker = new Worker(entry, { workerData });
    this.#ended = new Promise((resolve) => this.#worker.once('exit', () => resolve()));
    this.opened = new Promise((resolve, reject) => {
      this.#worker.once('message', (opened: Opened) => {
        this.#worker.on('message', (reply: Reply) => this.#settle(reply));
        if (opened.ok) resolve();
        else reject(new Error(opened.why));
      });
      this.#worker.on('error', (error: unknown) => {
        reject(error instanceof Error ? error : new Error('the store thread failed'));
        this.#fail(error);
      });
    });
    void this.#ended.then(() => this.#fail(new Error('the store thread has ended')));
  }

  call<M extends Method>(
    method: M,
    args: Parameters<Store[M]>,
    transfer: readonly ArrayBuffer[] = [],
  ): Promise<Awaited<ReturnType<Store[M]>>> {
    if (this.#closing) return Promise.reject(new GatewayError('STORE_FAILED', { cause: new Error('the store is closed') }));
    return this.#ask(method, args, transfer) as Promise<Awaited<ReturnType<Store[M]>>>;
  }

  async close(): Promise<void> {
    if (!this.#closing) {
      this.#closing = true;
      await this.#ask('close', [], []);
    }
    await this.#ended;
  }

  #ask(method: Request['method'], args: readonly unknown[], transfer: readonly ArrayBuffer[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#seq += 1;
      this.#waiting.set(this.#seq, { resolve, reject });
      this.#worker.postMessage({ seq: this.#seq, method, args } satisfies Request, transfer);
    });
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.seq);
    this.#waiting.delete(reply.seq);
    if (reply.ok) waiting?.resolve(reply.value);
    else waiting?.reject(new GatewayError(reply.code, { cause: new Error(reply.why) }));
  }

  /** Nobody will answer any more: whoever waits is told so, and the client tries again later. */
  #fail(cause: unknown): void {
    this.#closing = true;
    for (const { reject } of this.#waiting.values()) reject(new GatewayError('STORE_FAILED', { cause }));
    this.#waiting.clear();
  }
}

function storeOver(thread: StoreThread): Store {
  const forward =
    <M extends Method>(method: M) =>
    (...args: Parameters<Store[M]>) =>
      thread.call(method, args);
  return {
    accept(message, at) {
      const copy = copied(message);
      return thread.call('accept', [copy, at], [copy.body.buffer]);
    },
    apply(id, change, at) {
      if (change.notices === undefined) return thread.call('apply', [id, change, at]);
      const notices = change.notices.map(copied);
      return thread.call(
        'apply',
        [id, { ...change, notices }, at],
        notices.map((notice) => notice.body.buffer),
      );
    },
    body: forward('body'),
    message: forward('message'),
    messages: forward('messages'),
    due: forward('due'),
    eraseBodies: forward('eraseBodies'),
    hold: forward('hold'),
    holds: forward('holds'),
    countHolds: forward('countHolds'),
    appendAudit: forward('appendAudit'),
    audit: forward('audit'),
    addUser: forward('addUser'),
    user: forward('user'),
    users: forward('users'),
    updateUser: forward('updateUser'),
    addSession: forward('addSession'),
    session: forward('session'),
    touchSession: forward('touchSession'),
    removeSession: forward('removeSession'),
    addToken: forward('addToken'),
    token: forward('token'),
    stats: forward('stats'),
    close: () => thread.close(),
  };
}

/** The caller keeps its bytes (they are inspected from memory right after the commit); the thread gets a copy by transfer, not by a second clone. */
const copied = (message: NewMessage): NewMessage & { readonly body: Uint8Array<ArrayBuffer> } => ({
  ...message,
  body: new Uint8Array(message.body),
});
