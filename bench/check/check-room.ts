/** A room with a real mixer process whose program is watched: what the checks of content and cadence are done with. */
import { nullLogger } from '../../src/logger.ts';
import type { AacConfig, CodecConfig, OpusConfig } from '../../src/media/codec.ts';
import type { Packet } from '../../src/media/packet.ts';
import type { Stream } from '../../src/media/stream.ts';
import type { MixerStats, ProgramOptions } from '../../src/mixer/link-messages.ts';
import { Mixer } from '../../src/mixer/mixer.ts';
import { type Participant, type ParticipantRole, createParticipant } from '../../src/room/participant.ts';
import { Room } from '../../src/room/room.ts';
import { type Track, type TrackSource, createTrack } from '../../src/room/track.ts';
import { type Disposer, systemClock } from '../../src/util/clock.ts';
import { percentile } from '../measure/statistics.ts';
import type { CodedLoop } from '../room/coded-loop.ts';
import { Feeder } from '../room/feeder.ts';
import { Cadence, type CadenceReport } from './cadence.ts';
import { ProgramWatch } from './program-watch.ts';

const LIMITS = { maxItems: 3000, maxBytes: 64 * 1024 * 1024 };
const MAX_PEOPLE = 50;
const RESTART = { firstMs: 100, maxMs: 5000, attempts: 5, forgetAfterMs: 30_000 };
/** Far from now: what the clock of the program shows comes from here alone. */
const ORIGIN_WALL_MS = Date.UTC(2027, 0, 15, 9, 30);
const PROGRAM = {
  width: 320,
  height: 180,
  framerate: 30,
  videoKbit: 1500,
  audioKbit: 96,
  preset: 'ultrafast',
  gopFrames: 60,
  maxPixels: 1920 * 1088,
  // How busy the machine is must not change what is looked at.
  degrade: false,
  originWallMs: ORIGIN_WALL_MS,
} as const;

/** What of the program can be chosen. */
export type ProgramChoice = Partial<
  Pick<ProgramOptions, 'width' | 'height' | 'videoKbit' | 'preset' | 'gopFrames' | 'originWallMs'>
>;

/** How the program was made, and what came out. */
export interface RoomReport extends CadenceReport {
  /** How long after it was due a frame was begun, milliseconds; without the first second, in which everything starts. */
  readonly maxLateMs: number;
  readonly p99LateMs: number;
  readonly skippedFrames: number;
  readonly restarts: number;
  /** Highest step of the degrade ladder. */
  readonly step: number;
}

/** What somebody sends. */
export interface Sending {
  readonly loop: CodedLoop;
  readonly source: TrackSource;
  /** Later than now, milliseconds. */
  readonly phaseMs?: number;
  /** How long the next packet is on its way, milliseconds. */
  readonly lateMs?: () => number;
}

/** Closed by whoever opened it; the mixer process and everything below end with it. */
export class CheckRoom {
  readonly room = new Room({
    id: 'check',
    title: 'Check',
    createdAt: new Date(ORIGIN_WALL_MS),
    limits: { maxParticipants: MAX_PEOPLE, maxTracksPerParticipant: 6 },
  });
  readonly program: ProgramOptions;
  readonly mixer: Mixer;
  readonly watch: ProgramWatch;
  /** Told of each packet of the program's sound. */
  onAudio: (packet: Packet<AacConfig>) => void = () => {};
  /** Told of what those who listen get back. */
  onReturn: (to: string, packet: Packet<OpusConfig>) => void = () => {};
  readonly #cadence: Cadence;
  readonly #feeder = new Feeder();
  readonly #feeds = new Map<Track, Disposer>();
  #stats: MixerStats | undefined;
  readonly #lateMs: number[] = [];
  #maxStep = 0;
  #restarts = 0;
  readonly #waiting = new Set<() => void>();

  /** @param watched without it the program is counted, but not decoded. */
  constructor(ffmpeg: string, choice: ProgramChoice = {}, watched = true) {
    this.program = { ...PROGRAM, ...choice, ffmpegPath: ffmpeg, originMs: systemClock.monotonicMs() };
    const { width, height, framerate, originWallMs } = this.program;
    this.#cadence = new Cadence({ framerate, originWallMs });
    this.watch = new ProgramWatch({ ffmpeg, width, height, framerate });
    const { room, program } = this;
    this.mixer = new Mixer({ room, program, restart: RESTART, clock: systemClock, log: nullLogger });
    this.mixer.events.on('stats', (stats) => {
      if (this.#stats) this.#lateMs.push(...stats.latenessMs);
      this.#stats = stats;
      this.#maxStep = Math.max(this.#maxStep, stats.step);
    });
    this.mixer.events.on('restarted', ({ restarts }) => {
      this.#restarts = restarts;
    });
    void consume(this.mixer.video, (packet) => {
      this.#cadence.video(packet);
      for (const check of [...this.#waiting]) check();
      if (watched) this.watch.push(packet);
    });
    void consume(this.mixer.audio, (packet) => {
      this.#cadence.audio(packet);
      this.onAudio(packet);
    });
  }

  get report(): RoomReport {
    return {
      ...this.#cadence.report,
      maxLateMs: this.#lateMs.reduce((most, ms) => Math.max(most, ms), 0),
      p99LateMs: percentile(this.#lateMs, 0.99),
      skippedFrames: this.#stats?.skippedFrames ?? 0,
      restarts: this.#restarts,
      step: this.#maxStep,
    };
  }

  /** Resolves once so many more program frames have come. @throws Error when they have not come in time. */
  frames(count: number, timeoutMs = count * 200 + 10_000): Promise<void> {
    const goal = this.#cadence.report.frames + count;
    return new Promise((resolve, reject) => {
      const check = (): void => {
        if (this.#cadence.report.frames < goal) return;
        end();
        resolve();
      };
      const cancel = systemClock.after(timeoutMs, () => {
        end();
        reject(new Error(`The program has ${this.#cadence.report.frames} frames instead of ${goal}`));
      });
      const end = (): void => {
        cancel();
        this.#waiting.delete(check);
      };
      this.#waiting.add(check);
    });
  }

  enter(id: string, name = id, role: ParticipantRole = 'participant'): Participant {
    const participant = createParticipant(id, name, role);
    this.room.join(participant);
    return participant;
  }

  /** Makes the participant's return sound from now on. */
  listen({ id }: Participant): void {
    this.mixer.setListening(id, true);
    const stream = this.mixer.returnSound(id);
    if (!stream) return;
    void consume(stream, (packet) => {
      this.#cadence.returnSound(id, packet);
      this.onReturn(id, packet);
    });
  }

  /** Publishes this, again and again, at the pace of real time. */
  send(participant: Participant, number: number, { loop, source, phaseMs, lateMs }: Sending): Track {
    const kind = loop.config.codec === 'opus' ? 'audio' : 'video';
    const track = createTrack(number, kind, source, `${participant.id}.${number}`);
    this.room.addTrack(participant, track);
    this.#feeds.set(track, this.#feeder.add(track, loop, phaseMs, lateMs));
    return track;
  }

  /** Nothing more is sent, and the track stays. */
  stall(track: Track): void {
    this.#feeds.get(track)?.();
    this.#feeds.delete(track);
  }

  /** The track is over. */
  withdraw(participant: Participant, number: number): void {
    const track = participant.tracks.get(number);
    if (track) this.stall(track);
    this.room.removeTrack(participant, number);
  }

  leave(participant: Participant): void {
    for (const track of participant.tracks.values()) this.stall(track);
    this.room.leave(participant.id);
    this.#cadence.forget(participant.id);
  }

  async close(): Promise<void> {
    this.#feeder.close();
    await this.watch.close();
    await this.mixer.close();
  }
}

async function consume<C extends CodecConfig>(stream: Stream<C>, take: (packet: Packet<C>) => void): Promise<void> {
  const reader = stream.subscribe({ label: 'check', limits: LIMITS, onOverflow: 'fail' });
  for await (const packet of reader) take(packet);
}
