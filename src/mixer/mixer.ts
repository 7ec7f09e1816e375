/**
 * A room's mixer as the server sees it: feeds the participants' tracks to the mixer process, gives out the program and
 * everybody's return sound, and starts the process again when it dies. The streams outlive every process.
 */
import { messageOf } from '../errors.ts';
import type { AacConfig, H264Config, OpusConfig } from '../media/codec.ts';
import { Stream } from '../media/stream.ts';
import { pts, wallTime } from '../media/timestamp.ts';
import type { Logger } from '../logger.ts';
import type { Participant, Room } from '../room/room.ts';
import type { Track } from '../room/track.ts';
import type { Clock, Disposer } from '../util/clock.ts';
import { CloseStack } from '../util/close-stack.ts';
import { Emitter } from '../util/emitter.ts';
import { type RetryPolicy, retryDelay } from '../util/retry.ts';
import {
  type FromMixer,
  type ImageSlot,
  MIXER_CHANNEL,
  type MemberState,
  type MixerStats,
  type ProgramOptions,
} from './link-messages.ts';
import type { LinkMedia } from './link.ts';
import { MixerChild } from './mixer-child.ts';
import { ProgramStreams } from './program-streams.ts';
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
  /** Ids of those who are heard, and of the one who holds the floor. */
  speaking: { readonly participants: readonly string[]; readonly speaker: string | undefined };
  /** The program was made cheaper or better again because of the machine's load. */
  degraded: { readonly step: number; readonly reason: string };
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

/** Owned by the room's pipeline. */
export class Mixer {
  readonly events = new Emitter<MixerEvents>();
  readonly #streams: ProgramStreams;
  readonly #options: MixerOptions;
  readonly #stack = new CloseStack();
  readonly #members = new Map<string, Member>();
  readonly #feeds = new Map<number, TrackFeed>();
  #nextMember = 0;
  #nextTrack = 0;
  #child: MixerChild | undefined;
  #lowWanted = false;
  #speaking: MixerEvents['speaking'] = { participants: [], speaker: undefined };
  #restarts = 0;
  #failures = 0;
  #startedMs = 0;
  #restartTimer: Disposer | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: MixerOptions) {
    this.#options = options;
    const { room, program } = options;
    this.#streams = new ProgramStreams(program);
    this.#start();
    for (const participant of room.participants) this.#join(participant);
    const { events } = room;
    this.#stack.defer(events.on('joined', (participant) => this.#join(participant)));
    this.#stack.defer(events.on('left', ({ id }) => this.#leave(id)));
    this.#stack.defer(
      events.on('participantChanged', ({ participant, change }) => this.#onChange(participant.id, 'avatar' in change)),
    );
    this.#stack.defer(events.on('trackState', ({ participant, track }) => this.#onTrackState(participant.id, track)));
    this.#stack.defer(events.on('arranged', () => this.#sendRoom()));
    this.#stack.defer(events.on('imageChanged', (slot) => this.#sendImage(slot, room.image(slot))));
    this.#stack.defer(events.on('trackAdded', ({ participant, track }) => this.#addTrack(participant.id, track)));
    this.#stack.defer(events.on('trackRemoved', ({ participant, track }) => this.#removeTrack(participant.id, track)));
  }

  /** Program video; `pts` counts frames of the session. */
  get video(): Stream<H264Config> {
    return this.#streams.video;
  }

  /** Program video, 640x360 at most; flows while `setLowWanted(true)` holds. */
  get low(): Stream<H264Config> {
    return this.#streams.low;
  }

  /** Program audio; `pts` counts samples of the session. */
  get audio(): Stream<AacConfig> {
    return this.#streams.audio;
  }

  /** Who is heard at the moment. */
  get speaking(): MixerEvents['speaking'] {
    return this.#speaking;
  }

  /** Whether anybody wants the small rendition; it costs an encoder. */
  setLowWanted(wanted: boolean): void {
    if (this.#lowWanted === wanted) return;
    this.#lowWanted = wanted;
    this.#child?.send({ type: 'low', wanted });
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
    this.#streams.close();
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
      this.#sendRoom();
      for (const slot of ['logo', 'background'] as const) {
        const image = this.#options.room.image(slot);
        if (image) this.#sendImage(slot, image);
      }
      if (this.#lowWanted) child.send({ type: 'low', wanted: true });
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
    this.#child?.send({ type: 'join', participant: number, state: stateOf(participant), listens });
    if (participant.avatar) this.#sendImage(number, participant.avatar);
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

  #onChange(id: string, withAvatar: boolean): void {
    const member = this.#members.get(id);
    if (!member) return;
    this.#child?.send({ type: 'member', participant: member.number, state: stateOf(member.participant) });
    if (withAvatar) this.#sendImage(member.number, member.participant.avatar);
  }

  #onTrackState(id: string, { number, state }: Track): void {
    const feed = this.#members.get(id)?.feeds.get(number);
    if (feed) this.#child?.send({ type: 'track-state', track: feed.number, state });
  }

  #sendRoom(): void {
    const { title, layout, annotation } = this.#options.room;
    this.#child?.send({ type: 'room', title, layout, annotation });
  }

  #sendImage(slot: ImageSlot, image: Uint8Array | undefined): void {
    this.#child?.send({ type: 'image', slot, data: image && Buffer.from(image).toString('base64') });
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
    const { number, kind, source, state } = feed.track;
    child.send({ type: 'track', participant: member.number, track: feed.number, number, kind, source, state });
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
      case 'audio-config':
        this.#streams.configure(message);
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
      case 'speaking':
        this.#onSpeaking(message.participants, message.speaker);
        break;
      case 'degraded':
        this.events.emit('degraded', { step: message.step, reason: message.reason });
        break;
      case 'stats':
        this.events.emit('stats', message.stats);
        break;
      case 'log':
        this.#options.log[message.level](message.message, { ...message.fields });
        break;
    }
  }

  #onSpeaking(numbers: readonly number[], speaker: number | undefined): void {
    const members = [...this.#members.values()];
    const idOf = (number: number): string | undefined =>
      members.find((member) => member.number === number)?.participant.id;
    const participants = numbers.map(idOf).filter((id) => id !== undefined);
    this.#speaking = { participants, speaker: speaker === undefined ? undefined : idOf(speaker) };
    this.events.emit('speaking', this.#speaking);
  }

  #onMedia(media: LinkMedia): void {
    if (media.channel < MIXER_CHANNEL.returnBase) {
      this.#streams.write(media);
      return;
    }
    const wall = wallTime(this.#options.program.originWallMs + media.pts / 48);
    const number = media.channel - MIXER_CHANNEL.returnBase;
    for (const member of this.#members.values()) {
      if (member.number !== number) continue;
      member.returnSound.write({
        data: media.data,
        pts: pts(media.pts),
        duration: OPUS_FRAMES,
        wallTime: wall,
        keyframe: true,
        config: RETURN_CONFIG,
      });
    }
  }
}

function stateOf({ id, name, role, silenced, gainDb, detached }: Participant): MemberState {
  return { id, name, host: role === 'host', silenced, gainDb, detached };
}
