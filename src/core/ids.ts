import { randomBytes } from 'node:crypto';
import type { Brand } from './brand.ts';
import type { Instant } from './instant.ts';

/** Our queue id, a ULID made on accept. Never the Message-ID header, which a sender can repeat. */
export type MessageId = Brand<string, 'MessageId'>;
/** A detector or policy rule, by the name of its folder under `rules/`. */
export type RuleId = Brand<string, 'RuleId'>;
/** `customer_id` of the site's own customer table. */
export type CustomerId = Brand<string, 'CustomerId'>;

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A new ULID (26 characters of Crockford's base 32): sorts by time of arrival, 80 random bits make it unguessable. */
export function newMessageId(at: Instant): MessageId {
  let id = '';
  let time: number = at;
  for (let index = 0; index < 10; index += 1) {
    id = crockford.charAt(time % 32) + id;
    time = Math.floor(time / 32);
  }
  for (const byte of randomBytes(16)) id += crockford.charAt(byte & 31);
  return id as MessageId;
}

/** The id named by a command line, a URL or an API call, or null when it has another shape. */
export function parseMessageId(text: string): MessageId | null {
  return /^[0-9A-HJKMNP-TV-Z]{26}$/.test(text) ? (text as MessageId) : null;
}
