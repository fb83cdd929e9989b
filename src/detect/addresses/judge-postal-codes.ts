import type { RuleId } from '../../core/index.ts';
import type { NormalizedText } from '../../normalize/index.ts';
import type { Detection } from '../detection.ts';
import type { Gazetteer } from './gazetteer.ts';
import { beginsWithTown, rowsOfCode } from './postal-table.ts';

/** What a code with an agreeing address behind it is worth, and one that nothing speaks for. */
const agreedConfidence = 0.98;
const unsupportedConfidence = 0.3;
/** Between a code and its address: spaces, brackets, a line break, 住所:. No other number. */
const betweenCodeAndAddress = /^[\s)）\]」>|,"]{0,12}(?:ご?住所|所在地|お?届け?先|送付先)?[\s)）\]」>|,":：=]{0,24}$/u;
/** A code right before an address that no rule has taken, 〒 or not. */
const codeBefore = /(?:^|[^0-9A-Za-z-])([0-9]{3}-?[0-9]{4})[\s>)）,"|]{0,8}$/;
const longestGap = 40;
/** 〒 in the cell before, of a table that is drawn with bars. */
const marked = /[〒〠][\s|:：]*$/;
const longestMark = 26;

/**
 * Weighs postal codes by the address beside them. A code that exists and agrees with the address behind it (same or next line) is sure, and so is
 * the address. One without 〒, label or column stays a candidate only, unless an address stands right behind it: people mistype codes. Codes before
 * an address that nothing but this agreement can tell (1000005 東京都…) are added.
 */
export function judgePostalCodes(
  segments: readonly NormalizedText[],
  detections: readonly Detection[],
  gazetteer: Gazetteer,
): readonly Detection[] {
  if (!detections.some(({ type }) => type === 'address' || type === 'postal_code')) return detections;
  const texts = new Map(segments.map(({ source }) => [source.id, source.text]));
  const textOf = ({ segment }: Detection): string => texts.get(segment) ?? '';
  const addresses = addressesBySegment(detections);
  const agreed = new Set<Detection>();
  const judged: Detection[] = [];
  for (const detection of detections) {
    if (detection.type === 'address') continue;
    if (detection.type !== 'postal_code') {
      judged.push(detection);
      continue;
    }
    const address = addressBehind(detection, addresses.get(detection.segment) ?? [], textOf(detection));
    if (address !== null && agrees(detection.canonical, address, gazetteer)) {
      agreed.add(address);
      judged.push(raised(detection));
    } else judged.push(address !== null || isMarked(detection, textOf(detection)) ? detection : lowered(detection));
  }
  for (const address of [...addresses.values()].flat()) {
    const code = agreed.has(address) ? null : agreeingCodeBefore(address, textOf(address), gazetteer);
    if (code !== null) judged.push(code);
    judged.push(code !== null || agreed.has(address) ? raised(address) : address);
  }
  return judged;
}

/** In order of their places. */
function addressesBySegment(detections: readonly Detection[]): ReadonlyMap<number, readonly Detection[]> {
  const groups = Map.groupBy(
    detections.filter(({ type }) => type === 'address'),
    ({ segment }): number => segment,
  );
  for (const group of groups.values()) group.sort((a, b) => a.start - b.start);
  return groups;
}

/** The first address behind the code with nothing but a border between them. */
function addressBehind(code: Detection, addresses: readonly Detection[], text: string): Detection | null {
  let low = 0;
  let high = addresses.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((addresses[middle]?.start ?? 0) < code.end) low = middle + 1;
    else high = middle;
  }
  const next = addresses[low];
  if (next === undefined || next.start - code.end > longestGap) return null;
  const between = text.slice(code.end, next.start);
  return betweenCodeAndAddress.test(between) && between.split('\n').length <= 2 ? next : null;
}

/** Whether the code exists and its place is the address's. */
function agrees(code: string, address: Detection, gazetteer: Gazetteer): boolean {
  const { first, end } = rowsOfCode(gazetteer.postal, Number(code));
  for (let row = first; row < end; row += 1) {
    const place = gazetteer.municipalities[gazetteer.postal.municipalities[row] ?? 0];
    if (place === undefined) continue;
    if (address.canonical.startsWith(place.key)) {
      const town = gazetteer.postal.towns[row] ?? 0;
      if (town === 0 || beginsWithTown(address.canonical, place.key.length, town)) return true;
    } else if (place.upper !== '' && address.canonical.startsWith(place.prefecture + place.upper)) return true;
  }
  return false;
}

const isMarked = ({ evidence, start, end }: Detection, text: string): boolean =>
  evidence.includes('context-word') ||
  evidence.includes('column-header') ||
  marked.test(text.slice(Math.max(0, start - longestMark), start)) ||
  text.slice(start, end).startsWith('〒');

function raised(detection: Detection): Detection {
  return {
    ...detection,
    confidence: Math.max(detection.confidence, agreedConfidence),
    evidence: [...detection.evidence, 'postal-agreement'],
  };
}

const lowered = (detection: Detection): Detection => ({ ...detection, confidence: Math.min(detection.confidence, unsupportedConfidence) });

function agreeingCodeBefore(address: Detection, text: string, gazetteer: Gazetteer): Detection | null {
  const from = Math.max(0, address.start - 24);
  const before = text.slice(from, address.start).normalize('NFKC');
  // NFKC that changes the length would move the code: such text is left to the rule.
  const match = before.length === address.start - from ? codeBefore.exec(before) : null;
  const written = match?.[1];
  if (match === null || written === undefined) return null;
  const code = written.replace('-', '');
  if (!agrees(code, address, gazetteer)) return null;
  const start = from + match.index + match[0].indexOf(written);
  return {
    type: 'postal_code',
    rule: 'postal-code' as RuleId,
    segment: address.segment,
    start,
    end: start + written.length,
    confidence: agreedConfidence,
    evidence: ['pattern', 'gazetteer', 'postal-agreement'],
    canonical: code,
  };
}
