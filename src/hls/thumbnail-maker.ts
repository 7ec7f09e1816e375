/** Makes thumbnails from coded segments: on request, by one FFmpeg at a time for the whole server. */
import { FfmpegError } from '../errors.ts';
import type { SpawnFfmpeg } from '../ffmpeg/ffmpeg-process.ts';
import { onlyFromPipe, QUIET } from '../ffmpeg/pipe-args.ts';
import type { Logger } from '../logger.ts';
import { BoundedQueue } from '../util/bounded-queue.ts';
import type { Clock } from '../util/clock.ts';

/** A segment that can be shown. */
export interface PicturedSegment {
  /** Media sequence number. */
  readonly segment: number;
  /** Program frames, `endFrame` exclusive. */
  readonly firstFrame: number;
  readonly endFrame: number;
}

/** Where the media lie; the session log provides it. */
export interface PictureSource {
  /** Finished segments, oldest first: the same array until something changes. */
  readonly segments: readonly PicturedSegment[];
  /** The init segment and the first part of a segment; undefined when it is gone. */
  readStart(segment: number): Promise<Uint8Array | undefined>;
}

/** Options of a maker. */
export interface ThumbnailMakerOptions {
  readonly spawn: SpawnFfmpeg;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Pixels; the height follows. */
export const THUMBNAIL_WIDTH = 240;
/** A page that is opened shows a few dozen at most. */
const MAX_WAITING = 30;
const TIMEOUT_MS = 5000;
/** There is nothing to finish in good order. */
const GRACE_MS = 300;
const MAX_BYTES = 256 * 1024;

/** One per server. */
export class ThumbnailMaker {
  readonly #options: ThumbnailMakerOptions;
  readonly #queue = new BoundedQueue(MAX_WAITING);
  readonly #running = new Set<() => void>();
  #closed = false;

  constructor(options: ThumbnailMakerOptions) {
    this.#options = options;
  }

  /**
   * The first picture of what `read` gives, an init segment with a part behind it, as JPEG; undefined, and nothing is done,
   * when too many wait. Resolves with undefined when `read` does. @param width pixels, or fewer where the film has fewer
   * @throws FfmpegError (as a rejection) when no picture came out in time, or at all.
   */
  make(
    read: () => Promise<Uint8Array | undefined>,
    width = THUMBNAIL_WIDTH,
  ): Promise<Uint8Array | undefined> | undefined {
    return this.#queue.run(async () => {
      const data = this.#closed ? undefined : await read();
      return data && !this.#closed ? this.#decode(data, width) : undefined;
    });
  }

  /** Ends what runs; resolves when no process is left. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const stop of this.#running) stop();
    await this.#queue.idle();
  }

  async #decode(data: Uint8Array, width: number): Promise<Uint8Array> {
    const { spawn, clock, log } = this.#options;
    const child = spawn(argsFor(width), { label: 'thumbnail', log, clock, graceMs: GRACE_MS });
    const stop = (): void => void child.stop();
    this.#running.add(stop);
    const cancel = clock.after(TIMEOUT_MS, stop);
    const chunks: Buffer[] = [];
    let bytes = 0;
    child.output.on('data', (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes > MAX_BYTES) stop();
      else chunks.push(chunk);
    });
    try {
      child.input.end(data);
      const { kind } = await child.exit;
      if (kind === 'stopped' && !child.stopRequested && bytes > 0) return Buffer.concat(chunks);
    } finally {
      cancel();
      this.#running.delete(stop);
    }
    throw new FfmpegError('A thumbnail could not be made');
  }
}

function argsFor(width: number): readonly string[] {
  const scale = `scale=w='min(${width},iw)':h=-2:flags=area:out_range=full`;
  return [
    ...[...QUIET, ...onlyFromPipe('mov', 'h264,aac'), '-threads', '1', '-f', 'mov', '-i', 'pipe:0'],
    ...['-map', '0:v:0', '-frames:v', '1', '-vf', `${scale},format=yuvj420p`],
    ...['-threads', '1', '-c:v', 'mjpeg', '-q:v', '5', '-f', 'image2pipe', 'pipe:1'],
  ];
}
