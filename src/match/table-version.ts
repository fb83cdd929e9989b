import { createHash } from 'node:crypto';

/** The version of a table: twelve hexadecimal digits of the SHA-256 over what is added, in order. */
export function tableVersion(): { add(part: string | Uint8Array): void; finish(): string } {
  const digest = createHash('sha256');
  return { add: (part) => void digest.update(part), finish: () => digest.digest('hex').slice(0, 12) };
}
