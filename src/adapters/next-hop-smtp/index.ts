// Hands mail to the next hop over SMTP: nodemailer's low-level connection, our own envelope strings, connections kept for the next mail.
import { SMTPConnection, type RejectedError } from './connection.ts';
import { GatewayError, type SmtpReply } from '../../core/index.ts';
import type { RecipientResult } from '../../delivery/index.ts';
import type { Log, NextHopClient, Transmission } from '../../gateway/index.ts';
import type { Address } from '../../message/index.ts';
import { ambiguous, needs8BitMime, needsUtf8, parseReply, temporary } from './replies.ts';

export type SmtpNextHopOptions = {
  readonly host: string;
  readonly port: number;
  readonly tls: 'none' | 'opportunistic' | 'required' | 'verified';
  /** Our name in EHLO. */
  readonly hostname: string;
  readonly log: Log | null;
};

const idleSeconds = 5;
const maxIdle = 5;
/** A next hop is not flooded: more transmissions wait for one of these. */
const maxConnections = 20;

type Idle = { readonly connection: SMTPConnection; readonly timer: NodeJS.Timeout };

export function createSmtpNextHop(options: SmtpNextHopOptions): NextHopClient {
  const idle: Idle[] = [];
  const slots = createSlots(maxConnections);
  const keep = (connection: SMTPConnection): void => {
    if (idle.length >= maxIdle) {
      connection.quit();
      return;
    }
    const entry: Idle = { connection, timer: setTimeout(() => drop(entry), idleSeconds * 1000) };
    entry.timer.unref();
    idle.push(entry);
  };
  const drop = (entry: Idle): void => {
    clearTimeout(entry.timer);
    const at = idle.indexOf(entry);
    if (at !== -1) idle.splice(at, 1);
    entry.connection.quit();
  };
  const take = (): SMTPConnection | null => {
    const entry = idle.pop();
    if (entry === undefined) return null;
    clearTimeout(entry.timer);
    return entry.connection;
  };
  return {
    async send(transmission) {
      await slots.take();
      try {
        const connection = (await reuse(take())) ?? (await open(options));
        const outcome = await transmit(connection, transmission);
        if (outcome.reusable) keep(connection);
        else connection.close();
        return outcome.results;
      } finally {
        slots.give();
      }
    },
    close() {
      for (let entry = idle[0]; entry !== undefined; entry = idle[0]) drop(entry);
      return Promise.resolve();
    },
  };
}

/** An idle connection that still answers, else null: RSET tells before anything of the mail is said on it. */
async function reuse(connection: SMTPConnection | null): Promise<SMTPConnection | null> {
  if (connection === null || (await connection.isAlive())) return connection;
  connection.close();
  return null;
}

async function open(options: SmtpNextHopOptions): Promise<SMTPConnection> {
  const connection = new SMTPConnection({
    host: options.host,
    port: options.port,
    name: options.hostname,
    secure: false,
    ignoreTLS: options.tls === 'none',
    opportunisticTLS: options.tls === 'opportunistic',
    requireTLS: options.tls === 'required' || options.tls === 'verified',
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: options.tls === 'verified' },
    connectionTimeout: 30_000,
    greetingTimeout: 60_000,
    socketTimeout: 300_000,
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  connection.on('error', (error: Error) => reject(error));
  connection.on('end', () => reject(new Error('closed')));
  connection.connect((error) => (error === undefined || error === null ? resolve() : reject(error)));
  try {
    await promise;
    return connection;
  } catch (cause) {
    connection.close();
    throw new GatewayError('NEXT_HOP_UNREACHABLE', { cause });
  }
}

type Outcome = { readonly results: readonly RecipientResult[]; readonly reusable: boolean };
type SendError = {
  readonly code?: string;
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
  readonly rejectedErrors?: readonly RejectedError[];
};

async function transmit(connection: SMTPConnection, { mailFrom, recipients, body, smtpUtf8 }: Transmission): Promise<Outcome> {
  if (!connection.supports('8BITMIME') && body.some((byte) => byte > 127))
    return { results: recipients.map((address) => ({ address, reply: needs8BitMime })), reusable: true };
  const wide = (address: string): boolean => /[^\x20-\x7E]/.test(address);
  const refused =
    connection.supports('SMTPUTF8') || !(smtpUtf8 || recipients.some(wide))
      ? []
      : recipients.filter((address) => wide(address) || (mailFrom !== null && wide(mailFrom)));
  const sendable = recipients.filter((address) => !refused.includes(address));
  const results: RecipientResult[] = refused.map((address) => ({ address, reply: needsUtf8 }));
  if (sendable.length === 0) return { results, reusable: true };
  const { error, info } = await connection.transfer(
    { from: mailFrom ?? '', to: sendable, use8BitMime: true },
    Buffer.from(body.buffer, body.byteOffset, body.byteLength),
  );
  if (info !== null)
    return {
      results: [
        ...results,
        ...mapResults(sendable, info.rejectedErrors ?? [], parseReply(info.response ?? '', { code: 250, enhanced: '2.0.0', text: 'Ok' })),
      ],
      reusable: true,
    };
  const failure = (error ?? {}) as SendError;
  const lost = failure.responseCode === undefined;
  const reply = lost
    ? failure.command === undefined || failure.command === 'DATA' || failure.code === 'EMESSAGE'
      ? ambiguous
      : temporary
    : parseReply(failure.response ?? '', temporary);
  return {
    results: [...results, ...mapResults(sendable, failure.rejectedErrors ?? [], reply)],
    reusable: false,
  };
}

/** One result a recipient: what was said of it, else what was said of the whole. */
function mapResults(recipients: readonly Address[], rejected: readonly RejectedError[], whole: SmtpReply): RecipientResult[] {
  return recipients.map((address) => {
    const own = rejected.find((error) => error.recipient === address);
    return { address, reply: own === undefined ? whole : parseReply(own.response ?? '', temporary) };
  });
}

/** At most `count` at once; the others wait in line. */
function createSlots(count: number): { take(): Promise<void>; give(): void } {
  let free = count;
  const waiting: (() => void)[] = [];
  return {
    async take() {
      if (free > 0) free -= 1;
      else
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
        });
    },
    give() {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    },
  };
}
