/** A headless participant: both sockets, tracks, frames, and coming back after a cut. */
import { type RawData, WebSocket } from 'ws';
import { UnavailableError } from '../../errors.ts';
import { mayReconnect } from '../../protocol/close-codes.ts';
import { encodeFrame } from '../../protocol/frame.ts';
import {
  type ClientMessage,
  PROTOCOL_VERSION,
  type ServerMessage,
  type WelcomeMessage,
  parseServerMessage,
} from '../../protocol/messages.ts';
import { type Clock, sleep } from '../../util/clock.ts';

/** A track as its `publish` and `config` messages say. */
export interface PublishedTrack {
  readonly publish: Extract<ClientMessage, { type: 'publish' }>;
  readonly config: Extract<ClientMessage, { type: 'config' }>;
}

/** Options of a participant. */
export interface PublisherOptions {
  /** The server, for example `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly room: string;
  readonly token: string;
  readonly name: string;
  readonly tracks: readonly PublishedTrack[];
  readonly clock: Clock;
  /** Messages for a person. */
  readonly onNotice: (text: string) => void;
}

/** One coded frame of a track; times in microseconds. */
export interface PublishedFrame {
  readonly track: number;
  readonly captureUs: number;
  readonly durationUs: number;
  readonly keyframe: boolean;
  readonly data: Uint8Array;
}

const FIRST_RETRY_MS = 500;
const MAX_RETRY_MS = 8000;
/** About two seconds of pictures: beyond it new ones would only get older in the queue. */
const MAX_BUFFERED_BYTES = 512 * 1024;

/** Two seconds of both media. */
const MAX_EARLY_FRAMES = 200;

/** `run` ends when the server says goodbye for good or `close` is called. */
export class PublisherClient {
  readonly #options: PublisherOptions;
  readonly #kinds = new Map<number, 'video' | 'audio'>();
  readonly #seqs = new Map<number, number>();
  #control: WebSocket | undefined;
  #video: WebSocket | undefined;
  #welcome: WelcomeMessage | undefined;
  /** Frames from before the sockets were ready: among them is the only key frame of the first seconds. */
  readonly #early: PublishedFrame[] = [];
  #attachedOnce = false;
  #waitForKeyframe = true;
  #dropped = 0;
  readonly #closing = new AbortController();

  constructor(options: PublisherOptions) {
    this.#options = options;
    for (const { publish } of options.tracks) this.#kinds.set(publish.track, publish.kind);
  }

  /** Frames that were not sent because the line or the server did not take them. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Stays in the room; rejects with an AppError that says why when the server refuses. */
  async run(): Promise<void> {
    let failures = 0;
    while (!this.#closing.signal.aborted) {
      const { code, reason, welcomed } = await this.#connectOnce();
      if (this.#closing.signal.aborted) return;
      if (welcomed) failures = 0;
      else if (this.#welcome === undefined) throw new UnavailableError('refused', reason);
      if (!mayReconnect(code)) throw new UnavailableError('closed', reason);
      failures += 1;
      const delay = Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1)) * (0.5 + Math.random() / 2);
      this.#options.onNotice(`${reason} Trying again in ${(delay / 1000).toFixed(1)} s.`);
      await sleep(this.#options.clock, delay, this.#closing.signal);
    }
  }

  /** Sends a frame, or drops it when nobody can take it now. */
  send(frame: PublishedFrame): void {
    const kind = this.#kinds.get(frame.track);
    if (!kind) return;
    const socket = kind === 'video' ? this.#video : this.#control;
    if (!this.#attachedOnce && this.#early.length < MAX_EARLY_FRAMES) {
      this.#early.push(frame);
      return;
    }
    const ready = this.#video !== undefined && socket?.readyState === WebSocket.OPEN;
    if (!ready || (kind === 'video' && socket.bufferedAmount > MAX_BUFFERED_BYTES)) {
      this.#dropped += 1;
      if (kind === 'video') this.#waitForKeyframe = true;
      return;
    }
    if (kind === 'video') {
      if (frame.keyframe) this.#waitForKeyframe = false;
      if (this.#waitForKeyframe) return;
    }
    const seq = this.#seqs.get(frame.track) ?? 0;
    this.#seqs.set(frame.track, (seq + 1) >>> 0);
    const { track, captureUs, durationUs, keyframe, data } = frame;
    const header = { kind, keyframe, discontinuity: false, endOfTrack: false, muted: false, track, seq, level: 0 };
    socket.send(encodeFrame({ ...header, captureUs, durationUs, configId: 0 }, data));
  }

  /** Says goodbye. */
  close(): void {
    this.#closing.abort();
    if (this.#control?.readyState === WebSocket.OPEN) this.#say(this.#control, { type: 'bye' });
    this.#control?.close(1000);
    this.#video?.close(1000);
  }

  /** One life of the control socket, from connecting to its end. */
  async #connectOnce(): Promise<{ code: number; reason: string; welcomed: boolean }> {
    const { token, name, clock } = this.#options;
    const control = new WebSocket(this.#socketUrl());
    this.#control = control;
    let welcomed = false;
    let explanation = '';
    const stopPings = clock.every(2000, () => {
      if (control.readyState === WebSocket.OPEN) this.#say(control, { type: 'ping', sentMs: clock.monotonicMs() });
    });
    control.on('open', () => {
      const resume = this.#welcome?.resume;
      this.#say(control, {
        type: 'hello',
        version: PROTOCOL_VERSION,
        token,
        name,
        receive: { video: false, audio: false },
        ...(resume !== undefined && { resume }),
      });
    });
    control.on('message', (data, binary) => {
      if (binary) return;
      const message = parseServerMessage(textOf(data));
      if (typeof message === 'string') return;
      if (message.type === 'welcome') {
        welcomed = true;
        this.#onWelcome(control, message);
      } else if (message.type === 'error') {
        explanation = message.message;
        this.#onError(message);
      }
    });
    const ended = await new Promise<{ code: number; reason: string }>((resolve) => {
      control.on('error', (error) => {
        explanation = `The server at ${this.#options.url} cannot be reached (${error.message}); is it running?`;
      });
      control.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
    stopPings();
    this.#video?.close();
    this.#video = undefined;
    const reason = ended.reason || explanation || 'The connection was cut.';
    return { code: ended.code, reason, welcomed };
  }

  #onWelcome(control: WebSocket, welcome: WelcomeMessage): void {
    const resumed = this.#welcome?.participant === welcome.participant;
    this.#welcome = welcome;
    for (const { publish, config } of this.#options.tracks) {
      if (!resumed) this.#say(control, publish);
      this.#say(control, config);
    }
    const video = new WebSocket(this.#socketUrl());
    video.on('error', () => {});
    video.on('open', () => this.#say(video, { type: 'attach', version: PROTOCOL_VERSION, ticket: welcome.ticket }));
    video.on('message', (data, binary) => {
      const message = binary ? undefined : parseServerMessage(textOf(data));
      if (typeof message === 'object' && message.type === 'attached') this.#onAttached(video);
    });
    video.on('close', () => {
      if (this.#video !== video) return;
      // Pictures without sound's socket make no sense; begin both again.
      this.#video = undefined;
      this.#waitForKeyframe = true;
      if (!this.#closing.signal.aborted) control.terminate();
    });
  }

  #onAttached(video: WebSocket): void {
    this.#video = video;
    this.#attachedOnce = true;
    for (const frame of this.#early.splice(0)) this.send(frame);
  }

  #onError(message: Extract<ServerMessage, { type: 'error' }>): void {
    const where = message.track === undefined ? '' : `Track ${message.track}: `;
    this.#options.onNotice(`${where}${message.message}`);
  }

  #socketUrl(): URL {
    const url = new URL('/ws', this.#options.url);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    url.searchParams.set('room', this.#options.room);
    return url;
  }

  #say(socket: WebSocket, message: ClientMessage): void {
    socket.send(JSON.stringify(message));
  }
}

/** `ws` gives a Buffer with its default binary type. */
function textOf(data: RawData): string {
  return (data as Buffer).toString();
}
