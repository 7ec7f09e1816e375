/** What a session's folder holds beside the program: its events, and everybody's own tracks. */
import type { Logger } from '../logger.ts';
import { SessionEventLog } from '../recorder/session/session-event-log.ts';
import { TrackKeeper } from '../recorder/tracks/track-keeper.ts';
import type { Room } from '../room/room.ts';
import type { Clock, Disposer } from '../util/clock.ts';
import { SessionEventsFeed, type ShownAge } from './session-events-feed.ts';

/** Options of a session's records. */
export interface SessionRecordsOptions {
  readonly room: Room;
  /** The session's. */
  readonly folder: string;
  /** The program's frame 0 on the monotonic clock. */
  readonly originMs: number;
  readonly fsyncMs: number;
  /** Milliseconds of the session at which the end of a server's process cut it off, if it goes on now. */
  readonly brokeOffMs: number | undefined;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Owned by the room's pipeline, which closes it before the session's log. */
export class SessionRecords {
  readonly events: SessionEventLog;
  readonly #feed: SessionEventsFeed;
  readonly #tracks: TrackKeeper;

  constructor({ originMs, brokeOffMs, ...common }: SessionRecordsOptions) {
    const { clock, room } = common;
    this.events = new SessionEventLog({ ...common, now: () => clock.monotonicMs() - originMs });
    const resumed = brokeOffMs !== undefined;
    if (resumed) this.events.write({ type: 'program', state: 'interrupted', ms: brokeOffMs });
    this.#feed = new SessionEventsFeed({ room, events: this.events, clock, resumed });
    this.#tracks = new TrackKeeper({ ...common, originMs });
  }

  /** Everybody's own tracks are written until disposed; it counts who wants them. */
  keepTracks(): Disposer {
    return this.#tracks.keep();
  }

  /** A moment with a name, of the recording with this id if one runs. */
  mark(label: string, recording: string | undefined): void {
    this.#feed.mark(label, recording);
  }

  /** How late everybody is in the program. */
  ages(ages: readonly ShownAge[]): void {
    this.#feed.ages(ages);
  }

  /** Resolves when events, and the tracks that nobody wants any more, are on the disk or given up. Never rejects. */
  async written(): Promise<void> {
    await this.#tracks.settled();
    await this.events.settled();
  }

  /** Resolves when everything is on the disk and all files are closed. Never rejects. */
  async close(): Promise<void> {
    this.#feed.close();
    await this.#tracks.close();
    await this.events.close();
  }
}
