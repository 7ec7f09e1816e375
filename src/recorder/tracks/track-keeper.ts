/** Keeps everybody's own tracks in the session's folder while anybody wants them. */
import type { Logger } from '../../logger.ts';
import { mayBeKept } from '../../room/consent.ts';
import type { Participant } from '../../room/participant.ts';
import type { Room } from '../../room/room.ts';
import type { Track } from '../../room/track.ts';
import type { Clock, Disposer } from '../../util/clock.ts';
import { KeptTrack, type KeptTrackContext } from './kept-track.ts';
import { LineFile } from '../session/line-file.ts';
import type { OpenFile } from '../session/segment-writer.ts';
import { firstFreeTrackId, formatTrackLine, trackIndexPath } from './track-index.ts';

/** Options of a keeper. */
export interface TrackKeeperOptions {
  readonly room: Room;
  /** The session's. */
  readonly folder: string;
  /** The program's frame 0 on the monotonic clock. */
  readonly originMs: number;
  /** Longest time that what is written stays in the page cache only; 0: each write is synced. */
  readonly fsyncMs: number;
  readonly clock: Clock;
  readonly log: Logger;
  /** Files of one session, all its recordings together. */
  readonly maxTracks?: number;
  /** Tracks that are kept of one person; default 256. */
  readonly maxTracksOfOne?: number;
  readonly openFile?: OpenFile;
}

/** A session of a day with a hundred people who each come back ten times a day with four tracks. */
const MAX_TRACKS = 4096;
/** Whoever changes codecs or publishes anew without end must not take everybody's place. */
const MAX_TRACKS_OF_ONE = 256;

/** Owned by the room's pipeline; a disk that fails costs packets and never throws into the caller. */
export class TrackKeeper {
  readonly #options: TrackKeeperOptions;
  readonly #context: KeptTrackContext;
  readonly #index: LineFile;
  /** Also those that are stopped for a while: they go on in the same file. */
  readonly #kept = new Map<Track, KeptTrack>();
  readonly #ending = new Set<Promise<void>>();
  #users = 0;
  #listening: Disposer[] = [];
  #firstId: Promise<number> | undefined;
  #begun = 0;
  /** By participant. */
  readonly #begunBy = new Map<string, number>();
  #closed = false;

  constructor(options: TrackKeeperOptions) {
    this.#options = options;
    const { folder, fsyncMs, clock, log, openFile } = options;
    const common = { fsyncMs, clock, log, ...(openFile && { openFile }) };
    this.#index = new LineFile({ ...common, path: trackIndexPath(folder), label: 'isolated tracks' });
    this.#context = {
      ...common,
      folder,
      originMs: options.originMs,
      nextId: (participant) => this.#nextId(participant),
      onLine: (line) => this.#index.append(formatTrackLine(line)),
    };
  }

  /** Tracks are written until disposed; it counts who wants them. */
  keep(): Disposer {
    let wanted = true;
    this.#users += 1;
    if (this.#users === 1) this.#begin();
    return () => {
      if (!wanted) return;
      wanted = false;
      this.#users -= 1;
      if (this.#users === 0) this.#end();
    };
  }

  /** Resolves when the tracks that nobody wants any more are on the disk and their files are closed. Never rejects. */
  async settled(): Promise<void> {
    while (this.#ending.size > 0) await Promise.all(this.#ending);
    await this.#index.settled();
  }

  /** Resolves when everything is on the disk and all files are closed. Never rejects. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#end();
    this.#kept.clear();
    await this.settled();
    await this.#index.close();
  }

  #begin(): void {
    if (this.#closed) return;
    const { room } = this.#options;
    const lookAtAll = (agreed: boolean): void => {
      for (const participant of room.participants) this.#look(participant, agreed);
    };
    this.#listening = [
      room.events.on('joined', (participant) => this.#look(participant, false)),
      room.events.on('trackAdded', ({ participant }) => this.#look(participant, false)),
      room.events.on('trackRemoved', ({ track }) => this.#stop(track)),
      room.events.on('participantChanged', ({ participant }) => this.#look(participant, true)),
      room.events.on('changed', () => lookAtAll(true)),
    ];
    // Those that ended while nobody listened.
    for (const track of [...this.#kept.keys()]) if (track.stream.closed) this.#stop(track);
    lookAtAll(false);
  }

  #end(): void {
    for (const dispose of this.#listening.splice(0)) dispose();
    for (const track of [...this.#kept.keys()]) this.#stop(track);
  }

  /** Starts and stops the tracks of a participant, as they may be kept. @param agreed what starts now was not to be kept before */
  #look(participant: Participant, agreed: boolean): void {
    const keeps = mayKeep(this.#options.room, participant);
    for (const track of participant.tracks.values()) {
      if (keeps) this.#start(participant, track, agreed);
      else this.#stop(track);
    }
  }

  #start(participant: Participant, track: Track, fresh: boolean): void {
    const kept = this.#kept.get(track) ?? new KeptTrack(participant, track, this.#context);
    this.#kept.set(track, kept);
    kept.start(fresh);
  }

  #stop(track: Track): void {
    const kept = this.#kept.get(track);
    if (!kept) return;
    if (track.stream.closed) this.#kept.delete(track);
    const ended = kept.stop().finally(() => this.#ending.delete(ended));
    this.#ending.add(ended);
  }

  async #nextId(participant: string): Promise<number | undefined> {
    const { maxTracks = MAX_TRACKS, maxTracksOfOne = MAX_TRACKS_OF_ONE } = this.#options;
    // A session that is opened again goes on counting.
    const first = (this.#firstId ??= firstFreeTrackId(this.#options.folder));
    first.catch(() => {
      // Whoever comes next looks again.
      if (this.#firstId === first) this.#firstId = undefined;
    });
    const id = (await first) + this.#begun;
    const ofOne = this.#begunBy.get(participant) ?? 0;
    if (id >= maxTracks || ofOne >= maxTracksOfOne) return undefined;
    this.#begun += 1;
    this.#begunBy.set(participant, ofOne + 1);
    return id;
  }
}

/** Whether what somebody sends may be kept. */
export function mayKeep(room: Room, participant: Participant): boolean {
  return mayBeKept(room.consentRule, participant);
}
