import { createServer, type Socket } from 'node:net';
import type { Address } from './gateway-process.ts';

export type SunkMessage = { readonly from: string; readonly recipients: readonly string[]; readonly body: Buffer };
/** What the sink answers to a command or to the end of data (`.`); null: the usual. 'close' ends the connection instead. */
export type Script = (command: string) => string | null;
export type Sink = { readonly address: Address; readonly messages: readonly SunkMessage[]; script: Script; close(): Promise<void> };

/** A real SMTP server over bare sockets: keeps every byte between DATA and the final dot, unstuffed and nothing else. */
export async function startSink(): Promise<Sink> {
  const messages: SunkMessage[] = [];
  const sockets = new Set<Socket>();
  const sink = { script: (() => null) as Script };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    serve(
      socket,
      (command) => sink.script(command),
      (message) => messages.push(message),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  const port = bound !== null && typeof bound === 'object' ? bound.port : 0;
  return Object.assign(sink, {
    address: { host: '127.0.0.1', port },
    messages,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  });
}

function serve(socket: Socket, script: Script, keep: (message: SunkMessage) => void): void {
  let buffer = Buffer.alloc(0);
  let inData = false;
  let from = '';
  let recipients: string[] = [];
  const say = (line: string): void => void socket.write(`${line}\r\n`);
  const answer = (command: string, usual: string): boolean => {
    const scripted = script(command);
    if (scripted === 'close') {
      socket.destroy();
      return false;
    }
    say(scripted ?? usual);
    return (scripted ?? usual).startsWith('2') || (scripted ?? usual).startsWith('3');
  };
  say('220 sink.example.jp ESMTP');
  socket.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      if (inData) {
        const end = buffer.indexOf('\r\n.\r\n');
        if (end === -1) return;
        const body = Buffer.from(
          buffer
            .subarray(0, end + 2)
            .toString('latin1')
            .replaceAll(/(^|\r\n)\.\./g, '$1.'),
          'latin1',
        );
        buffer = buffer.subarray(end + 5);
        inData = false;
        if (answer('.', '250 2.0.0 Ok')) keep({ from, recipients, body });
        recipients = [];
        continue;
      }
      const end = buffer.indexOf('\r\n');
      if (end === -1) return;
      const line = buffer.subarray(0, end).toString('latin1');
      buffer = buffer.subarray(end + 2);
      if (/^EHLO/i.test(line)) say('250-sink.example.jp\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 ENHANCEDSTATUSCODES');
      else if (/^MAIL FROM:/i.test(line)) {
        from = /<([^>]*)>/.exec(line)?.[1] ?? '';
        recipients = [];
        answer(line, '250 2.1.0 Ok');
      } else if (/^RCPT TO:/i.test(line)) {
        if (answer(line, '250 2.1.5 Ok')) recipients.push(/<([^>]*)>/.exec(line)?.[1] ?? '');
      } else if (/^DATA/i.test(line)) inData = answer(line, '354 go on');
      else if (/^QUIT/i.test(line)) {
        say('221 bye');
        socket.end();
      } else answer(line, '250 Ok');
    }
  });
}
