import type { Brand } from './brand.ts';

/** A point in time: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = Brand<number, 'Instant'>;

export const instant = (milliseconds: number): Instant => milliseconds as Instant;
export const later = (from: Instant, seconds: number): Instant => (from + seconds * 1000) as Instant;
/** ISO 8601 in UTC, as logs, the API and the audit chain print it. */
export const isoTime = (at: Instant): string => new Date(at).toISOString();
