// One back-test thread: builds its snapshot from the source it was started with, then judges one archived mail at a time.
import { parentPort, workerData } from 'node:worker_threads';
import { createExtractorProcess } from '../../adapters/extractor-process/index.ts';
import { buildSnapshot, type SnapshotSource } from '../../config/index.ts';
import type { ArchivedMail } from './list-mails.ts';
import { judgeMail, prepareMail, type MailResult, type Wanted } from './judge-mail.ts';

export type JudgeWorkerData = { readonly source: SnapshotSource; readonly wanted: Wanted };
export type JudgeRequest = Extract<ArchivedMail, { readonly bytes: Uint8Array }>;

const { source, wanted } = workerData as JudgeWorkerData;
const built = buildSnapshot(source);
if (!built.ok || parentPort === null) throw new Error('the rules do not compile');
const snapshot = built.value;
const port = parentPort;
const extractor = createExtractorProcess({
  entry: new URL(import.meta.url.endsWith('.ts') ? '../../extract-child.ts' : '../../extract-child.js', import.meta.url),
  maxOldSpaceMb: 512,
  deadlineMs: 20_000,
});

async function answer(request: JudgeRequest): Promise<void> {
  try {
    const mail = prepareMail(request);
    const value: MailResult =
      typeof mail === 'string' ? { kind: 'unread', id: request.id, why: mail } : await judgeMail(mail, snapshot, wanted, extractor.read);
    port.postMessage({ kind: 'done', value });
  } catch {
    // What was thrown may quote the mail: only the fact leaves the thread.
    port.postMessage({ kind: 'threw' });
  }
}

port.on('message', (request: JudgeRequest) => void answer(request));
port.postMessage({ kind: 'ready' });
