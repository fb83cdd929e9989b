import { connect, type Socket } from 'node:net';
import type { Address } from './gateway-process.ts';

export type Reply = { readonly code: number; readonly text: string };

/** An SMTP client over a bare socket: what it writes is on the wire exactly as given. Rejects when the connection ends before a reply. */
export class RawClient {
  readonly #socket: Socket;
  #buffer = '';
  #closed = false;
  #wake: () => void = () => undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    const ended = (): void => {
      this.#closed = true;
      this.#wake();
    };
    socket.on('data', (chunk: Buffer) => {
      this.#buffer += chunk.toString('latin1');
      this.#wake();
    });
    socket.on('close', ended).on('error', ended);
  }

  static async open(address: Address): Promise<RawClient> {
    const socket = connect(address.port, address.host);
    socket.setNoDelay(true); // else the final dot waits 40 ms for an acknowledgement
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', () => resolve()).once('error', reject);
    });
    const client = new RawClient(socket);
    await client.reply();
    await client.command('EHLO test.example.jp');
    return client;
  }

  async reply(): Promise<Reply> {
    for (;;) {
      const match = /^(?:\d{3}-[^\r\n]*\r\n)*(\d{3}) ([^\r\n]*)\r\n/.exec(this.#buffer);
      if (match !== null) {
        this.#buffer = this.#buffer.slice(match[0].length);
        return { code: Number(match[1]), text: match[2] ?? '' };
      }
      if (this.#closed) throw new Error('the server closed the connection');
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async command(line: string): Promise<Reply> {
    this.#socket.write(Buffer.from(`${line}\r\n`, 'latin1'));
    return this.reply();
  }

  /** Bytes as they are, without a line end. */
  write(text: string): void {
    this.#socket.write(Buffer.from(text, 'latin1'));
  }

  /** One whole transaction; dots are stuffed. Returns the answer to the final dot. */
  async send(from: string, to: readonly string[], body: Uint8Array): Promise<Reply> {
    await this.command(`MAIL FROM:<${from}>`);
    for (const address of to) await this.command(`RCPT TO:<${address}>`);
    await this.command('DATA');
    const text = Buffer.from(body).toString('latin1').replaceAll(/^\./gm, '..');
    this.#socket.write(Buffer.from(text.endsWith('\r\n') ? text : `${text}\r\n`, 'latin1'));
    this.#socket.write('.\r\n');
    return this.reply();
  }

  close(): void {
    this.#socket.destroy();
  }
}

/** The queue id in an answer to the final dot. */
export const queueId = (reply: Reply): string => /queued as (\S+)/.exec(reply.text)?.[1] ?? '';
