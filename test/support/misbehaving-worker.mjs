// A stand-in for the inspection thread: the first byte of the body says how it fails.
import { parentPort, workerData } from 'node:worker_threads';

if (workerData?.neverStarts) process.exit(1);
parentPort.postMessage({ kind: 'ready' });
parentPort.on('message', ({ kind, envelope, body }) => {
  const hoard = [];
  switch (String.fromCharCode(body[0])) {
    case 'h': // hangs
      for (;;);
    case 'm': // eats memory
      for (;;) hoard.push(Array.from({ length: 100_000 }, (_, index) => ({ index })));
    case 'x':
      process.exit(7);
    // falls through
    case 't':
      parentPort.postMessage({ kind: 'threw' });
      break;
    default:
      parentPort.postMessage({ kind: 'done', value: { kind, id: envelope.id, bytes: body.length, version: workerData?.version } });
  }
});
