/** From the word that a room records to the first frame that is kept: everybody knows first, and nobody is kept unasked. */
import type { LiveSession } from '../recorder/session/live-session.ts';
import type { Room } from '../room/room.ts';
import { type Clock, sleep } from '../util/clock.ts';

/** Options of the lead. */
export interface RecordingLeadOptions {
  readonly room: (id: string) => Room | undefined;
  /** Resolves when everybody in the room has received what was sent to them so far. */
  readonly told: (roomId: string, signal: AbortSignal) => Promise<void>;
  /** What makes the program of a room that is live. */
  readonly pipeline: (roomId: string) =>
    | {
        readonly segmentFrames: number;
        /** `settled` resolves when the program is made of the room as it is now. */
        readonly mixer: { settled(): Promise<void> };
      }
    | undefined;
  readonly clock: Clock;
}

/** Whoever has not heard by then has a dead line, and must not hold everybody up. */
const PATIENCE_MS = 500;
/** In which somebody's sound fades out of the program. */
const FADE_MS = 40;

/** To be asked once the room has been told that it records. */
export class RecordingLead {
  readonly #options: RecordingLeadOptions;

  constructor(options: RecordingLeadOptions) {
    this.#options = options;
  }

  /** The first frame of the session that may be kept; where people are asked, it is the first of a segment. */
  async firstFrame(session: LiveSession): Promise<number> {
    const { clock, pipeline, room, told } = this.#options;
    const heard = new AbortController();
    const telling = told(session.roomId, heard.signal).finally(() => heard.abort());
    await sleep(clock, PATIENCE_MS, heard.signal);
    heard.abort();
    await telling;
    const live = pipeline(session.roomId);
    if (!live || room(session.roomId)?.consentRule !== 'ask') return session.currentFrame();
    await live.mixer.settled();
    return firstAskedFrame(session.currentFrame(), session.framerate, live.segmentFrames);
  }
}

/**
 * A recording holds the pictures from the key frame before its first one on, though no player shows them. So that nobody is in
 * those who may not be kept, it begins with a key frame itself.
 */
export function firstAskedFrame(now: number, framerate: number, segmentFrames: number): number {
  const faded = now + Math.ceil((FADE_MS * framerate) / 1000) + 1;
  return Math.ceil(faded / segmentFrames) * segmentFrames;
}
