import type { MessageId } from '../core/index.ts';

/** Bodies just accepted, so that inspection and delivery need not read them again from the store. Bounded: the store has them all. */
export class BodyCache {
  readonly #bodies = new Map<MessageId, Uint8Array>();
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  put(id: MessageId, body: Uint8Array): void {
    if (this.#bytes + body.length > this.#maxBytes) return;
    this.#bodies.set(id, body);
    this.#bytes += body.length;
  }

  get(id: MessageId): Uint8Array | null {
    return this.#bodies.get(id) ?? null;
  }

  drop(id: MessageId): void {
    this.#bytes -= this.#bodies.get(id)?.length ?? 0;
    this.#bodies.delete(id);
  }
}
