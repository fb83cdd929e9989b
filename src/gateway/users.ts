import type { Instant } from '../core/index.ts';

export const roles = ['sender', 'approver', 'auditor', 'policy_admin', 'admin'] as const;
export type Role = (typeof roles)[number];

/** An account of the web UI, by e-mail in lower case. `department` null: an approver for all departments. */
export type User = {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly department: string | null;
  /** PHC string (argon2id). */
  readonly passwordHash: string;
  readonly disabled: boolean;
  readonly failedLogins: number;
  readonly lockedUntil: Instant | null;
  readonly createdAt: Instant;
};
export type NewUser = Pick<User, 'email' | 'name' | 'role' | 'department' | 'passwordHash'>;

/** A log-in. The cookie holds a random secret; only its SHA-256 (hex) is stored. Idle 30 minutes, 8 hours in all. */
export type Session = {
  readonly idHash: string;
  readonly email: string;
  readonly csrf: string;
  readonly startedAt: Instant;
  readonly seenAt: Instant;
};

/** An API token of a person; only the SHA-256 (hex) of its secret is stored. */
export type Token = { readonly hash: string; readonly email: string; readonly role: Role; readonly createdAt: Instant };
export type NewToken = Pick<Token, 'hash' | 'email' | 'role'>;
