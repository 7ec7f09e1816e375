/** A room with its mixer, as a server has it, without sockets: people are fed from memory, everybody listens. */
import { nullLogger } from '../../src/logger.ts';
import type { AacConfig, CodecConfig, H264Config } from '../../src/media/codec.ts';
import type { Packet } from '../../src/media/packet.ts';
import type { Stream } from '../../src/media/stream.ts';
import type { MixerStats } from '../../src/mixer/link-messages.ts';
import { Mixer } from '../../src/mixer/mixer.ts';
import { type Participant, createParticipant } from '../../src/room/participant.ts';
import { Room } from '../../src/room/room.ts';
import { createTrack } from '../../src/room/track.ts';
import { type Disposer, systemClock } from '../../src/util/clock.ts';
import { nameOf } from '../content/static-graph.ts';
import { PROGRAM } from '../program.ts';
import type { CodedLoop } from './coded-loop.ts';
import { Feeder } from './feeder.ts';

const RESTART = { firstMs: 100, maxMs: 5000, attempts: 5, forgetAfterMs: 30_000 };
const LIMITS = { maxItems: 3000, maxBytes: 64 * 1024 * 1024 };
const MAX_PEOPLE = 50;
/** Golden-ratio steps: people's frames come spread over the time of one. */
const PHASE = 0.618;

/** Closed by whoever opened it; the mixer process and everything below end with it. */
export class BenchRoom {
  readonly room = new Room({
    id: 'bench',
    title: 'Bench',
    createdAt: new Date(systemClock.wallMs()),
    limits: { maxParticipants: MAX_PEOPLE, maxTracksPerParticipant: 4 },
  });
  readonly mixer: Mixer;
  readonly originMs = systemClock.monotonicMs();
  /** What the mixer said last. */
  stats: MixerStats | undefined;
  restarts = 0;
  readonly #feeder = new Feeder();
  readonly #feeds = new Map<string, Disposer[]>();
  readonly #onReturnSound: (id: string) => void;
  #joined = 0;

  constructor(options: {
    ffmpeg: string;
    onVideo?: (packet: Packet<H264Config>) => void;
    onAudio?: (packet: Packet<AacConfig>) => void;
    onReturnSound?: (id: string) => void;
  }) {
    const { framerate, kbit, ...program } = PROGRAM;
    this.mixer = new Mixer({
      room: this.room,
      program: {
        ...program,
        framerate,
        videoKbit: kbit,
        maxPixels: 1920 * 1088,
        // A program that made itself cheaper could not be compared.
        degrade: false,
        ffmpegPath: options.ffmpeg,
        originMs: this.originMs,
        originWallMs: systemClock.wallMs(),
      },
      restart: RESTART,
      clock: systemClock,
      log: nullLogger,
    });
    this.mixer.events.on('stats', (stats) => {
      this.stats = stats;
    });
    this.mixer.events.on('restarted', ({ restarts }) => {
      this.restarts = restarts;
    });
    this.#onReturnSound = options.onReturnSound ?? (() => {});
    void consume(this.mixer.video, options.onVideo ?? (() => {}));
    void consume(this.mixer.audio, options.onAudio ?? (() => {}));
  }

  /** Somebody comes, listens to the others and sends these. `phase`: how much of a packet's time later than now. */
  enter(media: { readonly video?: CodedLoop; readonly voice?: CodedLoop; readonly phase?: number }): Participant {
    const index = this.#joined;
    this.#joined += 1;
    const participant = createParticipant(`p${index}`, nameOf(index));
    this.room.join(participant);
    this.mixer.setListening(participant.id, true);
    const heard = this.mixer.returnSound(participant.id);
    if (heard) void consume(heard, () => this.#onReturnSound(participant.id));
    const phase = media.phase ?? (index * PHASE) % 1;
    const feeds: Disposer[] = [];
    for (const [number, loop] of [media.video, media.voice].entries()) {
      if (!loop) continue;
      const [kind, source] =
        loop.config.codec === 'opus' ? (['audio', 'mic'] as const) : (['video', 'camera'] as const);
      const track = createTrack(number, kind, source, `${participant.id}.${number}`);
      this.room.addTrack(participant, track);
      feeds.push(this.#feeder.add(track, loop, phase * loop.stepMs));
    }
    this.#feeds.set(participant.id, feeds);
    return participant;
  }

  /** Somebody goes. */
  leave(id: string): void {
    for (const end of this.#feeds.get(id) ?? []) end();
    this.#feeds.delete(id);
    this.room.leave(id);
  }

  async close(): Promise<void> {
    this.#feeder.close();
    await this.mixer.close();
  }
}

async function consume<C extends CodecConfig>(stream: Stream<C>, take: (packet: Packet<C>) => void): Promise<void> {
  const reader = stream.subscribe({ label: 'bench', limits: LIMITS, onOverflow: 'drop-to-keyframe' });
  for await (const packet of reader) take(packet);
}
