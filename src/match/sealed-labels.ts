// The one place where names and addresses of the table lie, sealed: blocks of 64 rows in AES-256-GCM, each opened alone.
// Layout: header (magic, format, salt) · blocks · directory of block offsets · trailer (rows, blocks, directory offset).
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const magic = Buffer.from('SEKLBL\u0000\u0001', 'latin1');
export const labelsHeaderBytes = 32;
const saltBytes = 16;
const trailerBytes = 16;
const tagBytes = 16;
const blockRows = 64;

/** Takes labels row by row and gives the file's bytes to `write` as they come. A new salt, so a new key, for each file: block numbers may be nonces. */
export class LabelSealer {
  readonly salt: Buffer = randomBytes(saltBytes);
  readonly #key: Buffer;
  readonly #write: (bytes: Uint8Array) => void;
  readonly #offsets: number[] = [];
  #block: Uint8Array[] = [];
  #rows = 0;
  #at = labelsHeaderBytes;

  /** `key`: 32 bytes. */
  constructor(key: Uint8Array, write: (bytes: Uint8Array) => void) {
    this.#key = fileKey(key, this.salt);
    this.#write = write;
    const header = Buffer.alloc(labelsHeaderBytes);
    magic.copy(header);
    this.salt.copy(header, 16);
    write(header);
  }

  add(label: Uint8Array): void {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(label.length);
    this.#block.push(length, label);
    this.#rows += 1;
    if (this.#rows % blockRows === 0) this.#seal();
  }

  /** Writes what is left and the directory; returns the file's length. */
  finish(): number {
    if (this.#block.length > 0) this.#seal();
    const directory = Buffer.alloc((this.#offsets.length + 1) * 8 + trailerBytes);
    for (const [place, offset] of [...this.#offsets, this.#at].entries()) directory.writeBigUInt64LE(BigInt(offset), place * 8);
    const trailer = directory.length - trailerBytes;
    directory.writeUInt32LE(this.#rows, trailer);
    directory.writeUInt32LE(this.#offsets.length, trailer + 4);
    directory.writeBigUInt64LE(BigInt(this.#at), trailer + 8);
    this.#write(directory);
    return this.#at + directory.length;
  }

  #seal(): void {
    const number = this.#offsets.length;
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonceOf(number));
    const sealed = Buffer.concat([cipher.update(Buffer.concat(this.#block)), cipher.final(), cipher.getAuthTag()]);
    this.#write(sealed);
    this.#offsets.push(this.#at);
    this.#at += sealed.length;
    this.#block = [];
  }
}

/** The salt of a file by its first `labelsHeaderBytes`, in hexadecimal: tells one file from another. */
export const saltIn = (header: Uint8Array): string => Buffer.from(header.subarray(16, 16 + saltBytes)).toString('hex');

/** Reads `length` bytes from `offset`; throws when there are fewer. */
export type ReadAt = (offset: number, length: number) => Uint8Array;
export type SealedFile = { readonly size: number; readonly read: ReadAt };

/** Opens labels by row. Throws when the file was cut, changed or sealed with another key. */
export function openLabels(key: Uint8Array, file: SealedFile): (row: number) => string {
  const header = Buffer.from(file.read(0, labelsHeaderBytes));
  if (!header.subarray(0, magic.length).equals(magic)) throw new Error('not a file of sealed labels');
  const ownKey = fileKey(key, header.subarray(16, 16 + saltBytes));
  const trailer = Buffer.from(file.read(file.size - trailerBytes, trailerBytes));
  const directory = Number(trailer.readBigUInt64LE(8));
  // A list of people names neighbours: the block opened last serves the next row too.
  let opened: { readonly number: number; readonly text: Buffer } | null = null;
  return (row) => {
    const number = Math.floor(row / blockRows);
    if (opened?.number !== number) {
      const ends = Buffer.from(file.read(directory + number * 8, 16));
      const start = Number(ends.readBigUInt64LE(0));
      opened = { number, text: unseal(ownKey, number, file.read(start, Number(ends.readBigUInt64LE(8)) - start)) };
    }
    let at = 0;
    for (let skip = row % blockRows; skip > 0; skip -= 1) at += 4 + opened.text.readUInt32LE(at);
    return opened.text.toString('utf8', at + 4, at + 4 + opened.text.readUInt32LE(at));
  };
}

function unseal(key: Uint8Array, number: number, sealed: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number), { authTagLength: tagBytes });
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - tagBytes)), decipher.final()]);
}

function nonceOf(block: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32LE(block, 0);
  return nonce;
}

const fileKey = (key: Uint8Array, salt: Uint8Array): Buffer => Buffer.from(hkdfSync('sha256', key, salt, 'sekisho customer labels', 32));
