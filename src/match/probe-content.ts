import type { RuleId } from '../core/index.ts';
import { canonicalName, type Detection } from '../detect/index.ts';
import type { NormalizedText } from '../normalize/index.ts';
import type { CustomerIndex } from './customer-index.ts';

/** Names that the customer table knows and no cue, list or model found. By themselves they say little: see `NameHit`. */
const rule = 'customer-name' as RuleId;
/** Of a name that something else of its record speaks for; others are dropped. */
const confidence = 0.7;

/**
 * Full names of customers in running text, where no name was detected: Japanese has no word boundaries, so every place is tried. The mail's own
 * address headers are left out. Most of these are accidents of writing; only those that the same record's other data corroborate count.
 */
export function probeContent(
  normalized: readonly NormalizedText[],
  detections: readonly Detection[],
  customers: CustomerIndex,
): readonly Detection[] {
  if (customers.count() === 0) return [];
  const taken = new Map<number, Detection[]>();
  for (const detection of detections) {
    const list = taken.get(detection.segment);
    if (list === undefined) taken.set(detection.segment, [detection]);
    else list.push(detection);
  }
  return normalized.flatMap((segment) => {
    if (isOwnAddressHeader(segment)) return [];
    const found = (taken.get(segment.source.id) ?? []).toSorted((a, b) => a.start - b.start);
    let next = 0;
    return customers.probeNames(segment.text).flatMap(({ start, end }) => {
      const [from, to] = [segment.map[start] ?? 0, segment.map[end] ?? segment.source.text.length];
      while (next < found.length && (found[next]?.end ?? 0) <= from) next += 1;
      if (isTaken(found, next, from, to)) return [];
      return [
        {
          type: 'person_name',
          rule,
          segment: segment.source.id,
          start: from,
          end: to,
          confidence,
          evidence: ['dictionary' as const],
          canonical: canonicalName(segment.text.slice(start, end)),
        },
      ];
    });
  });
}

/** True when a detection from the `next`th on shares text with `[from, to)`, and is more than a piece of a name: of 三 宅 由 美 子 the model finds 由 美 子. */
function isTaken(found: readonly Detection[], next: number, from: number, to: number): boolean {
  for (let index = next; index < found.length; index += 1) {
    const { type, start, end } = found[index] as Detection;
    if (start >= to) return false;
    const isPiece = type === 'person_name' && start >= from && end <= to && end - start < to - from;
    if (!isPiece) return true;
  }
  return false;
}

const isOwnAddressHeader = ({ source: { location } }: NormalizedText): boolean =>
  location.in === 'header' && location.part === '' && location.name !== 'subject' && location.name !== 'other';
