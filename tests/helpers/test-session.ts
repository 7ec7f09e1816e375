/** A session whose program is fed by hand into a real log. */
import { nullLogger } from '../../src/logger.ts';
import type { Part } from '../../src/media/part.ts';
import type { LiveSession, NewSessionEvent } from '../../src/recorder/session/live-session.ts';
import type { ResumableSession } from '../../src/recorder/session/resumable-session.ts';
import type { OpenFile } from '../../src/recorder/session/segment-writer.ts';
import { SessionLog, type SessionLogOptions } from '../../src/recorder/session/session-log.ts';
import { type Disposer, systemClock } from '../../src/util/clock.ts';

const ORIGIN_MS = 1_800_000_000_000;

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
  /** Set by whoever plays that everybody has left. */
  emptySince: number | undefined;

  private constructor(id: string, roomId: string, log: SessionLog, parts: readonly Part[]) {
    this.id = id;
    this.roomId = roomId;
    this.log = log;
    this.#parts = parts;
  }

  static async open(
    dataDir: string,
    id: string,
    parts: readonly Part[],
    keepSegments = 1000,
    openFile?: OpenFile,
  ): Promise<TestSession> {
    const form = { framerate: 30, width: 256, height: 96, segmentFrames: 60, partFrames: 15 };
    const info = { version: 1, id, room: 'demo', title: 'Demo', originWallMs: ORIGIN_MS, ...form } as const;
    return TestSession.#open(dataDir, id, parts, { keepSegments, info, ...(openFile && { openFile }) });
  }

  /** Goes on with what lies there, behind a gap: `parts` are those that were made since. */
  static async resume(dataDir: string, resumable: ResumableSession, parts: readonly Part[]): Promise<TestSession> {
    const { info, log } = resumable;
    const session = await TestSession.#open(dataDir, info.id, parts, { keepSegments: 2, existing: log });
    session.frame = parts[0]?.firstFrame ?? 0;
    return session;
  }

  static async #open(
    dataDir: string,
    id: string,
    parts: readonly Part[],
    begin: Pick<SessionLogOptions, 'keepSegments' | 'info' | 'existing' | 'openFile'>,
  ): Promise<TestSession> {
    const options = { fsyncMs: 1000, clock: systemClock, log: nullLogger, ...begin };
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

  async recordsWritten(): Promise<void> {}

  currentFrame(): number {
    return this.frame;
  }

  emptyFrom(): number | undefined {
    return this.emptySince;
  }

  wallTimeOf(frame: number): number {
    return ORIGIN_MS + (frame * 1000) / this.framerate;
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
