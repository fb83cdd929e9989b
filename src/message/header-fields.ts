import { decodeHeaderValue } from './decode-header.ts';
import type { HeaderField } from './parsed-message.ts';

export type RawHeaders = {
  readonly fields: readonly HeaderField[];
  /** Offset of the first body byte. */
  readonly bodyStart: number;
  readonly badLines: boolean;
  readonly tooLarge: boolean;
  readonly controls: boolean;
  /** `Content-Type :` and the like: some readers take it, some do not. */
  readonly spaceBeforeColon: boolean;
};

/** INTERFACES.md, Defaults. */
export const maxHeaderBytes = 256 * 1024;

/** The header block at the start of `bytes` (RFC 5322 §2.2). A block over the limit is read no further. */
export function readHeaders(bytes: Uint8Array): RawHeaders {
  const { end, bodyStart } = findHeaderEnd(bytes);
  const limited = Math.min(end, maxHeaderBytes);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, limited).toString('latin1');
  const fields: HeaderField[] = [];
  let badLines = false;
  let spaceBeforeColon = false;
  for (const field of text.split(/\r?\n(?![ \t])/)) {
    if (field === '') continue;
    const colon = field.indexOf(':');
    const name = colon === -1 ? '' : field.slice(0, colon);
    if (!/^[\x21-\x7E]+[ \t]*$/.test(name)) {
      // "From " of an mbox file on the first line is harmless.
      if (!(fields.length === 0 && field.startsWith('From '))) badLines = true;
      continue;
    }
    if (/[ \t]$/.test(name)) spaceBeforeColon = true;
    const raw = field.slice(colon + 1).replace(/^[ \t]/, '');
    fields.push({ name: name.trim().toLowerCase(), raw, value: decodeHeaderValue(raw) });
  }
  return { fields, bodyStart, badLines, tooLarge: end > maxHeaderBytes, controls: hasControl(text), spaceBeforeColon };
}

/** Bare CR and NUL: readers disagree on whether a line ends there. */
const hasControl = (text: string): boolean => text.includes('\0') || /\r(?!\n|$)/.test(text);

function findHeaderEnd(bytes: Uint8Array): { end: number; bodyStart: number } {
  if (bytes[0] === 10) return { end: 0, bodyStart: 1 };
  if (bytes[0] === 13 && bytes[1] === 10) return { end: 0, bodyStart: 2 };
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) {
    if (bytes[at + 1] === 10) return { end: at, bodyStart: at + 2 };
    if (bytes[at + 1] === 13 && bytes[at + 2] === 10) return { end: at, bodyStart: at + 3 };
  }
  return { end: bytes.length, bodyStart: bytes.length };
}

export const fieldsNamed = (fields: readonly HeaderField[], name: string): readonly HeaderField[] =>
  fields.filter((field) => field.name === name);
