/** Somebody who misbehaves, over real sockets, and what they hear for it. */
import type { CodecConfig } from '../../../src/media/codec.ts';
import { type FrameHeader, encodeFrame } from '../../../src/protocol/frame.ts';
import type { ServerMessage } from '../../../src/protocol/messages.ts';
import { type Disposer, systemClock } from '../../../src/util/clock.ts';
import type { Sample } from '../../helpers/media-samples.ts';
import { TestParticipant, type TestSocket } from '../../helpers/test-participant.ts';
import type { Place, Stage } from './stage.ts';

type ErrorMessage = Extract<ServerMessage, { type: 'error' }>;

/** How it ended for them. */
export interface Verdict {
  readonly code: string;
  readonly message: string;
  /** What is over: that track, or the connection with this code. */
  readonly over: 'track' | number;
}

/** What a sample says about itself, to be said to the server. */
export type Announced = Extract<CodecConfig, { codec: 'h264' | 'vp8' | 'opus' }>;

/** Their picture's track; more of them follow. */
export const PICTURE = 1;
/** A second picture's. */
export const SECOND = 2;
/** Their sound's track. */
export const SOUND = 0;
const FRAME_MS = 1000 / 30;

/** Whoever makes one lets it leave. */
export class Offender {
  readonly stage: Stage;
  readonly peer: TestParticipant;
  readonly #stops: Disposer[] = [];
  readonly #sent = new Map<number, number>();

  private constructor(stage: Stage, peer: TestParticipant) {
    this.stage = stage;
    this.peer = peer;
  }

  static async join(stage: Stage, name: string, receive = { video: false, audio: false }): Promise<Offender> {
    return new Offender(stage, await TestParticipant.join({ ...stage.address, name, receive }));
  }

  get id(): string {
    return this.peer.id;
  }

  /** Frames sent so far on a track. */
  sent(track = PICTURE): number {
    return this.#sent.get(track) ?? 0;
  }

  /** Publishes a track as this; resolves when the server has it. */
  async publish(config: Announced, track = PICTURE): Promise<void> {
    const kind = config.codec === 'opus' ? 'audio' : 'video';
    const source = kind === 'audio' ? 'mic' : 'camera';
    const { control } = this.peer;
    control.say({ type: 'publish', track, kind, source });
    this.announce(config, track);
    await control.heard('published', (message) => message.track === track);
  }

  announce(config: Announced, track = PICTURE, id = 0): void {
    const base = { type: 'config', track, id } as const;
    const { control } = this.peer;
    if (config.codec === 'opus') {
      const { codec, channels } = config;
      control.say({ ...base, codec, sampleRate: 48000, channels });
      return;
    }
    const { width, height, framerate } = config;
    const size = { width, height, framerate };
    if (config.codec === 'vp8') control.say({ ...base, codec: 'vp8', ...size });
    else control.say({ ...base, codec: 'h264', codecString: config.codecString, ...size });
  }

  /** Where one of their tracks stands. */
  place(track = PICTURE): Place {
    return this.stage.placeOf(this.key(track));
  }

  /** A track's name in layouts. */
  key(track = PICTURE): string {
    return `${this.id}/${track}`;
  }

  /** One frame now; numbered, and captured now, unless it says otherwise. */
  send(payload: Uint8Array, header: Partial<FrameHeader> = {}): void {
    const { track = PICTURE, kind = 'video' } = header;
    const { socket } = kind === 'video' ? this.peer.video : this.peer.control;
    if (socket.readyState !== socket.OPEN) return;
    const seq = this.sent(track);
    this.#sent.set(track, seq + 1);
    const flags = { keyframe: false, discontinuity: false, endOfTrack: false, muted: false };
    const captureUs = Math.round(systemClock.monotonicMs() * 1000);
    const times = { captureUs, durationUs: Math.round(FRAME_MS * 1000) };
    socket.send(encodeFrame({ kind, ...flags, track, seq, ...times, configId: 0, level: 0, ...header }, payload));
  }

  /** Calls it so often, `times` in a row each time, until they are stopped or sent away. */
  every(ms: number, act: () => void, times = 1): Disposer {
    const stop = systemClock.every(ms, () => {
      for (let time = 0; time < times; time += 1) act();
    });
    this.#stops.push(stop);
    return stop;
  }

  /** Sends a sample in real time, again and again. */
  loop({ packets }: Sample<CodecConfig>, header: (index: number) => Partial<FrameHeader> = () => ({})): Disposer {
    let index = 0;
    return this.every(packets[0]?.durationMs ?? FRAME_MS, () => {
      const packet = packets[index % packets.length];
      if (packet) this.send(packet.data, { keyframe: packet.keyframe, ...header(index) });
      index += 1;
    });
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  /** Everything they were told off for. */
  get errors(): ErrorMessage[] {
    const { control, video } = this.peer;
    return [...control.messages, ...video.messages].filter((message) => message.type === 'error');
  }

  /** The first error with this code. */
  told(code: string): Promise<ErrorMessage> {
    return this.peer.control.heard('error', (message) => message.code === code);
  }

  /** Resolves when a track of theirs or their connection is over. */
  async verdict(): Promise<Verdict> {
    const ended = async (socket: TestSocket): Promise<Verdict> => {
      try {
        const { code, message } = await socket.heard('error', (error) => error.ended === true);
        return { code, message, over: 'track' };
      } catch {
        const { code, reason } = await socket.closed;
        // Whoever breaks the rules on one socket loses both; the reason stands where it happened.
        const said = this.errors.at(-1);
        return { code: said?.code ?? '', message: said?.message ?? reason, over: code };
      }
    };
    return Promise.race([ended(this.peer.video), ended(this.peer.control)]);
  }

  async leave(): Promise<void> {
    this.stop();
    await this.peer.leave();
  }
}
