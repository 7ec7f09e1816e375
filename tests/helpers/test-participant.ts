/** A participant made of docs/protocol.md alone: raw sockets, one colour to see, one tone to hear, a flash and a beep each second. */
import { Encoder } from '@evan/opus';
import { WebSocket } from 'ws';
import type { H264Config } from '../../src/media/codec.ts';
import { type Frame, decodeFrame, encodeFrame } from '../../src/protocol/frame.ts';
import {
  type ClientMessage,
  PROGRAM_TRACK,
  type ServerMessage,
  parseServerMessage,
} from '../../src/protocol/messages.ts';
import { systemClock } from '../../src/util/clock.ts';
import type { Sample, SamplePacket } from './media-samples.ts';

/** What a participant looks and sounds like. */
export interface TestMedia {
  /** Two seconds that can be repeated. */
  readonly picture?: Sample<H264Config>;
  /** Packets of 20 ms, a whole number of seconds. */
  readonly sound?: readonly Uint8Array[];
}

/** How to join. */
export interface JoinOptions {
  readonly url: string;
  readonly room: string;
  readonly token: string;
  readonly name: string;
  readonly receive?: { readonly video: boolean; readonly audio: boolean };
  readonly resume?: string;
  /** Whether they may be kept in recordings; default: nothing is said. */
  readonly consent?: boolean;
  /** PEM of the authority to trust beside the usual ones. */
  readonly ca?: string;
}

/** One WebSocket with everything it heard. */
export class TestSocket {
  readonly socket: WebSocket;
  readonly messages: ServerMessage[] = [];
  readonly frames: Frame[] = [];
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  readonly #waiters = new Set<() => void>();

  constructor(url: string, room: string, origin?: string, ca?: string) {
    const address = `${url.replace('http', 'ws')}/ws?room=${encodeURIComponent(room)}`;
    this.socket = new WebSocket(address, { ...(origin !== undefined && { origin }), ...(ca !== undefined && { ca }) });
    this.socket.on('message', (data: Buffer, binary) => {
      if (binary) {
        const frame = decodeFrame(data);
        if (typeof frame === 'string') throw new Error(frame);
        this.frames.push(frame);
      } else {
        const message = parseServerMessage(data.toString());
        if (typeof message === 'string') throw new Error(`${message} ${data.toString()}`);
        this.messages.push(message);
      }
      for (const waiter of this.#waiters) waiter();
    });
    this.socket.on('error', () => {});
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
  }

  async opened(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.socket.once('open', () => resolve());
      this.socket.once('error', reject);
    });
  }

  say(message: ClientMessage): void {
    this.socket.send(JSON.stringify(message));
  }

  /** The first message of a type, now or when it comes; rejects when the socket closes before. */
  heard<T extends ServerMessage['type']>(
    type: T,
    test: (message: Extract<ServerMessage, { type: T }>) => boolean = () => true,
  ): Promise<Extract<ServerMessage, { type: T }>> {
    return this.until(() =>
      this.messages.find(
        (message): message is Extract<ServerMessage, { type: T }> =>
          message.type === type && test(message as Extract<ServerMessage, { type: T }>),
      ),
    );
  }

  /** The first defined answer of `look`, which is asked after each arrival. */
  until<T>(look: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const check = (): void => {
        const found = look();
        if (found === undefined) return;
        this.#waiters.delete(check);
        resolve(found);
      };
      this.#waiters.add(check);
      void this.closed.then(({ code, reason }) => reject(new Error(`closed ${code} ${reason}`)));
      check();
    });
  }
}

const SOUND_TRACK = 0;
const PICTURE_TRACK = 1;

/** Sends in real time until `leave`. */
export class TestParticipant {
  readonly control: TestSocket;
  readonly video: TestSocket;
  readonly id: string;
  /** When the first packets of everything it sends were captured, on the machine's monotonic clock. */
  readonly originMs = systemClock.monotonicMs();
  readonly #stops: Array<() => void> = [];

  private constructor(control: TestSocket, video: TestSocket, id: string) {
    this.control = control;
    this.video = video;
    this.id = id;
  }

  static async join(options: JoinOptions, media: TestMedia = {}): Promise<TestParticipant> {
    const { url, room, token, name, receive = { video: false, audio: false }, resume, consent, ca } = options;
    const control = new TestSocket(url, room, undefined, ca);
    await control.opened();
    control.say({
      ...{ type: 'hello', version: 1, token, name, receive },
      ...(resume !== undefined && { resume }),
      ...(consent !== undefined && { consent }),
    });
    const welcome = await control.heard('welcome');
    const video = new TestSocket(url, room, undefined, ca);
    await video.opened();
    video.say({ type: 'attach', version: 1, ticket: welcome.ticket });
    await video.heard('attached');
    const participant = new TestParticipant(control, video, welcome.participant);
    participant.#start(media);
    participant.#acknowledge();
    return participant;
  }

  /** Stops sending, but stays. */
  stopSending(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  async leave(): Promise<void> {
    this.stopSending();
    if (this.control.socket.readyState === WebSocket.OPEN) this.control.say({ type: 'bye' });
    await Promise.all([this.control.closed, this.video.closed]);
  }

  /** Everything received of a program track, in order. */
  received(track: number): Frame[] {
    return [...this.control.frames, ...this.video.frames].filter(({ header }) => header.track === track);
  }

  /** Resolves once `count` more frames of the program have come: by its own clock, whatever the machine is busy with. */
  async programFrames(count: number): Promise<void> {
    const goal = this.received(PROGRAM_TRACK.video).length + count;
    await this.video.until(() => (this.received(PROGRAM_TRACK.video).length >= goal ? true : undefined));
  }

  #start({ picture, sound }: TestMedia): void {
    const { originMs } = this;
    if (sound) {
      this.control.say({ type: 'publish', track: SOUND_TRACK, kind: 'audio', source: 'mic' });
      this.control.say({ type: 'config', track: SOUND_TRACK, id: 0, codec: 'opus', sampleRate: 48000, channels: 1 });
      const packets = sound.map((data, index) => ({ data, timestampMs: index * 20, durationMs: 20, keyframe: true }));
      this.#pace(this.control, 'audio', SOUND_TRACK, packets, originMs);
    }
    if (picture) {
      const { codecString, width, height, framerate } = picture.config;
      this.control.say({ type: 'publish', track: PICTURE_TRACK, kind: 'video', source: 'camera' });
      const config = { type: 'config', track: PICTURE_TRACK, id: 0, codec: 'h264' } as const;
      this.control.say({ ...config, codecString, width, height, framerate });
      // The picture must not overtake its announcement on the other socket.
      void this.control
        .heard('published', ({ track }) => track === PICTURE_TRACK)
        .then(() => {
          this.#pace(this.video, 'video', PICTURE_TRACK, picture.packets, originMs);
        });
    }
  }

  /** Sends each packet when its time has come, again and again. */
  #pace(
    to: TestSocket,
    kind: 'video' | 'audio',
    track: number,
    packets: readonly SamplePacket[],
    originMs: number,
  ): void {
    const last = packets.at(-1) as SamplePacket;
    const periodMs = Math.round(last.timestampMs + last.durationMs);
    let next = 0;
    const due = (): number => {
      const packet = packets[next % packets.length] as SamplePacket;
      return Math.floor(next / packets.length) * periodMs + packet.timestampMs;
    };
    const send = (): void => {
      while (originMs + due() <= systemClock.monotonicMs()) {
        const { data, keyframe, durationMs } = packets[next % packets.length] as SamplePacket;
        const captureUs = Math.round((originMs + due()) * 1000);
        const flags = { discontinuity: false, endOfTrack: false, muted: false };
        const header = { kind, keyframe, ...flags, track, seq: next, captureUs, configId: 0, level: 0 };
        if (to.socket.readyState === WebSocket.OPEN) {
          to.socket.send(encodeFrame({ ...header, durationUs: Math.round(durationMs * 1000) }, data));
        }
        next += 1;
      }
    };
    this.#stops.push(systemClock.every(5, send));
  }

  #acknowledge(): void {
    const sockets = [this.control, this.video];
    this.#stops.push(
      systemClock.every(100, () => {
        for (const from of sockets) {
          const { header } = from.frames.at(-1) ?? {};
          if (!header || this.control.socket.readyState !== WebSocket.OPEN) continue;
          const receivedMs = systemClock.monotonicMs();
          this.control.say({ type: 'ack', track: header.track, seq: header.seq, bytes: 0, receivedMs });
        }
      }),
    );
  }
}

/** One second of Opus: a steady tone, and in its first tenth a beep. Both are whole numbers of hertz, so it can be repeated. */
export function toneAndBeep(toneHz: number, beepHz: number): Uint8Array[] {
  const encoder = new Encoder({ channels: 1, sample_rate: 48000, application: 'audio' });
  encoder.bitrate = 64000;
  const packets: Uint8Array[] = [];
  for (let packet = 0; packet < 50; packet += 1) {
    const pcm = new Int16Array(960);
    for (let index = 0; index < 960; index += 1) {
      const time = (packet * 960 + index) / 48000;
      const beep = time < 0.1 ? 0.2 * Math.sin(2 * Math.PI * beepHz * time) : 0;
      pcm[index] = (0.08 * Math.sin(2 * Math.PI * toneHz * time) + beep) * 32767;
    }
    packets.push(Uint8Array.from(encoder.encode(pcm)));
  }
  return packets;
}
