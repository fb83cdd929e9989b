/** What a run of bytes says. `alternatives`: other readings that some mail program may show; they are scanned too. */
export type DecodedText = { readonly text: string; readonly alternatives: readonly string[]; readonly certain: boolean };

type Reading = { readonly charset: string; readonly text: string; readonly score: number };

const aliases: Readonly<Record<string, string>> = {
  'x-sjis': 'shift_jis',
  'shift-jis': 'shift_jis',
  sjis: 'shift_jis',
  cp932: 'shift_jis',
  ms932: 'shift_jis',
  'windows-31j': 'shift_jis',
  ms_kanji: 'shift_jis',
  'euc-jp': 'euc-jp',
  'x-euc-jp': 'euc-jp',
  eucjp: 'euc-jp',
  'euc-jp-ms': 'euc-jp',
  cp51932: 'euc-jp',
  'iso-2022-jp-ms': 'iso-2022-jp',
  'iso-2022-jp-1': 'iso-2022-jp',
  'iso-2022-jp-2': 'iso-2022-jp',
  'iso-2022-jp-3': 'iso-2022-jp',
  'iso-2022-jp-2004': 'iso-2022-jp',
  cp50220: 'iso-2022-jp',
  cp50221: 'iso-2022-jp',
  jis: 'iso-2022-jp',
  utf8: 'utf-8',
  'unicode-1-1-utf-8': 'utf-8',
  'unicode-1-1-utf-7': 'utf-7',
  'utf-16': 'utf-16be',
};

/**
 * Bytes → text. The declared charset is one witness; validity and how Japanese the reading looks are others, because labels are wrong or
 * missing in practice. Sure and plain readings (ASCII, valid UTF-8, ISO-2022-JP by its escapes) have no alternatives.
 */
export function decodeText(bytes: Uint8Array, declaredCharset: string | null): DecodedText {
  const bom = readBom(bytes);
  if (bom !== null) return { text: bom, alternatives: [], certain: true };
  const declared = normalCharset(declaredCharset);
  if (declared === 'utf-7') {
    const text = decodeUtf7(bytes);
    return { text, alternatives: [latin1(bytes)], certain: false };
  }
  const wide = declared === 'utf-16le' || declared === 'utf-16be' ? declared : looksWide(bytes);
  if (wide !== null) return { text: new TextDecoder(wide).decode(bytes), alternatives: [], certain: wide === declared };
  if (!bytes.some((byte) => byte >= 0x80)) return decodeSevenBit(bytes, declared);
  return decodeEightBit(bytes, declared);
}

export function normalCharset(name: string | null): string | null {
  if (name === null) return null;
  const lower = name
    .trim()
    .toLowerCase()
    .replaceAll(/^["']|["']$/g, '');
  return aliases[lower] ?? lower;
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

function readBom(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return new TextDecoder().decode(bytes);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  return bytes[0] === 0xfe && bytes[1] === 0xff ? new TextDecoder('utf-16be').decode(bytes) : null;
}

/** UTF-16 without BOM: ASCII in it leaves a zero in every second byte. */
function looksWide(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const length = Math.min(bytes.length & ~1, 4096);
  if (length < 4) return null;
  let even = 0;
  let odd = 0;
  for (let index = 0; index < length; index += 2) {
    if (bytes[index] === 0) even += 1;
    if (bytes[index + 1] === 0) odd += 1;
  }
  if (odd > length / 10 && even < odd / 20) return 'utf-16le';
  return even > length / 10 && odd < even / 20 ? 'utf-16be' : null;
}

function decodeSevenBit(bytes: Uint8Array, declared: string | null): DecodedText {
  const plain = latin1(bytes);
  if (plain.includes('\x1B$') || plain.includes('\x1B(') || plain.includes('\x0E')) {
    return { text: decodeIso2022Jp(bytes), alternatives: [], certain: true };
  }
  // UTF-7 is never declared by honest mail today, but some readers still guess it.
  if (declared === null && /\+[A-Za-z0-9/]{6,}-/.test(plain)) {
    const other = decodeUtf7(bytes);
    if (/[\u3040-\u30FF\u4E00-\u9FFF]/.test(other)) return { text: plain, alternatives: [other], certain: false };
  }
  return { text: plain, alternatives: [], certain: true };
}

function decodeEightBit(bytes: Uint8Array, declared: string | null): DecodedText {
  const utf8 = tryDecode(bytes, 'utf-8');
  if (utf8 !== null && (declared === null || declared === 'utf-8' || declared === 'us-ascii'))
    return { text: utf8, alternatives: [], certain: true };
  const readings = readAll(bytes, utf8, declared);
  const best = readings[0];
  if (best === undefined) return { text: new TextDecoder('utf-8').decode(bytes), alternatives: [latin1(bytes)], certain: false };
  const certain = best.charset === declared && best.score > 0.6;
  const alternatives = certain
    ? []
    : readings
        .slice(1)
        .filter((reading) => reading.score > best.score - 0.5 || reading.charset === declared)
        .map((reading) => reading.text);
  return { text: best.text, alternatives, certain };
}

function readAll(bytes: Uint8Array, utf8: string | null, declared: string | null): Reading[] {
  const readings: Reading[] = [];
  const add = (charset: string, text: string | null): void => {
    // The label counts for something, so a tie goes to it.
    if (text !== null) readings.push({ charset, text, score: plausibility(text) + (charset === declared ? 0.1 : 0) });
  };
  add('utf-8', utf8);
  add('shift_jis', tryDecode(bytes, 'shift_jis'));
  add('euc-jp', tryDecode(bytes, 'euc-jp'));
  if (declared === 'iso-2022-jp' || latin1(bytes).includes('\x1B$')) add('iso-2022-jp', decodeIso2022Jp(bytes));
  if (declared !== null && !['utf-8', 'shift_jis', 'euc-jp', 'iso-2022-jp'].includes(declared))
    add(declared, tryDecode(bytes, declared, false));
  return readings.toSorted((a, b) => b.score - a.score);
}

function tryDecode(bytes: Uint8Array, charset: string, fatal = true): string | null {
  try {
    return new TextDecoder(charset, { fatal, ignoreBOM: false }).decode(bytes);
  } catch {
    return null; // not valid in that charset, or no charset that exists
  }
}

/** 0..1: how much of the non-ASCII text is what Japanese text is made of. Rare kanji and half-width kana speak against a reading. */
function plausibility(text: string): number {
  let score = 0;
  let count = 0;
  for (let index = 0; index < text.length && count < 4000; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x80) continue;
    count += 1;
    if ((code >= 0x3040 && code <= 0x30ff) || (code >= 0x3000 && code <= 0x3002) || (code >= 0xff01 && code <= 0xff5e)) score += 1;
    else if (code >= 0x4e00 && code <= 0x9fff) score += 0.8;
    else if (code >= 0xff61 && code <= 0xff9f) score += 0.3;
    else if (code === 0xfffd || (code >= 0xe000 && code <= 0xf8ff)) score -= 2;
    else score += 0.2;
  }
  return count === 0 ? 1 : score / count;
}

/**
 * ISO-2022-JP as found in mail: JIS X 0208 with NEC and IBM extensions, half-width kana by ESC ( I, by SO/SI or as raw 8-bit bytes, JIS X
 * 0212 by ESC $ ( D. The platform's decoder knows the first two; the others are turned into EUC-JP, which it does know.
 */
export function decodeIso2022Jp(bytes: Uint8Array): string {
  const out: number[] = [];
  let set: 'ascii' | 'kanji' | 'kana' | 'supplement' = 'ascii';
  let shifted = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte === 0x1b) {
      const escape = escapes.find(([sequence]) => sequence.every((expected, offset) => bytes[index + 1 + offset] === expected));
      if (escape !== undefined) {
        set = escape[1];
        index += escape[0].length;
        continue;
      }
    }
    if (byte === 0x0e || byte === 0x0f) {
      shifted = byte === 0x0e;
    } else if (byte === 0x0a || byte === 0x0d) {
      out.push(byte);
      if (set !== 'ascii' && byte === 0x0a) set = 'ascii'; // RFC 1468: every line ends in ASCII; a break inside kanji is damage
    } else if (byte >= 0xa1 && byte <= 0xdf && (set === 'ascii' || set === 'kana')) out.push(0x8e, byte);
    else if ((set === 'kana' || shifted) && byte >= 0x21 && byte <= 0x5f) out.push(0x8e, byte | 0x80);
    else if (set === 'kanji' && byte >= 0x21 && byte <= 0x7e) out.push(byte | 0x80, ((bytes[(index += 1)] ?? 0x22) | 0x80) & 0xff);
    else if (set === 'supplement' && byte >= 0x21 && byte <= 0x7e)
      out.push(0x8f, byte | 0x80, ((bytes[(index += 1)] ?? 0x22) | 0x80) & 0xff);
    else out.push(byte);
  }
  return new TextDecoder('euc-jp').decode(Uint8Array.from(out));
}

const escapes: readonly (readonly [readonly number[], 'ascii' | 'kanji' | 'kana' | 'supplement'])[] = [
  [[0x24, 0x28, 0x44], 'supplement'], // ESC $ ( D
  [[0x24, 0x28, 0x51], 'kanji'], // ESC $ ( Q, JIS X 0213 plane 1: nearly all of it as JIS X 0208
  [[0x24, 0x28, 0x4f], 'kanji'],
  [[0x24, 0x42], 'kanji'], // ESC $ B
  [[0x24, 0x40], 'kanji'], // ESC $ @
  [[0x28, 0x49], 'kana'], // ESC ( I
  [[0x28, 0x42], 'ascii'], // ESC ( B
  [[0x28, 0x4a], 'ascii'], // ESC ( J
  [[0x28, 0x48], 'ascii'],
];

/** RFC 2152. */
function decodeUtf7(bytes: Uint8Array): string {
  return latin1(bytes).replaceAll(/\+([A-Za-z0-9/+]*)-?/g, (_, code: string) => {
    if (code === '') return '+';
    const wide = Buffer.from(code, 'base64');
    return new TextDecoder('utf-16be').decode(wide.subarray(0, wide.length & ~1));
  });
}
