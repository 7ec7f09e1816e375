/** Recordings interrupted by a crash, for as long as they may be resumed. */
import { ConflictError } from '../../errors.ts';
import type { Clock, Disposer } from '../../util/clock.ts';
import { closeRanges } from './frame-range.ts';
import type { LiveSession } from '../session/live-session.ts';
import type { Recording, RecordingProblem } from './recording-view.ts';
import type { ResumableSession } from '../session/resumable-session.ts';
import { RunningRecording } from './running-recording.ts';

/** One that waits for somebody to come back. */
export interface Interruption {
  /** All of its ranges have ended. */
  readonly recording: Recording;
  readonly session: ResumableSession;
  /** Of the same session, stopped but not archived yet: their media must not be forgotten. */
  readonly stopped: readonly Recording[];
  /** When what is on the disk ends. */
  readonly endedAt: Date;
}

/** Options of `Interruptions`. */
export interface InterruptionsOptions {
  readonly graceMs: number;
  readonly clock: Clock;
  /** Nobody came back in time; it is not known here any more. */
  readonly onExpired: (interruption: Interruption) => void;
}

/** A recording of a session that runs again. */
export interface ResumedRecording {
  readonly running: RunningRecording;
  /** First frame of its new range; undefined while it pauses. */
  readonly from: number | undefined;
  /** Others of the session, whose archives are still to be made. */
  readonly stopped: readonly RunningRecording[];
}

interface Waiting {
  readonly interruption: Interruption;
  cancel: Disposer;
  /** Set when somebody is back: resolves when the session's log is open. */
  opening: PromiseWithResolvers<void> | undefined;
}

/** At most one for a room: two recordings never run in one. */
export class Interruptions {
  readonly #options: InterruptionsOptions;
  readonly #waiting = new Map<string, Waiting>();

  constructor(options: InterruptionsOptions) {
    this.#options = options;
  }

  /** From now on somebody may come back, for so long. */
  add(interruption: Interruption): void {
    const { clock, graceMs, onExpired } = this.#options;
    const { room } = interruption.recording;
    const cancel = clock.after(graceMs, () => {
      this.#waiting.delete(room);
      onExpired(interruption);
    });
    this.#waiting.set(room, { interruption, cancel, opening: undefined });
  }

  /** The recording that waits in a room. */
  of(room: string): string | undefined {
    return this.#waiting.get(room)?.interruption.recording.id;
  }

  /** Whether the session may be gone on with. */
  waitsFor(session: string): boolean {
    return [...this.#waiting.values()].some(({ interruption }) => interruption.session.info.id === session);
  }

  /** Somebody is in the room again: what to go on with. Nobody is waited for any longer. */
  take(room: string): ResumableSession | undefined {
    const waiting = this.#waiting.get(room);
    if (!waiting || waiting.opening) return undefined;
    waiting.cancel();
    waiting.opening = Promise.withResolvers();
    return waiting.interruption.session;
  }

  /** The session runs again; what was recorded of it is held in its log, and its recording not known here any more. */
  resume(session: LiveSession): ResumedRecording | undefined {
    const { interruption, opening } = this.#waiting.get(session.roomId) ?? {};
    if (interruption?.session.info.id !== session.id || !opening) return undefined;
    this.#waiting.delete(session.roomId);
    opening.resolve();
    const { recording } = interruption;
    const stopped = interruption.stopped.map((each) => held(each, session));
    const running = held(recording, session);
    if (recording.state === 'paused') return { running, stopped, from: undefined };
    const from = session.currentFrame();
    running.begin(from);
    return { running, stopped, from };
  }

  /** Resolves when it runs again, if somebody is just coming back to it. */
  async opening(recording: string): Promise<void> {
    const found = [...this.#waiting.values()].find(({ interruption }) => interruption.recording.id === recording);
    await found?.opening?.promise;
  }

  /** It is not waited for any more: stopped, deleted, or its room is gone. Not while its session is being opened. */
  drop(recording: string): Interruption | undefined {
    for (const [room, { interruption, cancel, opening }] of this.#waiting) {
      if (interruption.recording.id !== recording || opening) continue;
      cancel();
      this.#waiting.delete(room);
      return interruption;
    }
    return undefined;
  }

  /** Why nothing is kept of a recording; undefined when it is none of these. */
  problemOf(recording: Recording): RecordingProblem | undefined {
    return this.#waiting.get(recording.room)?.interruption.recording.id === recording.id ? INTERRUPTED : undefined;
  }

  /** For what can be done only with one that runs. @throws ConflictError `interrupted` while it waits for somebody. */
  requireBack(recording: Recording): void {
    if (!this.problemOf(recording)) return;
    throw new ConflictError('interrupted', 'The recording was interrupted and waits for somebody to come back; join.');
  }

  /** Waits for nobody any more; the next start finds them again. */
  close(): void {
    for (const { cancel, opening } of this.#waiting.values()) {
      cancel();
      opening?.resolve();
    }
    this.#waiting.clear();
  }
}

const INTERRUPTED: RecordingProblem = {
  code: 'interrupted',
  message:
    'The server ended unexpectedly while it recorded; as soon as somebody is in the room again the recording goes on, and ' +
    'if nobody comes it is closed with what was kept.',
};

function held({ id, ranges }: Recording, session: LiveSession): RunningRecording {
  const running = new RunningRecording(id, session);
  for (const range of closeRanges(ranges, session.log.endFrame)) running.keep(range);
  return running;
}
