/** A session whose program is fed by hand into a real log. */
import { nullLogger } from '../../src/logger.ts';
import type { Part } from '../../src/media/part.ts';
import type { LiveSession, NewSessionEvent } from '../../src/recorder/live-session.ts';
import { SessionLog } from '../../src/recorder/session-log.ts';
import { type Disposer, systemClock } from '../../src/util/clock.ts';

/** `frame` is the frame that is due now; `feed` moves it on and appends the parts that are complete by then. */
export class TestSession implements LiveSession {
  readonly id: string;
  readonly roomId: string;
  readonly framerate = 30;
  readonly log: SessionLog;
  /** What was written, in order. */
  readonly written: NewSessionEvent[] = [];
  readonly events = { write: (event: NewSessionEvent) => void this.written.push(event) };
  /** How many want the tracks at the moment. */
  keepers = 0;
  readonly #parts: readonly Part[];
  #fed = 0;
  frame = 0;

  private constructor(id: string, roomId: string, log: SessionLog, parts: readonly Part[]) {
    this.id = id;
    this.roomId = roomId;
    this.log = log;
    this.#parts = parts;
  }

  static async open(dataDir: string, id: string, parts: readonly Part[], keepSegments = 1000): Promise<TestSession> {
    const options = { fsyncMs: 1000, keepSegments, clock: systemClock, log: nullLogger };
    const log = await SessionLog.open({ dir: `${dataDir}/sessions`, sessionId: id, ...options });
    return new TestSession(id, 'demo', log, parts);
  }

  keepTracks(): Disposer {
    let keeps = true;
    this.keepers += 1;
    return () => {
      if (keeps) this.keepers -= 1;
      keeps = false;
    };
  }

  currentFrame(): number {
    return this.frame;
  }

  wallTimeOf(frame: number): number {
    return 1_800_000_000_000 + (frame * 1000) / this.framerate;
  }

  /** The program goes on until `frame`. */
  feed(frame: number): void {
    this.frame = frame;
    for (const part of this.#parts.slice(this.#fed)) {
      if (part.firstFrame + part.frames > frame) return;
      this.log.append(part);
      this.#fed += 1;
    }
  }
}
