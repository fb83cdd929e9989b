import type { Detection } from '../detect/index.ts';
import type { TextSegment } from '../extract/index.ts';
import { keysOfCompanies } from './company-words.ts';
import type { CustomerIndex, Row } from './customer-index.ts';
import { byName, keysOfRelations, pointedBearers } from './find-bearers.ts';
import { placeItems, type Item, type ItemContext, type Placed } from './items.ts';
import type { BodyContext } from './read-context.ts';

export type ItemInput = {
  readonly detections: readonly Detection[];
  /** Names found by probing (`probeContent`): they stay only when other data of the same record stands in the mail. */
  readonly probed: readonly Detection[];
  readonly segments: readonly TextSegment[];
  readonly bodies: readonly BodyContext[];
  /** Records of those who see the mail. */
  readonly recipients: readonly Row[];
};

/** Detections with their places, one item each and in their order, then the probed names that stay; of these no piece stays. */
export function makeItems({ detections, probed, segments, bodies, recipients }: ItemInput, context: ItemContext): readonly Item[] {
  const placed = placeItems([...detections, ...probed], segments, bodies, context);
  const given = new Set(detections);
  const found = placed.filter(({ detection }) => given.has(detection));
  const names = placed.filter((item) => !given.has(item.detection) && !item.isOurs);
  const items = withCompared(withPointed([...found, ...names], segments, recipients, context.customers), recipients, context);
  if (names.length === 0) return items;
  const spokenFor = new Set(items.slice(0, found.length).flatMap((item) => (corroborates.has(item.detection.type) ? item.rows : [])));
  const whole = items.slice(found.length).filter((item) => isAddressed(item, segments) || item.rows.some((row) => spokenFor.has(row)));
  const isPiece = ({ detection }: Item): boolean => whole.some((item) => isWithin(detection, item.detection));
  return [...items.slice(0, found.length).filter((item) => !isPiece(item)), ...whole];
}

const isWithin = (piece: Detection, { segment, start, end }: Detection): boolean =>
  piece.type === 'person_name' && piece.segment === segment && piece.start >= start && piece.end <= end;

/** A customer's full name in a file name or before 様 is no accident of writing; a reading must begin where other kana do not (おかくさま). */
function isAddressed(item: Item, segments: readonly TextSegment[]): boolean {
  if (item.location.in === 'file-name') return true;
  const text = segments[item.detection.segment]?.text ?? '';
  const isHonoured = /^\s?(?:様|さま|殿|氏)/.test(text.slice(item.detection.end, item.detection.end + 3));
  return isHonoured && !(isKana.test(item.text) && isKana.test(text.slice(Math.max(0, item.at - 1), item.at)));
}

const isKana = /^[\u3041-\u3096\u30A1-\u30FC\uFF66-\uFF9F\s・]+$/;

/** Names that many bear with the records that other values of the mail, or the recipients, point to. */
function withPointed(
  items: readonly Placed[],
  segments: readonly TextSegment[],
  recipients: readonly Row[],
  customers: CustomerIndex,
): readonly Item[] {
  const common = items.filter(({ rows }) => rows === null);
  if (common.length === 0) return items.filter(isSettled);
  const values = items.filter(({ detection }) => detection.type !== 'person_name');
  const known = byName([...recipients, ...values.flatMap(({ rows }) => rows ?? [])], customers);
  const wanted = new Map(keysOfRelations(recipients, customers));
  const dates = values.filter(({ detection }) => detection.type === 'birth_date');
  wanted.set('birth_date', new Set(dates.map(({ detection }) => customers.hash('birth_date', detection.canonical))));
  const bearers = new Map(
    [...Map.groupBy(common, ({ detection }) => detection.canonical)].map(([name, same]) => {
      const companies = new Set([...(wanted.get('company') ?? []), ...keysOfCompanies(same, segments, customers)]);
      const [first] = same;
      return [
        name,
        first === undefined ? [] : pointedBearers(first.detection, known, new Map([...wanted, ['company', companies]]), customers),
      ];
    }),
  );
  return items.map((item) => (isSettled(item) ? item : { ...item, rows: bearers.get(item.detection.canonical) ?? [] }));
}

const isSettled = (item: Placed): item is Item => item.rows !== null;

/** What makes a probed name its bearer's. */
const corroborates: ReadonlySet<string> = new Set(['customer_id', 'email', 'phone', 'address', 'birth_date']);

/** Birth dates and postal codes with the records that they speak for. */
function withCompared(items: readonly Item[], recipients: readonly Row[], { customers }: ItemContext): readonly Item[] {
  const keys = new Map(items.map((item) => [item, keyOfCompared(item.detection, customers)] as const).filter(([, key]) => key !== 0));
  if (keys.size === 0) return items;
  // Thousands share a birth date or a postal code: it speaks only for whom something else in the mail speaks.
  const candidates = { birth_date: new Map<number, Set<Row>>(), postal_code: new Map<number, Set<Row>>() };
  for (const [{ detection }, key] of keys) if (isCompared(detection.type)) candidates[detection.type].set(key, new Set());
  // One name's items share their rows.
  const rows = [...new Set([recipients, ...items.map((item) => item.rows)])].flat();
  for (const field of ['birth_date', 'postal_code'] as const) {
    const wanted = candidates[field];
    if (wanted.size === 0) continue;
    const found = customers.keysOf(field, rows);
    for (let at = 0; at < found.length; at += 1) wanted.get(found[at] ?? 0)?.add(rows[at] ?? 0);
  }
  return items.map((item) => {
    const { type } = item.detection;
    const key = keys.get(item);
    return key === undefined || !isCompared(type) ? item : { ...item, rows: [...(candidates[type].get(key) ?? [])] };
  });
}

const isCompared = (type: string): type is 'birth_date' | 'postal_code' => type === 'birth_date' || type === 'postal_code';

const keyOfCompared = ({ type, canonical }: Detection, customers: CustomerIndex): number =>
  isCompared(type) ? customers.hash(type, canonical) : 0;
