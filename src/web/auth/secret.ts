import { createHash, randomBytes } from 'node:crypto';

/** SHA-256 (hex) of a secret: what the store keeps of session cookies and API tokens. The secrets are random, so no slow hash is needed. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** A random secret of 256 bits for an API token or session, and the hash to store. */
export function newToken(): { readonly secret: string; readonly hash: string } {
  const secret = randomBytes(32).toString('base64url');
  return { secret, hash: hashSecret(secret) };
}
