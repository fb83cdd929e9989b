// The index file: header of 2,048 bytes (magic, rows, key's fingerprint, checksum, table of sections), then the sections, each from a multiple
// of 64. All numbers little-endian. It holds keyed hashes, row numbers and customer ids; no name, address, phone, date or company.
import { createHmac } from 'node:crypto';
import { columns } from './index-columns.ts';

export const formatVersion = 3;
export const headerBytes = 2048;
/** Row numbers take three bytes. */
export const mostRows = 1 << 24;
/**
 * Ids stand in groups of so many, with the place of each group: the length of all its ids and these, or 0 and each with its length before it. Ids of
 * one table mostly have one length, and are then found without reading those before them.
 */
export const idGroup = 16;

const magic = Buffer.from('SEKIDX\u0000\u0001', 'latin1');
const place = { version: 8, rows: 12, length: 16, fingerprint: 24, checksum: 32, sections: 64 } as const;
const sectionBytes = 16;

/**
 * `keys`: 32 bits a row, of one column. `records`: the same of the other columns, which lie record by record in one place, in the order of their
 * entries: what is asked of a record is one cache line. `directory` and `rows`: rows of a column by the other 32 bits (`row-buckets.ts`).
 * `words`: pairs of row and key. Behind the columns there are a directory and rows of namesake pairs; an index without them finds the same, more
 * slowly.
 */
const sections = [
  'keys',
  'records',
  'directory',
  'rows',
  'ids',
  'id_groups',
  'landlines',
  'pairs',
  'longer',
  'names',
  'about',
  'words',
] as const;
export type Section = (typeof sections)[number];

/** What the index says of itself, as JSON; nothing of it changes between two builds of one table with one key. */
export type IndexAbout = {
  /** Changes with the table and nothing else. */
  readonly version: string;
  /** Shapes of the ids as regular expressions; empty when they have too many. */
  readonly idShapes: readonly string[];
  /** Rows with a value, by column. */
  readonly filled: Readonly<Record<string, number>>;
};

/** The keys of one index. All are derived from secrets that never lie beside it. */
export type IndexKeys = {
  /** 16 bytes; keys every hash in the index. */
  readonly hash: Uint8Array;
  /** 32 bytes; keys the file's checksum. */
  readonly checksum: Uint8Array;
  /** 32 bytes; seals the labels. */
  readonly labels: Uint8Array;
};

/** Two or four keys from one secret; `labels` from a secret of its own. */
export function deriveIndexKeys(secret: Uint8Array, labels: Uint8Array): IndexKeys {
  const derived = (purpose: string): Buffer => createHmac('sha256', secret).update(`sekisho customer index: ${purpose}`).digest();
  return {
    hash: derived('hash').subarray(0, 16),
    checksum: derived('checksum'),
    labels: createHmac('sha256', labels).update('sekisho customer labels').digest(),
  };
}

/** Eight bytes that name the index key without telling anything of it. */
export const keyFingerprint = ({ hash }: IndexKeys): string => createHmac('sha256', hash).update('fingerprint').digest('hex').slice(0, 16);
export const labelKeyFingerprint = ({ labels }: IndexKeys): string =>
  createHmac('sha256', labels).update('fingerprint').digest('hex').slice(0, 16);

export type SectionPlace = { readonly section: Section; readonly column: number; readonly offset: number; readonly length: number };

export type WantedSection = Omit<SectionPlace, 'offset'>;

/** Lays sections out one after another, those of `records` in one place; `length` of the whole file. */
export function layOut(wanted: readonly WantedSection[]): { readonly places: readonly SectionPlace[]; readonly length: number } {
  let offset = headerBytes;
  const lay = (length: number): number => {
    const found = offset;
    offset += Math.ceil(length / 64) * 64;
    return found;
  };
  const records = lay(wanted.reduce((sum, { section, length }) => sum + (section === 'records' ? length : 0), 0));
  const places = wanted.map((entry) => ({ ...entry, offset: entry.section === 'records' ? records : lay(entry.length) }));
  return { places, length: offset };
}

/** Fills in the header of a complete file and signs it. */
export function writeHeader(bytes: Uint8Array, rows: number, places: readonly SectionPlace[], keys: IndexKeys): void {
  const header = Buffer.alloc(headerBytes);
  magic.copy(header);
  header.writeUInt32LE(formatVersion, place.version);
  header.writeUInt32LE(rows, place.rows);
  header.writeBigUInt64LE(BigInt(bytes.length), place.length);
  header.write(keyFingerprint(keys), place.fingerprint, 'hex');
  for (const [index, entry] of places.entries()) {
    const from = place.sections + index * sectionBytes;
    header.writeUInt16LE(sections.indexOf(entry.section) + 1, from);
    header.writeUInt16LE(entry.column, from + 2);
    header.writeUInt32LE(entry.offset / 64, from + 4);
    header.writeBigUInt64LE(BigInt(entry.length), from + 8);
  }
  bytes.set(header);
  bytes.set(checksumOf(bytes, keys), place.checksum);
}

/** HMAC-SHA256 over everything but itself: a flipped bit and a file made by somebody else are told alike. */
function checksumOf(bytes: Uint8Array, { checksum }: IndexKeys): Buffer {
  return createHmac('sha256', checksum)
    .update(bytes.subarray(0, place.checksum))
    .update(bytes.subarray(place.checksum + 32))
    .digest();
}

export type IndexHeader = { readonly rows: number; readonly places: readonly SectionPlace[]; readonly checksum: string };

/** What is wrong with a file that should be an index made with these keys; null when nothing is. Reads every byte once. */
export function findDamage(bytes: Uint8Array, keys: IndexKeys): string | null {
  const header = Buffer.from(bytes.subarray(0, headerBytes));
  if (header.length < headerBytes || !header.subarray(0, magic.length).equals(magic)) return 'it is no customer index';
  const version = header.readUInt32LE(place.version);
  if (version !== formatVersion) return `its format is ${version}, this program reads ${formatVersion}`;
  if (header.toString('hex', place.fingerprint, place.fingerprint + 8) !== keyFingerprint(keys)) return 'it was made with another key';
  if (header.readBigUInt64LE(place.length) !== BigInt(bytes.length)) return 'it is not complete';
  const stored = header.subarray(place.checksum, place.checksum + 32);
  return stored.equals(checksumOf(bytes, keys)) ? null : 'its checksum is wrong: a byte of it has changed';
}

/** The header of a file that `findDamage` has nothing against. */
export function readHeader(bytes: Uint8Array): IndexHeader {
  const header = Buffer.from(bytes.subarray(0, headerBytes));
  const places: SectionPlace[] = [];
  for (let from: number = place.sections; from + sectionBytes <= headerBytes; from += sectionBytes) {
    const section = sections[header.readUInt16LE(from) - 1];
    if (section === undefined) break;
    places.push({
      section,
      column: header.readUInt16LE(from + 2),
      offset: header.readUInt32LE(from + 4) * 64,
      length: Number(header.readBigUInt64LE(from + 8)),
    });
  }
  return { rows: header.readUInt32LE(place.rows), places, checksum: header.toString('hex', place.checksum, place.checksum + 32) };
}

/** What the index says of itself. */
export function readAbout(bytes: Uint8Array): IndexAbout {
  const place = readHeader(bytes).places.find(({ section }) => section === 'about');
  // A copy: decoders take no shared memory.
  const text = Buffer.from(bytes.subarray(place?.offset ?? 0, (place?.offset ?? 0) + (place?.length ?? 0))).toString('utf8');
  return JSON.parse(text) as IndexAbout;
}

/** Memory and disk that a table takes, by part: for people. */
export function sizesOf({ places }: IndexHeader): Readonly<Record<string, number>> {
  const sizes: Record<string, number> = {};
  for (const { section, column, length } of places) {
    const isOfColumn = section === 'keys' || section === 'records' || section === 'directory' || section === 'rows';
    const name = isOfColumn ? (columns[column]?.name ?? section) : section;
    sizes[name] = (sizes[name] ?? 0) + length;
  }
  return sizes;
}
