import { decodeText, parseMessage, type ParsedMessage, type PartPath } from '../message/index.ts';
import type { BinaryReader, DocumentPiece } from './document.ts';
import { readCsv } from './formats/read-csv.ts';
import { readHtml } from './formats/read-html.ts';
import { readZip } from './formats/read-zip.ts';
import { Budget, Unreadable, type ExtractLimits } from './limits.ts';
import { sniff } from './sniff.ts';
import type {
  Cell,
  Extraction,
  FileNode,
  Location,
  NestedMail,
  SegmentId,
  TextSegment,
  Unscannable,
  UnscannableReason,
} from './text-segment.ts';

export type ExtractOptions = { readonly readBinary: BinaryReader; readonly limits: ExtractLimits };

/** One part to be read: a MIME leaf, an archive entry, a nested mail's leaf. */
type Item = {
  readonly path: PartPath;
  readonly parent: PartPath | null;
  readonly fileNames: readonly string[];
  readonly declaredType: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly charset: string | null;
  readonly content: Uint8Array;
  readonly isAttachment: boolean;
  readonly archiveDepth: number;
  readonly mailDepth: number;
};

type State = FileNode['state'];
/** `name`: what a mail program would call a part without one. */
type Opened = { readonly state: State; readonly type: string; readonly inner: readonly Item[]; readonly name: string | null };

/**
 * All text in a mail with its place: headers, file names, bodies, attachments at any depth. Never rejects for what a mail holds: every part
 * ends in `files` as scanned, partial, unscannable (with its reason) or no_text.
 */
export async function extract(message: ParsedMessage, options: ExtractOptions): Promise<Extraction> {
  const run = new Run(options);
  run.addHeaders(message, '' as PartPath);
  const stack = leavesOf(message, null, 0).toReversed();
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    for (const inner of (await run.read(item)).toReversed()) stack.push(inner);
  }
  return run.result();
}

function leavesOf(message: ParsedMessage, parent: PartPath | null, mailDepth: number): Item[] {
  return message.parts.map((part) => ({
    path: (parent === null ? part.path : `${parent}/${part.path}`) as PartPath,
    parent,
    fileNames: part.fileNames,
    declaredType: part.declaredType,
    parameters: part.parameters,
    charset: part.charset,
    content: part.content,
    isAttachment:
      part.disposition === 'attachment' || part.fileNames.length > 0 || !/^text\/(plain|html|enriched)$/.test(part.declaredType),
    archiveDepth: 0,
    mailDepth,
  }));
}

/** The growing result of one extraction. */
class Run {
  readonly #options: ExtractOptions;
  readonly #budget: Budget;
  readonly #segments: TextSegment[] = [];
  readonly #unscannable: Unscannable[] = [];
  readonly #files: FileNode[] = [];
  readonly #nested: NestedMail[] = [];
  #nestedDefects = 0;

  constructor(options: ExtractOptions) {
    this.#options = options;
    this.#budget = new Budget(options.limits);
  }

  result(): Extraction {
    return {
      segments: this.#segments,
      unscannable: this.#unscannable,
      files: this.#files,
      nested: this.#nested,
      nestedDefects: this.#nestedDefects,
    };
  }

  addHeaders(message: ParsedMessage, part: PartPath): void {
    for (const [index, { name, value }] of message.headers.entries()) {
      const known = name === 'subject' || name === 'from' || name === 'to' || name === 'cc' || name === 'reply-to' ? name : 'other';
      // Other fields only where they say something in words: trace fields and ids are full of numbers that are nobody's.
      if (known === 'other' && !/[^\x20-\x7E\s]/.test(value)) continue;
      this.#add({ in: 'header', part, index, name: known }, value, false);
    }
  }

  /** Reads one part; returns what lies inside it. */
  async read(item: Item): Promise<readonly Item[]> {
    if (item.fileNames.length > 0) this.#add({ in: 'file-name', part: item.path }, item.fileNames.join('\n'), false);
    let inner: readonly Item[] = [];
    let state: State;
    let type = item.declaredType;
    let name = item.fileNames[0] ?? null;
    try {
      const opened = await this.#open(item);
      inner = opened.inner;
      state = opened.state;
      type = opened.type;
      name ??= opened.name;
    } catch (error) {
      // A reader that throws something of its own has met bytes it was not made for.
      state = this.#giveUp(item.path, error instanceof Unreadable ? error.reason : 'corrupt');
    }
    this.#files.push({
      path: item.path,
      parent: item.parent,
      fileName: name,
      type,
      size: item.content.length,
      isAttachment: item.isAttachment,
      state,
    });
    return inner;
  }

  async #open(item: Item): Promise<Opened> {
    const protection = sealOf(item);
    if (protection !== null)
      return {
        state: protection === 'signature' ? 'no_text' : this.#giveUp(item.path, protection),
        type: item.declaredType,
        inner: [],
        name: null,
      };
    const sniffed = await sniff(item.content, item.declaredType, item.fileNames[0] ?? '');
    const done = (state: State, inner: readonly Item[] = []): Opened => ({ state, type: sniffed.type, inner, name: null });
    switch (sniffed.kind) {
      case 'no_text':
        return done('no_text');
      case 'encrypted':
        return done(this.#giveUp(item.path, 'encrypted'));
      case 'unknown':
        return done(this.#giveUp(item.path, 'unsupported_type'));
      case 'document':
        return done(await this.#readDocument(item.path, sniffed.document, item.content));
      case 'archive':
        return done('scanned', await this.#readArchive(item));
      case 'mail':
        return { state: 'scanned', type: sniffed.type, ...this.#readMail(item) };
      case 'html':
      case 'text':
        return done(this.#readText(item, sniffed.kind === 'html'));
      default:
        return sniffed satisfies never;
    }
  }

  #giveUp(part: PartPath, reason: UnscannableReason): State {
    this.#unscannable.push({ part, reason });
    return reason === 'partial' ? 'partial' : 'unscannable';
  }

  async #readDocument(part: PartPath, kind: Parameters<BinaryReader>[0], content: Uint8Array): Promise<State> {
    const reading = await this.#options.readBinary(kind, content);
    if (!reading.ok) return this.#giveUp(part, reading.reason);
    for (const piece of reading.pieces) this.#add(locationOf(part, piece), piece.text, piece.hidden, piece.cells, piece.label);
    return reading.complete ? 'scanned' : this.#giveUp(part, 'partial');
  }

  async #readArchive(item: Item): Promise<readonly Item[]> {
    if (item.archiveDepth >= this.#budget.limits.archiveDepth) throw new Unreadable('limit_exceeded');
    const entries = await readZip(item.content, this.#budget);
    const inner: Item[] = [];
    for (const [index, { name, content, problem }] of entries.entries()) {
      const path = `${item.path}/${index + 1}` as PartPath;
      // Names that lead out of the archive are made to harm whoever unpacks it.
      if (/(?:^|[\\/])\.\.(?:[\\/]|$)|^[\\/]|^[A-Za-z]:/.test(name)) this.#giveUp(path, 'corrupt');
      if (content !== null) {
        const rest = {
          parameters: new Map<string, string>(),
          charset: null,
          isAttachment: true,
          archiveDepth: item.archiveDepth + 1,
          mailDepth: item.mailDepth,
        };
        inner.push({ path, parent: item.path, fileNames: [name], declaredType: 'application/octet-stream', content, ...rest });
        continue;
      }
      this.#add({ in: 'file-name', part: path }, name, false);
      const state = this.#giveUp(path, problem ?? 'corrupt');
      this.#files.push({ path, parent: item.path, fileName: name, type: 'application/octet-stream', size: 0, isAttachment: true, state });
    }
    return inner;
  }

  #readMail(item: Item): Pick<Opened, 'inner' | 'name'> {
    if (item.mailDepth >= this.#budget.limits.mailDepth) throw new Unreadable('limit_exceeded');
    const message = parseMessage(item.content);
    this.#nestedDefects += message.defects.length;
    const { from, to, cc, replyTo } = message.participants;
    this.#nested.push({ part: item.path, addresses: [...from, ...to, ...cc, ...replyTo].map(({ address }) => address) });
    this.addHeaders(message, item.path);
    const subject = message.headers.find((header) => header.name === 'subject')?.value ?? '';
    return { inner: leavesOf(message, item.path, item.mailDepth + 1), name: `${subject === '' ? 'message' : subject}.eml` };
  }

  #readText(item: Item, isMarkup: boolean): State {
    const { text, alternatives, certain } = decodeText(item.content, item.charset);
    const location = textLocation(item);
    if (isMarkup) {
      const html = readHtml(text);
      this.#add(location, html.visible, false);
      for (const hidden of html.hidden) this.#add(location, hidden, true);
    } else this.#addPlain(item, location, text);
    if (!certain) for (const other of alternatives) this.#add(location, isMarkup ? readHtml(other).visible : other, true);
    // Mostly replacement characters: the bytes were no text in any charset we know.
    const broken = text.split('\uFFFD').length - 1;
    return broken > 10 && broken > text.length * 0.1 ? this.#giveUp(item.path, 'corrupt') : 'scanned';
  }

  #addPlain(item: Item, location: Location, text: string): void {
    const name = item.fileNames[0] ?? '';
    const isTable = /^text\/(csv|tab-separated-values)$/.test(item.declaredType) || /\.(csv|tsv)$/i.test(name);
    const grid = isTable ? safeCsv(text) : null;
    if (grid !== null) {
      this.#add({ in: 'sheet', part: item.path, sheet: 1, row: 0, column: 0 }, grid.text, false, grid.cells);
      return;
    }
    // RFC 5545 §3.1, RFC 6350 §3.2: long lines are folded, in the middle of words.
    const isFolded = /^text\/(calendar|vcard|x-vcard|directory)$/.test(item.declaredType) || /\.(ics|vcf)$/i.test(name);
    this.#add(location, isFolded ? text.replaceAll(/\r?\n[ \t]/g, '') : text, false);
  }

  #add(location: Location, text: string, hidden: boolean, grid: readonly Cell[] | null = null, label: string | null = null): void {
    if (text === '') return;
    this.#segments.push({ id: this.#segments.length as SegmentId, location, text, hidden, grid, label });
  }
}

/** Detached signatures hold no text, where they are ones; sealed mail cannot be read. */
function sealOf({ declaredType, content, parameters }: Item): 'signature' | 'encrypted' | 'unsupported_type' | null {
  switch (declaredType) {
    case 'application/pkcs7-signature':
    case 'application/x-pkcs7-signature':
      return content[0] === 0x30 && (content[1] ?? 0) >= 0x80 ? 'signature' : null; // a DER SEQUENCE; the label alone proves nothing
    case 'application/pgp-signature':
    case 'application/pgp-keys':
      return Buffer.from(content.subarray(0, 14)).toString('latin1') === '-----BEGIN PGP' ? 'signature' : null;
    case 'application/pkcs7-mime':
    case 'application/x-pkcs7-mime':
      return parameters.get('smime-type') === 'signed-data' ? 'unsupported_type' : 'encrypted';
    case 'application/pgp-encrypted':
      return 'encrypted';
    default:
      return null;
  }
}

function textLocation(item: Item): Location {
  if (item.isAttachment) return { in: 'text', part: item.path };
  return { in: 'body', part: item.path, kind: item.declaredType === 'text/html' ? 'html' : 'plain' };
}

function locationOf(part: PartPath, piece: DocumentPiece): Location {
  switch (piece.in) {
    case 'page':
      return { in: 'document', part, page: piece.number };
    case 'sheet':
      return { in: 'sheet', part, sheet: piece.number, row: 0, column: 0 };
    case 'slide':
      return { in: 'slide', part, slide: piece.number };
    case 'metadata':
      return { in: 'metadata', part, index: piece.number };
    default:
      return piece.in satisfies never;
  }
}

/** A text that only calls itself CSV is text. */
function safeCsv(text: string): ReturnType<typeof readCsv> {
  try {
    return readCsv(text);
  } catch {
    return null;
  }
}
