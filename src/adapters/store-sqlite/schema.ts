import type { DatabaseSync } from 'node:sqlite';

/** One entry a schema version, never changed once released. `user_version` counts them. */
const migrations: readonly string[] = [
  `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

  -- n is the local number that joins the tables; id (a ULID) is what everybody else knows.
  CREATE TABLE messages (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    origin TEXT NOT NULL,
    stage TEXT NOT NULL,
    envelope TEXT NOT NULL,
    mail_from TEXT,
    received_at INTEGER NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    recipients TEXT NOT NULL,
    inspection TEXT,
    inspections INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER,
    finished_at INTEGER,
    has_body INTEGER NOT NULL DEFAULT 1
  ) STRICT;
  CREATE INDEX messages_due ON messages (due_at, n) WHERE due_at IS NOT NULL;
  CREATE INDEX messages_stage ON messages (stage, id);
  CREATE INDEX messages_from ON messages (mail_from, id) WHERE mail_from IS NOT NULL;
  CREATE INDEX messages_erasable ON messages (finished_at) WHERE has_body = 1 AND finished_at IS NOT NULL;

  -- Apart from messages, so that a change of state does not rewrite a body. content null: in a file of the body folder.
  CREATE TABLE bodies (
    n INTEGER PRIMARY KEY REFERENCES messages (n),
    sealed_key BLOB NOT NULL,
    content BLOB,
    file_bytes INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX bodies_in_files ON bodies (file_bytes) WHERE file_bytes > 0;

  CREATE TABLE holds (
    n INTEGER PRIMARY KEY REFERENCES messages (n),
    id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    department TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    hold TEXT NOT NULL
  ) STRICT;
  CREATE INDEX holds_state ON holds (state, due_at);
  CREATE TABLE hold_owners (
    address TEXT NOT NULL,
    n INTEGER NOT NULL REFERENCES holds (n),
    PRIMARY KEY (address, n)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    message TEXT,
    event TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE INDEX audit_message ON audit (message, seq) WHERE message IS NOT NULL;

  CREATE TABLE users (
    email TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    department TEXT,
    password_hash TEXT NOT NULL,
    disabled INTEGER NOT NULL DEFAULT 0,
    failed_logins INTEGER NOT NULL DEFAULT 0,
    locked_until INTEGER,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE sessions (
    id_hash TEXT PRIMARY KEY,
    email TEXT NOT NULL REFERENCES users (email),
    csrf TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX sessions_email ON sessions (email);
  CREATE TABLE tokens (
    hash TEXT PRIMARY KEY,
    email TEXT NOT NULL REFERENCES users (email),
    role TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX tokens_email ON tokens (email);
  `,
];

/** Brings the schema up to this program's version. Throws when the store was written by a newer one: an old program would damage it. */
export function migrate(db: DatabaseSync): void {
  // Without a transaction when there is nothing to do: on a full disk the store must still open, to deliver what it holds.
  if (checkedVersion(db) === migrations.length) return;
  db.exec('BEGIN IMMEDIATE'); // two processes may open a new store at once
  try {
    for (const sql of migrations.slice(checkedVersion(db))) db.exec(sql);
    db.exec(`PRAGMA user_version = ${migrations.length}`);
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function checkedVersion(db: DatabaseSync): number {
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version <= migrations.length) return version;
  throw new Error(`the store has schema version ${version}, this program knows ${migrations.length}: use the newer program`);
}
