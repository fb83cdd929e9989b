import type { RuleId } from '../../core/index.ts';
import { respell, type NormalizedText } from '../../normalize/index.ts';
import type { Detection } from '../detection.ts';
import { findAddresses, findFirstAddress } from './find-addresses.ts';
import { findRepeatedAddresses, findTownAddresses } from './find-town-addresses.ts';
import type { Gazetteer, Municipality } from './gazetteer.ts';
import type { ParsedAddress } from './parse-address.ts';
import { roomAtEnd } from './read-building.ts';

const rule = 'address' as RuleId;

/** What two spellings of one address have in common; `room` tells homes in one building apart. */
export type CanonicalAddress = { readonly key: string; readonly room: string | null };

/** Towns looked for again without their municipality; a list of thousands of addresses repeats none. */
const mostRepeated = 24;

/**
 * Postal addresses: municipality, town, block numbers, building and room. The prefecture may be left out; the municipality too, behind a label or
 * postal code, or when the mail names the town with it elsewhere.
 */
export function detectAddresses(segments: readonly NormalizedText[], gazetteer: Gazetteer): readonly Detection[] {
  const named = segments.map(({ text }) => {
    const found = findAddresses(text, gazetteer);
    return inOrder(found, findTownAddresses(text, found, gazetteer));
  });
  const known = repeatable(named);
  return segments.flatMap((segment, index) => {
    const found = named[index] ?? [];
    const repeated = known.size === 0 ? [] : findRepeatedAddresses(segment.text, found, known, gazetteer);
    return inOrder(found, repeated).map((address) => detectionOf(address, segment));
  });
}

const inOrder = (found: readonly ParsedAddress[], more: readonly ParsedAddress[]): readonly ParsedAddress[] =>
  more.length === 0 ? found : [...found, ...more].toSorted((a, b) => a.start - b.start);

function repeatable(named: readonly (readonly ParsedAddress[])[]): ReadonlyMap<string, Municipality> {
  const known = new Map<string, Municipality>();
  for (const addresses of named) {
    for (const { town, municipality } of addresses) {
      if (known.size >= mostRepeated) return known;
      if (town !== '' && municipality !== null) known.set(town, municipality);
    }
  }
  return known;
}

function detectionOf(address: ParsedAddress, segment: NormalizedText): Detection {
  return {
    type: 'address',
    rule,
    segment: segment.source.id,
    start: segment.map[address.start] ?? 0,
    end: segment.map[address.end] ?? segment.source.text.length,
    confidence: address.confidence,
    evidence: ['gazetteer', 'pattern'],
    canonical: address.room === null ? address.key : `${address.key}#${address.room}`,
  };
}

/**
 * One address as a customer's record or a detection's canonical form names it; null when it has no municipality and block that we know. The field
 * ends with the address, so that what stands behind the block is its building, whatever the name (コーポもみじ302, 緑の館 302号).
 */
export function canonicalAddress(text: string, gazetteer: Gazetteer): CanonicalAddress | null {
  const spelled = respell(text);
  const found = findFirstAddress(spelled, gazetteer);
  return found === null ? null : { key: found.key, room: found.room ?? roomAtEnd(spelled.slice(found.end)) };
}
