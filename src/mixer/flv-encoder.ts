/** One run of an FFmpeg that takes raw media and outputs FLV: the common part of the program's two encoders. */
import type { FfmpegProcess, SpawnFfmpeg } from '../ffmpeg/ffmpeg-process.ts';
import { isHeldUp } from '../ffmpeg/processor-time.ts';
import type { Logger } from '../logger.ts';
import { FlvReader, type FlvTag } from '../media/flv-reader.ts';
import type { Clock } from '../util/clock.ts';
import { type Patience, outwait } from '../util/patience.ts';

/** What the owner of an encoder gives it. */
export interface EncoderOptions {
  readonly spawn: SpawnFfmpeg;
  readonly clock: Clock;
  readonly log: Logger;
  /** Whether a process only lacks a processor; default: what the system says. */
  readonly isHeldUp?: ((pid: number) => boolean) | undefined;
  /** The process ended by itself, hangs, or cannot be understood; called once. */
  readonly onFailure: (reason: string) => void;
}

interface FlvEncoderOptions extends EncoderOptions {
  readonly label: string;
  readonly args: readonly string[];
  /** The largest coded unit. */
  readonly maxTagBytes: number;
  /** What may wait in the pipe; an encoder further behind is stuck. */
  readonly maxPendingBytes: number;
  readonly onTag: (tag: FlvTag) => void;
}

/** What waits for the pipe. */
interface Waiting {
  readonly data: Uint8Array;
  readonly onWritten: () => void;
}

/** Media comes all the time, so an encoder without progress for so long hangs, unless it only lacks a processor. */
const HUNG_MS = 4000;

/** Fails once, and never after `finish` or `close`. */
export class FlvEncoder {
  readonly #options: FlvEncoderOptions;
  readonly #process: FfmpegProcess;
  /**
   * One at a time goes to the pipe: a stream writes all that it has been given in one piece, and tells of all of it when the last
   * byte is read, so that memory would come back together instead of picture by picture.
   */
  readonly #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #writing = false;
  #state: 'open' | 'finishing' | 'done' = 'open';

  constructor(options: FlvEncoderOptions) {
    this.#options = options;
    const { label, args, log, clock, maxTagBytes, isHeldUp: looksHeldUp, onTag } = options;
    this.#process = options.spawn(args, { label, log, clock, progressTimeoutMs: HUNG_MS, isHeldUp: looksHeldUp });
    const reader = new FlvReader({ maxTagBytes, onTag });
    this.#process.output.on('data', (chunk: Buffer) => {
      if (this.#state === 'done') return;
      try {
        reader.push(chunk);
      } catch (error) {
        this.#fail(`its output is unreadable: ${String(error)}`);
      }
    });
    void this.#process.exit.then((exit) => this.#fail(exit.stderrTail.at(-1) ?? `exit code ${exit.code}`));
  }

  /**
   * Gives raw media, whose memory belongs to the pipe until `onWritten`, which is called in every case.
   * @returns false when the encoder is gone
   */
  write(data: Uint8Array, onWritten: () => void = () => {}): boolean {
    if (this.#state !== 'open') {
      onWritten();
      return false;
    }
    if (this.#waitingBytes > this.#options.maxPendingBytes) {
      onWritten();
      this.#fail('it does not take its input any more');
      return false;
    }
    this.#waiting.push({ data, onWritten });
    this.#waitingBytes += data.byteLength;
    this.#writeNext();
    return true;
  }

  /** No more media: resolves when all that was written has come out, at the latest when `patience` is used up. */
  async finish(patience: Patience): Promise<void> {
    if (this.#state !== 'open') return;
    this.#state = 'finishing';
    this.#writeNext();
    await new Promise<void>((resolve) => {
      const cancel = outwait(this.#options.clock, patience, resolve, () => this.#isHeldUp);
      void this.#process.exit.then(() => {
        cancel();
        resolve();
      });
    });
    this.#state = 'done';
  }

  /** Resolves when the process is gone. */
  async close(): Promise<void> {
    this.#state = 'done';
    await this.#process.stop();
  }

  /** Whoever gets their memory back may write at once, so that this may be on its way already. */
  #writeNext(): void {
    const { input } = this.#process;
    if (this.#writing) return;
    const [next] = this.#waiting;
    if (next) {
      this.#writing = true;
      input.write(next.data, () => this.#onWritten());
    } else if (this.#state === 'finishing' && !input.writableEnded) {
      input.end();
    }
  }

  /** The pipe has the oldest, or is broken. */
  #onWritten(): void {
    this.#writing = false;
    const written = this.#state === 'done' ? this.#waiting.splice(0) : this.#waiting.splice(0, 1);
    for (const { data, onWritten } of written) {
      this.#waitingBytes -= data.byteLength;
      onWritten();
    }
    this.#writeNext();
  }

  get #isHeldUp(): boolean {
    const { pid } = this.#process;
    // Its start may wait for the processor, too.
    return pid === undefined || (this.#options.isHeldUp ?? isHeldUp)(pid);
  }

  #fail(reason: string): void {
    const before = this.#state;
    if (before === 'done') return;
    this.#state = 'done';
    if (before === 'open') this.#options.onFailure(reason);
    void this.#process.stop();
  }
}
