/** Writes the events of a session to `events.jsonl` in its folder. */
import { join } from 'node:path';
import { LineFile, type LineFileOptions } from './line-file.ts';
import type { NewSessionEvent, SessionEvents } from './live-session.ts';
import { EVENTS_FILE, formatEvent, isPassing } from './session-events.ts';

/** Options of a session's events. */
export interface SessionEventLogOptions extends Omit<LineFileOptions, 'path' | 'label'> {
  /** The session's. */
  readonly folder: string;
  /** Milliseconds of the session. */
  readonly now: () => number;
}

/** Owned by the room's pipeline. A session that is opened again goes on in the same file. */
export class SessionEventLog implements SessionEvents {
  readonly #file: LineFile;
  readonly #now: () => number;

  constructor({ folder, now, ...options }: SessionEventLogOptions) {
    this.#now = now;
    this.#file = new LineFile({ ...options, path: join(folder, EVENTS_FILE), label: 'session events' });
  }

  /** Queues an event; never waits, never throws. Ignored once the log is closing. */
  write(event: NewSessionEvent): void {
    const ms = Math.round((event.ms ?? this.#now()) * 10) / 10;
    this.#file.append(formatEvent({ ...event, ms }), { passing: isPassing(event) });
  }

  /** Events that a disk without space has cost so far. */
  get lost(): number {
    return this.#file.lost;
  }

  /** Resolves when what was written is in the file, or cannot be for now. */
  settled(): Promise<void> {
    return this.#file.settled();
  }

  /** Resolves when everything is on the disk, or given up, and the file is closed. Never rejects. */
  close(): Promise<void> {
    return this.#file.close();
  }
}
