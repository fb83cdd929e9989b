import type { Organisation } from '../core/index.ts';
import { canonicalName, type Detection, type DetectionLists } from '../detect/index.ts';
import { cellAt, type Location, type TextSegment } from '../extract/index.ts';
import { keysOfCompanies } from './company-words.ts';
import type { CustomerIndex, Row } from './customer-index.ts';
import { bearersOf, byName, keysOfRelations, pointedBearers } from './find-bearers.ts';
import { surnameOf } from './index-fields.ts';
import { lastStarted, lineAt, type BodyContext } from './read-context.ts';
import { readOwnData } from './own-data.ts';

/** A detection with what its surroundings say of it. */
export type Item = {
  readonly detection: Detection;
  readonly text: string;
  readonly location: Location;
  /** Segment and table row, or segment and paragraph: what stands in one unit belongs together. */
  readonly unit: string;
  /** Start in the segment, for order. */
  readonly at: number;
  readonly quoted: boolean;
  /** In the first lines of a body; in the scene, named by its greeting. */
  readonly greeting: boolean;
  /** From, To, Cc, Reply-To of the mail itself: its recipients, not its content. */
  readonly isOwnHeader: boolean;
  readonly inTable: boolean;
  /** Surname and given name, where it is a name. */
  readonly isFullName: boolean;
  /** The organisation's own: staff names, own phones, addresses, mail domains, accounts. */
  readonly isOurs: boolean;
  /** Records that bear this value; of a name's more than fifty those that anything else in the mail points to, and a few. */
  readonly rows: readonly Row[];
};

/** An item whose name more records bear than can be told apart: `rows` is null until other values point to some of them. */
type Placed = Omit<Item, 'rows'> & { readonly rows: readonly Row[] | null };

export type ItemContext = { readonly organisation: Organisation; readonly customers: CustomerIndex; readonly lists: DetectionLists };

export type ItemInput = {
  readonly detections: readonly Detection[];
  /** Names found by probing (`probeContent`): they stay only when other data of the same record stands in the mail. */
  readonly probed: readonly Detection[];
  readonly segments: readonly TextSegment[];
  readonly bodies: readonly BodyContext[];
  /** Records of those who see the mail. */
  readonly recipients: readonly Row[];
};

/** Detections with their places, one item each and in their order, then the probed names that stay. */
export function makeItems({ detections, probed, segments, bodies, recipients }: ItemInput, context: ItemContext): readonly Item[] {
  const placed = placeItems([...detections, ...probed], segments, bodies, context);
  const given = new Set(detections);
  const found = placed.filter(({ detection }) => given.has(detection));
  const names = placed.filter((item) => !given.has(item.detection) && !item.isOurs);
  const items = withCompared(withPointed([...found, ...names], segments, recipients, context.customers), recipients, context);
  if (names.length === 0) return items;
  const spokenFor = new Set(items.slice(0, found.length).flatMap((item) => (corroborates.has(item.detection.type) ? item.rows : [])));
  return items.filter((item, index) => index < found.length || isAddressed(item, segments) || item.rows.some((row) => spokenFor.has(row)));
}

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
  if (common.length === 0) return items.map((item) => ({ ...item, rows: item.rows ?? [] }));
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
  return items.map((item) => ({ ...item, rows: item.rows ?? bearers.get(item.detection.canonical) ?? [] }));
}

/** What makes a probed name its bearer's. */
const corroborates: ReadonlySet<string> = new Set(['customer_id', 'email', 'phone', 'address', 'birth_date']);

/** Birth dates and postal codes with the records that they speak for. */
function withCompared(items: readonly Item[], recipients: readonly Row[], context: ItemContext): readonly Item[] {
  if (items.every(({ detection }) => keyOfCompared(detection, context.customers) === 0)) return items;
  // Thousands share a birth date or a postal code: it speaks only for whom something else in the mail speaks.
  const candidates = new Map<string, Row[]>();
  for (const row of new Set([...recipients, ...items.flatMap((item) => item.rows)])) {
    const { birthDate, postalCode } = context.customers.keys(row);
    for (const value of [`birth_date:${birthDate}`, `postal_code:${postalCode}`]) {
      const rows = candidates.get(value);
      if (rows === undefined) candidates.set(value, [row]);
      else rows.push(row);
    }
  }
  return items.map((item) => {
    const key = keyOfCompared(item.detection, context.customers);
    return key === 0 ? item : { ...item, rows: candidates.get(`${item.detection.type}:${key}`) ?? [] };
  });
}

const keyOfCompared = ({ type, canonical }: Detection, customers: CustomerIndex): number =>
  type === 'birth_date' ? customers.hash('birth_date', canonical) : type === 'postal_code' ? customers.hash('postal_code', canonical) : 0;

function placeItems(
  detections: readonly Detection[],
  segments: readonly TextSegment[],
  bodies: readonly BodyContext[],
  context: ItemContext,
): readonly Placed[] {
  const isOurs = readOwnData(context);
  const known = new Map<string, readonly Row[] | null>();
  const rowsOf = (detection: Detection): readonly Row[] | null => {
    const key = `${detection.type}:${detection.canonical}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const rows = detection.type === 'person_name' ? bearersOf(detection, context.customers) : rowsOfValue(detection, context.customers);
    known.set(key, rows);
    return rows;
  };
  const paragraphs = new Map(segments.map((segment) => [segment.id, paragraphStarts(segment)]));
  return detections.flatMap((detection) => {
    const segment = segments[detection.segment];
    if (segment === undefined) return [];
    const text = segment.text.slice(detection.start, detection.end);
    const rows = rowsOf(detection);
    const cell = segment.grid === null ? null : cellAt(segment.grid, detection.start);
    const line = lineAt(
      bodies.find((body) => body.segment === segment.id),
      detection.start,
    );
    const starts = paragraphs.get(segment.id) ?? [];
    const tableRow = cell === null ? tabRow(segment.text, detection.start) : cell.row;
    const unit =
      tableRow === null
        ? `${segment.id}:p${lastStarted(starts.length, (index) => starts[index] ?? 0, detection.start)}`
        : `${segment.id}:r${tableRow}`;
    return [
      {
        detection,
        text,
        location: placeOf(segment, cell),
        unit,
        at: detection.start,
        quoted: line?.quoted ?? false,
        greeting: line?.greeting ?? false,
        isOwnHeader:
          segment.location.in === 'header' &&
          segment.location.part === '' &&
          segment.location.name !== 'subject' &&
          segment.location.name !== 'other',
        inTable: tableRow !== null,
        isFullName: detection.type === 'person_name' && (isFullName(text, context.lists) || isWholeName(detection, rows, context.lists)),
        isOurs: isOurs(detection, text),
        rows,
      },
    ];
  });
}

const placeOf = (segment: TextSegment, cell: { readonly row: number; readonly column: number } | null): Location =>
  segment.location.in === 'sheet' && cell !== null ? { ...segment.location, row: cell.row, column: cell.column } : segment.location;

/** The line of a text table (cells parted by tabs), or null in running text. */
function tabRow(text: string, at: number): number | null {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  return text.slice(start, end === -1 ? undefined : end).split('\t').length > 2 ? start : null;
}

/** Paragraphs are parted by empty lines or rules. */
function paragraphStarts(segment: TextSegment): readonly number[] {
  const starts = [0];
  for (const match of segment.text.matchAll(/\n[>|\s]*\n|\n[>|\s]*[-─━=＝*＊_‐―]{5,}[^\n]*\n/g)) starts.push(match.index + match[0].length);
  return starts;
}

/** 檀上明: what a record bears as its name is a full name though no list has the surname, unless it is as short as surnames are. */
const isWholeName = ({ canonical }: Detection, rows: readonly Row[] | null, { names }: DetectionLists): boolean =>
  rows?.length !== 0 && canonical.length >= 3 && /^[\p{Script=Han}々]/u.test(canonical) && !names.surnames.has(canonical);

export function isFullName(text: string, lists: DetectionLists): boolean {
  const trimmed = text.normalize('NFKC').trim();
  if (/\S[\s・]\S/.test(trimmed)) return true;
  const name = canonicalName(trimmed);
  if (lists.names.surnames.has(name)) return false;
  const surname = surnameOf(trimmed, lists);
  return surname !== '' && name.length > surname.length && !/^[ァ-ヴー]+$/.test(name);
}

function rowsOfValue({ type, canonical }: Detection, customers: CustomerIndex): readonly Row[] {
  switch (type) {
    case 'customer_id':
      return customers.rows('id', canonical);
    case 'email':
      return customers.rows('email', canonical);
    case 'phone':
      return customers.rows('phone', canonical);
    case 'address':
      return customers.rows('address', canonical.split('#')[0] ?? '');
    default:
      return [];
  }
}
