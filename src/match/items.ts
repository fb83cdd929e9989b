import type { Organisation } from '../core/index.ts';
import { canonicalName, type Detection, type DetectionLists } from '../detect/index.ts';
import { cellAt, type Location, type TextSegment } from '../extract/index.ts';
import { composed } from '../normalize/index.ts';
import type { CustomerIndex, Row } from './customer-index.ts';
import { bearersOf } from './find-bearers.ts';
import { surnameOf } from './index-fields.ts';
import { readOwnData } from './own-data.ts';
import { lastStarted, lineAt, type BodyContext, type BodyLine } from './read-context.ts';

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
export type Placed = Omit<Item, 'rows'> & { readonly rows: readonly Row[] | null };

export type ItemContext = { readonly organisation: Organisation; readonly customers: CustomerIndex; readonly lists: DetectionLists };

/** What the table, the lists and the organisation say of a value as it is written: the same wherever it stands. */
type Known = Pick<Placed, 'isFullName' | 'isOurs' | 'rows'>;

/** Detections with their places, in their order. */
export function placeItems(
  detections: readonly Detection[],
  segments: readonly TextSegment[],
  bodies: readonly BodyContext[],
  context: ItemContext,
): readonly Placed[] {
  const isOurs = readOwnData(context);
  const values = new Map<string, Known>();
  const knownOf = (detection: Detection, text: string): Known => {
    const { type, canonical } = detection;
    const key = `${type}\u0000${canonical}\u0000${text}`;
    const before = values.get(key);
    if (before !== undefined) return before;
    const isName = type === 'person_name';
    const rows = isName ? bearersOf(detection, context.customers) : rowsOfValue(detection, context.customers);
    const known = {
      isFullName: isName && (isFullName(text, context.lists) || isWholeName(detection, rows, context.lists)),
      isOurs: isOurs(detection, text),
      rows,
    };
    values.set(key, known);
    return known;
  };
  const maps = new Map<TextSegment, SegmentMap>();
  return detections.flatMap((detection) => {
    const segment = segments[detection.segment];
    if (segment === undefined) return [];
    const map = maps.get(segment) ?? mapOf(segment, bodies);
    maps.set(segment, map);
    const text = segment.text.slice(detection.start, detection.end);
    const cell = segment.grid === null ? null : cellAt(segment.grid, detection.start);
    const line = lineAt(map.body, detection.start);
    const tableRow = cell === null ? tabRow(map, detection.start, line) : cell.row;
    const { isFullName: isFull, isOurs: isOwn, rows } = knownOf(detection, text);
    return [
      {
        detection,
        text,
        location:
          cell !== null && segment.location.in === 'sheet' ? { ...segment.location, row: cell.row, column: cell.column } : segment.location,
        unit: tableRow === null ? `${segment.id}:p${paragraphAt(map, detection.start)}` : `${segment.id}:r${tableRow}`,
        at: detection.start,
        quoted: line?.quoted ?? false,
        greeting: line?.greeting ?? false,
        isOwnHeader: map.isOwnHeader,
        inTable: tableRow !== null,
        isFullName: isFull,
        isOurs: isOwn,
        rows,
      },
    ];
  });
}

/** What is asked of a segment for each of its detections, read once. */
type SegmentMap = {
  readonly text: string;
  readonly body: BodyContext | undefined;
  /** Where paragraphs begin. */
  readonly paragraphs: readonly number[];
  /** By where they begin, whether lines are rows of a table; null in a text without tabs. */
  readonly tabLines: Map<number, boolean> | null;
  readonly isOwnHeader: boolean;
};

const mapOf = ({ id, text, location }: TextSegment, bodies: readonly BodyContext[]): SegmentMap => ({
  text,
  body: bodies.find(({ segment }) => segment === id),
  paragraphs: paragraphStarts(text),
  tabLines: text.includes('\t') ? new Map() : null,
  isOwnHeader: location.in === 'header' && location.part === '' && location.name !== 'subject' && location.name !== 'other',
});

const paragraphAt = ({ paragraphs }: SegmentMap, at: number): number =>
  lastStarted(paragraphs.length, (index) => paragraphs[index] ?? 0, at);

/** The line of a text table (cells parted by tabs), or null in running text. */
function tabRow({ text, tabLines }: SegmentMap, at: number, line: BodyLine | null): number | null {
  if (tabLines === null) return null;
  const start = line?.start ?? text.lastIndexOf('\n', at - 1) + 1;
  let isRow = tabLines.get(start);
  if (isRow === undefined) {
    const end = line?.end ?? text.indexOf('\n', at);
    isRow = text.slice(start, end === -1 ? undefined : end).split('\t').length > 2;
    tabLines.set(start, isRow);
  }
  return isRow ? start : null;
}

/** Paragraphs are parted by empty lines or rules. */
function paragraphStarts(text: string): readonly number[] {
  const starts = [0];
  for (const match of text.matchAll(/\n[>|\s]*\n|\n[>|\s]*[-─━=＝*＊_‐―]{5,}[^\n]*\n/g)) starts.push(match.index + match[0].length);
  return starts;
}

/** 檀上明: what a record bears as its name is a full name though no list has the surname, unless it is as short as surnames are. */
const isWholeName = ({ canonical }: Detection, rows: readonly Row[] | null, { names }: DetectionLists): boolean =>
  rows?.length !== 0 && canonical.length >= 3 && /^[\p{Script=Han}々]/u.test(canonical) && !names.surnames.has(canonical);

export function isFullName(text: string, lists: DetectionLists): boolean {
  const trimmed = composed(text).trim();
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
