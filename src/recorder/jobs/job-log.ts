/** The log of an archive's job, kept with it in Redis. */
import { messageOf } from '../../errors.ts';
import type { LogFields, Logger } from '../../logger.ts';
import type { Clock } from '../../util/clock.ts';

/** Longest line, in characters. */
const MAX_LINE = 1000;
/** Lines that wait for Redis; more are dropped. */
const MAX_WAITING = 100;

/** A logger whose lines above `debug` also go to the job, each with its time in front. */
export class JobLog {
  readonly logger: Logger;
  readonly #keep: (line: string) => Promise<unknown>;
  readonly #clock: Clock;
  readonly #name: string;
  #sending: Promise<void> = Promise.resolve();
  #waiting = 0;

  /** @param keep stores a line; its failures are told to `log` only. */
  constructor(name: string, log: Logger, clock: Clock, keep: (line: string) => Promise<unknown>) {
    this.#keep = keep;
    this.#clock = clock;
    this.#name = name;
    this.logger = this.#tee(log);
  }

  /** Resolves when all lines are with Redis, or lost. */
  settled(): Promise<void> {
    return this.#sending;
  }

  #tee(log: Logger): Logger {
    const both =
      (level: 'info' | 'warn' | 'error') =>
      (message: string, fields?: LogFields): void => {
        log[level](message, fields);
        this.#send(formatLine(level, message, fields), log);
      };
    return {
      debug: (message, fields) => log.debug(message, fields),
      info: both('info'),
      warn: both('warn'),
      error: both('error'),
      child: (fields) => this.#tee(log.child(fields)),
    };
  }

  #send(text: string, log: Logger): void {
    if (this.#waiting >= MAX_WAITING) return;
    this.#waiting += 1;
    const line = `${new Date(this.#clock.wallMs()).toISOString()} ${this.#name}: ${text}`.slice(0, MAX_LINE);
    this.#sending = this.#sending
      .then(() => this.#keep(line))
      .catch((error: unknown) => log.debug('a line of a job was lost', { reason: messageOf(error) }))
      .then(() => {
        this.#waiting -= 1;
      });
  }
}

function formatLine(level: string, message: string, fields: LogFields | undefined): string {
  const details = Object.entries(fields ?? {}).map(([key, value]) => `${key} ${wordOf(value)}`);
  const text = details.length === 0 ? message : `${message} (${details.join(', ')})`;
  return level === 'info' ? text : `${level}: ${text}`;
}

function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : Array.isArray(value) ? value.join(' / ') : (JSON.stringify(value) ?? '');
}
