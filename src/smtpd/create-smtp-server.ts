import { domainToASCII } from 'node:url';
import { SMTPServer, type SMTPServerAddress, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import { GatewayError, newMessageId, type FailureCode, type MessageId, type SmtpReply } from '../core/index.ts';
import type { Clock, Log, Metrics } from '../gateway/index.ts';
import { parseMailbox, type Address, type Envelope, type SpooledMessage } from '../message/index.ts';
import { ByteGuard } from './byte-guard.ts';
import { guardConnections } from './guard-connection.ts';
import type { SmtpOptions } from './options.ts';
import { trustedNetworks } from './trusted-networks.ts';

export type SmtpServer = { listen(): Promise<{ readonly host: string; readonly port: number }>; close(): Promise<void> };
type Acceptor = { accept(envelope: Envelope, body: Uint8Array): Promise<SpooledMessage> };

/** A whole DATA may take this long: 50 MB at 100 kB/s. */
const dataSeconds = 600;
const knownParameters = new Set(['SIZE', 'BODY', 'SMTPUTF8']);

/** The SMTP side: sessions of trusted clients → envelope and bytes → `accept`; 250 only when that has resolved (I1). */
export function createSmtpServer(options: SmtpOptions, gateway: Acceptor, log: Log, metrics: Metrics, clock: Clock): SmtpServer {
  const isTrusted = trustedNetworks(options.trustedNetworks);
  const perClient = new Map<string, number>();
  const refuse = (code: FailureCode): Error => {
    metrics.count('messages_rejected', { code });
    return replyError(new GatewayError(code).reply);
  };
  const take = async (stream: SMTPServerDataStream, session: SMTPServerSession): Promise<MessageId> => {
    const received = await receive(stream, options.limits.messageBytes);
    if ('problem' in received) throw new GatewayError(received.problem);
    const envelope = envelopeOf(session, clock);
    await gateway.accept(envelope, received.body);
    return envelope.id;
  };
  const server: SMTPServer = new SMTPServer({
    ...libraryOptions(options),
    onConnect(session, callback) {
      guardConnections(server);
      const count = (perClient.get(session.remoteAddress) ?? 0) + 1;
      perClient.set(session.remoteAddress, count);
      if (!isTrusted(session.remoteAddress)) callback(refuse('RELAY_DENIED'));
      else if (count > options.limits.connectionsPerClient) callback(refuse('BUSY'));
      else callback();
    },
    onClose(session) {
      const count = (perClient.get(session.remoteAddress) ?? 1) - 1;
      if (count > 0) perClient.set(session.remoteAddress, count);
      else perClient.delete(session.remoteAddress);
    },
    onMailFrom(address, session, callback) {
      const problem = problemOfSender(address, session);
      callback(problem === null ? null : refuse(problem));
    },
    onRcptTo(address, session, callback) {
      const problem = address.args !== false && Object.keys(address.args).length > 0 ? 'BAD_PARAMETER' : problemOf(address, session);
      callback(problem === null ? null : refuse(problem));
    },
    onData(stream, session, callback) {
      void take(stream, session).then(
        (id) => callback(null, `2.0.0 Ok: queued as ${id}`),
        (cause: unknown) => {
          // I9: what we do not know is temporary.
          const failure = cause instanceof GatewayError ? cause : new GatewayError('INTERNAL', { cause });
          if (failure.code === 'INTERNAL' || failure.code === 'STORE_FAILED') log.error('accept.failed', {}, cause);
          callback(refuse(failure.code));
        },
      );
    },
  });
  server.on('error', () => log.warn('smtp.connection_failed', {}));
  return { listen: () => listen(server, options.listen), close: () => close(server) };
}

function listen(server: SMTPServer, { host, port }: SmtpOptions['listen']): Promise<{ readonly host: string; readonly port: number }> {
  return new Promise((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, host, () => {
      const bound = server.server.address();
      resolve(bound !== null && typeof bound === 'object' ? { host: bound.address, port: bound.port } : { host, port });
    });
  });
}

/** Mail in progress is finished first. */
const close = (server: SMTPServer): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
  });

function libraryOptions(options: SmtpOptions): SMTPServerOptions {
  return {
    name: options.hostname,
    banner: 'Sekisho',
    heloResponse: options.hostname,
    size: options.limits.messageBytes,
    rejectOversized: true,
    maxRecipients: options.limits.recipients,
    maxClients: options.limits.connections,
    maxCommandLength: 2048,
    socketTimeout: 120_000,
    closeTimeout: 30_000,
    disabledCommands: ['AUTH', 'VRFY', ...(options.tls === null ? ['STARTTLS'] : [])],
    authOptional: true,
    hideDSN: true,
    hideREQUIRETLS: true,
    disableReverseLookup: true,
    hideENHANCEDSTATUSCODES: false,
    // Addresses are judged by parseMailbox alone, so that policy, store and wire have the same string.
    lenientAddressParsing: true,
    logger: false,
    ...(options.tls === null ? {} : { cert: options.tls.cert, key: options.tls.key, minVersion: 'TLSv1.2' as const }),
  };
}

const replyError = (reply: SmtpReply): Error => Object.assign(new Error(`${reply.enhanced} ${reply.text}`), { responseCode: reply.code });

function problemOfSender(address: SMTPServerAddress, session: SMTPServerSession): FailureCode | null {
  const parameters = Object.keys(address.args === false ? {} : address.args);
  if (parameters.some((name) => !knownParameters.has(name.toUpperCase()))) return 'BAD_PARAMETER';
  return address.address === '' ? null : problemOf(address, session); // the null reverse path
}

function problemOf(address: SMTPServerAddress, session: SMTPServerSession): FailureCode | null {
  const mailbox = mailboxOf(address, session);
  if (mailbox === null) return 'BAD_MAILBOX';
  return /[^\x20-\x7E]/.test(mailbox) && session.envelope.smtpUtf8 !== true ? 'NEEDS_SMTPUTF8' : null;
}

/** The library turns `xn--` labels into Unicode; without SMTPUTF8 the wire form must stay ASCII. */
function mailboxOf(address: SMTPServerAddress, session: SMTPServerSession): Address | null {
  const at = address.address.lastIndexOf('@');
  if (at === -1) return null; // `postmaster` alone is ours (RFC 5321 §4.5.1); we keep no mailboxes
  const domain = address.address.slice(at + 1);
  const ascii = session.envelope.smtpUtf8 === true ? domain : domainToASCII(domain) || domain;
  return parseMailbox(`${address.address.slice(0, at)}@${ascii}`);
}

/** The bytes of DATA, read to their true end even when they are refused. Rejects when the connection ends in the middle. */
function receive(
  stream: SMTPServerDataStream,
  maxBytes: number,
): Promise<{ readonly body: Uint8Array } | { readonly problem: FailureCode }> {
  const guard = new ByteGuard();
  const chunks: Buffer[] = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => stream.destroy(new GatewayError('BUSY')), dataSeconds * 1000);
    stream.on('data', (chunk: Buffer) => {
      length += chunk.length;
      guard.see(chunk);
      if (length <= maxBytes && guard.problem === null) chunks.push(chunk);
    });
    stream.on('end', () => {
      clearTimeout(timer);
      guard.end();
      const problem = length > maxBytes ? 'MESSAGE_TOO_LARGE' : guard.problem;
      resolve(problem === null ? { body: Buffer.concat(chunks) } : { problem });
    });
    stream.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    stream.on('close', () => clearTimeout(timer));
  });
}

function envelopeOf(session: SMTPServerSession, clock: Clock): Envelope {
  const receivedAt = clock.now();
  const [first, ...others] = session.envelope.rcptTo.flatMap((address) => mailboxOf(address, session) ?? []);
  const from = session.envelope.mailFrom;
  if (first === undefined) throw new GatewayError('INTERNAL');
  return {
    id: newMessageId(receivedAt),
    receivedAt,
    mailFrom: from === false || from.address === '' ? null : mailboxOf(from, session),
    rcptTo: [first, ...new Set(others.filter((address) => address !== first))],
    smtpUtf8: session.envelope.smtpUtf8 === true,
    eightBit: session.envelope.bodyType === '8bitmime',
    session: { clientIp: session.remoteAddress, helo: session.hostNameAppearsAs, authUser: null, tls: session.secure },
  };
}
