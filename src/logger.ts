/** Structured logging: the interface everybody takes, and its pino implementation. */
import { writeSync } from 'node:fs';
import { pino } from 'pino';
import { logLine } from './util/log-line.ts';

/** Values attached to a line; user text is data here and never part of the message. */
export type LogFields = Readonly<Record<string, unknown>>;

/** What every class takes; `child` adds fields to each line, for example the room. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  child(fields: LogFields): Logger;
  /** How its lines look, for processes that write theirs beside them; default: JSON. */
  readonly output?: LogOutput;
}

/** Names of levels, from everything to nothing. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** JSON for programs, text for people. */
export type LogFormat = 'json' | 'text';

/** How lines are written. */
export interface LogOutput {
  readonly format: LogFormat;
  /** For text only. */
  readonly colours: boolean;
}

const STANDARD_ERROR = 2;
const FOR_PROGRAMS: LogOutput = { format: 'json', colours: false };
const COLOURS = 'colours';

// Tokens travel in these fields; a log line must never hold one.
const REDACTED = ['token', 'authorization', 'resume', 'ticket', '*.token', '*.authorization', '*.resume', '*.ticket'];

/** A logger that writes lines to standard error (standard output belongs to commands' results): JSON, unless told otherwise. */
export function createLogger(level: LogLevel, output: LogOutput = FOR_PROGRAMS): Logger {
  const destination =
    output.format === 'text'
      ? { write: (json: string) => writeWhole(logLine(json, output)) }
      : pino.destination({ dest: STANDARD_ERROR, sync: true });
  const options = { level, redact: REDACTED, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return wrap(pino(options, destination), output);
}

/** Words of a command line that say how lines look; `outputOfWords` reads them. */
export function wordsOfOutput({ format, colours }: LogOutput = FOR_PROGRAMS): string[] {
  return colours ? [format, COLOURS] : [format];
}

/** What `wordsOfOutput` has written; JSON when it is anything else. */
export function outputOfWords([format, colours]: readonly string[]): LogOutput {
  return format === 'text' ? { format, colours: colours === COLOURS } : FOR_PROGRAMS;
}

/** A terminal that takes no more for the moment, or is gone, must not end the server. */
function writeWhole(text: string): void {
  try {
    writeSync(STANDARD_ERROR, text);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'EAGAIN' && code !== 'EPIPE' && code !== 'EIO') throw error;
  }
}

/** Swallows everything; for tests and one-shot commands. */
export const nullLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => nullLogger,
};

function wrap(target: pino.Logger, output: LogOutput): Logger {
  return {
    output,
    debug: (message, fields) => target.debug(fields ?? {}, message),
    info: (message, fields) => target.info(fields ?? {}, message),
    warn: (message, fields) => target.warn(fields ?? {}, message),
    error: (message, fields) => target.error(fields ?? {}, message),
    child: (fields) => wrap(target.child(fields), output),
  };
}
