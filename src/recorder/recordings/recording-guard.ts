/** Enforces the limits of all running recordings, and watches the free space of the disk. */
import { AppError, messageOf } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { Clock, Disposer } from '../../util/clock.ts';
import { isUnderFloor, limitReached, type RecordingLimits } from './recording-limits.ts';
import type { StopReason } from './recording-view.ts';

/** What a guard must know of a recording that runs or pauses. */
export interface GuardedRecording {
  readonly id: string;
  readonly session: { readonly roomId: string; readonly framerate: number };
  readonly runs: boolean;
  /** That it keeps so far, like the bytes. */
  frames(): number;
  bytes(): number;
}

/** Options of a guard. */
export interface RecordingGuardOptions {
  readonly limits: RecordingLimits;
  /** Percent of the disk that is free. */
  readonly freePercent: () => Promise<number>;
  /** Whether nobody in a room sends anything. */
  readonly isIdle: (roomId: string) => boolean;
  readonly running: () => Iterable<GuardedRecording>;
  readonly stop: (id: string, reason: StopReason) => Promise<unknown>;
  readonly clock: Clock;
  readonly log: Logger;
}

const LOOK_MS = 1000;
/** The disk is asked with every so many looks. */
const LOOKS_PER_DISK = 4;

/** One for all recordings; `close` when none may be stopped any more. */
export class RecordingGuard {
  readonly #options: RecordingGuardOptions;
  readonly #cancel: Disposer;
  /** Recording to when nobody sent anything first. */
  readonly #idleSince = new Map<string, number>();
  readonly #stopping = new Set<string>();
  #looks = 0;
  #freePercent: number | undefined;
  #asking = false;

  constructor(options: RecordingGuardOptions) {
    this.#options = options;
    this.#cancel = options.clock.every(LOOK_MS, () => this.#look());
  }

  /** To be asked before a recording begins, or anything else that takes space. @throws AppError 507 `disk_floor`. */
  async admit(): Promise<void> {
    const { limits } = this.#options;
    if (limits.floorPercent === 0) return;
    const free = await this.#options.freePercent();
    if (!isUnderFloor(free, limits)) return;
    throw new AppError(
      `Only ${free.toFixed(1)} percent of the data folder's disk are free, and ${limits.floorPercent} have to stay so; ` +
        'free some space, or set recordings.diskFloorPercent.',
      { code: 'disk_floor', fault: 'destination', status: 507 },
    );
  }

  close(): void {
    this.#cancel();
  }

  #look(): void {
    const running = [...this.#options.running()];
    const ids = new Set(running.map(({ id }) => id));
    for (const id of this.#idleSince.keys()) if (!ids.has(id)) this.#idleSince.delete(id);
    if (this.#looks % LOOKS_PER_DISK === 0 && running.length > 0) this.#askDisk();
    this.#looks += 1;
    for (const recording of running) this.#check(recording);
  }

  #check(recording: GuardedRecording): void {
    const { limits, log, stop } = this.#options;
    const { id } = recording;
    const { framerate } = recording.session;
    const facts = {
      seconds: recording.frames() / framerate,
      bytes: recording.bytes(),
      idleMs: this.#idleMs(recording),
      freePercent: this.#freePercent,
      runs: recording.runs,
    };
    const reason = limitReached(facts, limits);
    if (reason === undefined || this.#stopping.has(id)) return;
    this.#stopping.add(id);
    log.warn('a recording is stopped at a limit', { recording: id, reason });
    stop(id, reason)
      .catch((error: unknown) => log.error('a recording was not stopped', { recording: id, reason: messageOf(error) }))
      // Whoever could not be stopped is tried again.
      .finally(() => this.#stopping.delete(id));
  }

  #idleMs({ id, session }: GuardedRecording): number {
    const now = this.#options.clock.monotonicMs();
    if (!this.#options.isIdle(session.roomId)) {
      this.#idleSince.delete(id);
      return 0;
    }
    const since = this.#idleSince.get(id) ?? now;
    this.#idleSince.set(id, since);
    return now - since;
  }

  #askDisk(): void {
    const { freePercent, limits, log } = this.#options;
    if (limits.floorPercent === 0 || this.#asking) return;
    this.#asking = true;
    freePercent()
      .then((free) => {
        this.#freePercent = free;
      })
      .catch((error: unknown) => {
        this.#freePercent = undefined;
        log.warn('the space on the disk is not known', { reason: messageOf(error) });
      })
      .finally(() => {
        this.#asking = false;
      });
  }
}
