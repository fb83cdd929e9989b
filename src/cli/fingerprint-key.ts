import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The key of fingerprints and of the customer index: made once, kept apart from the store's own key. */
export function fingerprintKey(folder: string): Uint8Array {
  const file = join(folder, 'fingerprint.key');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  return createHash('sha256').update(readFileSync(file, 'utf8')).digest().subarray(0, 16);
}
