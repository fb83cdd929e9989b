import { fileTypeFromBuffer } from 'file-type';
import type { DocumentKind } from './document.ts';

/** What the bytes are, whatever their name and label say. */
export type Sniffed =
  | { readonly kind: 'document'; readonly document: DocumentKind; readonly type: string }
  | { readonly kind: 'archive' | 'mail' | 'text' | 'html'; readonly type: string }
  /** Pictures, sound, video, fonts: verified by content, they hold no text. */
  | { readonly kind: 'no_text'; readonly type: string }
  | { readonly kind: 'encrypted' | 'unknown'; readonly type: string };

const documents: Readonly<Record<string, DocumentKind>> = {
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.template': 'docx',
  'application/vnd.ms-word.document.macroenabled.12': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.template': 'xlsx',
  'application/vnd.ms-excel.sheet.macroenabled.12': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/vnd.ms-powerpoint.presentation.macroenabled.12': 'pptx',
  'application/vnd.oasis.opendocument.text': 'odf',
  'application/vnd.oasis.opendocument.spreadsheet': 'odf',
  'application/vnd.oasis.opendocument.presentation': 'odf',
  'application/epub+zip': 'odf',
};

/** `declared`: the part's Content-Type, a second claim that only decides among kinds of text. */
export async function sniff(bytes: Uint8Array, declared: string, fileName: string): Promise<Sniffed> {
  if (bytes.length === 0) return { kind: 'text', type: declared };
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  const type = found?.mime.toLowerCase() ?? '';
  const document = documents[type];
  if (document !== undefined) return { kind: 'document', document, type };
  if (type === 'application/zip') return sniffZip(bytes);
  if (type === 'application/x-cfb') return { kind: holds(bytes, 'EncryptedPackage') ? 'encrypted' : 'unknown', type };
  // A few leading bytes (BM, ID3, GIF) make a picture or sound for the library; a text that begins with them is still a text.
  if (/^(image|audio|video|font)\//.test(type) && type !== 'image/svg+xml' && !looksLikeText(bytes)) return { kind: 'no_text', type };
  if (type !== '' && !/^(text\/|application\/(xml|rtf))/.test(type) && type !== 'image/svg+xml' && !looksLikeText(bytes))
    return { kind: 'unknown', type };
  if (type === 'application/rtf' || startsWith(bytes, '{\\rtf')) return { kind: 'unknown', type: 'application/rtf' };
  if (startsWith(bytes, '-----BEGIN PGP MESSAGE')) return { kind: 'encrypted', type: 'application/pgp-encrypted' };
  if (isTnef(bytes)) return { kind: 'unknown', type: 'application/ms-tnef' };
  if (declared.startsWith('message/') || (/\.eml$/i.test(fileName) && looksLikeMail(bytes)))
    return { kind: 'mail', type: 'message/rfc822' };
  if (!looksLikeText(bytes)) return { kind: 'unknown', type: type === '' ? declared : type };
  const isMarkup = /^(text\/html|application\/xhtml|.*\/xml|image\/svg)/.test(declared) || /\.(html?|xml|svg|xhtml)$/i.test(fileName);
  return { kind: isMarkup ? 'html' : 'text', type: declared };
}

/** An office file whose parts come in an order that file-type does not know, or an archive. */
function sniffZip(bytes: Uint8Array): Sniffed {
  const names: readonly (readonly [string, DocumentKind])[] = [
    ['word/document.xml', 'docx'],
    ['xl/workbook.xml', 'xlsx'],
    ['ppt/presentation.xml', 'pptx'],
  ];
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const office = text.includes('[Content_Types].xml') ? names.find(([name]) => text.includes(name)) : undefined;
  return office === undefined
    ? { kind: 'archive', type: 'application/zip' }
    : { kind: 'document', document: office[1], type: 'application/zip' };
}

const holds = (bytes: Uint8Array, word: string): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(word, 'utf16le'));
const startsWith = (bytes: Uint8Array, word: string): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, word.length)).toString('latin1') === word;
const isTnef = (bytes: Uint8Array): boolean => bytes[0] === 0x78 && bytes[1] === 0x9f && bytes[2] === 0x3e && bytes[3] === 0x22;
const looksLikeMail = (bytes: Uint8Array): boolean =>
  /^[\x21-\x39\x3B-\x7E]+:[^\n]*\r?\n/.test(Buffer.from(bytes.subarray(0, 2000)).toString('latin1'));

/** Controls that text does not hold: not tab, line and page ends, nor those that shift between character sets. */
const isControl = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte > 0 && byte < 32 && ![9, 10, 12, 13, 14, 15, 26, 27].includes(byte) ? 1 : 0,
);

/** No NUL unless every second byte is one (UTF-16), few controls. */
function looksLikeText(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 65_536);
  let controls = 0;
  let nulls = 0;
  for (let at = 0; at < head.length; at += 1) {
    const byte = head[at] as number;
    if (byte >= 32) continue;
    if (byte === 0) nulls += 1;
    else controls += isControl[byte] as number;
  }
  return controls < head.length * 0.01 && (nulls === 0 || nulls > head.length * 0.2);
}
