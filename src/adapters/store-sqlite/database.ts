import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { migrate } from './schema.ts';

export type Row = Readonly<Record<string, SQLOutputValue>>;

/** One connection, each statement compiled once. */
export class Database {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(dir: string, lockWaitMs: number) {
    const path = join(dir, 'sekisho.db');
    // SQLite gives its -wal and -shm files the mode of the database: made here, since envelopes in it are personal data.
    closeSync(openSync(path, 'a', 0o600));
    // The command line opens the same store while the gateway runs, so a writer may have to wait.
    this.#db = new DatabaseSync(path, { timeout: lockWaitMs, enableForeignKeyConstraints: true });
    // FULL: a commit in WAL mode returns only after the log is synced (invariant I1). secure_delete: an erased body key is overwritten, not just unlinked.
    this.#db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 4000');
    migrate(this.#db);
  }

  get inTransaction(): boolean {
    return this.#db.isTransaction;
  }

  /** Statements without parameters and result. */
  exec(sql: string): void {
    this.#statement(sql).run();
  }

  /** Returns how many rows changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#statement(sql).run(...values).changes);
  }

  get(sql: string, ...values: SQLInputValue[]): Row | null {
    return this.#statement(sql).get(...values) ?? null;
  }

  all(sql: string, ...values: SQLInputValue[]): readonly Row[] {
    return this.#statement(sql).all(...values);
  }

  /** Copies the log into the database and empties it, so that erased keys are gone from the log too. */
  checkpoint(): void {
    this.#statement('PRAGMA wal_checkpoint(TRUNCATE)').all();
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
