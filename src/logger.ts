/** Structured logging: the interface everybody takes, and its pino implementation. */
import { pino } from 'pino';

/** Values attached to a line; user text is data here and never part of the message. */
export type LogFields = Readonly<Record<string, unknown>>;

/** What every class takes; `child` adds fields to each line, for example the room. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  child(fields: LogFields): Logger;
}

/** Names of levels, from everything to nothing. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

// Tokens travel in these fields; a log line must never hold one.
const REDACTED = ['token', 'authorization', 'resume', 'ticket', '*.token', '*.authorization', '*.resume', '*.ticket'];

/** A logger that writes JSON lines to standard error (standard output belongs to commands' results). */
export function createLogger(level: LogLevel): Logger {
  const base = pino(
    { level, redact: REDACTED, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
  return wrap(base);
}

/** Swallows everything; for tests and one-shot commands. */
export const nullLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => nullLogger,
};

function wrap(target: pino.Logger): Logger {
  return {
    debug: (message, fields) => target.debug(fields ?? {}, message),
    info: (message, fields) => target.info(fields ?? {}, message),
    warn: (message, fields) => target.warn(fields ?? {}, message),
    error: (message, fields) => target.error(fields ?? {}, message),
    child: (fields) => wrap(target.child(fields)),
  };
}
