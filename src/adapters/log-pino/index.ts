import { pino, type Logger } from 'pino';
import { GatewayError } from '../../core/index.ts';
import type { Log } from '../../gateway/index.ts';

/**
 * One JSON line an event on standard error. Fields are `Loggable`, so no text of a mail can be in them; of an error only its code, its
 * class and our own stack frames are written, because messages of foreign libraries may quote data.
 */
export function createLog(level: 'debug' | 'info' | 'warn' | 'error'): Log {
  const logger: Logger = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } },
    pino.destination({ dest: 2, sync: true }),
  );
  return {
    info: (event, fields) => logger.info({ event, ...fields }),
    warn: (event, fields) => logger.warn({ event, ...fields }),
    error: (event, fields, cause) => logger.error({ event, ...fields, ...(cause === undefined ? {} : { error: describe(cause) }) }),
  };
}

type Described = { readonly kind: string; readonly code: string | null; readonly at: readonly string[]; readonly cause: Described | null };

function describe(error: unknown, depth = 0): Described {
  if (!(error instanceof Error)) return { kind: typeof error, code: null, at: [], cause: null };
  const code = error instanceof GatewayError ? error.code : 'code' in error && typeof error.code === 'string' ? error.code : null;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const own = frames.filter((line) => !line.includes('node_modules') && !line.includes('node:')).slice(0, 5);
  // A frame names files of ours and functions, never arguments.
  const at = own.map((line) =>
    line
      .trim()
      .replace(/^at /, '')
      .replace(/file:\/\/\S*\/(src|dist)\//, '$1/'),
  );
  return { kind: error.name, code, at, cause: error.cause === undefined || depth === 3 ? null : describe(error.cause, depth + 1) };
}
