import { hash, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { GatewayError, type MessageId } from '../../core/index.ts';
import type { Database } from './database.ts';
import { seal, unseal } from './sealing.ts';
import { syncFolder } from './sync-folder.ts';

/** Up to here a body lies in its row: one commit for all. Above, copying it through the log costs more than a file of its own. */
const inRowBytes = 256 * 1024;

/**
 * Bodies, each under a key of its own that the master key seals: deleting the key erases the body, wherever copies of its bytes still lie.
 * Files follow the transaction around them: made before the row (synced, folder too), removed again when it is rolled back,
 * and erased only after the commit.
 */
export class BodyVault {
  readonly #folder: string;
  readonly #db: Database;
  readonly #master: Uint8Array;
  #made: string[] = [];
  #doomed: string[] = [];

  constructor(dir: string, db: Database, master: Uint8Array) {
    this.#folder = join(dir, 'bodies');
    this.#db = db;
    this.#master = master;
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    syncFolder(dir);
  }

  freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.#folder);
    return bavail * bsize;
  }

  put(n: number, id: MessageId, body: Uint8Array): void {
    const key = randomBytes(32);
    const sealed = seal(key, body, id);
    const inRow = body.length <= inRowBytes;
    if (!inRow) this.#write(this.#pathOf(id), sealed);
    this.#db.run(
      'INSERT INTO bodies (n, sealed_key, content, file_bytes) VALUES (?, ?, ?, ?)',
      n,
      seal(this.#master, key, id),
      inRow ? sealed : null,
      inRow ? 0 : sealed.length,
    );
  }

  /** The plaintext, checked against the SHA-256 of what was accepted. Throws BODY_GONE, BODY_DAMAGED. */
  get(id: MessageId): Uint8Array {
    const row = this.#db.get('SELECT sha256, sealed_key, content FROM messages JOIN bodies USING (n) WHERE id = ?', id);
    if (row === null) throw new GatewayError('BODY_GONE');
    let body: Uint8Array;
    try {
      const key = unseal(this.#master, row['sealed_key'] as Uint8Array, id);
      body = unseal(key, (row['content'] as Uint8Array | null) ?? readFileSync(this.#pathOf(id)), id);
    } catch (cause) {
      throw new GatewayError('BODY_DAMAGED', { cause });
    }
    if (sha256(body) !== row['sha256']) throw new GatewayError('BODY_DAMAGED');
    return body;
  }

  erase(n: number, id: MessageId): void {
    const row = this.#db.get('SELECT file_bytes FROM bodies WHERE n = ?', n);
    if (row !== null && row['file_bytes'] !== 0) this.#doomed.push(this.#pathOf(id));
    this.#db.run('DELETE FROM bodies WHERE n = ?', n);
  }

  /** Where the files stand, for `rollBack`. */
  mark(): { readonly made: number; readonly doomed: number } {
    return { made: this.#made.length, doomed: this.#doomed.length };
  }

  /** Takes back what was done with files since `mark`. */
  rollBack(mark: { readonly made: number; readonly doomed: number }): void {
    for (const path of this.#made.splice(mark.made)) rmSync(path, { force: true });
    this.#doomed.splice(mark.doomed);
  }

  /** Call after COMMIT. A crash before the last file is gone leaves an orphan, which the next opening removes. */
  committed(): void {
    this.#made = [];
    for (const path of this.#doomed.splice(0)) rmSync(path, { force: true });
  }

  /**
   * Removes files that no row names, left by a crash between file and commit. Inside a write transaction:
   * files are made in one too, so none of another process can be in the making meanwhile.
   */
  removeOrphans(): void {
    for (const group of readdirSync(this.#folder)) {
      for (const name of readdirSync(join(this.#folder, group))) {
        const row = this.#db.get('SELECT 1 FROM messages JOIN bodies USING (n) WHERE id = ? AND file_bytes > 0', name);
        if (row === null) unlinkSync(join(this.#folder, group, name));
      }
    }
  }

  #write(path: string, sealed: Uint8Array): void {
    const group = join(path, '..');
    if (!existsSync(group)) {
      mkdirSync(group, { mode: 0o700 });
      syncFolder(this.#folder);
    }
    const file = openSync(path, 'wx', 0o600);
    this.#made.push(path);
    try {
      for (let written = 0; written < sealed.length;) written += writeSync(file, sealed, written);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    syncFolder(group);
  }

  /** Grouped by the last two characters: the first ones of a ULID are the time and the same for years. */
  #pathOf(id: MessageId): string {
    return join(this.#folder, id.slice(-2).toLowerCase(), id);
  }
}

export const sha256 = (bytes: Uint8Array): string => hash('sha256', bytes);
