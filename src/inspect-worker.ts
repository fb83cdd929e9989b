// One inspection thread: builds its snapshot from the source it was started with, then answers one request at a time.
import { parentPort, workerData } from 'node:worker_threads';
import { createExtractorProcess } from './adapters/extractor-process/index.ts';
import type { InspectorRequest } from './adapters/inspector-threads/index.ts';
import { buildSnapshot, type SnapshotSource } from './config/index.ts';
import { examine, inspect } from './inspect/index.ts';

const built = buildSnapshot(workerData as SnapshotSource);
if (!built.ok || parentPort === null) throw new Error('the rules do not compile');
const snapshot = built.value;
const port = parentPort;
const extractor = createExtractorProcess({
  entry: new URL(import.meta.url.endsWith('.ts') ? './extract-child.ts' : './extract-child.js', import.meta.url),
  maxOldSpaceMb: 512,
  deadlineMs: 20_000,
});

async function answer({ kind, envelope, body }: InspectorRequest): Promise<void> {
  const input = { envelope, bytes: body };
  const tools = { readBinary: extractor.read };
  try {
    port.postMessage({
      kind: 'done',
      value: kind === 'inspect' ? await inspect(input, snapshot, tools) : await examine(input, snapshot, tools),
    });
  } catch {
    // What was thrown may quote the mail: only the fact leaves the thread.
    port.postMessage({ kind: 'threw' });
  }
}

port.on('message', (request: InspectorRequest) => void answer(request));
port.postMessage({ kind: 'ready' });
