import { createHash, randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openStore } from '../../src/adapters/store-sqlite/index.ts';
import { instant } from '../../src/core/index.ts';
import { newMessage } from './store-samples.ts';

/** Accepts mails as fast as it can, 20 at a time, and prints `ID SHA256` of each once the store has promised it, until it is killed. */
const store = await openStore({ dir: process.argv[2] ?? '' });
const acceptOne = async (): Promise<never> => {
  for (;;) {
    const size = Math.random() < 0.05 ? 300_000 : 1 + Math.floor(Math.random() * 20_000);
    const message = newMessage({ body: randomBytes(size), at: instant(Date.now()) });
    await store.accept(message, instant(Date.now()));
    // Written at once, not buffered: what the parent reads is what was promised before the kill.
    writeSync(1, `${message.envelope.id} ${createHash('sha256').update(message.body).digest('hex')}\n`);
  }
};
await Promise.all(Array.from({ length: 20 }, acceptOne));
