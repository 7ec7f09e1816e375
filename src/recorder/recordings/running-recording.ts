/** A recording of a live session: what it holds in the log, and how much that is. */
import type { Disposer } from '../../util/clock.ts';
import type { FrameRange } from './frame-range.ts';
import type { LiveSession } from '../session/live-session.ts';
import type { Recording } from './recording-view.ts';
import type { RecordableRooms } from './recordings-options.ts';

/** Holds each of its ranges in the session's log until released. */
export class RunningRecording {
  readonly id: string;
  readonly session: LiveSession;
  readonly #holds: Disposer[] = [];
  #open: { readonly from: number; readonly release: Disposer; readonly leaveTracks: Disposer } | undefined;
  /** Of the ranges that have ended. */
  #frames = 0;
  #bytes = 0;
  /** Up to which frame of the session its bytes were counted. */
  #counted = 0;

  constructor(id: string, session: LiveSession) {
    this.id = id;
    this.session = session;
  }

  /** Whether a range runs. */
  get runs(): boolean {
    return this.#open !== undefined;
  }

  /** First frame of the range that runs. */
  get openFrom(): number | undefined {
    return this.#open?.from;
  }

  /** Starts a range; what comes from `frame` on is held. */
  begin(frame: number): void {
    if (this.#open) return;
    const { log } = this.session;
    this.#open = { from: frame, release: log.hold(frame), leaveTracks: this.session.keepTracks() };
    this.#tell('recording', frame);
    this.#counted = Math.max(this.#counted, frame);
  }

  /** Ends the range that runs, if one does: it is held, and nothing after it. @param state that it is in then */
  end(frame: number, state: 'paused' | 'stopped'): void {
    const open = this.#open;
    if (open || state === 'stopped') this.#tell(state, frame);
    if (!open) return;
    this.#open = undefined;
    this.#keep(open.from, frame);
    open.release();
    open.leaveTracks();
  }

  /** A range that ended before the session was gone on with is held again. To be called before `begin`. */
  keep({ from, to }: FrameRange): void {
    this.#counted = Math.max(this.#counted, from);
    this.#keep(from, to);
  }

  /** Frames of the session that it keeps so far. */
  frames(): number {
    return this.#frames + (this.#open ? Math.max(0, this.session.currentFrame() - this.#open.from) : 0);
  }

  /** Bytes of the parts that it keeps so far; those that begin before a range do not count. */
  bytes(): number {
    if (this.#open) this.#count(Number.POSITIVE_INFINITY);
    return this.#bytes;
  }

  /** Lets everything go. */
  release(): void {
    if (this.#open) this.#tell('stopped', this.session.currentFrame());
    this.#open?.release();
    this.#open?.leaveTracks();
    this.#open = undefined;
    for (const release of this.#holds.splice(0)) release();
  }

  #tell(state: 'recording' | 'paused' | 'stopped', frame: number): void {
    const { events, framerate } = this.session;
    events.write({ type: 'recording', recording: this.id, state, ms: (frame * 1000) / framerate });
  }

  #keep(from: number, to: number): void {
    this.#count(to);
    this.#frames += Math.max(0, to - from);
    this.#holds.push(this.session.log.hold(from, to));
  }

  #count(until: number): void {
    for (const { firstFrame, frames, bytes } of this.session.log.parts(this.#counted, until)) {
      if (firstFrame < this.#counted || firstFrame >= until) continue;
      this.#bytes += bytes;
      this.#counted = firstFrame + frames;
    }
  }
}

/** The recording as it is stored when its first range begins at frame `from`. */
export function newRecording(
  { id, session }: RunningRecording,
  { title, owner }: NonNullable<ReturnType<RecordableRooms['find']>>,
  from: number,
  startedAt: Date,
): Recording {
  const { framerate, roomId: room } = session;
  return {
    id,
    room,
    title,
    session: session.id,
    state: 'recording',
    startedAt,
    ranges: [{ from, to: null }],
    framerate,
    ...(owner !== undefined && { owner }),
  };
}
