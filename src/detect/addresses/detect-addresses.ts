import type { RuleId } from '../../core/index.ts';
import { normalize, type NormalizedText } from '../../normalize/index.ts';
import type { Detection } from '../detection.ts';
import type { Gazetteer } from './gazetteer.ts';
import { parseAddressAt, type ParsedAddress } from './parse-address.ts';

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
      confidence: found.prefecture === null ? 0.9 : 0.98,
      evidence: ['gazetteer', 'pattern'],
      canonical: found.room === null ? found.key : `${found.key}#${found.room}`,
    })),
  );
}

/** One address as a customer's record or a detection's canonical form names it; null when it has no municipality and block that we know. */
export function canonicalAddress(text: string, gazetteer: Gazetteer): CanonicalAddress | null {
  const found = findAddresses(normalize(text).text, gazetteer)[0];
  return found === undefined ? null : { key: found.key, room: found.room };
}

function findAddresses(text: string, gazetteer: Gazetteer): readonly ParsedAddress[] {
  const found: ParsedAddress[] = [];
  let from = 0;
  for (const match of text.matchAll(/[市区町村]/g)) {
    if (match.index < from) continue;
    const municipality = municipalityEndingAt(text, match.index + 1, gazetteer);
    if (municipality === null) continue;
    const longer = extendMunicipality(text, match.index + 1 - municipality.length, municipality, gazetteer);
    const address = parseAddressAt(text, match.index + 1 - municipality.length, longer, gazetteer);
    if (address === null) continue;
    found.push(address);
    from = address.end;
  }
  return found;
}

/** 横浜市 → 横浜市西区, where that is what follows. */
function extendMunicipality(text: string, start: number, municipality: string, gazetteer: Gazetteer): string {
  for (let length = Math.min(gazetteer.longest, municipality.length + 6); length > municipality.length; length -= 1) {
    const longer = text.slice(start, start + length);
    if (longer.length === length && gazetteer.names.has(longer)) return longer;
  }
  return municipality;
}

/** The longest known municipality that ends at `end`. Spaces inside (東京都 世田谷区) are not crossed. */
function municipalityEndingAt(text: string, end: number, gazetteer: Gazetteer): string | null {
  for (let length = Math.min(gazetteer.longest, end); length >= 2; length -= 1) {
    const name = text.slice(end - length, end);
    if (gazetteer.names.has(name)) return name;
  }
  return null;
}
