import { decodeText } from './decode-text.ts';
import { decodeBase64, decodeQuotedPrintable } from './transfer-encoding.ts';

const encodedWord = /=\?([^?\s]+)\?([bBqQ])\?([^?\r\n]*)\?=/;

/** A header value as a person reads it: unfolded, encoded words decoded (RFC 2047), raw bytes in whatever Japanese charset they are. */
export function decodeHeaderValue(raw: string): string {
  const unfolded = raw.replaceAll(/\r?\n(?=[ \t])/g, '').trim();
  if (!unfolded.includes('=?')) return decodeRaw(unfolded);
  let out = '';
  let rest = unfolded;
  // Adjacent words of one charset are joined as bytes first: a character may be split over two words (seen from many mailers).
  let pending: { charset: string; chunks: Uint8Array[] } | null = null;
  const flush = (): void => {
    if (pending !== null) out += decodeText(Buffer.concat(pending.chunks), pending.charset).text;
    pending = null;
  };
  for (let match = encodedWord.exec(rest); match !== null; match = encodedWord.exec(rest)) {
    const before = rest.slice(0, match.index);
    const charset = (match[1] ?? '').replace(/\*.*$/, '').toLowerCase();
    const bytes = decodeWord(match[2] ?? 'b', match[3] ?? '');
    const joins: boolean = pending !== null && /^[ \t]*$/.test(before);
    if (!joins) {
      flush();
      out += decodeRaw(before);
    }
    // ISO-2022-JP words each begin and end in ASCII, so joining them is safe too.
    if (pending !== null && (pending as { charset: string }).charset !== charset) flush();
    pending ??= { charset, chunks: [] };
    (pending as { chunks: Uint8Array[] }).chunks.push(bytes);
    rest = rest.slice(match.index + match[0].length);
  }
  flush();
  return out + decodeRaw(rest);
}

function decodeWord(encoding: string, text: string): Uint8Array {
  if (encoding.toLowerCase() === 'b') return decodeBase64(Buffer.from(text, 'latin1')).bytes;
  return decodeQuotedPrintable(Buffer.from(text.replaceAll('_', '=20'), 'latin1')).bytes;
}

/** Bytes (as Latin-1) outside encoded words: ASCII, or raw ISO-2022-JP, CP932, EUC-JP, UTF-8 as old mailers sent it. */
export function decodeRaw(text: string): string {
  return /[\x80-\xFF\x1B]/.test(text) ? decodeText(Buffer.from(text, 'latin1'), null).text : text;
}
