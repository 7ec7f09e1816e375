/** What recordings need of the rest of the server. */
import type { Logger } from '../../logger.ts';
import type { Clock } from '../../util/clock.ts';
import type { ArchiveQueue } from '../archive/archive-queue.ts';
import type { LiveSession, LiveSessions } from '../session/live-session.ts';
import type { RecordingLimits } from './recording-limits.ts';
import type { RecordingStore } from './recording-store.ts';
import type { RecordingMark } from '../../room/room.ts';
import type { ArchiveReader } from '../storage/archive-reader.ts';

/** The rooms that may be recorded. */
export interface RecordableRooms {
  /** `owner`: id of the account that made it. */
  find(id: string): { readonly title: string; readonly owner?: string | undefined } | undefined;
}

/** A session by its id, and the id of its room. */
export interface RecordedSession {
  readonly room: string;
  readonly session: string;
}

/** Options of `Recordings`. */
export interface RecordingsOptions {
  readonly store: RecordingStore;
  readonly queue: ArchiveQueue;
  readonly sessions: LiveSessions;
  readonly rooms: RecordableRooms;
  /** Folder with `sessions/` and `recordings/`. */
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: Logger;
  /**
   * Told when what happens in a session of a room starts or stops being kept. The next session of the room may have begun by then.
   */
  readonly onRecordingChange: (of: RecordedSession, mark: RecordingMark) => void;
  /** The first frame that may be kept, asked once the room was told that it records; default: the one that is due. */
  readonly firstFrame?: (session: LiveSession) => Promise<number>;
  /** A recording is deleted: what was made of it goes, too. */
  readonly onRemove?: (id: string) => Promise<void>;
  /** Through which files of archives are read; default: from the data folder. */
  readonly reader?: ArchiveReader;
  /** An archive is finished. */
  readonly onReady?: (id: string) => void;
  /** A recording is about to be forgotten: what else there is of it is given up before. */
  readonly onRemoving?: (id: string) => Promise<void>;
  /** Milliseconds between two looks at awaited archives. */
  readonly outboxIntervalMs?: number;
  /** Default: none. */
  readonly limits?: RecordingLimits;
  /** Percent of the disk that is free; default: asked of the data folder. */
  readonly freePercent?: () => Promise<number>;
  /** Less than has to stay free is: deletes what nobody needs; whether there was any. */
  readonly makeRoom?: () => Promise<boolean>;
  /** Whether nobody in a room sends anything; default: somebody always does. */
  readonly isIdle?: (roomId: string) => boolean;
  /** After a crash of the server: milliseconds in which people may come back to a recording; default 0. */
  readonly graceMs?: number;
}
