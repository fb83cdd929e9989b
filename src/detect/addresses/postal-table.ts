import { firstHash, foldPlace, mixed, nextHash } from './fold-place.ts';

/** Postal codes with the places they stand for, in order of the code; the same code may stand for several towns. */
export type PostalTable = {
  readonly codes: Uint32Array;
  /** Index of the municipality in the gazetteer, 0xffff when it is not in there. */
  readonly municipalities: Uint16Array;
  /** `townHash` of the town, 0 when the code stands for the whole municipality or a part of it without a name. */
  readonly towns: Uint16Array;
};

/** 16 bits, never 0, of a folded town name. */
export function townHash(name: string): number {
  let hash = firstHash(0);
  for (let index = 0; index < name.length; index += 1) hash = nextHash(hash, name.charCodeAt(index));
  return shortened(hash);
}

const shortened = (hash: number): number => mixed(hash) & 0xffff || 1;

/** `bytes`: as `rules/lists/build/places.mjs` writes them, unpacked. */
export function readPostalTable(bytes: Buffer): PostalTable {
  const count = bytes.readUInt32LE(0);
  const codes = new Uint32Array(count);
  let at = 4;
  let code = 0;
  for (let index = 0; index < count; index += 1) {
    let step = 0;
    let shift = 0;
    let byte = 0;
    do {
      byte = bytes[at] ?? 0;
      step |= (byte & 0x7f) << shift;
      shift += 7;
      at += 1;
    } while (byte > 0x7f);
    code += step;
    codes[index] = code;
  }
  const column = (start: number): Uint16Array => Uint16Array.from({ length: count }, (_, index) => bytes.readUInt16LE(start + index * 2));
  return { codes, municipalities: column(at), towns: column(at + count * 2) };
}

/** The rows `[first, end)` of a code; empty when Japan Post has given it to nobody. */
export function rowsOfCode({ codes }: PostalTable, code: number): { readonly first: number; readonly end: number } {
  let low = 0;
  let high = codes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((codes[middle] ?? 0) < code) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (codes[end] === code) end += 1;
  return { first: low, end };
}

/** True when the text at `at`, just behind its municipality, begins with the town whose hash that is. */
export function beginsWithTown(text: string, at: number, town: number): boolean {
  const { units, ends } = foldPlace(text, at, 16);
  let hash = firstHash(0);
  for (const [index, unit] of units.entries()) {
    hash = nextHash(hash, unit);
    if (ends[index] !== -1 && shortened(hash) === town) return true;
  }
  return false;
}
