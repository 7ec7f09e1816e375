/**
 * A room's mixer as the server sees it: feeds the participants' tracks to the mixer process, provides the program and
 * everybody's return sound as streams, and restarts the process when it dies. The streams outlive every process.
 */
import { messageOf } from '../errors.ts';
import type { AacConfig, H264Config, OpusConfig } from '../media/codec.ts';
import type { Stream } from '../media/stream.ts';
import { wallTime } from '../media/timestamp.ts';
import type { Logger } from '../logger.ts';
import { ROOM_IMAGES, type Room } from '../room/room.ts';
import type { Track } from '../room/track.ts';
import type { Clock, Disposer } from '../util/clock.ts';
import { CloseStack } from '../util/close-stack.ts';
import { Emitter } from '../util/emitter.ts';
import { type RetryPolicy, retryDelay } from '../util/retry.ts';
import { type FromMixer, type LinkAge, MIXER_CHANNEL, type MixerStats, type ProgramOptions } from './link-messages.ts';
import type { LinkMedia } from './link.ts';
import { MemberFeeds } from './member-feeds.ts';
import { MixerChild } from './mixer-child.ts';
import { ProgramStreams } from './program-streams.ts';

/** Options of a room's mixer. */
export interface MixerOptions {
  readonly room: Room;
  readonly program: ProgramOptions;
  readonly restart: RetryPolicy;
  readonly clock: Clock;
  readonly log: Logger;
}

/** How old a track is in the program, milliseconds by the capture times of its packets. */
export interface TrackAge {
  readonly participant: string;
  readonly track: Track;
  readonly ms: number;
}

type MixerEvents = {
  stats: MixerStats;
  /** How old the tracks are that are seen or heard. */
  ages: readonly TrackAge[];
  /** Ids of those who are heard, and of the one who holds the floor. */
  speaking: { readonly participants: readonly string[]; readonly speaker: string | undefined };
  /** The program was made cheaper or better again because of the machine's load. */
  degraded: { readonly step: number; readonly reason: string };
  /** The process was started again; `restarts` counts them. */
  restarted: { readonly restarts: number };
  /** It cannot be kept running: the session has to end. */
  lost: { readonly reason: string };
};

/** Owned by the room's pipeline. */
export class Mixer {
  readonly events = new Emitter<MixerEvents>();
  readonly #streams: ProgramStreams;
  readonly #options: MixerOptions;
  readonly #stack = new CloseStack();
  readonly #members = new MemberFeeds();
  #child: MixerChild | undefined;
  #lowWanted = false;
  #speaking: MixerEvents['speaking'] = { participants: [], speaker: undefined };
  #echoes = 0;
  /** Echoes that have been asked for, each with the promise's `resolve`. */
  readonly #awaited = new Map<number, () => void>();
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
    const members = this.#members;
    for (const participant of room.participants) members.join(participant);
    const { events } = room;
    this.#stack.defer(events.on('joined', (participant) => members.join(participant)));
    this.#stack.defer(events.on('left', ({ id }) => members.leave(id)));
    this.#stack.defer(
      events.on('participantChanged', ({ participant, change }) => members.change(participant.id, 'avatar' in change)),
    );
    this.#stack.defer(events.on('trackState', ({ participant, track }) => members.changeTrack(participant.id, track)));
    this.#stack.defer(events.on('arranged', () => this.#sendRoom()));
    this.#stack.defer(events.on('imageChanged', (slot) => members.sendImage(slot, room.image(slot))));
    this.#stack.defer(events.on('trackAdded', ({ participant, track }) => members.addTrack(participant.id, track)));
    this.#stack.defer(
      events.on('trackRemoved', ({ participant, track }) => members.removeTrack(participant.id, track)),
    );
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

  /** Who is heard now. */
  get speaking(): MixerEvents['speaking'] {
    return this.#speaking;
  }

  /** Whether anybody wants the small rendition; it costs an encoder. */
  setLowWanted(wanted: boolean): void {
    if (this.#lowWanted === wanted) return;
    this.#lowWanted = wanted;
    this.#child?.send({ type: 'low', wanted });
  }

  /**
   * The room's sound without this participant's own. Packets flow only while they listen; each time, a decoder can begin with the
   * first one.
   */
  returnSound(participantId: string): Stream<OpusConfig> | undefined {
    return this.#members.returnSound(participantId);
  }

  /** Whether the participant's return sound is wanted. */
  setListening(participantId: string, listens: boolean): void {
    this.#members.setListening(participantId, listens);
  }

  /** Resolves when the program reflects the room's present state; at once when no process runs, since the next one begins with it. */
  settled(): Promise<void> {
    const child = this.#child;
    if (!child) return Promise.resolve();
    this.#echoes += 1;
    const id = this.#echoes;
    return new Promise((resolve) => {
      this.#awaited.set(id, resolve);
      child.send({ type: 'echo', id });
    });
  }

  /** Resolves when the process and all its children are gone; the streams are closed. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#restartTimer?.();
    await this.#stack.close();
    this.#members.leaveAll();
    const child = this.#child;
    this.#child = undefined;
    this.#settle();
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
      if (this.#lowWanted) child.send({ type: 'low', wanted: true });
      this.#members.attach(child);
      for (const slot of ROOM_IMAGES) {
        const image = this.#options.room.image(slot);
        if (image) this.#members.sendImage(slot, image);
      }
    } catch (error) {
      // Out of memory, for example: the same as a process that ends at once.
      this.#onExit(messageOf(error));
    }
  }

  #onExit(reason: string): void {
    this.#child = undefined;
    this.#settle();
    this.#members.attach(undefined);
    if (this.#closing) return;
    // The next one begins with nobody's voice, and says only what changes.
    this.#onSpeaking([], undefined);
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
      this.events.emit('restarted', { restarts: this.#restarts });
    });
  }

  /** Resolves all pending echoes: the process that would answer is gone. */
  #settle(): void {
    for (const resolve of this.#awaited.values()) resolve();
    this.#awaited.clear();
  }

  #sendRoom(): void {
    const { title, layout, annotation } = this.#options.room;
    this.#child?.send({ type: 'room', title, layout, annotation });
  }

  #onMessage(message: FromMixer): void {
    switch (message.type) {
      case 'started':
        break;
      case 'echo':
        this.#awaited.get(message.id)?.();
        this.#awaited.delete(message.id);
        break;
      case 'video-config':
      case 'audio-config':
        this.#streams.configure(message);
        break;
      case 'target':
        this.#members.track(message.track)?.events.emit('target', message.target);
        break;
      case 'keyframe':
        this.#members.track(message.track)?.events.emit('keyframeWanted', undefined);
        break;
      case 'refused': {
        const { code, message: text } = message;
        this.#members.track(message.track)?.events.emit('refused', { code, message: text });
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
      case 'ages':
        this.events.emit(
          'ages',
          message.ages.flatMap((age) => this.#known(age)),
        );
        break;
      case 'log':
        this.#options.log[message.level](message.message, { ...message.fields });
        break;
    }
  }

  /** None when the participant or track has gone meanwhile. */
  #known({ participant, track: number, ms }: LinkAge): TrackAge[] {
    const id = this.#members.idOf(participant);
    const track = this.#members.track(number);
    return id === undefined || !track ? [] : [{ participant: id, track, ms }];
  }

  #onSpeaking(numbers: readonly number[], speaker: number | undefined): void {
    const participants = numbers.map((number) => this.#members.idOf(number)).filter((id) => id !== undefined);
    this.#speaking = { participants, speaker: speaker === undefined ? undefined : this.#members.idOf(speaker) };
    this.events.emit('speaking', this.#speaking);
  }

  #onMedia(media: LinkMedia): void {
    if (media.channel < MIXER_CHANNEL.returnBase) {
      this.#streams.write(media);
      return;
    }
    const wall = wallTime(this.#options.program.originWallMs + media.pts / 48);
    this.#members.writeReturn(media.channel - MIXER_CHANNEL.returnBase, media, wall);
  }
}
