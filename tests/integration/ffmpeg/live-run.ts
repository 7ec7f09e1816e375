/** A live FFmpeg between two pipes: feed it piece by piece, and wait for each thing that comes out. */
import { onTestFinished } from 'vitest';
import { createSpawner, type FfmpegProcess } from '../../../src/ffmpeg/ffmpeg-process.ts';
import { locateFfmpeg } from '../../../src/ffmpeg/locate.ts';
import { nullLogger } from '../../../src/logger.ts';
import { FlvReader, type FlvTag } from '../../../src/media/flv-reader.ts';
import { type NutPacket, NutReader } from '../../../src/media/nut-reader.ts';
import { systemClock } from '../../../src/util/clock.ts';

const MAX_BYTES = 16 * 1024 * 1024;
/** Whatever FFmpeg does not hold back is out long before, on any machine. */
const PATIENCE_MS = 30_000;
/** Long enough for a process that works already; too short a time could only make a fault go unnoticed, never raise one. */
const HELD_MS = 500;

/** What came out so far, and the process it comes from; stopped when the test that started it has ended. */
export class LiveRun<T> {
  readonly items: T[] = [];
  readonly process: FfmpegProcess;
  readonly #waiters = new Set<() => void>();
  #ended = false;

  private constructor(
    ffmpeg: string,
    args: readonly string[],
    reader: (emit: (item: T) => void) => (chunk: Buffer) => void,
  ) {
    const options = { label: 'live', log: nullLogger, clock: systemClock };
    this.process = createSpawner(ffmpeg)(args, options);
    const read = reader((item) => this.items.push(item));
    this.process.output.on('data', (chunk: Buffer) => {
      read(chunk);
      this.#wake();
    });
    void this.process.exit.then(() => {
      this.#ended = true;
      this.#wake();
    });
    onTestFinished(async () => void (await this.process.stop()));
  }

  /** Raw pictures out of a decoder. */
  static async decoder(args: readonly string[]): Promise<LiveRun<NutPacket>> {
    const { path } = await locateFfmpeg({});
    return new LiveRun<NutPacket>(path, args, (onPacket) => {
      const reader = new NutReader({ maxPacketBytes: MAX_BYTES, onPacket });
      return (chunk) => reader.push(chunk);
    });
  }

  /** Tags out of an encoder. */
  static async encoder(args: readonly string[]): Promise<LiveRun<FlvTag>> {
    const { path } = await locateFfmpeg({});
    return new LiveRun<FlvTag>(path, args, (onTag) => {
      const reader = new FlvReader({ maxTagBytes: MAX_BYTES, onTag });
      return (chunk) => reader.push(chunk);
    });
  }

  feed(bytes: Uint8Array): void {
    this.process.input.write(bytes);
  }

  /** Waits until so many items are out. @throws when they are held back, or FFmpeg ends before. */
  async arrived(count: number): Promise<void> {
    if (await this.#reaches(count, PATIENCE_MS)) return;
    throw new Error(`FFmpeg holds back item ${this.items.length} of ${count}`);
  }

  /** Whether FFmpeg keeps what would make its output `count` items, until it is fed more. */
  async holdsBack(count: number): Promise<boolean> {
    return !(await this.#reaches(count, HELD_MS));
  }

  #reaches(count: number, patienceMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const finish = (reached: boolean): void => {
        cancel();
        this.#waiters.delete(look);
        resolve(reached);
      };
      const look = (): void => {
        if (this.items.length >= count) finish(true);
        else if (this.#ended) finish(false);
      };
      const cancel = systemClock.after(patienceMs, () => finish(false));
      this.#waiters.add(look);
      look();
    });
  }

  #wake(): void {
    for (const waiter of this.#waiters) waiter();
  }
}
