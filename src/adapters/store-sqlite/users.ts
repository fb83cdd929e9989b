import type { Instant } from '../../core/index.ts';
import type { NewToken, NewUser, Role, Session, Store, Token, User } from '../../gateway/index.ts';
import type { Database, Row } from './database.ts';

export function addUser(db: Database, user: NewUser, at: Instant): 'added' | 'exists' {
  const sql =
    'INSERT INTO users (email, name, role, department, password_hash, created_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING';
  const added = db.run(sql, user.email.toLowerCase(), user.name, user.role, user.department, user.passwordHash, at);
  return added === 1 ? 'added' : 'exists';
}

export function readUser(db: Database, email: string): User | null {
  const row = db.get('SELECT * FROM users WHERE email = ?', email.toLowerCase());
  return row === null ? null : toUser(row);
}

export const readUsers = (db: Database): readonly User[] => db.all('SELECT * FROM users ORDER BY email').map(toUser);

/** A new password or a disabled account ends all that was logged in with the old state. */
export function updateUser(db: Database, email: string, change: Parameters<Store['updateUser']>[1]): boolean {
  const user = readUser(db, email);
  if (user === null) return false;
  const next = { ...user, ...change };
  db.run(
    'UPDATE users SET password_hash = ?, disabled = ?, failed_logins = ?, locked_until = ? WHERE email = ?',
    next.passwordHash,
    next.disabled ? 1 : 0,
    next.failedLogins,
    next.lockedUntil,
    user.email,
  );
  if (next.disabled || change.passwordHash !== undefined) {
    db.run('DELETE FROM sessions WHERE email = ?', user.email);
    db.run('DELETE FROM tokens WHERE email = ?', user.email);
  }
  return true;
}

export function addSession(db: Database, session: Session): void {
  const sql = 'INSERT INTO sessions (id_hash, email, csrf, started_at, seen_at) VALUES (?, ?, ?, ?, ?)';
  db.run(sql, session.idHash, session.email.toLowerCase(), session.csrf, session.startedAt, session.seenAt);
}

/** Not of a disabled user: a log-in that overlapped with the disabling may have added it after the others were removed. */
export function readSession(db: Database, idHash: string): Session | null {
  const row = db.get('SELECT sessions.* FROM sessions JOIN users USING (email) WHERE id_hash = ? AND disabled = 0', idHash);
  if (row === null) return null;
  return {
    idHash,
    email: row['email'] as string,
    csrf: row['csrf'] as string,
    startedAt: row['started_at'] as Instant,
    seenAt: row['seen_at'] as Instant,
  };
}

export const touchSession = (db: Database, idHash: string, seenAt: Instant): void => {
  db.run('UPDATE sessions SET seen_at = max(seen_at, ?) WHERE id_hash = ?', seenAt, idHash);
};

export const removeSession = (db: Database, idHash: string): void => {
  db.run('DELETE FROM sessions WHERE id_hash = ?', idHash);
};

export const addToken = (db: Database, token: NewToken, at: Instant): void => {
  db.run('INSERT INTO tokens (hash, email, role, created_at) VALUES (?, ?, ?, ?)', token.hash, token.email.toLowerCase(), token.role, at);
};

export function readToken(db: Database, hash: string): Token | null {
  const sql = 'SELECT tokens.* FROM tokens JOIN users USING (email) WHERE hash = ? AND disabled = 0';
  const row = db.get(sql, hash);
  if (row === null) return null;
  return { hash, email: row['email'] as string, role: row['role'] as Role, createdAt: row['created_at'] as Instant };
}

const toUser = (row: Row): User => ({
  email: row['email'] as string,
  name: row['name'] as string,
  role: row['role'] as Role,
  department: row['department'] as string | null,
  passwordHash: row['password_hash'] as string,
  disabled: row['disabled'] === 1,
  failedLogins: row['failed_logins'] as number,
  lockedUntil: row['locked_until'] as Instant | null,
  createdAt: row['created_at'] as Instant,
});
