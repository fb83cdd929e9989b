import type { FailureCode } from '../core/index.ts';

/** INTERFACES.md, Defaults. Lines count octets without their CRLF. */
const maxLineOctets = 100_000;
const maxHeaderOctets = 256 * 1024;
const maxReceivedLines = 50;

/**
 * Looks at the bytes of DATA as they come, whatever their chunks. Bare CR, bare LF and NUL are refused because readers disagree on them
 * (SMTP smuggling, VU#302671): passing them on or mending them would make the bytes scanned other than the bytes delivered.
 */
export class ByteGuard {
  #problem: FailureCode | null = null;
  #previous = 10; // as after a line end
  #lineOctets = 0;
  #headerOctets = 0;
  #inHeader = true;
  #received = 0;
  #lineStart = '';

  /** What is wrong so far, the first of it; null when nothing is. */
  get problem(): FailureCode | null {
    return this.#problem;
  }

  see(chunk: Uint8Array): void {
    for (const byte of chunk) {
      if (byte === 0 || (this.#previous === 13 && byte !== 10) || (byte === 10 && this.#previous !== 13)) this.#fail('BAD_LINE_ENDING');
      if (byte === 10) this.#endLine();
      else if (byte !== 13) this.#addToLine(byte);
      if (this.#inHeader) {
        this.#headerOctets += 1;
        if (this.#headerOctets > maxHeaderOctets) this.#fail('HEADER_TOO_LARGE');
      }
      this.#previous = byte;
    }
  }

  /** To be called when DATA has ended. */
  end(): void {
    if (this.#previous === 13) this.#fail('BAD_LINE_ENDING');
  }

  #addToLine(byte: number): void {
    this.#lineOctets += 1;
    if (this.#lineOctets > maxLineOctets) this.#fail('LINE_TOO_LONG');
    if (this.#inHeader && this.#lineStart.length < 9) this.#lineStart += String.fromCharCode(byte);
  }

  #endLine(): void {
    if (this.#inHeader) {
      if (this.#lineOctets === 0) this.#inHeader = false;
      if (this.#lineStart.toLowerCase() === 'received:') this.#received += 1;
      if (this.#received > maxReceivedLines) this.#fail('TOO_MANY_HOPS');
    }
    this.#lineOctets = 0;
    this.#lineStart = '';
  }

  #fail(problem: FailureCode): void {
    this.#problem ??= problem;
  }
}
