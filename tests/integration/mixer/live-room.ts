/** A room with a real mixer process, fed without sockets: people write coded frames straight into their tracks. */
import { onTestFinished, vi } from 'vitest';
import { locateFfmpeg } from '../../../src/ffmpeg/locate.ts';
import { nullLogger } from '../../../src/logger.ts';
import type { AacConfig, H264Config, OpusConfig, VideoConfig } from '../../../src/media/codec.ts';
import type { Packet } from '../../../src/media/packet.ts';
import type { Stream } from '../../../src/media/stream.ts';
import { pts, wallTime } from '../../../src/media/timestamp.ts';
import { Mixer } from '../../../src/mixer/mixer.ts';
import type { MixerStats } from '../../../src/mixer/link-messages.ts';
import { OpusDecoder } from '../../../src/mixer/opus-codec.ts';
import type { Picture } from '../../../src/mixer/picture.ts';
import { VideoDecoder } from '../../../src/mixer/video-decoder.ts';
import { type Participant, createParticipant } from '../../../src/room/participant.ts';
import { Room } from '../../../src/room/room.ts';
import { type Track, createTrack } from '../../../src/room/track.ts';
import { systemClock } from '../../../src/util/clock.ts';
import type { RetryPolicy } from '../../../src/util/retry.ts';
import { toneAmplitude } from '../../helpers/decoded-program.ts';
import type { Sample } from '../../helpers/media-samples.ts';
import { type RunningProcess, TrackedSpawner, descendantsOf } from './processes.ts';

export const FPS = 30;
const SIZE = { width: 320, height: 180 };
const WAIT = { timeout: 20_000, interval: 15 };
/** Of a tone, which is sent with 0.25. */
export const CLEARLY_HEARD = 0.15;
const LIMITS = { maxItems: 100_000, maxBytes: 1024 * 1024 * 1024 };
const RESTART: RetryPolicy = { firstMs: 1, maxMs: 1, attempts: 5, forgetAfterMs: 30_000 };

/** Somebody in the room. */
export class Person {
  readonly participant: Participant;
  readonly refused: string[] = [];
  keyframesWanted = 0;
  readonly #room: Room;
  readonly #stops = new Map<number, () => void>();

  constructor(room: Room, id: string) {
    this.#room = room;
    this.participant = createParticipant(id, id);
    room.join(this.participant);
  }

  /** Publishes this, again and again, at the pace of real time. */
  publish(number: number, { config, packets }: Sample<VideoConfig> | Sample<OpusConfig>): Track {
    const kind = config.codec === 'opus' ? 'audio' : 'video';
    const track = createTrack(number, kind, 'camera', `${this.participant.id}.${number}`);
    track.events.on('refused', ({ message }) => this.refused.push(message));
    track.events.on('keyframeWanted', () => {
      this.keyframesWanted += 1;
    });
    this.#room.addTrack(this.participant, track);
    const stepMs = packets[0]?.durationMs ?? 20;
    const startMs = systemClock.monotonicMs();
    let sent = 0;
    const send = (): void => {
      // Timers are late; what is sent, and when it was captured, is not.
      for (; startMs + sent * stepMs <= systemClock.monotonicMs(); sent += 1) {
        const packet = packets[sent % packets.length];
        if (!packet) return;
        const captured = { pts: pts(Math.round((startMs + sent * stepMs) * 1000)), duration: stepMs * 1000 };
        const frame = { ...captured, data: packet.data, wallTime: wallTime(systemClock.wallMs()) };
        if (track.kind === 'audio' && config.codec === 'opus') track.stream.write({ ...frame, keyframe: true, config });
        else if (track.kind === 'video' && config.codec !== 'opus') {
          track.stream.write({ ...frame, keyframe: packet.keyframe, config });
        }
      }
    };
    this.#stops.set(number, systemClock.every(stepMs, send));
    return track;
  }

  unpublish(number: number): void {
    this.#stops.get(number)?.();
    this.#room.removeTrack(this.participant, number);
  }

  leave(): void {
    for (const stop of this.#stops.values()) stop();
    this.#room.leave(this.participant.id);
  }
}

/** Closed when its test has ended. */
export class LiveRoom {
  readonly room = new Room({
    id: 'room',
    title: 'Room',
    createdAt: new Date(0),
    limits: { maxParticipants: 16, maxTracksPerParticipant: 6 },
  });
  readonly mixer: Mixer;
  readonly video: Array<Packet<H264Config>> = [];
  readonly audio: Array<Packet<AacConfig>> = [];
  readonly lost: string[] = [];
  stats: MixerStats | undefined;
  restarts = 0;
  readonly originWallMs = 1_800_000_000_000;
  readonly #people: Person[] = [];
  readonly #ffmpeg: string;

  private constructor(ffmpeg: string, restart: RetryPolicy, degrade: boolean) {
    this.#ffmpeg = ffmpeg;
    this.mixer = new Mixer({
      room: this.room,
      program: {
        ...SIZE,
        framerate: FPS,
        videoKbit: 600,
        audioKbit: 96,
        preset: 'ultrafast',
        gopFrames: FPS,
        maxPixels: 1920 * 1088,
        degrade,
        ffmpegPath: ffmpeg,
        originMs: systemClock.monotonicMs(),
        originWallMs: this.originWallMs,
      },
      restart,
      clock: systemClock,
      log: nullLogger,
    });
    this.mixer.events.on('stats', (stats) => {
      this.stats = stats;
    });
    this.mixer.events.on('restarted', ({ restarts }) => {
      this.restarts = restarts;
    });
    this.mixer.events.on('lost', ({ reason }) => this.lost.push(reason));
    void collect(this.mixer.video, this.video);
    void collect(this.mixer.audio, this.audio);
  }

  /** @param slow what stands in for FFmpeg in a program that becomes cheaper; others stay as they are on the busiest machine. */
  static async open(restart: RetryPolicy = RESTART, slow?: string): Promise<LiveRoom> {
    const live = new LiveRoom(slow ?? (await locateFfmpeg({})).path, restart, slow !== undefined);
    onTestFinished(() => live.close());
    return live;
  }

  enter(id: string): Person {
    const person = new Person(this.room, id);
    this.#people.push(person);
    return person;
  }

  /** Resolves once so many more program frames have come. */
  async frames(count: number): Promise<void> {
    const goal = this.video.length + count;
    await vi.waitFor(() => {
      if (this.video.length < goal) throw new Error(`The program has ${this.video.length} frames instead of ${goal}`);
    }, WAIT);
  }

  /** The mixer process. */
  get process(): RunningProcess {
    const found = descendantsOf(process.pid).find(({ command }) => command.includes('mixer-process'));
    if (!found) throw new Error('There is no mixer process');
    return found;
  }

  /** FFmpeg processes of the mixer whose command line has this word. */
  ffmpegs(word: 'libx264' | 'aac' | 'rawvideo'): RunningProcess[] {
    const words = { libx264: '-c:v libx264', aac: '-c:a aac', rawvideo: '-c:v rawvideo' };
    return descendantsOf(this.process.pid).filter(({ command }) => command.includes(words[word]));
  }

  /** The newest picture of the program. */
  async picture(): Promise<Picture> {
    const from = this.video.findLastIndex(({ keyframe }) => keyframe);
    const group = this.video.slice(from);
    const first = group[0];
    if (!first) throw new Error('The program has no key frame');
    const pictures: Picture[] = [];
    const decoder = new VideoDecoder({
      form: { ...SIZE, fit: 'contain' },
      config: first.config,
      maxPixels: 1920 * 1088,
      spawn: new TrackedSpawner(this.#ffmpeg).spawn,
      clock: systemClock,
      log: nullLogger,
      label: 'program',
      onFrame: ({ picture }) => pictures.push(picture),
      onFailure: () => {},
    });
    for (const [index, { data, keyframe }] of group.entries()) {
      decoder.feed({ captureUs: Math.round((index * 1e6) / FPS), keyframe, data });
    }
    await vi.waitFor(() => {
      if (pictures.length < group.length) throw new Error('The program is still being decoded');
    }, WAIT);
    await decoder.close();
    return pictures.at(-1) as Picture;
  }

  /** Resolves when these are the lumas right above the middles of that many equal columns in the middle row. */
  async shows(...lumas: readonly number[]): Promise<void> {
    await vi.waitFor(
      async () => {
        const { data, width, height } = await this.picture();
        const at = (column: number): number => Math.floor(((column + 0.5) * width) / lumas.length);
        const is = lumas.map((_, column) => data[Math.floor(height * 0.45) * width + at(column)] as number);
        if (is.some((luma, column) => Math.abs(luma - (lumas[column] as number)) > 6)) {
          throw new Error(`The program shows ${is.join()} instead of ${lumas.join()}`);
        }
      },
      { ...WAIT, interval: 50 },
    );
  }

  /** Samples of the left channel that a participant heard since it was called, once there are `packets` packets of it. */
  async heardBy(id: string, packets: number): Promise<Float32Array> {
    const stream = this.mixer.returnSound(id);
    if (!stream) throw new Error(`${id} is not in the room`);
    const heard: Array<Packet<OpusConfig>> = [];
    const reader = stream.subscribe({ label: 'test', limits: LIMITS, onOverflow: 'fail' });
    for await (const packet of reader) {
      heard.push(packet);
      if (heard.length === packets) break;
    }
    const decoder = new OpusDecoder();
    const blocks = heard.map(({ data }) => decoder.decode(data)).slice(5);
    return Float32Array.from(blocks.flatMap((block) => [...block].filter((_, index) => index % 2 === 0)));
  }

  /**
   * Resolves when a participant hears a tone as loud as senders send it, for as long as 30 packets take: beside a busy
   * machine the first packets hold the fades around what came too late.
   */
  async hears(id: string, hz: number): Promise<void> {
    await vi.waitFor(async () => {
      const level = toneAmplitude(await this.heardBy(id, 30), hz);
      if (level < CLEARLY_HEARD) throw new Error(`${id} hears ${hz} Hz with an amplitude of ${level}`);
    }, WAIT);
  }

  async close(): Promise<void> {
    for (const person of this.#people) person.leave();
    await this.mixer.close();
  }
}

async function collect<C extends H264Config | AacConfig>(stream: Stream<C>, into: Array<Packet<C>>): Promise<void> {
  for await (const packet of stream.subscribe({ label: 'test', limits: LIMITS, onOverflow: 'fail' })) into.push(packet);
}
