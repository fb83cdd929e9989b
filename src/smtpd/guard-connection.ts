// smtp-server leaves a few things open that a server facing a hostile network must close: exact enhanced codes, BDAT, and how long a client may
// take for one command. It has no hooks for them, so this one file reaches into its connection and says loudly when that no longer fits.
import type { SMTPServer } from 'smtp-server';

type Connection = {
  send: (code: number, data?: unknown, context?: unknown) => void;
  close: () => void;
  _onCommand: (command: Buffer, callback?: () => void) => void;
  _getEnhancedStatusCode: (code: number, context?: unknown) => string;
  readonly session?: { readonly envelope?: { readonly smtpUtf8?: boolean } };
};

/** RFC 5321 §4.5.3.2.7: at least five minutes between commands. */
const commandSeconds = 300;
const guarded = new WeakSet<object>();

/** Applies the guards to every connection that the server has and does not have yet. Call it when one comes in. */
export function guardConnections(server: SMTPServer): void {
  const { connections } = server as unknown as { readonly connections: ReadonlySet<Connection> };
  for (const connection of connections) {
    if (guarded.has(connection)) continue;
    guarded.add(connection);
    useOwnEnhancedCodes(connection);
    watchCommands(connection);
  }
}

/** A reply that begins with an enhanced code of its own (RFC 3463) keeps it; the library would put its default before it. */
function useOwnEnhancedCodes(connection: Connection): void {
  const send = connection.send.bind(connection);
  const usual = connection._getEnhancedStatusCode.bind(connection);
  let own: string | null = null;
  connection._getEnhancedStatusCode = (code, context) => own ?? usual(code, context);
  connection.send = (code, data, context) => {
    const match = typeof data === 'string' ? /^([245]\.\d{1,3}\.\d{1,3}) ([\s\S]*)$/.exec(data) : null;
    own = match?.[1] ?? null;
    send(code, match?.[2] ?? data, context);
    own = null;
  };
}

/** What the library would mend in silence: a source route is dropped by it, a Unicode domain without SMTPUTF8 taken. Neither is what was said. */
function refuseCommand(command: Buffer, { session }: Connection): { readonly code: number; readonly text: string } | null {
  const line = command.toString('latin1');
  if (!/^(?:MAIL FROM|RCPT TO):/i.test(line)) return null;
  if (/^(?:MAIL FROM|RCPT TO):\s*<@/i.test(line)) return { code: 550, text: '5.1.3 Bad address syntax' };
  const declared = /\sSMTPUTF8(?:\s|$)/i.test(line) || session?.envelope?.smtpUtf8 === true;
  return /[\x80-\xFF]/.test(line) && !declared ? { code: 553, text: '5.6.7 Non-ASCII address needs SMTPUTF8' } : null;
}

function watchCommands(connection: Connection): void {
  const onCommand = connection._onCommand.bind(connection);
  const late = (): void => {
    connection.send(421, '4.4.2 Timeout');
    connection.close();
  };
  let timer = setTimeout(late, commandSeconds * 1000);
  timer.unref();
  connection._onCommand = (command, callback) => {
    clearTimeout(timer);
    timer = setTimeout(late, commandSeconds * 1000);
    timer.unref();
    // BDAT is not offered (RFC 3030). What follows it is mail text, which must never be read as commands.
    if (/^BDAT\b/i.test(command.toString('latin1'))) {
      connection.send(502, '5.5.1 BDAT is not supported');
      connection.close();
      return;
    }
    const refusal = refuseCommand(command, connection);
    if (refusal !== null) {
      connection.send(refusal.code, refusal.text);
      callback?.();
      return;
    }
    onCommand(command, callback);
  };
}
