// One of the threads that hash a large table: takes pieces of it, gives back what is indexed and what is to be sealed.
import { parentPort, workerData } from 'node:worker_threads';
import { buffersOf } from '../../match/index.ts';
import { hasher, type BuildPlan } from './build-plan.ts';
import type { PieceWork } from './read-rows.ts';

const hash = hasher(workerData as BuildPlan);

parentPort?.on('message', ({ piece, encoding, shape }: PieceWork) => {
  // Bytes arrive as a plain Uint8Array.
  const bytes = Buffer.from(piece.bytes.buffer, piece.bytes.byteOffset, piece.bytes.length);
  const hashed = hash({ piece: { ...piece, bytes }, encoding, shape });
  parentPort?.postMessage(hashed, buffersOf(hashed.chunk));
});
