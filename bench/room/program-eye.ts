/** Looks at the program as a viewer does: decodes it in real time and says what it shows since when. */
import { createSpawner } from '../../src/ffmpeg/ffmpeg-process.ts';
import type { Region } from '../../src/layout/layout.ts';
import { nullLogger } from '../../src/logger.ts';
import type { H264Config } from '../../src/media/codec.ts';
import type { Packet } from '../../src/media/packet.ts';
import type { Picture, YuvColor } from '../../src/mixer/picture.ts';
import { VideoDecoder } from '../../src/mixer/video-decoder.ts';
import { systemClock } from '../../src/util/clock.ts';
import { PROGRAM } from '../program.ts';

/** A quarter of the program each way: enough for colours, and cheap. */
const FORM = { width: PROGRAM.width / 4, height: PROGRAM.height / 4, fit: 'contain' } as const;
/** Where a tile is looked at, in shares of it: away from its name and from the program's clock. */
const POINTS = [
  [0.5, 0.5],
  [0.15, 0.35],
  [0.85, 0.35],
  [0.15, 0.6],
  [0.85, 0.6],
] as const;
/** What an encoder may change of a plain colour, in each of Y, U and V. */
const TOLERANCE = 16;
const PICTURE_ASPECT = 16 / 9;

/** What is expected of a picture. */
export type Expectation = (picture: Picture) => boolean;

interface Waiting {
  readonly expected: Expectation;
  readonly found: (atMs: number | undefined) => void;
}

/** Counts frames that are not there, too. Closed by its owner. */
export class ProgramEye {
  readonly #ffmpeg: string;
  readonly #waiting = new Set<Waiting>();
  #decoder: VideoDecoder | undefined;
  #config: H264Config | undefined;
  #next: number | undefined;
  #missing = 0;
  #failure: string | undefined;

  constructor(ffmpeg: string) {
    this.#ffmpeg = ffmpeg;
  }

  /** Program frames that have not come. */
  get missing(): number {
    return this.#missing;
  }

  /** Why it sees nothing any more. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** The next packet of the program. */
  push({ data, pts, duration, keyframe, config }: Packet<H264Config>): void {
    if (this.#next !== undefined) this.#missing += pts - this.#next;
    this.#next = pts + duration;
    if (config !== this.#config) {
      if (!keyframe) return;
      this.#config = config;
      void this.#decoder?.close();
      this.#decoder = new VideoDecoder({
        form: FORM,
        config,
        maxPixels: PROGRAM.width * PROGRAM.height * 4,
        spawn: createSpawner(this.#ffmpeg),
        clock: systemClock,
        log: nullLogger,
        label: 'program eye',
        onFrame: ({ picture }, decoder) => {
          this.#look(picture);
          decoder.release(picture);
        },
        onFailure: (reason) => {
          this.#failure = reason;
        },
      });
    }
    this.#decoder?.feed({ captureUs: Math.round((pts * 1e6) / PROGRAM.framerate), keyframe, data });
  }

  /** Resolves with the moment (machine-wide monotonic milliseconds) of the first picture as expected, or with none. */
  see(expected: Expectation, timeoutMs: number): Promise<number | undefined> {
    return new Promise((resolve) => {
      const waiting: Waiting = {
        expected,
        found: (atMs) => {
          cancel();
          this.#waiting.delete(waiting);
          resolve(atMs);
        },
      };
      const cancel = systemClock.after(timeoutMs, () => waiting.found(undefined));
      this.#waiting.add(waiting);
    });
  }

  async close(): Promise<void> {
    for (const waiting of this.#waiting) waiting.found(undefined);
    await this.#decoder?.close();
  }

  #look(picture: Picture): void {
    const now = systemClock.monotonicMs();
    for (const { expected, found } of this.#waiting) if (expected(picture)) found(now);
  }
}

/** Whether these regions show their people's colours; `hidden`: later regions cover parts of earlier ones. */
export function shows(
  picture: Picture,
  regions: readonly Region[],
  colourOf: (region: Region) => YuvColor | undefined,
): boolean {
  return regions.every((region, index) => {
    const colour = colourOf(region);
    if (!colour) return true;
    const points = pointsOf(region).filter(
      ([x, y]) => !regions.slice(index + 1).some((above) => isInside(above, x, y)),
    );
    const wrong = points.filter(([x, y]) => !isColour(picture, x, y, colour)).length;
    // One may lie under a mark; a region that is covered whole says nothing.
    return wrong <= (points.length > 3 ? 1 : 0);
  });
}

/** In program pixels, inside the part of the cell that the picture fills. */
function pointsOf({ x, y, width, height, fit }: Region): readonly (readonly [number, number])[] {
  const [shownWidth, shownHeight] =
    fit === 'cover'
      ? [width, height]
      : [Math.min(width, height * PICTURE_ASPECT), Math.min(height, width / PICTURE_ASPECT)];
  const [left, top] = [x + (width - shownWidth) / 2, y + (height - shownHeight) / 2];
  return POINTS.map(([across, down]) => [left + across * shownWidth, top + down * shownHeight] as const);
}

function isInside({ x, y, width, height }: Region, atX: number, atY: number): boolean {
  return atX >= x && atX < x + width && atY >= y && atY < y + height;
}

function isColour({ data, width, height }: Picture, x: number, y: number, colour: YuvColor): boolean {
  const [column, row] = [Math.floor((x * width) / PROGRAM.width), Math.floor((y * height) / PROGRAM.height)];
  const chroma = width * height + (row >> 1) * (width >> 1) + (column >> 1);
  const is = [data[row * width + column], data[chroma], data[chroma + (width * height) / 4]];
  return [colour.y, colour.u, colour.v].every((value, plane) => Math.abs((is[plane] ?? 0) - value) <= TOLERANCE);
}
