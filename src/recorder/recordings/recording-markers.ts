/** Markers, the named moments of recordings: stored with the recording, and told to listeners of the session. */
import { ConflictError, LimitError, NotFoundError } from '../../errors.ts';
import { closeRanges, type OpenRange } from './frame-range.ts';
import { KeyedQueue } from '../../util/keyed-queue.ts';
import type { LiveSession, LiveSessions } from '../session/live-session.ts';
import type { MarkerStore } from './marker-store.ts';
import type { RecordingStore } from './recording-store.ts';
import type { Recording } from './recording-view.ts';

/** One marker as shown. */
export interface RecordingMarker {
  /** Seconds of the recording, in which pauses take no time. */
  readonly at: number;
  readonly label: string;
}

/** Options of the markers. */
export interface RecordingMarkersOptions {
  readonly markers: MarkerStore;
  readonly recordings: Pick<RecordingStore, 'find' | 'list'>;
  readonly sessions: LiveSessions;
  /** Whether people in a room have been told that it records, which comes before the recording itself. */
  readonly isTold: (roomId: string) => boolean;
  /** Tells viewers, and writes it to the session's events. */
  readonly tell: (roomId: string, label: string, recording: string) => void;
}

/** More than anybody sets by hand: each is a chapter of the film. */
export const MAX_MARKERS = 500;

/** Of all recordings. */
export class RecordingMarkers {
  readonly #options: RecordingMarkersOptions;
  /** One after the other for each recording, so that the limit holds. */
  readonly #queue = new KeyedQueue();

  constructor(options: RecordingMarkersOptions) {
    this.#options = options;
  }

  /** Marks this moment. @throws NotFoundError; ConflictError `not_recording`, `paused`; LimitError `too_many_markers`. */
  add(id: string, label: string): Promise<RecordingMarker> {
    return this.#queue.run(id, async () => {
      const { recordings, tell } = this.#options;
      const recording = await recordings.find(id);
      if (!recording) throw new NotFoundError('recording_not_found', `There is no recording "${id}".`);
      const marker = await this.#keep(recording, label);
      tell(recording.room, label, id);
      return marker;
    });
  }

  /**
   * Marks this moment of the recording that runs in a room, if one does, and gives its id. Tells nobody.
   * @throws as `add`, and ConflictError `recording_begins` when one is about to.
   */
  async keepInRoom(roomId: string, label: string): Promise<string | undefined> {
    const [running] = await this.#options.recordings.list({ room: roomId, state: 'recording', limit: 1 });
    if (!running && this.#options.isTold(roomId)) {
      throw new ConflictError(
        'recording_begins',
        'The recording is about to begin; mark the moment again once it has.',
      );
    }
    if (running) await this.#queue.run(running.id, () => this.#keep(running, label));
    return running?.id;
  }

  /** In the order of time. */
  async list(recording: Pick<Recording, 'id' | 'ranges' | 'framerate'>): Promise<RecordingMarker[]> {
    const { id, ranges, framerate } = recording;
    const stored = await this.#options.markers.list(id);
    return stored.map(({ frame, label }) => ({ at: secondsAt(ranges, framerate, frame), label }));
  }

  /** Of a recording by its id; none when there is no such recording. */
  async of(id: string): Promise<RecordingMarker[]> {
    const recording = await this.#options.recordings.find(id);
    return recording ? this.list(recording) : [];
  }

  async #keep(recording: Recording, label: string): Promise<RecordingMarker> {
    const { markers } = this.#options;
    const { id, ranges, framerate } = recording;
    const session = this.#sessionOf(recording);
    if ((await markers.count(id)) >= MAX_MARKERS) {
      throw new LimitError('too_many_markers', `A recording has at most ${MAX_MARKERS} markers; start another one.`);
    }
    // A recording that has just begun may wait for its first frame.
    const frame = Math.max(session.currentFrame(), ranges.at(-1)?.from ?? 0);
    await markers.insert(id, { frame, label });
    return { at: secondsAt(ranges, framerate, frame), label };
  }

  #sessionOf({ state, room, session: id }: Recording): LiveSession {
    if (state === 'paused') throw new ConflictError('paused', 'The recording is paused; resume it first.');
    const session = this.#options.sessions.find(room);
    if (state === 'recording' && session?.id === id) return session;
    throw new ConflictError('not_recording', 'The recording has ended; only one that runs can be marked.');
  }
}

/** Seconds of program kept before a frame of the session, to the millisecond. */
export function secondsAt(ranges: readonly OpenRange[], framerate: number, frame: number): number {
  const before = closeRanges(ranges, frame).map(({ from, to }) => Math.min(to, frame) - from);
  const frames = before.reduce((sum, kept) => sum + Math.max(0, kept), 0);
  return Math.round((frames / framerate) * 1000) / 1000;
}
