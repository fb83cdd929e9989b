import { createHmac, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fstatSync, fsyncSync, linkSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from './database.ts';
import { syncFolder } from './sync-folder.ts';

/**
 * The 32 bytes in `dir/master.key` that seal every body's own key; made on first use. Throws when others may read the file, when it is lost,
 * or when it is not the one the store was made with: a new key would make every stored body unreadable without anybody noticing.
 */
export function masterKey(dir: string, db: Database): Buffer {
  const path = join(dir, 'master.key');
  const known = db.get('SELECT value FROM meta WHERE name = ?', 'master_key_check')?.['value'] ?? null;
  if (!existsSync(path)) {
    if (known !== null) throw new Error(`${path} is missing: without it no stored mail can be read. Put it back from the backup.`);
    create(dir, path);
  }
  const key = read(path);
  const check = createHmac('sha256', key).update('sekisho master key').digest('hex');
  if (known === null) db.run('INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING', 'master_key_check', check);
  else if (known !== check) throw new Error(`${path} is not the key that this store was made with`);
  return key;
}

/** Complete or absent: written under another name, synced, then linked (which fails when another process was first). */
function create(dir: string, path: string): void {
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
  syncFolder(dir);
}

function read(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    if ((fstatSync(file).mode & 0o077) !== 0) throw new Error(`${path} can be read by others: chmod 600 it, and think of changing it`);
    const text = readFileSync(file, 'utf8').trim();
    if (!/^[0-9a-f]{64}$/.test(text)) throw new Error(`${path} does not hold a key (64 hexadecimal digits)`);
    return Buffer.from(text, 'hex');
  } finally {
    closeSync(file);
  }
}
