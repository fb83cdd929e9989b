// The canonical grammar. A mail is canonical when every entity in it has at most one Content-Type, Content-Transfer-Encoding and
// Content-Disposition, each parsable; a multipart has exactly one boundary and the identity encoding, and its last part is closed; nothing but
// white space or a mailer's one-line notice stands before its first and after its last boundary; leaves have an encoding of RFC 2045, cleanly
// applied; header lines have a name and a colon without space before it, no NUL, no bare CR; and no limit is passed.
// For such mail all readers agree, so the walk alone is the truth. Other mail keeps its defects and is judged by `findDisagreement`.
import { parseAddressList } from './address-list.ts';
import { fieldsNamed, readHeaders, type RawHeaders } from './header-fields.ts';
import { parseParameters, type Parameterized } from './parameters.ts';
import type { Defect, HeaderField, MessagePart, ParsedMessage, Participants, PartPath } from './parsed-message.ts';
import { decodeBase64, decodeQuotedPrintable, findUuFiles, type Decoded } from './transfer-encoding.ts';

/** INTERFACES.md, Defaults: more is held. */
const maxDepth = 50;
const maxParts = 1000;

type Entity = {
  readonly bytes: Uint8Array;
  readonly path: string;
  readonly depth: number;
  readonly isAlternative: boolean;
  readonly defaultType: string;
};

/** Reads the MIME tree of a whole mail. Never throws; whatever is odd becomes a defect, whatever is not understood a leaf that is still read. */
export function parseMessage(bytes: Uint8Array): ParsedMessage {
  const defects = new Set<Defect>();
  const parts: MessagePart[] = [];
  const top = readHeaders(bytes);
  const stack: Entity[] = [{ bytes, path: '', depth: 0, isAlternative: false, defaultType: 'text/plain' }];
  for (let entity = stack.pop(); entity !== undefined; entity = stack.pop()) {
    if (parts.length >= maxParts) {
      defects.add('too-many-parts');
      break;
    }
    const children = readEntity(entity, entity.path === '' ? top : readHeaders(entity.bytes), parts, defects);
    for (const child of children.toReversed()) stack.push(child);
  }
  return { headers: top.fields, participants: readParticipants(top.fields), parts, defects: [...defects] };
}

/** Adds the leaf, or returns the children, of one entity. */
function readEntity(entity: Entity, headers: RawHeaders, parts: MessagePart[], defects: Set<Defect>): readonly Entity[] {
  noteHeaderDefects(headers, defects);
  const type = readType(headers.fields, entity.defaultType);
  const body = entity.bytes.subarray(headers.bodyStart);
  const encoding = (fieldsNamed(headers.fields, 'content-transfer-encoding')[0]?.raw ?? '').replaceAll(/\([^()]*\)|\s/g, '').toLowerCase();
  if (type.main.startsWith('multipart/')) {
    const boundary = type.values.get('boundary');
    if (encoding === 'base64' || encoding === 'quoted-printable') defects.add('encoded-multipart');
    if (type.repeated.has('boundary')) defects.add('missing-boundary');
    if (boundary === undefined || boundary === '') defects.add('missing-boundary');
    else if (entity.depth >= maxDepth) defects.add('nested-too-deep');
    else return splitMultipart({ ...entity, bytes: body }, type.main, boundary.trimEnd(), parts, defects);
  }
  if (type.main === 'message/partial') defects.add('partial-message');
  if (type.main === 'message/external-body') defects.add('external-body');
  const content = decodeBody(body, encoding, defects);
  // yEnc: nobody but a few old readers decodes it, and those show what we could not read.
  if (Buffer.from(content.buffer, content.byteOffset, content.byteLength).includes('=ybegin ')) defects.add('hidden-content');
  addLeaf(entity, headers.fields, type, content, parts);
  return [];
}

function noteHeaderDefects(headers: RawHeaders, defects: Set<Defect>): void {
  if (headers.badLines) defects.add('bad-header-line');
  if (headers.tooLarge) defects.add('header-too-large');
  if (headers.controls) defects.add('control-character');
  if (headers.spaceBeforeColon) defects.add('bad-header-line');
  for (const name of ['content-type', 'content-transfer-encoding', 'content-disposition']) {
    const same = fieldsNamed(headers.fields, name);
    if (same.length > 1)
      defects.add(new Set(same.map((field) => field.raw.replaceAll(/\s/g, ''))).size > 1 ? 'conflicting-type' : 'duplicate-header');
  }
  for (const name of ['from', 'to', 'cc', 'subject']) if (fieldsNamed(headers.fields, name).length > 1) defects.add('duplicate-header');
  const contentEncoding = fieldsNamed(headers.fields, 'content-encoding')[0];
  if (contentEncoding !== undefined && contentEncoding.raw.trim().toLowerCase() !== 'identity') defects.add('unknown-encoding');
}

function readType(fields: readonly HeaderField[], defaultType: string): Parameterized {
  const type = parseParameters(fieldsNamed(fields, 'content-type')[0]?.raw ?? '');
  return /^[^\s/]+\/[^\s/]+$/.test(type.main) ? type : { ...type, main: defaultType };
}

function decodeBody(body: Uint8Array, encoding: string, defects: Set<Defect>): Uint8Array {
  const decoded = undo(body, encoding);
  if (decoded === null) {
    defects.add('unknown-encoding');
    return body;
  }
  if (!decoded.clean) defects.add('bad-encoding');
  return decoded.bytes;
}

function undo(body: Uint8Array, encoding: string): Decoded | null {
  switch (encoding) {
    case '':
    case '7bit':
    case '8bit':
    case 'binary':
      return { bytes: body, clean: true };
    case 'base64':
      return decodeBase64(body);
    case 'quoted-printable':
      return decodeQuotedPrintable(body);
    case 'x-uuencode':
    case 'x-uue':
    case 'uuencode': {
      const file = findUuFiles(body)[0];
      return file === undefined ? null : { bytes: file.bytes, clean: true };
    }
    default:
      return null;
  }
}

function addLeaf(entity: Entity, fields: readonly HeaderField[], type: Parameterized, content: Uint8Array, parts: MessagePart[]): void {
  const disposition = parseParameters(fieldsNamed(fields, 'content-disposition')[0]?.raw ?? '');
  const path = entity.path === '' ? '1' : entity.path;
  const leaf: MessagePart = {
    path: path as PartPath,
    declaredType: type.main,
    parameters: type.values,
    disposition: disposition.main === 'attachment' ? 'attachment' : disposition.main === 'inline' ? 'inline' : null,
    fileNames: [...new Set([...disposition.candidates('filename'), ...type.candidates('name')])],
    charset: type.values.get('charset') ?? null,
    content,
    isAlternative: entity.isAlternative,
  };
  parts.push(leaf);
  if (type.main.startsWith('text/')) parts.push(...hiddenIn(leaf));
}

/** Files that lie in a text without MIME: uuencoded ones, and lines of base64 that say something readable. They are read as parts of their own. */
function hiddenIn(leaf: MessagePart): MessagePart[] {
  const found: { name: string | null; bytes: Uint8Array }[] = findUuFiles(leaf.content).map(({ name, bytes }) => ({ name, bytes }));
  const text = Buffer.from(leaf.content.buffer, leaf.content.byteOffset, leaf.content.byteLength).toString('latin1');
  for (const match of text.matchAll(/(?:^|\n)((?:[A-Za-z0-9+/]{24,}\r?\n)*[A-Za-z0-9+/]{24,}={0,2})(?=\r?\n|$)/g))
    pushReadable(match[1] ?? '', found);
  for (const match of text.matchAll(/data:[\w.+/-]+(?:;[\w=.-]+)*;base64,([A-Za-z0-9+/=\s]{16,})/g)) pushReadable(match[1] ?? '', found);
  return found.slice(0, 20).map(({ name, bytes }, index) => ({
    path: `${leaf.path}.${index + 1}` as PartPath,
    declaredType: name === null ? 'text/plain' : 'application/octet-stream',
    parameters: new Map(),
    disposition: 'attachment' as const,
    fileNames: name === null ? [] : [name],
    charset: null,
    content: bytes,
    isAlternative: false,
  }));
}

function pushReadable(base64: string, found: { name: string | null; bytes: Uint8Array }[]): void {
  const bytes = Buffer.from(base64, 'base64');
  const readable = bytes.filter((byte) => byte === 9 || byte === 10 || byte === 13 || byte >= 32).length;
  const ascii = bytes.filter((byte) => byte >= 32 && byte < 127).length;
  if (bytes.length >= 16 && readable === bytes.length && ascii > bytes.length * 0.3) found.push({ name: null, bytes });
}

/** The children of a multipart (RFC 2046 §5.1.1); text outside them becomes parts too, so that it is read. */
function splitMultipart(entity: Entity, type: string, boundary: string, parts: MessagePart[], defects: Set<Defect>): Entity[] {
  const body = Buffer.from(entity.bytes.buffer, entity.bytes.byteOffset, entity.bytes.byteLength);
  const delimiters = findDelimiters(body, boundary);
  const closing = delimiters.findIndex((delimiter) => delimiter.closes);
  if (closing === -1) defects.add('unclosed-multipart');
  if (delimiters.length > maxParts + 1) defects.add('too-many-parts');
  const isAlternative = type === 'multipart/alternative';
  const openings = delimiters.filter((delimiter, index) => !delimiter.closes && index <= maxParts);
  const children = openings.map((delimiter, index): Entity => {
    const following = delimiters.find((other) => other.start > delimiter.start);
    const end = following === undefined ? body.length : following.contentEnd;
    return {
      bytes: body.subarray(delimiter.end, Math.max(delimiter.end, end)),
      path: entity.path === '' ? `${index + 1}` : `${entity.path}.${index + 1}`,
      depth: entity.depth + 1,
      isAlternative: entity.isAlternative || (isAlternative && index < openings.length - 1),
      defaultType: type === 'multipart/digest' ? 'message/rfc822' : 'text/plain',
    };
  });
  const last = delimiters.at(-1);
  const outside = [
    body.subarray(0, delimiters[0]?.contentEnd ?? body.length),
    last?.closes === true ? body.subarray(last.end) : Buffer.alloc(0),
  ];
  if (closing !== -1 && closing < delimiters.length - 1) defects.add('text-outside-parts');
  for (const [index, text] of outside.entries()) addOutside(entity, text, children.length + 1 + index, parts, defects);
  return children;
}

type Delimiter = { readonly start: number; readonly contentEnd: number; readonly end: number; readonly closes: boolean };

function findDelimiters(body: Buffer, boundary: string): Delimiter[] {
  const mark = Buffer.from(`--${boundary}`, 'latin1');
  const found: Delimiter[] = [];
  for (let at = body.indexOf(mark); at !== -1; at = body.indexOf(mark, at + 1)) {
    if (at > 0 && body[at - 1] !== 10) continue;
    let end = at + mark.length;
    const closes = body[end] === 45 && body[end + 1] === 45;
    if (closes) end += 2;
    while (body[end] === 32 || body[end] === 9) end += 1;
    if (body[end] === 13 && body[end + 1] === 10) end += 2;
    else if (body[end] === 10) end += 1;
    else if (end < body.length) continue; // a longer boundary that begins with this one
    // The line break before a delimiter belongs to it.
    const contentEnd = at >= 2 && body[at - 2] === 13 ? at - 2 : Math.max(0, at - 1);
    found.push({ start: at, contentEnd, end, closes });
    if (found.length > maxParts + 2) break;
  }
  return found;
}

function addOutside(entity: Entity, text: Buffer, number: number, parts: MessagePart[], defects: Set<Defect>): void {
  const words = text.toString('latin1').trim();
  if (words === '') return;
  if (words.length > 200 || /^content-|^begin [0-7]{3}|^--\S/im.test(words)) defects.add('text-outside-parts');
  const path = (entity.path === '' ? `${number}` : `${entity.path}.${number}`) as PartPath;
  const leaf: MessagePart = {
    path,
    declaredType: 'text/plain',
    parameters: new Map(),
    disposition: null,
    fileNames: [],
    charset: null,
    content: text,
    isAlternative: true,
  };
  parts.push(leaf, ...hiddenIn(leaf));
}

function readParticipants(fields: readonly HeaderField[]): Participants {
  const read = (name: string): Participants['from'] => fieldsNamed(fields, name).flatMap((field) => parseAddressList(field.value));
  return { from: read('from'), sender: read('sender'), replyTo: read('reply-to'), to: read('to'), cc: read('cc') };
}
