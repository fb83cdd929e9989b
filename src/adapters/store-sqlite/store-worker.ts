import { mkdirSync } from 'node:fs';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { BodyVault } from './body-vault.ts';
import { Database } from './database.ts';
import { answerBatch } from './group-commit.ts';
import { createHandlers } from './handlers.ts';
import { masterKey } from './master-key.ts';
import { alone, type Opened, type Reply, type Request, type WorkerOptions } from './protocol.ts';

/** The store thread: takes all that waits in its inbox, makes it one transaction, answers after the commit. */

/** Bounds of one transaction, so that a flood of large mails does not wait for one enormous commit. */
const maxBatch = 1000;
const maxBatchBytes = 32 * 1024 * 1024;

function open(options: WorkerOptions): { readonly db: Database; readonly vault: BodyVault } {
  mkdirSync(options.dir, { recursive: true, mode: 0o700 });
  const db = new Database(options.dir, options.lockWaitMs);
  try {
    const vault = new BodyVault(options.dir, db, masterKey(options.dir, db));
    db.exec('BEGIN IMMEDIATE');
    vault.removeOrphans();
    db.exec('COMMIT');
    return { db, vault };
  } catch (error) {
    db.close();
    throw error;
  }
}

function serve(port: NonNullable<typeof parentPort>, options: WorkerOptions): void {
  const { db, vault } = open(options);
  const handlers = createHandlers(db, vault, options);
  const answer = (reply: Reply): void =>
    reply.ok && reply.value instanceof Uint8Array ? sendBytes(reply.seq, alone(reply.value)) : port.postMessage(reply);
  const sendBytes = (seq: number, value: Uint8Array<ArrayBuffer>): void => port.postMessage({ seq, ok: true, value }, [value.buffer]);
  port.on('message', (first: Request) => {
    const batch = [first, ...waiting(port, first)];
    answerBatch(db, vault, handlers, batch, answer);
    const close = batch.find((request) => request.method === 'close');
    if (close === undefined) return;
    db.close(); // the last connection copies the log into the database; a failure of that (disk full) leaves the log as it is, for the next opening
    answer({ seq: close.seq, ok: true, value: null });
    port.close();
  });
}

/** What else is in the inbox already. Nothing waits for more to come: while one commit is on its way to the disk, the next batch gathers. */
function* waiting(port: NonNullable<typeof parentPort>, first: Request): Generator<Request> {
  let bytes = bodyBytes(first);
  for (let count = 1; count < maxBatch && bytes < maxBatchBytes; count += 1) {
    const next = receiveMessageOnPort(port);
    if (next === undefined) return;
    const request = next.message as Request;
    bytes += bodyBytes(request);
    yield request;
  }
}

function bodyBytes(request: Request): number {
  const message = request.args[0];
  return request.method === 'accept' && typeof message === 'object' && message !== null && 'body' in message
    ? (message.body as Uint8Array).length
    : 0;
}

const port = parentPort;
if (port !== null) {
  try {
    serve(port, workerData as WorkerOptions);
    port.postMessage({ ok: true } satisfies Opened);
  } catch (error) {
    port.postMessage({ ok: false, why: error instanceof Error ? error.message : 'unknown failure' } satisfies Opened);
    port.close();
  }
}
