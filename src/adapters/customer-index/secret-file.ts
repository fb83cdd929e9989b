import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fstatSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deriveIndexKeys, type IndexKeys } from '../../match/index.ts';

/**
 * The keys of the imported table, each secret in a file of its own in `dir` (the store's folder), made on first use: `customer-index.key` for
 * hashes and checksum, `customer-labels.key` for the sealed labels. Throws when others may read one, or it holds no key.
 */
export function importKeys(dir: string): IndexKeys {
  return deriveIndexKeys(secret(join(dir, 'customer-index.key')), secret(join(dir, 'customer-labels.key')));
}

function secret(path: string): Buffer {
  if (!existsSync(path)) create(path);
  const file = openSync(path, 'r');
  try {
    if ((fstatSync(file).mode & 0o077) !== 0)
      throw new Error(`${path} can be read by others: chmod 600 it, think of making a new one, and import again`);
    const text = readFileSync(file, 'utf8').trim();
    if (!/^[0-9a-f]{64}$/.test(text)) throw new Error(`${path} does not hold a key (64 hexadecimal digits)`);
    return Buffer.from(text, 'hex');
  } finally {
    closeSync(file);
  }
}

/** Complete or absent: written under another name, synced, then linked (which fails when another process was first). */
function create(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, `${randomBytes(32).toString('hex')}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  syncFolder(dirname(path));
}

/** A new name in a folder survives power loss only after the folder itself is synced. */
export function syncFolder(dir: string): void {
  const folder = openSync(dir, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
