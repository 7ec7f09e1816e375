/** One source of pictures with its real decoders, fed and looked at as the mixer does it, by a clock with a lever. */
import { onTestFinished, vi } from 'vitest';
import { nullLogger } from '../../../src/logger.ts';
import type { VideoConfig } from '../../../src/media/codec.ts';
import { Parking } from '../../../src/mixer/parking.ts';
import type { Picture } from '../../../src/mixer/picture.ts';
import { PlayoutClock } from '../../../src/mixer/playout-clock.ts';
import { StartQueue } from '../../../src/mixer/start-queue.ts';
import { VideoSource } from '../../../src/mixer/video-source.ts';
import { systemClock } from '../../../src/util/clock.ts';
import type { Sample } from '../../helpers/media-samples.ts';
import { LiveClock } from './live-clock.ts';
import { TrackedSpawner } from './processes.ts';

const WAIT = { timeout: 9000 };
export const RESTART = { firstMs: 1, maxMs: 1, attempts: 2, forgetAfterMs: 30_000 };
/** Limited-range BT.601 luma of what the samples show (FFmpeg's default matrix for them). */
export const LUMA = { red: 81, lime: 145, blue: 41 } as const;

/** A source with a sender of 30 frames a second in front of it and a mixer that looks 30 times a second behind. */
export class VideoScene {
  readonly clock = new LiveClock();
  readonly playout = new PlayoutClock();
  readonly starts = new StartQueue(this.clock);
  readonly parking = new Parking(this.starts);
  readonly spawner: TrackedSpawner;
  readonly refused: string[] = [];
  readonly source: VideoSource;
  /** Pictures as they were due, one each look. */
  readonly seen: Array<Picture | undefined> = [];
  keyframesWanted = 0;
  /** What every decoder is said to have used of a processor, milliseconds. */
  usedMs = 0;
  /** Whether every decoder is said to lack a processor. */
  heldUp = false;
  /** Capture time of the frame that was fed last, microseconds. */
  #fedUs = 0;
  #sample: Sample<VideoConfig> | undefined;
  #next = 0;
  #stop = (): void => {};

  constructor(path: string, { width = 160, height = 90, lingerMs = 60_000 } = {}) {
    this.spawner = new TrackedSpawner(path);
    this.source = new VideoSource({
      label: 'camera',
      playout: this.playout,
      spawn: this.spawner.spawn,
      starts: this.starts,
      parking: this.parking,
      clock: this.clock,
      log: nullLogger,
      maxPixels: 1920 * 1088,
      restart: RESTART,
      lingerMs,
      processorMs: () => this.usedMs,
      isHeldUp: () => this.heldUp,
      onKeyframeWanted: () => {
        this.keyframesWanted += 1;
      },
      onRefused: (_, message) => this.refused.push(message),
    });
    if (width > 0) this.source.resize({ width, height, fit: 'contain' });
    onTestFinished(() => this.close());
  }

  /** Sends this from now on, from its key frame, again and again. */
  send(sample: Sample<VideoConfig>): void {
    this.#sample = sample;
    this.#next = 0;
    this.#stop();
    this.#stop = systemClock.every(1000 / 30, () => this.tick());
  }

  /** Sends the next frame at once, and looks. */
  tick(): void {
    const sample = this.#sample;
    const packet = sample?.packets[this.#next % sample.packets.length];
    if (!sample || !packet) return;
    this.#next += 1;
    this.feed(sample.config, packet.data, packet.keyframe);
    this.seen.push(this.source.pictureAt(this.clock.monotonicMs()));
  }

  feed(config: VideoConfig, data: Uint8Array, keyframe: boolean): void {
    this.#fedUs = Math.round(this.clock.monotonicMs() * 1000);
    this.source.feed(config, { captureUs: this.#fedUs, keyframe, data });
  }

  pause(): void {
    this.#stop();
    this.#sample = undefined;
  }

  /** Sends nothing by itself any more; resolves when the decoder owes no picture, so that time may pass without its failing. */
  async settles(): Promise<void> {
    this.#stop();
    await vi.waitFor(() => {
      this.source.pictureAt(this.clock.monotonicMs());
      if ((this.source.captureUs ?? 0) >= this.#fedUs) return;
      throw new Error('The decoder owes a picture');
    }, WAIT);
  }

  /** Resolves when a picture of this luma, and of this width, is shown. */
  async shows(luma: number, width = 160): Promise<void> {
    await vi.waitFor(
      () => {
        const picture = this.source.pictureAt(this.clock.monotonicMs());
        if (picture?.width === width && Math.abs(middleOf(picture) - luma) <= 3) return;
        throw new Error(`It shows ${middleOf(picture)} in a width of ${picture?.width}`);
      },
      { ...WAIT, interval: 15 },
    );
  }

  /** How many looks since look number `from` had no picture. */
  blanks(from = 0): number {
    return this.seen.slice(from).filter((picture) => picture === undefined).length;
  }

  async close(): Promise<void> {
    this.pause();
    await this.source.close();
  }
}

export function middleOf(picture: Picture | undefined): number {
  if (!picture) return Number.NaN;
  return picture.data[(picture.height / 2) * picture.width + picture.width / 2] as number;
}

export function startCodes(...units: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(units.flatMap((unit) => [Uint8Array.of(0, 0, 0, 1), unit]));
}
