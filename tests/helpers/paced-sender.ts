/** A page's way of sending without a page: its tracks and its judge of the line, behind a camera that pads real pictures. */
import type { WebSocket } from 'ws';
import type { H264Config } from '../../src/media/codec.ts';
import { type Disposer, systemClock } from '../../src/util/clock.ts';
import type { OutgoingTrack, TrackSocket } from '../../web/transport/outgoing-track.ts';
import { PublishedTracks } from '../../web/transport/published-tracks.ts';
import { nowMs } from '../../web/util/monotonic.ts';
import type { Sample } from './media-samples.ts';
import { type JoinOptions, TestSocket } from './test-participant.ts';

/** A frame that was handed to its socket. */
export interface SentFrame {
  readonly atMs: number;
  readonly keyframe: boolean;
  readonly bytes: number;
}

const SOUND_BYTES = 80;
const SOUND_MS = 20;
const LIMIT = { width: 640, height: 360, framerate: 30, maxBitrate: 900_000 };
const KEYFRAME_EVERY_MS = 4000;
const KEYFRAME_FACTOR = 4;
/** H.264 filler data: a decoder skips it. */
const FILLER = [0, 0, 0, 1, 0x0c];
const SOUND_TRACK = 0;
const PICTURE_TRACK = 1;

/** Sends in real time until `close`. */
export class PacedSender {
  readonly id: string;
  readonly camera: OutgoingTrack;
  readonly pictures: SentFrame[] = [];
  readonly sounds: SentFrame[] = [];
  /** Key frames that the server asked for. */
  requests = 0;
  readonly #tracks = new PublishedTracks(nowMs);
  readonly #microphone: OutgoingTrack;
  readonly #sockets: readonly TestSocket[];
  readonly #picture: Sample<H264Config>;
  readonly #stop: Disposer;
  readonly #waiting: { readonly atMs: number; readonly done: () => void }[] = [];
  #wantsKeyframe = true;
  #keyframeMs = 0;
  #nextPictureMs = nowMs();
  #nextSoundMs = nowMs();

  private constructor(control: TestSocket, video: TestSocket, id: string, picture: Sample<H264Config>) {
    this.id = id;
    this.#sockets = [control, video];
    this.#picture = picture;
    this.#tracks.connected({ control: trackSocket(control.socket), video: trackSocket(video.socket) }, id);
    control.socket.on('message', () => {
      const message = control.messages.at(-1);
      if (!message) return;
      if (message.type === 'keyframe') this.requests += 1;
      this.#tracks.receive(message);
    });
    const ignored = { target: () => undefined, refused: () => undefined };
    this.#microphone = this.#tracks.publish(
      { track: SOUND_TRACK, kind: 'audio', source: 'mic' },
      { ...ignored, keyframe: () => undefined },
    );
    this.camera = this.#tracks.publish(
      { track: PICTURE_TRACK, kind: 'video', source: 'camera' },
      {
        ...ignored,
        keyframe: () => {
          this.#wantsKeyframe = true;
        },
      },
    );
    this.#microphone.configure({ codec: 'opus', sampleRate: 48000, channels: 1 });
    const { codecString, width, height } = picture.config;
    this.camera.configure({ codec: 'h264', codecString, width, height, framerate: LIMIT.framerate });
    this.#stop = systemClock.every(4, () => this.#turn(nowMs()));
  }

  /** @param picture its first packet is sent as key frame, its second otherwise. */
  static async join(where: JoinOptions, picture: Sample<H264Config>): Promise<PacedSender> {
    const { url, room, token, name } = where;
    const control = new TestSocket(url, room);
    await control.opened();
    control.say({ type: 'hello', version: 1, token, name, receive: { video: false, audio: false } });
    const welcome = await control.heard('welcome');
    const video = new TestSocket(url, room);
    await video.opened();
    video.say({ type: 'attach', version: 1, ticket: welcome.ticket });
    await video.heard('attached');
    return new PacedSender(control, video, welcome.participant, picture);
  }

  /** Resolves when the server knows both tracks. */
  async published(): Promise<void> {
    for (const track of [SOUND_TRACK, PICTURE_TRACK]) {
      await this.#sockets[0]?.heard('published', (message) => message.track === track);
    }
  }

  /** Resolves after so many milliseconds of sending. */
  sendFor(ms: number): Promise<void> {
    return new Promise((done) => {
      this.#waiting.push({ atMs: nowMs() + ms, done });
    });
  }

  close(): void {
    this.#stop();
    for (const { socket } of this.#sockets) socket.terminate();
  }

  #turn(atMs: number): void {
    while (this.#nextSoundMs <= atMs) {
      this.#nextSoundMs += SOUND_MS;
      this.#send(this.#microphone, this.sounds, new Uint8Array(SOUND_BYTES).fill(0xfc), true, atMs);
    }
    this.#capture(atMs);
    for (const waiting of this.#waiting.filter((each) => each.atMs <= atMs)) {
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      waiting.done();
    }
  }

  #capture(atMs: number): void {
    const { framerate, bitrate } = this.camera.flow.target(LIMIT, atMs);
    if (atMs < this.#nextPictureMs || !this.camera.mayEncode) return;
    this.#nextPictureMs = Math.max(this.#nextPictureMs + 1000 / framerate, atMs);
    const keyframe = this.#wantsKeyframe || atMs - this.#keyframeMs > KEYFRAME_EVERY_MS;
    const bytes = (bitrate / 8 / framerate) * (keyframe ? KEYFRAME_FACTOR : 1);
    const coded = this.#picture.packets[keyframe ? 0 : 1]?.data ?? new Uint8Array(0);
    const padding = Math.max(0, Math.round(bytes) - coded.length - FILLER.length - 1);
    const payload = Uint8Array.from([...coded, ...FILLER, ...new Uint8Array(padding).fill(0xff), 0x80]);
    if (!this.#send(this.camera, this.pictures, payload, keyframe, atMs) || !keyframe) return;
    this.#wantsKeyframe = false;
    this.#keyframeMs = atMs;
  }

  #send(track: OutgoingTrack, log: SentFrame[], payload: Uint8Array, keyframe: boolean, atMs: number): boolean {
    // Nobody plays it: the duration says which frame it is.
    const durationUs = log.length + 1;
    const frame = { keyframe, captureUs: Math.round(atMs * 1000), durationUs, level: 0, muted: false, payload };
    if (!track.send(frame)) return false;
    log.push({ atMs, keyframe, bytes: payload.length });
    return true;
  }
}

function trackSocket(socket: WebSocket): TrackSocket {
  return {
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
    sendMessage: (message) => socket.send(JSON.stringify(message)),
    sendFrame: (message) => socket.send(message),
  };
}
