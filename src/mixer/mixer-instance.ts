/** One run of a room's mixer: sources in, one program and everybody's mix-minus out. Lives in the mixer process. */
import type { SpawnFfmpeg } from '../ffmpeg/ffmpeg-process.ts';
import type { Logger } from '../logger.ts';
import type { VideoConfig } from '../media/codec.ts';
import { type WallTime, wallTime } from '../media/timestamp.ts';
import type { Clock } from '../util/clock.ts';
import { AudioMixer } from './audio-mixer.ts';
import { AudioSource } from './audio-source.ts';
import { CanvasRing } from './canvas-ring.ts';
import { ClockOverlay, clockFontSize } from './clock-overlay.ts';
import type { Cell } from '../layout/layout.ts';
import type { LinkMedia } from './link.ts';
import { type FromMixer, MIXER_CHANNEL, type ProgramOptions, type ToMixer } from './link-messages.ts';
import { copyPicture } from './picture.ts';
import { PlayoutClock } from './playout-clock.ts';
import { ProgramOutput } from './program-output.ts';
import { ProgramTicker } from './program-ticker.ts';
import { type Tile, TileBoard } from './tile-board.ts';
import { VideoSource } from './video-source.ts';

/** Options of a run. */
export interface MixerInstanceOptions {
  readonly program: ProgramOptions;
  readonly spawn: SpawnFfmpeg;
  readonly clock: Clock;
  readonly log: Logger;
  readonly send: (message: FromMixer) => void;
  readonly sendMedia: (media: LinkMedia) => void;
  readonly onLost: (reason: string) => void;
}

interface Member {
  readonly number: number;
  name: string;
  readonly playout: PlayoutClock;
  readonly tracks: Map<number, MemberTrack>;
}

type MemberTrack =
  | {
      readonly kind: 'video';
      readonly source: VideoSource;
      /** The newest only: the link keeps the order, so nothing comes for an older one. */
      config: { readonly id: number; readonly config: VideoConfig } | undefined;
      tile: Tile;
    }
  | { readonly kind: 'audio'; readonly source: AudioSource };

// Three: one being drawn, one in the pipe, one in reserve for a slow moment.
const CANVASES = 3;
const CLOCK_MARGIN = 8;
/** A decoder that fails this often within half a minute gets nothing more to decode. */
const DECODER_RESTART = { firstMs: 100, maxMs: 2000, attempts: 4, forgetAfterMs: 30_000 };
const ENCODER_RESTART = { firstMs: 50, maxMs: 1000, attempts: 20, forgetAfterMs: 30_000 };
const STATS_MS = 1000;
/** Senders may need this much more than a tile's share to look right when everything moves. */
const BITS_PER_PIXEL = 0.12;

/** Driven by messages of the server; see link-messages.ts. */
export class MixerInstance {
  readonly #options: MixerInstanceOptions;
  readonly #members = new Map<number, Member>();
  readonly #trackOwner = new Map<number, Member>();
  readonly #audio: AudioMixer;
  readonly #board: TileBoard;
  readonly #canvases: CanvasRing;
  readonly #clockOverlay: ClockOverlay;
  readonly #output: ProgramOutput;
  readonly #ticker: ProgramTicker;
  readonly #ending = new Set<Promise<void>>();
  readonly #stopStats: () => void;
  readonly #counters = { frames: 0, lateFrames: 0, skippedFrames: 0 };
  #closing: Promise<void> | undefined;

  constructor(options: MixerInstanceOptions) {
    this.#options = options;
    const { program, clock } = options;
    this.#audio = new AudioMixer({
      onProgram: (samples, block) => this.#output.writeSound(samples, block),
      onReturn: (participant, data, block) =>
        options.sendMedia({
          channel: MIXER_CHANNEL.returnBase + participant,
          pts: block * 960,
          keyframe: true,
          config: 0,
          data,
        }),
    });
    this.#board = new TileBoard(program.width, program.height, (tile, cell) => this.#onCell(tile, cell));
    this.#canvases = new CanvasRing(CANVASES, program.width, program.height);
    this.#clockOverlay = new ClockOverlay(clockFontSize(program.width, program.height), offsetFromUtc);
    this.#output = new ProgramOutput({
      program,
      spawn: options.spawn,
      clock,
      log: options.log,
      restart: ENCODER_RESTART,
      sinks: this.#sinks(),
    });
    this.#ticker = new ProgramTicker(clock, program.originMs, program.framerate, {
      onFrame: (frame, dueMs, lateMs) => this.#makeFrame(frame, dueMs, lateMs),
      onBlock: (block, dueMs) => this.#audio.mix(block, dueMs),
      onSkip: (from, to) => {
        this.#counters.skippedFrames += to - from;
        options.log.error('the machine is too slow for this program; frames are left out', { from, to });
      },
    });
    this.#stopStats = clock.every(STATS_MS, () => {
      options.send({
        type: 'stats',
        stats: { ...this.#counters, tiles: this.#board.tiles, step: 0, encoder: 'libx264' },
      });
    });
    this.#ticker.start();
  }

  /** Handles a message of the server; `start` has been handled by whoever made this instance. */
  handle(message: Exclude<ToMixer, { type: 'start' }>): void {
    switch (message.type) {
      case 'join':
        this.#join(message.participant, message.state.name, message.listens);
        break;
      case 'listens':
        this.#audio.setListening(message.participant, message.listens);
        break;
      case 'member':
        this.#rename(message.participant, message.state.name);
        break;
      case 'leave':
        this.#leave(message.participant);
        break;
      case 'track':
        this.#addTrack(message.participant, message.track, message.kind);
        break;
      case 'config': {
        const track = this.#trackOwner.get(message.track)?.tracks.get(message.track);
        if (track?.kind === 'video') track.config = { id: message.id, config: message.config };
        break;
      }
      case 'untrack':
        this.#removeTrack(message.track);
        break;
      case 'track-state':
      case 'room':
      case 'image':
      case 'low':
        break;
    }
  }

  /** Handles a coded frame of a participant. */
  feed(media: LinkMedia): void {
    const track = this.#trackOwner.get(media.channel)?.tracks.get(media.channel);
    if (!track) return;
    if (track.kind === 'video') {
      if (track.config?.id !== media.config) return;
      const { pts, keyframe, data } = media;
      track.source.feed(track.config.config, { captureUs: pts, keyframe, data });
      return;
    }
    try {
      track.source.feed(media.pts, media.data);
    } catch (error) {
      this.#refuse(media.channel, 'decode_failed', `The sound cannot be decoded: ${String(error)}`);
    }
  }

  /** Resolves when every process of this mixer is gone. */
  close(): Promise<void> {
    this.#closing ??= (async () => {
      this.#ticker.stop();
      this.#stopStats();
      for (const member of [...this.#members.values()]) this.#leave(member.number);
      await Promise.all([this.#output.close(), ...this.#ending]);
    })();
    return this.#closing;
  }

  #join(number: number, name: string, listens: boolean): void {
    this.#members.set(number, { number, name, playout: new PlayoutClock(), tracks: new Map() });
    this.#audio.addMember(number, listens);
    this.#arrange();
  }

  #rename(number: number, name: string): void {
    const member = this.#members.get(number);
    if (!member) return;
    member.name = name;
    for (const track of member.tracks.values()) {
      if (track.kind === 'video') track.tile = { ...track.tile, name };
    }
    this.#arrange();
  }

  #leave(number: number): void {
    const member = this.#members.get(number);
    if (!member) return;
    for (const track of [...member.tracks.keys()]) this.#removeTrack(track);
    this.#members.delete(number);
    this.#audio.removeMember(number);
    this.#arrange();
  }

  #addTrack(participant: number, number: number, kind: 'video' | 'audio'): void {
    const member = this.#members.get(participant);
    if (!member) return;
    this.#trackOwner.set(number, member);
    if (kind === 'audio') {
      const source = new AudioSource(member.playout, this.#options.clock);
      member.tracks.set(number, { kind, source });
      this.#audio.addSource(participant, number, source);
      return;
    }
    const { spawn, clock, log, program, send } = this.#options;
    const source = new VideoSource({
      label: `track ${number}`,
      playout: member.playout,
      spawn,
      clock,
      log,
      maxPixels: program.maxPixels,
      restart: DECODER_RESTART,
      onKeyframeWanted: () => send({ type: 'keyframe', track: number }),
      onRefused: (reason) => this.#refuse(number, 'decode_failed', `The picture cannot be decoded (${reason}).`),
    });
    const tile: Tile = { key: `track ${number}`, name: member.name, source };
    member.tracks.set(number, { kind, source, config: undefined, tile });
    this.#arrange();
  }

  #removeTrack(number: number): void {
    const member = this.#trackOwner.get(number);
    const track = member?.tracks.get(number);
    if (!member || !track) return;
    member.tracks.delete(number);
    this.#trackOwner.delete(number);
    if (track.kind === 'audio') {
      this.#audio.removeSource(member.number, number);
      return;
    }
    const ending = track.source.close().finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
    this.#arrange();
  }

  #refuse(track: number, code: string, message: string): void {
    this.#removeTrack(track);
    this.#options.send({ type: 'refused', track, code, message });
  }

  /** Everybody in the order they joined: one tile per picture, an avatar for those without. */
  #arrange(): void {
    const tiles: Tile[] = [];
    for (const member of this.#members.values()) {
      const videos = [...member.tracks.values()].filter((track) => track.kind === 'video');
      if (videos.length > 0) tiles.push(...videos.map((track) => track.tile));
      else tiles.push({ key: `participant ${member.number}`, name: member.name, source: undefined });
    }
    this.#board.arrange(tiles);
  }

  #onCell(tile: Tile, cell: Cell): void {
    tile.source?.resize({ width: cell.width, height: cell.height, fit: 'contain' });
    const track = Number(tile.key.slice('track '.length));
    const { framerate } = this.#options.program;
    const maxBitrate = Math.max(200_000, Math.round(cell.width * cell.height * framerate * BITS_PER_PIXEL));
    this.#options.send({
      type: 'target',
      track,
      target: { width: cell.width, height: cell.height, framerate, maxBitrate },
    });
  }

  #makeFrame(frame: number, dueMs: number, lateMs: number): boolean {
    const canvas = this.#canvases.take();
    if (!canvas) return false;
    const { program } = this.#options;
    this.#board.draw(canvas, dueMs);
    this.#clockOverlay.update(wallTime(program.originWallMs + (frame * 1000) / program.framerate));
    const { picture } = this.#clockOverlay;
    copyPicture(canvas, picture, canvas.width - picture.width - CLOCK_MARGIN, CLOCK_MARGIN);
    this.#counters.frames += 1;
    if (lateMs > 1000 / program.framerate) this.#counters.lateFrames += 1;
    this.#output.writePicture(canvas, frame, () => {
      this.#canvases.give(canvas);
      this.#ticker.poke();
    });
    return true;
  }

  #sinks() {
    const { send, sendMedia, onLost } = this.#options;
    const text = (description: Uint8Array): string => Buffer.from(description).toString('base64');
    return {
      onVideoConfig: (run: number, description: Uint8Array) =>
        send({
          type: 'video-config',
          rendition: 'full',
          run,
          description: text(description),
          width: this.#options.program.width,
          height: this.#options.program.height,
          frameStep: 1,
        }),
      onAudioConfig: (run: number, description: Uint8Array) =>
        send({ type: 'audio-config', run, description: text(description) }),
      onVideo: (frame: number, keyframe: boolean, data: Uint8Array, run: number) =>
        sendMedia({ channel: MIXER_CHANNEL.video, pts: frame, keyframe, config: run, data }),
      onAudio: (sample: number, data: Uint8Array, run: number) =>
        sendMedia({ channel: MIXER_CHANNEL.audio, pts: sample, keyframe: true, config: run, data }),
      onLost,
    };
  }
}

/** The machine's own zone, minutes east of UTC. */
function offsetFromUtc(time: WallTime): number {
  return -new Date(time).getTimezoneOffset();
}
