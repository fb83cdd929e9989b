import type { FailureCode } from '../../core/index.ts';
import type { Store } from '../../gateway/index.ts';

/** Every question to the store thread is a call of the port, by name. */
export type Method = Exclude<keyof Store, 'close'>;
/** The port as the store thread answers it: the same arguments, the value at once. Throws where the port rejects. */
export type Handlers = { readonly [M in Method]: (...args: Parameters<Store[M]>) => Awaited<ReturnType<Store[M]>> };

export type Request = { readonly seq: number; readonly method: Method | 'close'; readonly args: readonly unknown[] };
export type Reply =
  | { readonly seq: number; readonly ok: true; readonly value: unknown }
  | { readonly seq: number; readonly ok: false; readonly code: FailureCode; readonly why: string };
/** The first message of the thread: it is open, or why it cannot be. */
export type Opened = { readonly ok: true } | { readonly ok: false; readonly why: string };

export type WorkerOptions = { readonly dir: string; readonly minFreeBytes: number; readonly lockWaitMs: number };

/** Calls that write and so share a transaction; the others are answered without one. */
export const writes: ReadonlySet<Method | 'close'> = new Set<Method>([
  'accept',
  'apply',
  'eraseBodies',
  'appendAudit',
  'addUser',
  'updateUser',
  'addSession',
  'touchSession',
  'removeSession',
  'addToken',
]);

/** `bytes` alone in an ArrayBuffer that may be transferred: itself when it already is, else a copy (a pooled Buffer's neighbours are not ours to give away). */
export function alone(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const owned = bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength;
  return owned ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
}
