/** Joins an FFmpeg that produces packets to a participant that sends them. */
import type { ExitResult, SpawnFfmpeg } from '../../ffmpeg/ffmpeg-process.ts';
import { FfmpegError } from '../../errors.ts';
import { nullLogger } from '../../logger.ts';
import { type NutPacket, NutReader, type NutStream } from '../../media/nut-reader.ts';
import type { Clock } from '../../util/clock.ts';
import { Pace } from './pace.ts';
import { type PublishFormat, type PublishSource, isPaced, publishArgs } from './publish-source.ts';
import type { PublishedTrack } from './announced-tracks.ts';
import { type PublishedFrame, PublisherClient } from './publisher-client.ts';

/** Options of a publisher. */
export interface PublisherRunOptions {
  readonly url: string;
  readonly room: string;
  readonly token: string;
  readonly name: string;
  readonly source: PublishSource;
  readonly format: PublishFormat;
  /** Whether they agree to being recorded, in rooms that ask; default: nothing is said. */
  readonly consent?: boolean;
  readonly spawn: SpawnFfmpeg;
  /** PEM of the one certificate that the server is known to have; default: whoever this machine trusts. */
  readonly certificate?: string | undefined;
  readonly clock: Clock;
  readonly onNotice: (text: string) => void;
}

/** What has been sent so far. */
export interface PublishProgress {
  /** Seconds of media. */
  readonly seconds: number;
  readonly videoFrames: number;
  readonly bytes: number;
  readonly dropped: number;
}

// Track numbers as the web page uses them for files.
const TRACK = { audio: 3, video: 4 } as const;
const MAX_PACKET_BYTES = 4 * 1024 * 1024;
/** RFC 6381: constrained baseline, level 3.1. */
const CODEC_STRING = 'avc1.42E01F';
/** This FFmpeg reads no standard input, so the end of that tells it nothing; the signal that does comes soon. */
const STOP_STEP_MS = 250;
const OPUS_FRAME_US = 20_000;

/** Runs once; `stop` ends it from outside. */
export class Publisher {
  readonly #options: PublisherRunOptions;
  readonly #progress = { seconds: 0, videoFrames: 0, bytes: 0 };
  readonly #stopping = new AbortController();
  /** Undefined for what comes in its own time. */
  readonly #pace: Pace<PublishedFrame> | undefined;
  #client: PublisherClient | undefined;
  #originUs: number | undefined;

  constructor(options: PublisherRunOptions) {
    this.#options = options;
    const { source, clock } = options;
    if (isPaced(source)) this.#pace = new Pace(clock, (frame) => this.#send(frame));
  }

  get progress(): PublishProgress {
    return { ...this.#progress, dropped: this.#client?.dropped ?? 0 };
  }

  /** Ends in order; `run` resolves. */
  stop(): void {
    this.#stopping.abort();
  }

  /**
   * Resolves when the source has ended or `stop` was called.
   * @throws FfmpegError when the source cannot be opened or read, UnavailableError when the server refuses.
   */
  async run(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    const { source, format, spawn, clock } = this.#options;
    const streams = new Map<number, NutStream>();
    let failure: Error | undefined;
    let client: Promise<void> | undefined;
    const process = spawn(publishArgs(source, format), {
      label: 'publish',
      log: nullLogger,
      clock,
      graceMs: STOP_STEP_MS,
    });
    const reader = new NutReader({
      maxPacketBytes: MAX_PACKET_BYTES,
      onPacket: (packet) => {
        // What FFmpeg still has to give after the end is wanted by nobody.
        if (this.#stopping.signal.aborted) return;
        streams.set(packet.stream.index, packet.stream);
        // The header lists every stream before the first packet, so the reader knows them all by now.
        client ??= this.#connect(reader.streams).catch((error: unknown) => {
          failure ??= asError(error);
          this.stop();
        });
        this.#take(packet);
      },
    });
    process.output.on('data', (chunk: Buffer) => {
      try {
        reader.push(chunk);
      } catch (error) {
        failure ??= asError(error);
        this.stop();
      }
    });
    let isOver = false;
    const stop = (): void => {
      void process.stop();
      this.#pace?.close();
      if (isOver) this.#client?.close();
    };
    this.#stopping.signal.addEventListener('abort', stop, { once: true });
    const exit = await process.exit;
    isOver = true;
    await this.#pace?.empty();
    // The goodbye must not overtake the last pictures, which have a socket of their own; and of a short film these are all.
    if (!this.#stopping.signal.aborted) await this.#client?.delivered();
    this.#client?.close();
    await client;
    if (failure !== undefined) throw failure;
    if (this.#stopping.signal.aborted) return;
    if (exit.kind !== 'stopped' && exit.code !== 0) throw new FfmpegError(this.#explain(exit));
    if (streams.size === 0) throw new FfmpegError(this.#explain(exit));
  }

  #connect(streams: readonly NutStream[]): Promise<void> {
    const { url, room, token, name, consent, certificate, clock, onNotice } = this.#options;
    const tracks = streams.flatMap((stream) => this.#trackOf(stream));
    this.#client = new PublisherClient({
      url,
      room,
      token,
      name,
      ...(consent !== undefined && { consent }),
      tracks,
      certificate,
      clock,
      onNotice,
    });
    return this.#client.run();
  }

  #trackOf(stream: NutStream): PublishedTrack[] {
    if (stream.kind === 'other') return [];
    const track = TRACK[stream.kind];
    const publish = { type: 'publish', track, kind: stream.kind, source: 'file' } as const;
    if (stream.kind === 'audio') {
      return [{ publish, config: { type: 'config', track, id: 0, codec: 'opus', sampleRate: 48000, channels: 2 } }];
    }
    const { width = 0, height = 0 } = stream;
    const { framerate } = this.#options.format;
    const config = {
      type: 'config',
      track,
      id: 0,
      codec: 'h264',
      codecString: CODEC_STRING,
      width,
      height,
      framerate,
    } as const;
    return [{ publish, config }];
  }

  #take({ stream, pts, keyframe, data }: NutPacket): void {
    if (stream.kind === 'other') return;
    const mediaUs = Math.round((pts * stream.timebase.num * 1_000_000) / stream.timebase.den);
    // FFmpeg paces the packets, so the first one's arrival fixes where media time stands on our clock.
    this.#originUs ??= Math.round(this.#options.clock.monotonicMs() * 1000) - mediaUs;
    const captureUs = Math.max(0, this.#originUs + mediaUs);
    const durationUs = stream.kind === 'audio' ? OPUS_FRAME_US : Math.round(1_000_000 / this.#options.format.framerate);
    const frame = { track: TRACK[stream.kind], captureUs, durationUs, keyframe, data };
    if (this.#pace) this.#pace.add(frame, captureUs / 1000);
    else this.#send(frame);
  }

  #send(frame: PublishedFrame): void {
    this.#client?.send(frame);
    this.#progress.seconds = Math.max(this.#progress.seconds, (frame.captureUs - (this.#originUs ?? 0)) / 1_000_000);
    this.#progress.bytes += frame.data.byteLength;
    if (frame.track === TRACK.video) this.#progress.videoFrames += 1;
  }

  #explain(exit: ExitResult): string {
    const { source } = this.#options;
    const what = source.kind === 'url' ? source.url : source.kind === 'lavfi' ? 'the generated source' : source.path;
    const tail = exit.stderrTail.slice(-2).join(' ');
    // It never ran: then the source is not to blame.
    if (exit.code === null && exit.signal === null && tail) return tail;
    return `FFmpeg cannot read ${what}: is it a video or sound that can be opened? It says: ${tail || `exit code ${exit.code}`}`;
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
