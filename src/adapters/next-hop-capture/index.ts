// A next hop that keeps what it is handed: one file a mail, for demos, tests and a first look.
import { mkdirSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NextHopClient } from '../../gateway/index.ts';

/** Writes `ID.eml` and `ID.json` (the envelope) into `dir`; both appear whole or not at all. */
export function createCaptureNextHop(options: { readonly dir: string }): NextHopClient {
  mkdirSync(options.dir, { recursive: true });
  const write = async (name: string, content: Uint8Array | string): Promise<void> => {
    const partial = join(options.dir, `.${name}.partial`);
    await writeFile(partial, content);
    await rename(partial, join(options.dir, name));
  };
  return {
    async send({ id, mailFrom, recipients, body }) {
      await write(`${id}.json`, `${JSON.stringify({ envelope: { from: mailFrom ?? '', to: recipients } })}\n`);
      await write(`${id}.eml`, body);
      return recipients.map((address) => ({ address, reply: { code: 250, enhanced: '2.0.0', text: 'Ok: captured' } }));
    },
    close: () => Promise.resolve(),
  };
}
