import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { decodeText } from '../../message/index.ts';
import { Unreadable, type Budget } from '../limits.ts';

/** One entry of an archive. `content` null: it could not be read, for `problem`. */
export type ZipEntry = {
  readonly name: string;
  readonly content: Uint8Array | null;
  readonly problem: 'encrypted' | 'corrupt' | 'unsupported_type' | null;
};

/**
 * All entries of a ZIP. Names are CP932 or UTF-8 as their bytes say. Throws `Unreadable`: 'limit_exceeded' when the budget ends,
 * 'corrupt' when the archive's own tables disagree (overlapping entries, local against central headers, broken end).
 */
export async function readZip(bytes: Uint8Array, budget: Budget): Promise<readonly ZipEntry[]> {
  const zip = await open(bytes);
  const entries = await listEntries(zip, budget);
  refuseOverlap(entries, bytes);
  const read: ZipEntry[] = [];
  for (const entry of entries) {
    const name = entryName(entry);
    if (name.endsWith('/') && entry.uncompressedSize === 0) continue; // a folder; with data in it, it only looks like one
    if ((entry.generalPurposeBitFlag & 1) !== 0) read.push({ name, content: null, problem: 'encrypted' });
    else if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
      read.push({ name, content: null, problem: 'unsupported_type' });
    else read.push(await readEntry(zip, entry, name, budget));
  }
  return read;
}

async function open(bytes: Uint8Array): Promise<ZipFile> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return new Promise((resolve, reject) => {
    fromBuffer(buffer, { lazyEntries: true, decodeStrings: false, validateEntrySizes: true }, (error, zip) => {
      if (error === null) resolve(zip);
      else reject(new Unreadable('corrupt', { cause: error }));
    });
  });
}

async function listEntries(zip: ZipFile, budget: Budget): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      try {
        budget.takeEntry();
      } catch (limit) {
        reject(limit instanceof Unreadable ? limit : new Unreadable('corrupt', { cause: limit }));
        return;
      }
      entries.push(entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', (error: Error) => reject(new Unreadable('corrupt', { cause: error })));
    zip.readEntry();
  });
}

/** Entries that share bytes are how small bombs are built; entries whose local header differs show other content to other readers. */
function refuseOverlap(entries: readonly Entry[], bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let previousEnd = 0;
  for (const entry of entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)) {
    const at = entry.relativeOffsetOfLocalHeader;
    if (at < previousEnd || at + 30 > bytes.length || view.getUint32(at, true) !== 0x04034b50) throw new Unreadable('corrupt');
    const nameLength = view.getUint16(at + 26, true);
    const localName = Buffer.from(bytes.buffer, bytes.byteOffset + at + 30, nameLength);
    if (!localName.equals(rawName(entry))) throw new Unreadable('corrupt');
    previousEnd = at + 30 + nameLength + view.getUint16(at + 28, true) + entry.compressedSize;
  }
}

// With decodeStrings off yauzl gives names as bytes, whatever its types say.
const rawName = (entry: Entry): Buffer => entry.fileName as unknown as Buffer;

const entryName = (entry: Entry): string => {
  const utf8 = (entry.generalPurposeBitFlag & 0x800) !== 0;
  return decodeText(rawName(entry), utf8 ? 'utf-8' : null).text;
};

async function readEntry(zip: ZipFile, entry: Entry, name: string, budget: Budget): Promise<ZipEntry> {
  try {
    const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
      zip.openReadStream(entry, (error, opened) => {
        if (error === null) resolve(opened);
        else reject(error);
      });
    });
    const chunks: Buffer[] = [];
    let unpacked = 0;
    for await (const chunk of stream) {
      const piece = chunk as Buffer;
      unpacked += piece.length;
      budget.take(piece.length, { packed: entry.compressedSize, unpacked });
      chunks.push(piece);
    }
    return { name, content: Buffer.concat(chunks), problem: null };
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    return { name, content: null, problem: 'corrupt' };
  }
}
