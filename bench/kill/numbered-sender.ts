/** Somebody who shares numbered pictures and a tone, and comes back whenever the server does. */
import { PublisherClient } from '../../src/cli/publish/publisher-client.ts';
import { systemClock } from '../../src/util/clock.ts';
import { encodeLoop } from '../check/pattern.ts';
import { toneLoop } from '../check/tones.ts';
import { STAMPED, stampedPicture } from '../page/stamp.ts';
import type { CodedLoop } from '../room/coded-loop.ts';

/** Numbers count pictures of the sender's own clock, 30 a second, and begin again after `count`: half a minute. */
export const NUMBERS = { fps: 30, count: 900 } as const;
const STEP_MS = 1000 / NUMBERS.fps;
const SOUND_MS = 20;
const TRACK = { sound: 0, picture: 1 } as const;
const TURN_MS = 10;
/** Whoever comes back is seen again half a second later at most. */
const GOP = 15;

/** Coded once for a whole series. */
export function numberedLoop(ffmpeg: string): Promise<CodedLoop> {
  function* frames(): Iterable<Uint8Array> {
    for (let number = 0; number < NUMBERS.count; number += 1) yield stampedPicture(number, 0).data;
  }
  const rate = ['-b:v', '600k', '-maxrate', '800k', '-bufsize', '600k'];
  return encodeLoop(ffmpeg, STAMPED, frames(), { rate, gopFrames: GOP });
}

/** Sends in real time from its making until `close`. */
export class NumberedSender {
  readonly #originMs = systemClock.monotonicMs();
  readonly #client: PublisherClient;
  readonly #loop: CodedLoop;
  readonly #tone = toneLoop({ hz: 600 });
  readonly #running: Promise<void>;
  readonly #stop: () => void;
  #picture = 0;
  #sound = 0;

  constructor(where: { readonly url: string; readonly room: string; readonly token: string }, loop: CodedLoop) {
    this.#loop = loop;
    const { picture, sound } = TRACK;
    const { config } = loop;
    if (config.codec !== 'h264') throw new Error('The numbered loop is H.264');
    const { codecString, width, height, framerate } = config;
    this.#client = new PublisherClient({
      ...where,
      name: 'Numbers',
      consent: true,
      tracks: [
        {
          publish: { type: 'publish', track: sound, kind: 'audio', source: 'mic' },
          config: { type: 'config', track: sound, id: 0, codec: 'opus', sampleRate: 48000, channels: 1 },
        },
        {
          // A shared screen is alone in the picture of the layout "single".
          publish: { type: 'publish', track: picture, kind: 'video', source: 'screen' },
          config: {
            type: 'config',
            track: picture,
            id: 0,
            codec: 'h264',
            codecString,
            width,
            height,
            framerate,
          },
        },
      ],
      clock: systemClock,
      onNotice: () => {},
    });
    this.#running = this.#client.run();
    this.#running.catch(() => {});
    this.#stop = systemClock.every(TURN_MS, () => this.#turn());
  }

  /** The number that is captured now, counted from the beginning without ever starting again. */
  get number(): number {
    return Math.floor((systemClock.monotonicMs() - this.#originMs) / STEP_MS);
  }

  /** Says goodbye. */
  async close(): Promise<void> {
    this.#stop();
    this.#client.close();
    await this.#running.catch(() => {});
  }

  #turn(): void {
    const elapsed = systemClock.monotonicMs() - this.#originMs;
    for (; this.#sound * SOUND_MS <= elapsed; this.#sound += 1) {
      this.#send(TRACK.sound, this.#tone, this.#sound, SOUND_MS);
    }
    for (; this.#picture * STEP_MS <= elapsed; this.#picture += 1) {
      this.#send(TRACK.picture, this.#loop, this.#picture, STEP_MS);
    }
  }

  #send(track: number, { packets }: CodedLoop, index: number, stepMs: number): void {
    const packet = packets[index % packets.length];
    if (!packet) return;
    const captureUs = Math.round((this.#originMs + index * stepMs) * 1000);
    this.#client.send({ ...packet, track, captureUs, durationUs: Math.round(stepMs * 1000) });
  }
}
