/** The bytes behind a Content-Transfer-Encoding, and whether they were in good order. */
export type Decoded = { readonly bytes: Uint8Array; readonly clean: boolean };

const isBase64 = new Uint8Array(256);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/') isBase64[character.charCodeAt(0)] = 1;

/** Line ends behind the padding only where padding is: two repeats of one class side by side would be tried in every division. */
const orderly = /^[A-Za-z0-9+/\r\n]*(?:={1,2}[\r\n]*)?$/;

/** RFC 2045 §6.8. Junk is skipped and padding in the middle read over, as most readers do; either makes it unclean, since some do not. */
export function decodeBase64(body: Uint8Array): Decoded {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  return orderly.test(text) ? { bytes: Buffer.from(text, 'base64'), clean: true } : decodeDisorderly(body);
}

function decodeDisorderly(body: Uint8Array): Decoded {
  const compact = Buffer.allocUnsafe(body.length);
  let length = 0;
  let clean = true;
  let ended = false;
  const chunks: Buffer[] = [];
  const flush = (): void => {
    if (length > 0) chunks.push(Buffer.from(compact.toString('latin1', 0, length), 'base64'));
    length = 0;
  };
  for (const byte of body) {
    if (isBase64[byte] === 1) {
      if (ended) {
        clean = false; // data after padding: readers stop, go on, or start anew
        ended = false;
        flush();
      }
      compact[length] = byte;
      length += 1;
    } else if (byte === 61) ended = true;
    else if (byte !== 13 && byte !== 10 && byte !== 32 && byte !== 9) clean = false;
  }
  flush();
  return { bytes: chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks), clean };
}

const hexValue = (byte: number): number =>
  byte >= 48 && byte <= 57 ? byte - 48 : byte >= 65 && byte <= 70 ? byte - 55 : byte >= 97 && byte <= 102 ? byte - 87 : -1;

/** RFC 2045 §6.7. A broken `=XX` stays as it is. */
export function decodeQuotedPrintable(body: Uint8Array): Decoded {
  const out = Buffer.allocUnsafe(body.length);
  let length = 0;
  let clean = true;
  for (let index = 0; index < body.length; index += 1) {
    const byte = body[index] ?? 0;
    if (byte !== 61) {
      out[length] = byte;
      length += 1;
      continue;
    }
    const softEnd = softBreakEnd(body, index + 1);
    if (softEnd !== -1) {
      index = softEnd - 1;
      continue;
    }
    const high = hexValue(body[index + 1] ?? 0);
    const low = hexValue(body[index + 2] ?? 0);
    if (high === -1 || low === -1) {
      clean = false;
      out[length] = byte;
      length += 1;
    } else {
      out[length] = high * 16 + low;
      length += 1;
      index += 2;
    }
  }
  return { bytes: out.subarray(0, length), clean };
}

/** The end of a soft line break that begins after `=`: optional white space, then the line's end; -1 when it is none. */
function softBreakEnd(body: Uint8Array, from: number): number {
  let index = from;
  while (body[index] === 32 || body[index] === 9) index += 1;
  if (index >= body.length) return index;
  if (body[index] === 13 && body[index + 1] === 10) return index + 2;
  return body[index] === 10 ? index + 1 : -1;
}

export type UuFile = { readonly name: string; readonly bytes: Uint8Array; readonly start: number; readonly end: number };

/** Every uuencoded file (`begin 644 NAME` … `end`) in a text, with the stretch it takes. Unfinished ones are not returned. */
export function findUuFiles(body: Uint8Array): UuFile[] {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  const files: UuFile[] = [];
  const opening = /^begin(?:-base64)? [0-7]{3,4} ([^\r\n]+)\r?\n/gm;
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    const start = match.index;
    const close = /^(?:end|====)\r?$/m.exec(text.slice(opening.lastIndex));
    if (close === null) return files;
    const lines = text.slice(opening.lastIndex, opening.lastIndex + close.index);
    const end = opening.lastIndex + close.index + close[0].length;
    const bytes = match[0].startsWith('begin-base64')
      ? Buffer.from(lines, 'base64')
      : Buffer.concat(lines.split(/\r?\n/).map(decodeUuLine));
    files.push({ name: match[1] ?? '', bytes, start, end });
    opening.lastIndex = end;
  }
  return files;
}

function decodeUuLine(line: string): Buffer {
  const count = line === '' ? 0 : (line.charCodeAt(0) - 32) & 63;
  const out = Buffer.alloc(Math.ceil(count / 3) * 3);
  const six = (index: number): number => ((line.charCodeAt(index) || 32) - 32) & 63;
  for (let group = 0; group * 3 < count; group += 1) {
    const at = 1 + group * 4;
    const word = (six(at) << 18) | (six(at + 1) << 12) | (six(at + 2) << 6) | six(at + 3);
    out[group * 3] = word >> 16;
    out[group * 3 + 1] = (word >> 8) & 255;
    out[group * 3 + 2] = word & 255;
  }
  return out.subarray(0, count);
}
