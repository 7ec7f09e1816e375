/** Recordings that have stopped and are not archived yet: what they hold, and whether their last parts are on disk. */
import { type Clock, sleep } from '../../util/clock.ts';
import { NOTHING_BEGUN } from '../archive/archive-failure.ts';
import type { FrameRange } from './frame-range.ts';
import type { RecordingChange } from './recording-row.ts';
import type { RunningRecording } from './running-recording.ts';

/** What becomes of a recording that has stopped with these ranges. @param otherwise why there is none of it, if so */
export function stopChange(ranges: readonly FrameRange[], otherwise = NOTHING_BEGUN): RecordingChange {
  if (ranges.length === 0) return { ranges, state: 'failed', error: otherwise };
  return { ranges, state: 'archiving', progress: 0 };
}

// The newest part is at most a part's length behind; a mixer that restarts takes two seconds.
const WRITE_PATIENCE_MS = 10_000;
const RETRY_MS = 5000;

/** `close` when nothing is to be waited for any more. */
export class StoppedRecordings {
  readonly #clock: Clock;
  readonly #held = new Map<string, RunningRecording>();
  /** Whose last parts are not on the disk yet. */
  readonly #writing = new Set<string>();
  readonly #closing = new AbortController();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether the last parts of a recording are on the disk. */
  isWritten(id: string): boolean {
    return !this.#writing.has(id);
  }

  /** What it holds stays held. */
  hold(running: RunningRecording): void {
    this.#held.set(running.id, running);
  }

  /** A recording is about to stop. */
  begin(id: string): void {
    this.#writing.add(id);
  }

  /** Nothing more of it is waited for. */
  settle(id: string): void {
    this.#writing.delete(id);
  }

  /**
   * Resolves when what there will ever be of the ranges is on the disk, or was waited for long enough. What was made is waited for
   * however slow the disk is: an archive without it would be all that is left of it. While there is nothing at all it goes on
   * waiting, too, for an archive of nothing fails for good. `nothing`: none was made, as by a mixer that still started.
   * Undefined when this was closed first: the next start finds the recording with its session.
   */
  async written(
    { session }: RunningRecording,
    ranges: readonly FrameRange[],
  ): Promise<'something' | 'nothing' | undefined> {
    const { log } = session;
    const { signal } = this.#closing;
    // A disk that fails is another reason, and the archive says it.
    const isEmpty = (): boolean => !log.failed && ranges.every(({ from, to }) => log.parts(from, to).length === 0);
    const end = ranges.at(-1)?.to ?? 0;
    let isWhole = false;
    let hasRecords = false;
    const records = session.recordsWritten().then(() => {
      hasRecords = true;
    });
    const whole = Promise.all([log.reachedFrame(end), records]).then(() => {
      isWhole = true;
    });
    do {
      await Promise.race([whole, sleep(this.#clock, WRITE_PATIENCE_MS, signal)]);
      if (signal.aborted) return undefined;
    } while (!isWhole && (isEmpty() || log.owes(end) || !hasRecords));
    return isEmpty() ? 'nothing' : 'something';
  }

  /** Tries again and again until it is done, or this is closed: the next start finds what is left. Never rejects. */
  async retry(act: () => Promise<unknown>): Promise<void> {
    for (;;) {
      await sleep(this.#clock, RETRY_MS, this.#closing.signal);
      if (this.#closing.signal.aborted) return;
      try {
        await act();
        return;
      } catch {
        // What keeps it from being done has been told the first time.
      }
    }
  }

  /** It is archived, or gone. */
  release(id: string): void {
    this.#held.get(id)?.release();
    this.#held.delete(id);
  }

  close(): void {
    this.#closing.abort();
  }
}
