/** One live room: mixer → program → { participants, HLS, session log }, opened and closed together. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { ProgramSettings, ViewingSettings } from '../api/ports.ts';
import { Broadcaster } from '../broadcast/broadcaster.ts';
import type { HlsOrigin } from '../hls/hls-origin.ts';
import { LiveStream } from '../hls/live-stream.ts';
import { Packager, type PartTracks } from '../hls/packager.ts';
import { abrStreamTimes } from '../hls/abr-times.ts';
import { type StreamTimes, streamTimes } from '../hls/profile.ts';
import type { ThumbnailMaker } from '../hls/thumbnail-maker.ts';
import { Thumbnails } from '../hls/thumbnails.ts';
import type { Logger } from '../logger.ts';
import type { CodecConfig } from '../media/codec.ts';
import type { Packet } from '../media/packet.ts';
import type { Part } from '../media/part.ts';
import type { Stream } from '../media/stream.ts';
import { type WallTime, wallTime } from '../media/timestamp.ts';
import type { ProgramOptions } from '../mixer/link-messages.ts';
import { Mixer } from '../mixer/mixer.ts';
import { lowForm, orderedForm } from '../mixer/program-form.ts';
import type { LiveSession } from '../recorder/session/live-session.ts';
import { elapsedMs, type ResumableSession } from '../recorder/session/resumable-session.ts';
import { SessionLog, type SessionLogOptions } from '../recorder/session/session-log.ts';
import { type HopObserver, noHopObserver } from '../room/hop-times.ts';
import type { Room } from '../room/room.ts';
import type { Clock, Disposer } from '../util/clock.ts';
import { alwaysLow } from './always-low.ts';
import { DelayWatch } from './delay-watch.ts';
import { DiskWatch } from './disk-watch.ts';
import { EarlyParts } from './early-parts.ts';
import { EmptySince } from './empty-since.ts';
import { ProgramNotes } from './program-notes.ts';
import { SessionRecords } from './session-records.ts';
import { SessionMonitor } from './session-monitor.ts';

/** What all pipelines of a server share. */
export interface PipelineOptions {
  readonly program: ProgramSettings &
    Omit<ProgramOptions, 'originMs' | 'originWallMs' | 'gopFrames' | keyof ProgramSettings>;
  readonly hls: ViewingSettings & {
    readonly segmentSeconds: number;
    readonly windowSegments: number;
    readonly dvrMinutes: number;
  };
  /** Folder of session logs. */
  readonly sessionsDir: string;
  readonly fsyncMs: number;
  readonly origin: HlsOrigin;
  /** Makes pictures for seek bars; default: there are none. */
  readonly thumbnails?: ThumbnailMaker;
  /** The last part of a session was appended and its log is about to close: the moment to end recordings. */
  readonly onEnding: (session: LiveSession) => Promise<void>;
  /** The log of a session is open, and nothing of this server was written to it yet: the moment to go on with recordings. */
  readonly onLogOpened?: (session: LiveSession) => void;
  /** There is no log: the session goes on live only. */
  readonly onLogFailed?: () => void;
  /** Keeps the files of a session until disposed, also when it ends; default: they go with it. */
  readonly keepFiles?: (sessionId: string) => Disposer;
  /** Told how long frames take for the parts of their way; default nobody. */
  readonly hops?: HopObserver;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A mixer process that dies is restarted without end: the room is useless without it. */
const MIXER_RESTART = { firstMs: 100, maxMs: 5000, attempts: Number.POSITIVE_INFINITY, forgetAfterMs: 30_000 };
/** Segments kept beyond twice the longest playlist's: the one that is being made, and those that a request may be reading. */
const KEEP_BEHIND = 4;
// The packager is synchronous: a queue this long means a stalled event loop, and the recording must fail loudly.
const PACKAGER_LIMITS = { maxItems: 3000, maxBytes: 64 * 1024 * 1024 };

/** Lives from the first participant to the end of the session. */
export class RoomPipeline {
  readonly sessionId: string;
  /** Frames of a segment; each begins with a key frame. */
  readonly segmentFrames: number;
  readonly room: Room;
  readonly mixer: Mixer;
  readonly broadcaster: Broadcaster;
  readonly monitor: SessionMonitor;
  /** Date ranges and captions for viewers. */
  readonly notes: ProgramNotes;
  /** In force for the whole session. */
  readonly program: ProgramSettings;
  /** What viewers get, in force for the whole session but for `access`, which is the room's. */
  readonly viewing: ViewingSettings;
  readonly #options: PipelineOptions;
  readonly #originMs: number;
  readonly #originWallMs: number;
  readonly #hls: LiveStream;
  readonly #packager: Packager;
  readonly #records: SessionRecords;
  readonly #pumps: Promise<void>[];
  readonly #opening: Promise<void>;
  #log: SessionLog | undefined;
  readonly #early = new EarlyParts();
  readonly #empty: EmptySince;
  #disk: DiskWatch | undefined;
  #endFrame: number | undefined;
  #closing: Promise<void> | undefined;

  /**
   * @param settings form of the program: the configuration's with the room's own on top, like `viewing`
   * @param resumed the session that a crash interrupted; default: a new session begins
   */
  constructor(
    room: Room,
    settings: ProgramSettings,
    viewing: ViewingSettings,
    options: PipelineOptions,
    resumed?: ResumableSession,
  ) {
    this.room = room;
    this.program = settings;
    this.viewing = viewing;
    this.#options = options;
    const { clock, hls, origin } = options;
    const program = { ...options.program, ...settings };
    const wallMs = clock.wallMs();
    this.#originMs = clock.monotonicMs() - (resumed ? elapsedMs(resumed, wallMs) : 0);
    this.#originWallMs = resumed?.info.originWallMs ?? wallMs;
    room.programOffsetMs = this.#originWallMs - this.#originMs;
    // Viewers of a resumed session get a new address: caches may hold parts that the disk has lost.
    const name = sessionName(wallMs);
    this.sessionId = resumed?.info.id ?? name;
    const log = options.log.child({ room: room.id, session: this.sessionId });
    const timesOf = viewing.abr ? abrStreamTimes : streamTimes;
    const times = timesOf(viewing.profile, program.framerate, hls.segmentSeconds);
    const { segmentFrames, partFrames } = times;
    this.segmentFrames = segmentFrames;
    this.#empty = new EmptySince(room, () => this.#frameDue());
    this.mixer = new Mixer({
      room,
      program: {
        ...program,
        gopFrames: segmentFrames,
        partFrames,
        originMs: this.#originMs,
        originWallMs: this.#originWallMs,
      },
      restart: MIXER_RESTART,
      clock,
      log,
    });
    this.monitor = new SessionMonitor({ room, mixer: this.mixer, log });
    const delays = new DelayWatch(room, options.hops ?? noHopObserver);
    this.#records = new SessionRecords({
      room,
      folder: join(options.sessionsDir, this.sessionId),
      originMs: this.#originMs,
      fsyncMs: options.fsyncMs,
      brokeOffMs: resumed && (resumed.log.nextFrame * 1000) / program.framerate,
      clock,
      log,
    });
    this.mixer.events.on('ages', (ages) => {
      delays.ages(ages);
      this.#records.ages(ages);
    });
    this.broadcaster = new Broadcaster(viewing.abr ? alwaysLow(this.mixer) : this.mixer, clock);
    this.#hls = this.#createStream(name, times, resumed);
    this.#packager = new Packager({
      framerate: program.framerate,
      partFrames,
      segmentFrames,
      ...(resumed && { goesOn: { segment: resumed.log.nextSegment, generation: resumed.log.nextGeneration } }),
      onPart: (part, tracks) => this.#onPart(part, tracks),
    });
    this.#pumps = this.#startPumps(delays);
    this.notes = new ProgramNotes({
      room,
      stream: this.#hls,
      now: () => this.now,
      onMark: (label, recording) => {
        this.#empty.touch();
        this.#records.mark(label, recording);
      },
    });
    const { framerate, width, height } = program;
    const form = { framerate, width, height, segmentFrames, partFrames };
    const titled = { id: this.sessionId, room: room.id, title: room.title };
    const info = { version: 1, ...titled, originWallMs: this.#originWallMs, ...form } as const;
    this.#opening = this.#openLog(resumed ? { existing: resumed.log } : { info }, log);
    origin.open(room.id, this.#hls, this.#thumbnails(log));
    log.info(resumed ? 'session goes on after a crash' : 'session begins');
  }

  /** The session as recordings see it; undefined until its log is open, and once it is closing. */
  get session(): LiveSession | undefined {
    return this.#log && !this.#closing ? this.#liveSession(this.#log) : undefined;
  }

  /** Now, by the program's clock, which keeps its course when the machine's clock is set. */
  get now(): WallTime {
    return wallTime(this.#originWallMs + this.#options.clock.monotonicMs() - this.#originMs);
  }

  /** Resolves when everything is on disk and every process is gone. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { origin, log, onEnding } = this.#options;
    const ending = { room: this.room.id, session: this.sessionId };
    // The session ends here, however long the rest of this takes: the mixer makes nothing more.
    this.#endFrame = this.#frameDue();
    this.#empty.close();
    this.room.programOffsetMs = undefined;
    await this.mixer.close();
    this.monitor.close();
    this.notes.close();
    this.broadcaster.close();
    await Promise.all(this.#pumps);
    this.#packager.end();
    await this.#opening;
    const files = this.#log && this.#options.keepFiles?.(this.sessionId);
    if (this.#log) {
      await onEnding(this.#liveSession(this.#log)).catch((error: unknown) => {
        log.error('the recordings of a session were not ended', { ...ending, reason: String(error) });
      });
    }
    await this.#records.close();
    await this.#log?.close();
    this.#disk?.close();
    origin.end(this.room.id, this.#hls, files);
    log.info('session ends', ending);
  }

  /** @param sessionId part of the viewers' addresses, which is another one after a crash */
  #createStream(sessionId: string, times: StreamTimes, resumed: ResumableSession | undefined): LiveStream {
    const { hls, clock } = this.#options;
    const program = { ...this.#options.program, ...this.program };
    const { abr, captions } = this.viewing;
    return new LiveStream({
      sessionId,
      ...(resumed && { firstSegment: resumed.log.nextSegment }),
      originWallMs: this.#originWallMs,
      times,
      windowSegments: hls.windowSegments,
      dvrSegments: dvrSegments(hls),
      captions,
      ...(abr && {
        abr: {
          framerate: program.framerate,
          low: lowForm(orderedForm({ ...program, gopFrames: times.segmentFrames })),
        },
      }),
      orderedBitrate: (program.videoKbit + program.audioKbit) * 1000,
      source: { readSegment: async (segment) => this.#log?.readSegment(segment) },
      clock,
    });
  }

  #startPumps(delays: DelayWatch): Promise<void>[] {
    const { clock } = this.#options;
    return [
      this.#pump(this.mixer.video, (packet) => {
        // By the clock that paces the program: the wall clock may have been set since.
        delays.packet(clock.monotonicMs() - this.#originMs - (packet.wallTime - this.#originWallMs));
        this.#packager.video(packet);
      }),
      this.#pump(this.mixer.audio, (packet) => this.#packager.audio(packet)),
      this.#pump(this.mixer.low, (packet) => this.#hls.addLow(packet)),
    ];
  }

  #liveSession(log: SessionLog): LiveSession {
    const { framerate } = this.program;
    return {
      id: this.sessionId,
      roomId: this.room.id,
      framerate,
      log,
      events: this.#records.events,
      keepTracks: () => this.#records.keepTracks(),
      recordsWritten: () => this.#records.written(),
      currentFrame: () => this.#endFrame ?? this.#frameDue(),
      emptyFrom: () => this.#empty.frame,
      wallTimeOf: (frame) => this.#originWallMs + (frame * 1000) / framerate,
    };
  }

  #thumbnails(log: Logger): Thumbnails | undefined {
    const { thumbnails, hls } = this.#options;
    const { framerate } = this.program;
    const listed = { source: () => this.#log, framerate, listedSegments: dvrSegments(hls) };
    return thumbnails && new Thumbnails(listed, thumbnails, log);
  }

  #frameDue(): number {
    const elapsedMs = this.#options.clock.monotonicMs() - this.#originMs;
    return Math.floor((elapsedMs * this.program.framerate) / 1000);
  }

  async #openLog(begin: Pick<SessionLogOptions, 'info' | 'existing'>, log: Logger): Promise<void> {
    const { sessionsDir, fsyncMs, clock, hls } = this.#options;
    try {
      this.#log = await SessionLog.open({
        dir: sessionsDir,
        sessionId: this.sessionId,
        fsyncMs,
        keepSegments: 2 * Math.max(hls.windowSegments, dvrSegments(hls)) + KEEP_BEHIND,
        clock,
        log,
        ...begin,
      });
      const session = this.#liveSession(this.#log);
      this.#options.onLogOpened?.(session);
      this.#disk = new DiskWatch(this.room, session);
      for (const part of this.#early.take()) this.#log.append(part);
    } catch (error) {
      log.error('the session cannot be kept on disk; it goes on live only', { reason: String(error) });
      this.#options.onLogFailed?.();
    }
    this.#early.take();
  }

  #onPart(part: Part, tracks: PartTracks): void {
    this.#hls.add(part, tracks);
    if (this.#log) this.#log.append(part);
    else this.#early.add(part);
  }

  async #pump<C extends CodecConfig>(stream: Stream<C>, take: (packet: Packet<C>) => void): Promise<void> {
    const reader = stream.subscribe({ label: 'packager', limits: PACKAGER_LIMITS, onOverflow: 'fail' });
    try {
      for await (const packet of reader) take(packet);
    } catch (error) {
      this.#options.log.error('the packager lost its program', { room: this.room.id, reason: String(error) });
    }
  }
}

/** Length of the playlist that reaches back, segments. */
function dvrSegments({ dvrMinutes, segmentSeconds }: PipelineOptions['hls']): number {
  return Math.ceil((dvrMinutes * 60) / segmentSeconds);
}

/** Sorts by time and can be told apart within a millisecond. */
function sessionName(wallMs: number): string {
  const time = new Date(wallMs).toISOString().replace(/[-:]/g, '').replace(/\..*/, 'Z');
  return `${time}-${randomBytes(4).toString('hex')}`;
}
