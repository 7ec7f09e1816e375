/** The mixer process's own side of one run: sources in, one program and everybody's mix-minus out. */
import type { SpawnFfmpeg } from '../ffmpeg/ffmpeg-process.ts';
import type { Region } from '../layout/layout.ts';
import type { Logger } from '../logger.ts';
import type { WallTime } from '../media/timestamp.ts';
import type { TrackState } from '../room/track.ts';
import type { Clock } from '../util/clock.ts';
import { AgeMeter } from './age-meter.ts';
import { AudioMixer } from './audio-mixer.ts';
import { AudioSource } from './audio-source.ts';
import type { LinkMedia } from './link.ts';
import { type FromMixer, type ImageSlot, MIXER_CHANNEL, type ProgramOptions, type ToMixer } from './link-messages.ts';
import { type Member, MemberRoster, type TrackEntry, type VideoEntry } from './member-roster.ts';
import { Parking } from './parking.ts';
import { PlayoutClock } from './playout-clock.ts';
import { ProgramLoop } from './program-loop.ts';
import { roomStills } from './room-stills.ts';
import { Scene, type SceneDetail } from './scene.ts';
import { senderTarget } from './sender-target.ts';
import type { RgbaImage } from './still-image.ts';
import { StartQueue } from './start-queue.ts';
import type { StillQueue } from './still-queue.ts';
import { takeAges } from './track-ages.ts';
import { VideoSource } from './video-source.ts';

/** Options of a run. */
export interface MixerInstanceOptions {
  readonly program: ProgramOptions;
  readonly spawn: SpawnFfmpeg;
  /** Resolves when another decoder can be started without holding up anybody; undefined: now. */
  readonly decodersReady?: () => Promise<void> | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  readonly send: (message: FromMixer) => void;
  readonly sendMedia: (media: LinkMedia) => void;
  readonly onLost: (reason: string) => void;
}

type Message<T extends ToMixer['type']> = Extract<ToMixer, { type: T }>;

/** A decoder that fails this often within half a minute gets nothing more to decode. */
const DECODER_RESTART = { firstMs: 100, maxMs: 2000, attempts: 4, forgetAfterMs: 30_000 };
const STATS_MS = 1000;

/** Driven by the server's messages; see link-messages.ts. */
export class MixerInstance {
  readonly #options: MixerInstanceOptions;
  readonly #roster = new MemberRoster();
  readonly #audio: AudioMixer;
  readonly #scene: Scene;
  readonly #loop: ProgramLoop;
  readonly #starts: StartQueue;
  readonly #parking: Parking;
  readonly #ending = new Set<Promise<unknown>>();
  readonly #stills: StillQueue;
  readonly #stopStats: () => void;
  #rearranging = false;
  #closing: Promise<void> | undefined;

  constructor(options: MixerInstanceOptions) {
    this.#options = options;
    this.#starts = new StartQueue(options.clock, options.decodersReady);
    this.#parking = new Parking(this.#starts);
    this.#audio = this.#createAudio();
    this.#scene = this.#createScene();
    this.#stills = roomStills({ ...options, onImage: (slot, image) => this.#showStill(slot, image) });
    this.#loop = new ProgramLoop({ ...options, scene: this.#scene, audio: this.#audio });
    this.#loop.start();
    const { clock, send } = options;
    this.#stopStats = clock.every(STATS_MS, () => {
      send({ type: 'stats', stats: this.#loop.takeStats() });
      send({ type: 'ages', ages: takeAges(this.#roster, this.#now) });
    });
  }

  /** Handles a message of the server; `start` has been handled by whoever made this instance. */
  handle(message: Exclude<ToMixer, { type: 'start' }>): void {
    switch (message.type) {
      case 'join':
        this.#join(message);
        break;
      case 'listens':
        this.#setListening(message);
        break;
      case 'member':
        this.#change(message);
        break;
      case 'leave':
        this.#leave(message.participant);
        break;
      case 'track':
        this.#addTrack(message);
        break;
      case 'track-state':
        this.#setTrackState(message.track, message.state);
        break;
      case 'config': {
        const entry = this.#roster.track(message.track)?.entry;
        if (entry?.kind !== 'video') break;
        entry.config = { id: message.id, config: message.config };
        // Its pictures may have another shape.
        this.#rearrange();
        break;
      }
      case 'untrack':
        this.#removeTrack(message.track);
        break;
      case 'room':
        this.#scene.setRoom(message.title, message.layout, message.annotation, this.#now);
        break;
      case 'image':
        this.#stills.set(message.slot, message.data === undefined ? undefined : Buffer.from(message.data, 'base64'));
        break;
      case 'low':
        this.#loop.setLowWanted(message.wanted);
        break;
      case 'echo':
        this.#options.send(message);
        break;
    }
  }

  /** Handles a coded frame of a participant. */
  feed(media: LinkMedia): void {
    const entry = this.#roster.track(media.channel)?.entry;
    if (!entry) return;
    if (entry.kind === 'video') {
      if (entry.config?.id !== media.config) return;
      const { pts, keyframe, data } = media;
      entry.source.feed(entry.config.config, { captureUs: pts, keyframe, data });
      return;
    }
    try {
      entry.source.feed(media.pts, media.data);
    } catch (error) {
      this.#refuse(media.channel, 'decode_failed', `The sound cannot be decoded: ${String(error)}`);
    }
  }

  /** Resolves when every process of this mixer is gone. */
  close(): Promise<void> {
    this.#closing ??= (async () => {
      this.#stopStats();
      this.#starts.close();
      const closed = this.#loop.close();
      for (const member of [...this.#roster.members]) this.#leave(member.number);
      await Promise.all([closed, this.#stills.close(), ...this.#ending]);
    })();
    return this.#closing;
  }

  get #now(): number {
    return this.#options.clock.monotonicMs();
  }

  #createAudio(): AudioMixer {
    const { send, sendMedia } = this.#options;
    return new AudioMixer({
      onProgram: (samples, block) => this.#loop.writeSound(samples, block),
      onReturn: (participant, data, block) =>
        sendMedia({
          channel: MIXER_CHANNEL.returnBase + participant,
          pts: block * 960,
          keyframe: true,
          config: this.#roster.find(participant)?.listening ?? 0,
          data,
        }),
      onSpeaking: (participants, speaker) => {
        this.#scene.setHeard({ speaking: new Set(participants), floor: speaker }, this.#now);
        send({ type: 'speaking', participants, speaker });
      },
    });
  }

  #createScene(): Scene {
    const { width, height, originWallMs, originMs } = this.#options.program;
    return new Scene({
      width,
      height,
      roster: this.#roster,
      offsetMinutes: offsetFromUtc,
      wallOf: (captureUs) => originWallMs + captureUs / 1000 - originMs,
      onPlace: (entry, region, detail) => this.#place(entry, region, detail),
    });
  }

  #join({ participant, state, listening }: Message<'join'>): void {
    this.#roster.add({
      number: participant,
      state,
      listening,
      detachedSinceMs: state.detached ? this.#now : undefined,
      keptFromMs: Number.NEGATIVE_INFINITY,
      playout: new PlayoutClock(),
      tracks: new Map(),
      avatar: undefined,
    });
    this.#audio.addMember(participant, listening > 0);
    this.#audio.setMember(participant, { ...state, keptFromMs: Number.NEGATIVE_INFINITY });
    this.#rearrange();
  }

  #setListening({ participant, listening }: Message<'listens'>): void {
    const member = this.#roster.find(participant);
    if (!member) return;
    member.listening = listening;
    this.#audio.setListening(participant, listening > 0);
  }

  #change({ participant, state }: Message<'member'>): void {
    const member = this.#roster.find(participant);
    if (!member) return;
    if (member.state.withheld && !state.withheld) member.keptFromMs = this.#now;
    member.state = state;
    member.detachedSinceMs = state.detached ? (member.detachedSinceMs ?? this.#now) : undefined;
    this.#audio.setMember(participant, { ...state, keptFromMs: member.keptFromMs });
  }

  #leave(number: number): void {
    const member = this.#roster.find(number);
    if (!member) return;
    for (const track of [...member.tracks.keys()]) this.#removeTrack(track);
    this.#roster.remove(number);
    this.#audio.removeMember(number);
    this.#stills.forget(number);
    this.#rearrange();
  }

  #addTrack({ participant, track, number, kind, source: origin, state }: Message<'track'>): void {
    const member = this.#roster.find(participant);
    if (!member) return;
    this.#roster.addTrack(member, this.#createEntry(member, { track, number, origin, state }, kind));
    this.#setTrackState(track, state);
    this.#rearrange();
  }

  #setTrackState(track: number, state: TrackState): void {
    const found = this.#roster.track(track);
    if (!found) return;
    found.entry.state = state;
    if (found.entry.kind === 'audio') this.#audio.setTrackMuted(found.member.number, track, state === 'muted');
  }

  #createEntry(
    member: Member,
    base: Pick<TrackEntry, 'track' | 'number' | 'origin' | 'state'>,
    kind: 'video' | 'audio',
  ): TrackEntry {
    const { spawn, clock, log, program, send } = this.#options;
    const { track } = base;
    if (kind === 'audio') {
      const source = new AudioSource(member.playout, clock);
      this.#audio.addSource(member.number, track, source, base.origin);
      return { ...base, kind, source };
    }
    const source = new VideoSource({
      label: `track ${track}`,
      playout: member.playout,
      spawn,
      starts: this.#starts,
      parking: this.#parking,
      clock,
      log,
      maxPixels: program.maxPixels,
      restart: DECODER_RESTART,
      onKeyframeWanted: () => send({ type: 'keyframe', track }),
      onRefused: (code, message) => this.#refuse(track, code, message),
    });
    return { ...base, kind, source, age: new AgeMeter(), config: undefined };
  }

  #removeTrack(track: number): void {
    const found = this.#roster.track(track);
    if (!found) return;
    const { member, entry } = found;
    if (entry.kind === 'audio') {
      this.#roster.removeTrack(track);
      this.#audio.removeSource(member.number, track);
      return;
    }
    this.#scene.end(member, entry, this.#now);
    this.#roster.removeTrack(track);
    this.#scene.forget(entry);
    this.#await(entry.source.close());
    this.#rearrange();
  }

  /** Once for all messages that arrive together: each arrangement in between would cost everybody a decoder. */
  #rearrange(): void {
    if (this.#rearranging) return;
    this.#rearranging = true;
    queueMicrotask(() => {
      this.#rearranging = false;
      this.#scene.rearrange(this.#now);
    });
  }

  #refuse(track: number, code: string, message: string): void {
    this.#removeTrack(track);
    this.#options.send({ type: 'refused', track, code, message });
  }

  #place({ config, source, track }: VideoEntry, region: Region | undefined, detail: SceneDetail): void {
    const { send, program } = this.#options;
    if (region) source.resize({ width: region.width, height: region.height, fit: region.fit });
    else source.suspend(detail === 'full');
    const { framerate, maxPixels } = program;
    const about = { framerate, maxPixels, slow: detail === 'slow', picture: config?.config };
    send({ type: 'target', track, target: senderTarget(region, about) });
  }

  #showStill(slot: ImageSlot, image: RgbaImage | undefined): void {
    if (typeof slot === 'number') {
      const member = this.#roster.find(slot);
      if (member) member.avatar = image;
    } else {
      this.#scene.setImage(slot, image);
    }
  }

  #await(work: Promise<unknown>): void {
    const tracked = work.finally(() => this.#ending.delete(tracked));
    this.#ending.add(tracked);
  }
}

/** The machine's own zone, minutes east of UTC. */
function offsetFromUtc(time: WallTime): number {
  return -new Date(time).getTimezoneOffset();
}
