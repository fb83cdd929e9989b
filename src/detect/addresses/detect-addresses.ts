import type { RuleId } from '../../core/index.ts';
import { normalize, type NormalizedText } from '../../normalize/index.ts';
import type { Detection } from '../detection.ts';
import { findAddresses, findFirstAddress } from './find-addresses.ts';
import type { Gazetteer } from './gazetteer.ts';

const rule = 'address' as RuleId;

/** What two spellings of one address have in common; `room` tells homes in one building apart. */
export type CanonicalAddress = { readonly key: string; readonly room: string | null };

/** Postal addresses: municipality, town, block numbers, building and room; the prefecture may be left out. */
export function detectAddresses(segments: readonly NormalizedText[], gazetteer: Gazetteer): readonly Detection[] {
  return segments.flatMap((segment) =>
    findAddresses(segment.text, gazetteer).map((found): Detection => ({
      type: 'address',
      rule,
      segment: segment.source.id,
      start: segment.map[found.start] ?? 0,
      end: segment.map[found.end] ?? segment.source.text.length,
      confidence: found.confidence,
      evidence: ['gazetteer', 'pattern'],
      canonical: found.room === null ? found.key : `${found.key}#${found.room}`,
    })),
  );
}

/** One address as a customer's record or a detection's canonical form names it; null when it has no municipality and block that we know. */
export function canonicalAddress(text: string, gazetteer: Gazetteer): CanonicalAddress | null {
  const found = findFirstAddress(normalize(text).text, gazetteer);
  return found === null ? null : { key: found.key, room: found.room };
}
