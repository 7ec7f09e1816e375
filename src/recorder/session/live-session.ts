/** What recordings need of a running session; the room's pipeline provides it. */
import type { Disposer } from '../../util/clock.ts';
import type { SessionEvent } from './session-events.ts';
import type { SessionLog } from './session-log.ts';

type Unstamped<E> = E extends SessionEvent ? Omit<E, 'ms'> & { readonly ms?: number } : never;

/** An event on its way into the log: without `ms` it happens now. */
export type NewSessionEvent = Unstamped<SessionEvent>;

/** Where events of a session are written down. */
export interface SessionEvents {
  /** Queues an event; never waits, never throws. */
  write(event: NewSessionEvent): void;
}

/** One live period of a room. Program frame n shows the session at `n / framerate` seconds. */
export interface LiveSession {
  readonly id: string;
  readonly roomId: string;
  readonly framerate: number;
  readonly log: SessionLog;
  readonly events: SessionEvents;
  /** Everybody's own media are written to the session's folder until disposed; it counts who wants them. */
  keepTracks(): Disposer;
  /** Resolves when events, and the tracks that nobody wants any more, are on the disk or given up. Never rejects. */
  recordsWritten(): Promise<void>;
  /** The frame of the program that is due now. */
  currentFrame(): number;
  /** The frame since which nobody is connected to the room; undefined while somebody is. */
  emptyFrom(): number | undefined;
  /** Wall-clock milliseconds of a frame. */
  wallTimeOf(frame: number): number;
}

/** Finds the session that runs in a room. */
export interface LiveSessions {
  find(roomId: string): LiveSession | undefined;
}
