/** Whether a program goes on evenly: nothing missing, nothing doubled, every time exact. Pure. */
import type { AacConfig, H264Config, OpusConfig } from '../../src/media/codec.ts';
import type { Packet } from '../../src/media/packet.ts';

/** The program's time. */
export interface CadenceOptions {
  readonly framerate: number;
  /** Wall-clock milliseconds of program time zero. */
  readonly originWallMs: number;
}

/** What came, and what was wrong with it. */
export interface CadenceReport {
  /** Program frames that the packets stand for. */
  readonly frames: number;
  /** Packets of program sound, and of everybody's return sound. */
  readonly units: number;
  readonly returned: number;
  readonly missingFrames: number;
  /** Packets that stand for a frame that was there already. */
  readonly doubledFrames: number;
  /** Packets that stand for more than one frame: the program was made cheaper. */
  readonly longFrames: number;
  /** Packets of sound that did not begin where the one before ended. */
  readonly soundGaps: number;
  /** Packets whose wall-clock time was not exactly that of their number. */
  readonly wrongTimes: number;
}

const SAMPLERATE = 48_000;
/** How much a division may differ that is done in another order. */
const ROUNDING_MS = 1e-3;

/** Fed with every packet, in order. */
export class Cadence {
  readonly #options: CadenceOptions;
  readonly #expected = new Map<string, number>();
  #frames = 0;
  #units = 0;
  #returned = 0;
  #missing = 0;
  #doubled = 0;
  #long = 0;
  #gaps = 0;
  #wrongTimes = 0;

  constructor(options: CadenceOptions) {
    this.#options = options;
  }

  get report(): CadenceReport {
    return {
      frames: this.#frames,
      units: this.#units,
      returned: this.#returned,
      missingFrames: this.#missing,
      doubledFrames: this.#doubled,
      longFrames: this.#long,
      soundGaps: this.#gaps,
      wrongTimes: this.#wrongTimes,
    };
  }

  video(packet: Packet<H264Config>): void {
    const off = this.#offBy('video', packet);
    if (off > 0) this.#missing += off;
    if (off < 0) this.#doubled += 1;
    if (packet.duration !== 1) this.#long += 1;
    this.#frames += packet.duration;
    this.#time(packet, this.#options.framerate);
  }

  audio(packet: Packet<AacConfig>): void {
    if (this.#offBy('audio', packet) !== 0) this.#gaps += 1;
    this.#units += 1;
    this.#time(packet, SAMPLERATE);
  }

  /** Sound that goes back to somebody. */
  returnSound(to: string, packet: Packet<OpusConfig>): void {
    if (this.#offBy(`to ${to}`, packet) !== 0) this.#gaps += 1;
    this.#returned += 1;
    this.#time(packet, SAMPLERATE);
  }

  /** They are gone, or listen no more: what they get next follows nothing. */
  forget(to: string): void {
    this.#expected.delete(`to ${to}`);
  }

  #offBy(stream: string, { pts, duration }: Packet): number {
    const expected = this.#expected.get(stream) ?? pts;
    this.#expected.set(stream, pts + duration);
    return pts - expected;
  }

  #time({ pts, wallTime }: Packet, perSecond: number): void {
    const expected = this.#options.originWallMs + (pts * 1000) / perSecond;
    if (Math.abs(wallTime - expected) > ROUNDING_MS) this.#wrongTimes += 1;
  }
}

/** Nothing but what should be. */
export function isEven(report: CadenceReport): boolean {
  const { missingFrames, doubledFrames, soundGaps, wrongTimes, frames, units } = report;
  return missingFrames + doubledFrames + soundGaps + wrongTimes === 0 && frames > 0 && units > 0;
}
