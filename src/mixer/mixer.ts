/**
 * A room's mixer as the server sees it: feeds the participants' tracks to the mixer process, gives out the program and
 * everybody's return sound, and starts the process again when it dies. The streams outlive every process.
 */
import { messageOf } from '../errors.ts';
import type { AacConfig, H264Config, OpusConfig } from '../media/codec.ts';
import { parseAvcC } from '../media/h264.ts';
import { Stream } from '../media/stream.ts';
import { pts, wallTime } from '../media/timestamp.ts';
import type { Logger } from '../logger.ts';
import type { Participant, Room } from '../room/room.ts';
import type { Track } from '../room/track.ts';
import type { Clock, Disposer } from '../util/clock.ts';
import { CloseStack } from '../util/close-stack.ts';
import { Emitter } from '../util/emitter.ts';
import { type RetryPolicy, retryDelay } from '../util/retry.ts';
import { type FromMixer, MIXER_CHANNEL, type MixerStats, type ProgramOptions } from './link-messages.ts';
import type { LinkMedia } from './link.ts';
import { MixerChild } from './mixer-child.ts';
import { AAC_FRAMES } from './program-audio-encoder.ts';
import { TrackFeed } from './track-feed.ts';

/** Options of a room's mixer. */
export interface MixerOptions {
  readonly room: Room;
  readonly program: ProgramOptions;
  readonly restart: RetryPolicy;
  readonly clock: Clock;
  readonly log: Logger;
}

type MixerEvents = {
  stats: MixerStats;
  /** The process was started again; `restarts` counts them. */
  restarted: { readonly restarts: number };
  /** It cannot be kept running: the session has to end. */
  lost: { readonly reason: string };
};

interface Member {
  readonly number: number;
  readonly participant: Participant;
  readonly feeds: Map<number, TrackFeed>;
  returnSound: Stream<OpusConfig>;
  listens: boolean;
}

const RETURN_CONFIG: OpusConfig = { codec: 'opus', codecString: 'opus', sampleRate: 48000, channels: 2 };
const OPUS_FRAMES = 960;
/** Two groups of pictures at any sensible size. */
const REPLAY = { maxItems: 1200, maxBytes: 16 * 1024 * 1024 };

/** Owned by the room's pipeline. */
export class Mixer {
  readonly events = new Emitter<MixerEvents>();
  /** Program video; `pts` counts frames of the session. */
  readonly video: Stream<H264Config>;
  /** Program audio; `pts` counts samples of the session. */
  readonly audio = new Stream<AacConfig>({ label: 'program.audio', timescale: 48000 });
  readonly #options: MixerOptions;
  readonly #stack = new CloseStack();
  readonly #members = new Map<string, Member>();
  readonly #feeds = new Map<number, TrackFeed>();
  #nextMember = 0;
  #nextTrack = 0;
  #child: MixerChild | undefined;
  #videoConfig: H264Config | undefined;
  #audioConfig: AacConfig | undefined;
  #restarts = 0;
  #failures = 0;
  #startedMs = 0;
  #restartTimer: Disposer | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: MixerOptions) {
    this.#options = options;
    const { room, program } = options;
    this.video = new Stream<H264Config>({ label: 'program.video', timescale: program.framerate, replay: REPLAY });
    this.#start();
    for (const participant of room.participants) this.#join(participant);
    const { events } = room;
    this.#stack.defer(events.on('joined', (participant) => this.#join(participant)));
    this.#stack.defer(events.on('left', ({ id }) => this.#leave(id)));
    this.#stack.defer(events.on('renamed', ({ id, name }) => this.#rename(id, name)));
    this.#stack.defer(events.on('trackAdded', ({ participant, track }) => this.#addTrack(participant.id, track)));
    this.#stack.defer(events.on('trackRemoved', ({ participant, track }) => this.#removeTrack(participant.id, track)));
  }

  /** The room's sound without this participant's own; its packets only flow while somebody listens. */
  returnSound(participantId: string): Stream<OpusConfig> | undefined {
    return this.#members.get(participantId)?.returnSound;
  }

  /** Whether the participant's return sound is wanted. */
  setListening(participantId: string, listens: boolean): void {
    const member = this.#members.get(participantId);
    if (!member || member.listens === listens) return;
    member.listens = listens;
    this.#child?.send({ type: 'listens', participant: member.number, listens });
  }

  /** Resolves when the process and all its children are gone; the streams are closed. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#restartTimer?.();
    await this.#stack.close();
    for (const id of [...this.#members.keys()]) this.#leave(id);
    const child = this.#child;
    this.#child = undefined;
    await child?.close();
    this.video.close();
    this.audio.close();
  }

  #start(): void {
    const { program, clock, log } = this.#options;
    this.#startedMs = clock.monotonicMs();
    try {
      const child = new MixerChild({
        clock,
        log,
        onMessage: (message) => this.#onMessage(message),
        onMedia: (media) => this.#onMedia(media),
        onExit: (reason) => {
          if (this.#child === child) this.#onExit(reason);
        },
      });
      this.#child = child;
      child.send({ type: 'start', program });
    } catch (error) {
      // Out of memory, for example: the same as a process that ends at once.
      this.#onExit(messageOf(error));
    }
  }

  #onExit(reason: string): void {
    this.#child = undefined;
    if (this.#closing) return;
    const { clock, log, restart } = this.#options;
    if (clock.monotonicMs() - this.#startedMs > restart.forgetAfterMs) this.#failures = 0;
    this.#failures += 1;
    log.error('the mixer process ended unexpectedly', { reason, failures: this.#failures });
    const delay = retryDelay(restart, this.#failures);
    if (delay === undefined) {
      this.events.emit('lost', { reason });
      return;
    }
    this.#restartTimer = clock.after(delay, () => {
      this.#restarts += 1;
      this.#start();
      for (const member of this.#members.values()) this.#introduce(member);
      this.events.emit('restarted', { restarts: this.#restarts });
    });
  }

  #join(participant: Participant): void {
    const returnSound = new Stream<OpusConfig>({ label: `return.${participant.id}`, timescale: 48000 });
    const member: Member = {
      number: this.#nextMember,
      participant,
      feeds: new Map(),
      returnSound,
      listens: false,
    };
    this.#nextMember += 1;
    this.#members.set(participant.id, member);
    for (const track of participant.tracks.values()) this.#createFeed(member, track);
    if (this.#child) this.#introduce(member);
  }

  /** Tells a (new) process about a member and starts their feeds from the newest key frames. */
  #introduce(member: Member): void {
    const { number, participant, listens } = member;
    this.#child?.send({ type: 'join', participant: number, name: participant.name, listens });
    for (const feed of member.feeds.values()) this.#startFeed(member, feed);
  }

  #leave(id: string): void {
    const member = this.#members.get(id);
    if (!member) return;
    this.#members.delete(id);
    for (const feed of member.feeds.values()) this.#endFeed(feed);
    member.returnSound.close();
    this.#child?.send({ type: 'leave', participant: member.number });
  }

  #rename(id: string, name: string): void {
    const member = this.#members.get(id);
    if (member) this.#child?.send({ type: 'rename', participant: member.number, name });
  }

  #addTrack(participantId: string, track: Track): void {
    const member = this.#members.get(participantId);
    if (!member) return;
    const feed = this.#createFeed(member, track);
    if (this.#child) this.#startFeed(member, feed);
  }

  #createFeed(member: Member, track: Track): TrackFeed {
    const feed = new TrackFeed(this.#nextTrack, track);
    this.#nextTrack += 1;
    member.feeds.set(track.number, feed);
    this.#feeds.set(feed.number, feed);
    return feed;
  }

  #startFeed(member: Member, feed: TrackFeed): void {
    const child = this.#child;
    if (!child) return;
    child.send({ type: 'track', participant: member.number, track: feed.number, kind: feed.track.kind });
    feed.start(child);
  }

  #removeTrack(participantId: string, track: Track): void {
    const member = this.#members.get(participantId);
    const feed = member?.feeds.get(track.number);
    if (!member || feed?.track !== track) return;
    member.feeds.delete(track.number);
    this.#endFeed(feed);
    this.#child?.send({ type: 'untrack', track: feed.number });
  }

  #endFeed(feed: TrackFeed): void {
    this.#feeds.delete(feed.number);
    feed.stop();
  }

  #onMessage(message: FromMixer): void {
    switch (message.type) {
      case 'started':
        break;
      case 'video-config':
        this.#videoConfig = this.#programConfig(Buffer.from(message.description, 'base64'));
        break;
      case 'audio-config':
        this.#audioConfig = {
          codec: 'aac',
          codecString: 'mp4a.40.2',
          description: Uint8Array.from(Buffer.from(message.description, 'base64')),
          sampleRate: 48000,
          channels: 2,
        };
        break;
      case 'target':
        this.#feeds.get(message.track)?.track.events.emit('target', message.target);
        break;
      case 'keyframe':
        this.#feeds.get(message.track)?.track.events.emit('keyframeWanted', undefined);
        break;
      case 'refused': {
        const { code, message: text } = message;
        this.#feeds.get(message.track)?.track.events.emit('refused', { code, message: text });
        break;
      }
      case 'stats':
        this.events.emit('stats', message.stats);
        break;
      case 'log':
        this.#options.log[message.level](message.message, { ...message.fields });
        break;
    }
  }

  #programConfig(description: Uint8Array): H264Config {
    const { width, height, framerate } = this.#options.program;
    const { codecString } = parseAvcC(description);
    return { codec: 'h264', format: 'avc', codecString, description, width, height, framerate };
  }

  #onMedia(media: LinkMedia): void {
    const { framerate, originWallMs } = this.#options.program;
    if (media.channel === MIXER_CHANNEL.video) {
      const config = this.#videoConfig;
      if (!config) return;
      const wall = wallTime(originWallMs + (media.pts * 1000) / framerate);
      this.video.write({
        data: media.data,
        pts: pts(media.pts),
        duration: 1,
        wallTime: wall,
        keyframe: media.keyframe,
        config,
      });
      return;
    }
    const wall = wallTime(originWallMs + media.pts / 48);
    const sound = { data: media.data, pts: pts(media.pts), wallTime: wall, keyframe: true };
    if (media.channel === MIXER_CHANNEL.audio) {
      const config = this.#audioConfig;
      if (config) this.audio.write({ ...sound, duration: AAC_FRAMES, config });
      return;
    }
    const number = media.channel - MIXER_CHANNEL.returnBase;
    for (const member of this.#members.values()) {
      if (member.number !== number) continue;
      member.returnSound.write({ ...sound, duration: OPUS_FRAMES, config: RETURN_CONFIG });
    }
  }
}
