/** Follows what a session's mixer reports: its health, its steps on the degrade ladder, and who speaks. */
import type { HealthView } from '../api/ports.ts';
import type { Logger } from '../logger.ts';
import type { Mixer } from '../mixer/mixer.ts';
import type { MixerStats } from '../mixer/link-messages.ts';
import type { Room } from '../room/room.ts';
import type { Disposer } from '../util/clock.ts';
import { Emitter } from '../util/emitter.ts';

/** What monitors tell the metrics. */
export type MonitorEvents = {
  /** Program frames made since the last report, and how many of them late or left out. */
  frames: { readonly made: number; readonly late: number; readonly skipped: number };
  /** From one step of the degrade ladder to another. */
  stepped: { readonly from: number; readonly to: number };
  /** The mixer process was started again. */
  restarted: undefined;
};

type Counts = Pick<MixerStats, 'frames' | 'lateFrames' | 'skippedFrames'>;

const NOTHING: Counts = { frames: 0, lateFrames: 0, skippedFrames: 0 };
/** What each step of the degrade ladder means to people, from 0. */
const STEP_SENTENCES = [
  'The server has caught up: the program is made as ordered again.',
  'The server is busy: the picture of the program is a little coarser for now.',
  'The server is busy: the program shows half as many pictures a second for now.',
  'The server is busy: the picture of the program is smaller for now.',
  'The server is very busy: the tiles of the program change only five times a second for now.',
  'The server is overloaded: the program has only sound for now.',
] as const;

/** Owned by the room's pipeline. */
export class SessionMonitor {
  readonly events = new Emitter<MonitorEvents>();
  readonly #room: Room;
  readonly #log: Logger;
  readonly #disposers: Disposer[];
  /** Counts of the process that runs; each process counts from zero. */
  #counted = NOTHING;
  #health: HealthView = { step: 0, tiles: 0, frames: 0, lateFrames: 0, skippedFrames: 0, restarts: 0 };

  constructor(options: { readonly room: Room; readonly mixer: Pick<Mixer, 'events'>; readonly log: Logger }) {
    this.#room = options.room;
    this.#log = options.log;
    const { events } = options.mixer;
    this.#disposers = [
      events.on('stats', (stats) => this.#onStats(stats)),
      events.on('degraded', ({ step, reason }) => this.#moveTo(step, reason)),
      events.on('restarted', () => this.#onRestarted()),
      events.on('speaking', (speaking) => {
        this.#room.speaking = speaking;
      }),
    ];
  }

  /** As of the mixer's last report. */
  get health(): HealthView {
    return this.#health;
  }

  /** The session is over: nobody is heard any more. */
  close(): void {
    for (const dispose of this.#disposers) dispose();
    this.#silence();
  }

  #onStats(stats: MixerStats): void {
    const { frames, lateFrames, skippedFrames } = this.#health;
    const before = this.#counted;
    const made = stats.frames - before.frames;
    const late = stats.lateFrames - before.lateFrames;
    const skipped = stats.skippedFrames - before.skippedFrames;
    this.#counted = stats;
    this.#health = {
      ...this.#health,
      encoder: stats.encoder,
      tiles: stats.tiles,
      frames: frames + made,
      lateFrames: lateFrames + late,
      skippedFrames: skippedFrames + skipped,
    };
    this.events.emit('frames', { made, late, skipped });
  }

  #onRestarted(): void {
    this.#counted = NOTHING;
    this.#health = { ...this.#health, restarts: this.#health.restarts + 1 };
    this.#silence();
    this.events.emit('restarted', undefined);
    // A new process begins with everything as ordered.
    this.#moveTo(0, 'the mixer process was started again');
  }

  #moveTo(to: number, reason: string): void {
    const from = this.#health.step;
    if (to === from) return;
    this.#health = { ...this.#health, step: to, reason };
    if (to > from) this.#log.warn('the program is made cheaper', { step: to, reason });
    else this.#log.info('the program is made better again', { step: to, reason });
    this.events.emit('stepped', { from, to });
    const code = to === 0 ? 'program_restored' : to > from ? 'program_degraded' : 'program_recovering';
    this.#room.events.emit('notice', { code, message: STEP_SENTENCES[to] ?? `The program is at step ${to}.` });
  }

  #silence(): void {
    this.#room.speaking = { participants: [], speaker: undefined };
  }
}
