/** One track of a participant on its way to the disk, as received. */
import { messageOf } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { Packet } from '../../media/packet.ts';
import type { StreamReader } from '../../media/stream-reader.ts';
import type { Participant } from '../../room/participant.ts';
import { TRACK_TIMESCALE, type Track } from '../../room/track.ts';
import type { Clock } from '../../util/clock.ts';
import type { OpenFile } from '../session/segment-writer.ts';
import { joined, TrackFile } from './track-file.ts';
import { type TrackBegin, type TrackEnd, type TrackExtent, trackPath } from './track-index.ts';
import { configRecord, packetRecord, type TrackConfig } from './track-record.ts';

/** What all kept tracks of a session share. */
export interface KeptTrackContext {
  /** The session's. */
  readonly folder: string;
  /** The program's frame 0 on the monotonic clock. */
  readonly originMs: number;
  readonly fsyncMs: number;
  readonly clock: Clock;
  readonly log: Logger;
  /** The next id for a participant; undefined when there are too many. */
  readonly nextId: (participant: string) => Promise<number | undefined>;
  /** A line for the index. */
  readonly onLine: (line: TrackBegin | TrackEnd) => void;
  readonly openFile?: OpenFile;
}

/** Several seconds of the largest pictures: a disk that is slower for longer costs packets. */
const LIMITS = { maxItems: 600, maxBytes: 16 * 1024 * 1024 };
/** Between two tries on a disk that refuses, milliseconds: each needs another key frame of the sender. */
const RETRY_MS = 5000;
/** Between two requests of a key frame that does not come, milliseconds. */
const ASK_MS = 2000;

/** What lies in the file of an id, opened or not. */
interface Place {
  readonly id: number;
  readonly codec: TrackConfig['codec'];
  bytes: number;
  extent: TrackExtent | undefined;
  lost: number;
}

/** Written while `start`ed; may be stopped and started again, and goes on in the same file then. */
export class KeptTrack {
  readonly #context: KeptTrackContext;
  readonly #participant: Participant;
  readonly #track: Track;
  #reader: StreamReader<TrackConfig> | undefined;
  /** One run after the other; never rejects. */
  #run: Promise<void> = Promise.resolve();
  #place: Place | undefined;
  #file: TrackFile | undefined;
  #config: TrackConfig | undefined;
  #notBefore = Number.NEGATIVE_INFINITY;
  #lastPts = Number.NEGATIVE_INFINITY;
  /** Time of the newest packet in the file, if everything that it needs is there too. */
  #chainPts: number | undefined;
  /** Everything since the newest key frame is written or on its way. */
  #chained = false;
  #refusedUntilMs = Number.NEGATIVE_INFINITY;
  #askedMs = Number.NEGATIVE_INFINITY;
  /** Packets that were left out since the place was last written down. */
  #lost = 0;
  #full = false;

  constructor(participant: Participant, track: Track, context: KeptTrackContext) {
    this.#participant = participant;
    this.#track = track;
    this.#context = context;
  }

  /**
   * Begins with the newest key frame group, when the track has one; else a key frame is asked for. Sound begins with its
   * newest packets, because the program is behind. @param fresh nothing that was captured before now
   */
  start(fresh: boolean): void {
    if (this.#reader) return;
    const { stream } = this.#track;
    this.#notBefore = fresh ? (this.#context.clock.monotonicMs() / 1000) * TRACK_TIMESCALE : Number.NEGATIVE_INFINITY;
    const history = [...stream.history];
    const reader = stream.subscribe({
      label: `keeper ${stream.label}`,
      limits: LIMITS,
      onOverflow: 'drop-to-keyframe',
    });
    this.#reader = reader;
    if (this.#track.kind === 'video' && stream.latest && reader.waiting === 0) this.#askKeyframe();
    this.#run = this.#run.then(() => this.#pump(history, reader));
  }

  /** Resolves when what came so far is on the disk and the file is closed. Never rejects. */
  stop(): Promise<void> {
    this.#reader?.end();
    this.#reader = undefined;
    return this.#run;
  }

  async #pump(history: readonly Packet<TrackConfig>[], reader: StreamReader<TrackConfig>): Promise<void> {
    this.#chained = false;
    let dropped = 0;
    try {
      for (const packet of history) await this.#take(packet);
      for await (const packet of reader) {
        if (reader.dropped > dropped) {
          if (dropped === 0) this.#warn('the disk is too slow for a track of a participant; some of it is lost');
          this.#lost += reader.dropped - dropped;
          dropped = reader.dropped;
        }
        await this.#take(packet);
      }
    } catch (error) {
      this.#warn('a track of a participant is not kept any further', messageOf(error));
    } finally {
      await this.#closeFile();
    }
  }

  async #take(packet: Packet<TrackConfig>): Promise<void> {
    if (!this.#follows(packet)) return;
    const file = await this.#fileFor(packet.config);
    // Meanwhile the disk may have refused what this one continues.
    if (!file || !this.#chained) {
      this.#lose(1);
      return;
    }
    if (packet.config !== this.#config) {
      this.#config = packet.config;
      file.add(configRecord(packet.config));
    }
    this.#lastPts = packet.pts;
    this.#chainPts = packet.pts;
    const { data, keyframe, config } = packet;
    const ms = (packet.pts * 1000) / TRACK_TIMESCALE - this.#context.originMs;
    const durationMs = (packet.duration * 1000) / TRACK_TIMESCALE;
    const size = config.codec === 'opus' ? {} : { width: config.width, height: config.height };
    const extent = { fromMs: ms, toMs: ms + durationMs, packets: 1, ...size };
    await file.addPacket(packetRecord({ ms, durationMs, keyframe, data }), extent);
  }

  /** Whether a packet continues what is kept, or begins anew. */
  #follows({ pts, keyframe }: Packet): boolean {
    if (pts <= this.#lastPts) {
      // Given again after a pause: what comes behind it in the same group continues it.
      if (pts === this.#chainPts) this.#chained = true;
      return false;
    }
    if (this.#full || pts < this.#notBefore) return false;
    if (this.#context.clock.monotonicMs() < this.#refusedUntilMs) {
      this.#lose(1);
      return false;
    }
    if (keyframe) this.#chained = true;
    if (this.#chained) return true;
    this.#lost += 1;
    this.#askKeyframe();
    return false;
  }

  /** The open file of this codec; undefined while there is none. */
  async #fileFor({ codec }: TrackConfig): Promise<TrackFile | undefined> {
    if (this.#place && this.#place.codec !== codec) {
      await this.#closeFile();
      this.#place = undefined;
    }
    if (this.#file) return this.#file;
    const { folder, fsyncMs, clock, openFile } = this.#context;
    try {
      const place = this.#place ?? (await this.#begin(codec));
      if (!place) return undefined;
      this.#place = place;
      this.#file = await TrackFile.open({
        path: trackPath(folder, place.id),
        bytes: place.bytes,
        fsyncMs,
        clock,
        onLost: (packets, reason) => this.#onLost(packets, reason),
        ...(openFile && { openFile }),
      });
    } catch (error) {
      this.#onLost(0, messageOf(error));
    }
    return this.#file;
  }

  async #begin(codec: TrackConfig['codec']): Promise<Place | undefined> {
    const id = await this.#context.nextId(this.#participant.id);
    if (id === undefined) {
      this.#full = true;
      this.#warn('the session, or a participant, has too many tracks; a further one is not kept');
      return undefined;
    }
    const { number, kind, source } = this.#track;
    const { id: participant, name } = this.#participant;
    this.#context.onLine({ type: 'track', id, participant, name, source, kind, codec, track: number });
    return { id, codec, bytes: 0, extent: undefined, lost: 0 };
  }

  async #closeFile(): Promise<void> {
    const [file, place] = [this.#file, this.#place];
    if (!file || !place) return;
    await file.close();
    this.#file = undefined;
    this.#config = undefined;
    place.bytes = file.bytes;
    place.extent = file.written ? joined(place.extent, file.written) : place.extent;
    place.lost += this.#lost;
    this.#lost = 0;
    const { id, bytes, lost, extent } = place;
    if (extent) this.#context.onLine({ type: 'end', id, bytes, lost, ...extent });
  }

  #onLost(packets: number, reason: string): void {
    if (this.#context.clock.monotonicMs() >= this.#refusedUntilMs) {
      this.#warn('a track of a participant cannot be kept for now', reason);
    }
    this.#refusedUntilMs = this.#context.clock.monotonicMs() + RETRY_MS;
    this.#lose(packets);
  }

  /** What follows can be decoded only from a key frame on, and with its configuration. */
  #lose(packets: number): void {
    this.#lost += packets;
    this.#chained = false;
    this.#chainPts = undefined;
    this.#config = undefined;
  }

  #askKeyframe(): void {
    const nowMs = this.#context.clock.monotonicMs();
    if (nowMs < this.#askedMs + ASK_MS) return;
    this.#askedMs = nowMs;
    this.#track.events.emit('keyframeWanted', undefined);
  }

  #warn(message: string, reason?: string): void {
    const { number, source } = this.#track;
    const { id } = this.#participant;
    this.#context.log.warn(message, {
      participant: id,
      track: number,
      source,
      ...(reason !== undefined && { reason }),
    });
  }
}
