/** A live stream fed with parts that hold no media, and what it answers. */
import type { OriginAnswer } from '../../../src/hls/answers.ts';
import { LiveStream, type LiveStreamOptions } from '../../../src/hls/live-stream.ts';
import { streamTimes } from '../../../src/hls/profile.ts';
import type { Part } from '../../../src/media/part.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { SEGMENT_PARTS, testPart } from '../../helpers/log-parts.ts';

/** A stream, its clock, and which segments it has asked its source for. */
export class LiveRig {
  readonly clock = new FakeClock();
  readonly asked: number[] = [];
  readonly stream: LiveStream;
  #next: number;

  /** @param segment number of the first segment that is fed */
  constructor(options: Partial<LiveStreamOptions> = {}, segment = 0) {
    this.#next = segment * SEGMENT_PARTS;
    const originWallMs = testPart(0).wallTime;
    this.stream = new LiveStream({
      sessionId: 'abc',
      originWallMs,
      captions: true,
      times: streamTimes('standard', 30, 2),
      windowSegments: 12,
      dvrSegments: 24,
      orderedBitrate: 0,
      clock: this.clock,
      source: {
        readSegment: (segment) => {
          this.asked.push(segment);
          return Promise.resolve(segment >= 3 ? Buffer.from(`from disk: ${segment}`) : undefined);
        },
      },
      ...options,
    });
  }

  /** The next so many parts; `change` makes them others. */
  parts(count: number, change: Partial<Part> = {}): void {
    for (let left = count; left > 0; left -= 1) {
      this.stream.add({ ...testPart(this.#next), ...change });
      this.#next += 1;
    }
  }

  /** So many whole segments; a discontinuity is before the first part of the first one. */
  segments(count: number, change: Partial<Part> = {}): void {
    for (let segment = 0; segment < count; segment += 1) {
      this.parts(1, { ...change, discontinuity: segment === 0 && change.discontinuity === true });
      this.parts(SEGMENT_PARTS - 1, { ...change, discontinuity: false });
    }
  }

  get(file: string, query = '', signal?: AbortSignal): Promise<OriginAnswer> {
    return this.stream.get(file, new URLSearchParams(query), signal);
  }

  async text(file: string, query = ''): Promise<string> {
    const { body } = await this.get(file, query);
    return typeof body === 'string' ? body : Buffer.from(body).toString();
  }
}

/** URIs of whole segments that a playlist lists. */
export function segmentsOf(playlist: string): string[] {
  return playlist.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

/** Whether a promise has settled by now. */
export async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol('pending');
  // A few turns: what settles at a look goes through several functions.
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  return (await Promise.race([promise, Promise.resolve(pending)])) !== pending;
}
