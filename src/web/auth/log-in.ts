import { later } from '../../core/index.ts';
import type { Clock, Session, Store, User } from '../../gateway/index.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { hashSecret, newToken } from './secret.ts';

const maxFailures = 5;
const lockSeconds = 15 * 60;
const idleSeconds = 30 * 60;
const totalSeconds = 8 * 3600;
/** Verified against when there is no such account, so that the answer takes as long as for a real one. */
let decoy: Promise<string> | null = null;

export type LogInResult = { readonly kind: 'in'; readonly secret: string } | { readonly kind: 'wrong' } | { readonly kind: 'locked' };
type Deps = { readonly store: Store; readonly clock: Clock };

/** Checks the password and opens a session; five failures lock the account for 15 minutes. Both outcomes are audited. */
export async function logIn(deps: Deps, typedEmail: string, password: string): Promise<LogInResult> {
  const { store, clock } = deps;
  const now = clock.now();
  const email = typedEmail.trim().toLowerCase();
  const user = await store.user(email);
  const lockedUntil = user?.lockedUntil ?? null;
  if (lockedUntil !== null && now < lockedUntil) return { kind: 'locked' };
  decoy ??= hashPassword('no such account');
  const right = await verifyPassword(password, user?.passwordHash ?? (await decoy));
  if (user === null || user.disabled) return { kind: 'wrong' };
  // Read again: several guesses may have been under way at once, and each of them counts.
  const failures = ((await store.user(email))?.failedLogins ?? 0) + 1;
  const actor = { kind: 'user', name: email } as const;
  if (!right) {
    const locks = failures >= maxFailures;
    await store.updateUser(email, locks ? { failedLogins: 0, lockedUntil: later(now, lockSeconds) } : { failedLogins: failures }, now);
    await store.appendAudit([{ type: 'user.login_failed', actor, message: null, details: { locked: locks } }], now);
    return { kind: locks ? 'locked' : 'wrong' };
  }
  if (user.failedLogins > 0 || user.lockedUntil !== null) await store.updateUser(email, { failedLogins: 0, lockedUntil: null }, now);
  const { secret, hash } = newToken();
  await store.addSession({ idHash: hash, email, csrf: newToken().secret, startedAt: now, seenAt: now });
  await store.appendAudit([{ type: 'user.logged_in', actor, message: null, details: {} }], now);
  return { kind: 'in', secret };
}

/** The session behind a cookie and its user; null when there is none, it is over (30 minutes idle, 8 hours in all) or the account is disabled. */
export async function openSession(deps: Deps, secret: string): Promise<{ readonly session: Session; readonly user: User } | null> {
  const { store, clock } = deps;
  const session = await store.session(hashSecret(secret));
  if (session === null) return null;
  const now = clock.now();
  if (now >= later(session.seenAt, idleSeconds) || now >= later(session.startedAt, totalSeconds)) {
    await store.removeSession(session.idHash);
    return null;
  }
  const user = await store.user(session.email);
  if (user === null || user.disabled) return null;
  // A write a minute is enough to measure half an hour.
  if (now >= later(session.seenAt, 60)) await store.touchSession(session.idHash, now);
  return { session, user };
}
