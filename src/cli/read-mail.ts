import { readFileSync } from 'node:fs';
import { instant, newMessageId, type Instant } from '../core/index.ts';
import { parseMailbox, type Address, type Envelope } from '../message/index.ts';
import { cannotRun, usageError } from './exit.ts';

/** A mail from a file, with every bare LF made CRLF as an SMTP client would have sent it. */
export function readMail(file: string): Uint8Array {
  try {
    return withCrlf(readFileSync(file));
  } catch (cause) {
    throw cannotRun(`${file} cannot be read`, cause);
  }
}

/** Every bare LF as CRLF; `bytes` itself when there is none. */
export function withCrlf(bytes: Uint8Array): Uint8Array {
  // A Buffer's search and copy are native: a back-test goes through every octet of an archive here.
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bare: number[] = [];
  for (let at = source.indexOf(10); at !== -1; at = source.indexOf(10, at + 1)) if (source[at - 1] !== 13) bare.push(at);
  if (bare.length === 0) return bytes;
  const out = Buffer.alloc(bytes.length + bare.length);
  let length = 0;
  let from = 0;
  for (const at of bare) {
    length += source.copy(out, length, from, at);
    out[length] = 13;
    length += 1;
    from = at;
  }
  source.copy(out, length, from);
  return out;
}

/** The envelope of a mail that nobody sent to us, as `--from` and `--to` or a sidecar name it. `from` '' is the null reverse path. */
export function makeEnvelope(from: string, to: readonly string[], receivedAt: Instant = instant(Date.now())): Envelope {
  const [first, ...others] = to.map(mailbox);
  if (first === undefined) throw usageError('at least one recipient is needed (--to)');
  return {
    id: newMessageId(instant(Date.now())),
    receivedAt,
    mailFrom: from === '' ? null : mailbox(from),
    rcptTo: [first, ...others],
    smtpUtf8: to.some((address) => /[^\x20-\x7E]/.test(address)),
    eightBit: true,
    session: { clientIp: '127.0.0.1', helo: 'localhost', authUser: null, tls: false },
  };
}

function mailbox(text: string): Address {
  const address = parseMailbox(text);
  if (address === null) throw usageError(`${text} is not an e-mail address that SMTP could carry`);
  return address;
}
