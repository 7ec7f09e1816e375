/** A headless participant: both sockets, tracks, frames, and coming back after a cut. */
import type { SecureContextOptions } from 'node:tls';
import { type ClientOptions, type RawData, WebSocket } from 'ws';
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
import { SecondTries } from '../../protocol/second-tries.ts';
import { type Clock, type Disposer, sleep } from '../../util/clock.ts';
import { type Patience, outwait } from '../../util/patience.ts';
import { whyUnreachable } from '../unreachable.ts';
import { Delivery } from './delivery.ts';

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
  /** Whether they agree to being recorded, in rooms that ask; default: nothing is said. */
  readonly consent?: boolean;
  readonly tracks: readonly PublishedTrack[];
  /** PEM of the one certificate that the server is known to have; default: whoever this machine trusts. */
  readonly certificate?: string | undefined;
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

/** How a connection ended; `welcomed`: the server had let us in. */
interface Ending {
  readonly code: number;
  readonly reason: string;
  readonly welcomed: boolean;
}

const FIRST_RETRY_MS = 500;
const MAX_RETRY_MS = 8000;
/** About two seconds of pictures: beyond it new ones would only get older in the queue. */
const MAX_BUFFERED_BYTES = 512 * 1024;
/** Two seconds of both media. */
const MAX_EARLY_FRAMES = 200;
const HANDSHAKE_MS = 10_000;
const PING_MS = 2000;
/** The server answers a ping at once: this long without a word and the way is dead, whatever the socket says. */
const SILENCE_MS = 8000;
/** A server that does not answer our goodbye is not waited for. */
const GOODBYE: Patience = { ms: 2000, mostMs: 2000 };
/** Nor is one that does not acknowledge the last frames, once it has had the time for it in which it must answer anything. */
const DELIVERY: Patience = { ms: SILENCE_MS, mostMs: SILENCE_MS };

/** `run` ends when the server says goodbye for good or `close` is called. */
export class PublisherClient {
  readonly #options: PublisherOptions;
  readonly #kinds = new Map<number, 'video' | 'audio'>();
  readonly #seqs = new Map<number, number>();
  /** Of tracks by their number. */
  readonly #tries: SecondTries<number>;
  /** Tracks that the server has not confirmed: it has given them up, or was cut off while they were announced. */
  readonly #unannounced = new Set<number>();
  #control: WebSocket | undefined;
  #picture: WebSocket | undefined;
  /** The server has welcomed us on the control socket. */
  #joined = false;
  /** It takes frames on both sockets. */
  #attached = false;
  #welcome: WelcomeMessage | undefined;
  /** Frames from before the sockets were ready for the first time: among them is the only key frame of two seconds. */
  #early: PublishedFrame[] | undefined = [];
  #waitForKeyframe = true;
  #dropped = 0;
  readonly #closing = new AbortController();
  #cutTimer: Disposer | undefined;
  readonly #settled = Promise.withResolvers<void>();
  readonly #delivery = new Delivery();

  constructor(options: PublisherOptions) {
    this.#options = options;
    for (const { publish } of options.tracks) this.#kinds.set(publish.track, publish.kind);
    this.#tries = new SecondTries(options.clock);
  }

  /** Frames that were not sent because the line or the server did not take them. */
  get dropped(): number {
    return this.#dropped;
  }

  /**
   * Resolves when the server has all that was sent, at once when `run` has ended, and after eight seconds at the latest once it has
   * let us in: seconds in which this process ran.
   */
  async delivered(): Promise<void> {
    await this.#settled.promise;
    const { clock } = this.#options;
    const stop = outwait(clock, DELIVERY, () => this.#delivery.end());
    await this.#delivery.complete();
    stop();
  }

  /** Stays in the room; rejects with an AppError that says why when the server refuses. */
  async run(): Promise<void> {
    try {
      await this.#stay();
    } finally {
      this.#settled.resolve();
      this.#delivery.end();
    }
  }

  async #stay(): Promise<void> {
    let failures = 0;
    while (!this.#closing.signal.aborted) {
      const { code, reason, welcomed } = await this.#connectOnce();
      this.#cutTimer?.();
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
    if (this.#early && this.#early.length < MAX_EARLY_FRAMES) {
      this.#early.push(frame);
      return;
    }
    const socket = kind === 'video' ? this.#picture : this.#control;
    const isFree = kind === 'audio' || (socket?.bufferedAmount ?? 0) <= MAX_BUFFERED_BYTES;
    const isReady = !this.#early && this.#attached && socket?.readyState === WebSocket.OPEN && isFree;
    if (kind === 'video') this.#waitForKeyframe = !isReady || (this.#waitForKeyframe && !frame.keyframe);
    if (!isReady || (kind === 'video' && this.#waitForKeyframe)) {
      this.#dropped += 1;
      return;
    }
    const seq = this.#seqs.get(frame.track) ?? 0;
    this.#seqs.set(frame.track, (seq + 1) >>> 0);
    this.#delivery.sent(frame.track, seq);
    const { track, captureUs, durationUs, keyframe, data } = frame;
    const header = { kind, keyframe, discontinuity: false, endOfTrack: false, muted: false, track, seq, level: 0 };
    socket.send(encodeFrame({ ...header, captureUs, durationUs, configId: 0 }, data));
  }

  /** Says goodbye. */
  close(): void {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    this.#tries.close();
    const sockets = [this.#control, this.#picture];
    if (this.#control?.readyState === WebSocket.OPEN) this.#say(this.#control, { type: 'bye' });
    for (const socket of sockets) socket?.close(1000);
    if (this.#control === undefined) return;
    this.#cutTimer = outwait(this.#options.clock, GOODBYE, () => {
      for (const socket of sockets) socket?.terminate();
    });
  }

  /** One life of the control socket, from connecting to its end; the picture socket goes with it. */
  async #connectOnce(): Promise<Ending> {
    const { token, name, consent } = this.#options;
    let welcomed = false;
    let explanation = '';
    let pictureEnd: Omit<Ending, 'welcomed'> | undefined;
    const explain = (text: string): void => {
      explanation ||= text;
    };
    const control = this.#open(explain);
    this.#control = control;
    const stopPings = this.#keepAsking(control, explain);
    control.on('open', () => {
      const resume = this.#welcome?.resume;
      const hello = { type: 'hello', version: PROTOCOL_VERSION, token, name } as const;
      const receive = { video: false, audio: false };
      this.#say(control, {
        ...hello,
        receive,
        ...(consent !== undefined && { consent }),
        ...(resume !== undefined && { resume }),
      });
    });
    onMessage(control, (message) => {
      if (message.type === 'welcome') {
        welcomed = true;
        this.#onWelcome(control, message);
        const picture = this.#openPicture(message.ticket, explain);
        picture.on('close', (code, reason) => {
          // The goodbye is on its way: whoever cuts the other socket now takes it away again.
          if (this.#closing.signal.aborted) return;
          pictureEnd = { code, reason: reason.toString() };
          // The other socket, which is told the same, may be gone before it has heard it.
          explain(pictureEnd.reason);
          // Pictures and sound come together or not at all.
          if (mayReconnect(code)) control.terminate();
          else control.close(1000);
        });
      } else if (message.type === 'error') {
        const { track, message: text } = message;
        if (track === undefined) explanation = text;
        else if (this.#onTrackError(track, message) && this.#nothingLeft) {
          explanation = text;
          control.close(1000);
        }
      } else if (message.type === 'ack') {
        this.#delivery.acknowledged(message.track, message.seq);
      } else if (message.type === 'published') {
        this.#onPublished(message.track);
      }
    });
    const [code, reason] = await new Promise<[number, Buffer]>((resolve) => {
      control.on('close', (...ended) => resolve(ended));
    });
    stopPings();
    // Before it was attached it may have been refused only because of what this socket was told: 1000 is our own word.
    const pictureCounts = this.#attached || code === 1000;
    this.#picture?.terminate();
    this.#joined = false;
    this.#attached = false;
    this.#control = undefined;
    if (pictureEnd && pictureCounts && !mayReconnect(pictureEnd.code)) return { ...pictureEnd, welcomed };
    return { code, reason: reason.toString() || explanation || 'The connection was cut.', welcomed };
  }

  get #nothingLeft(): boolean {
    return this.#kinds.size === 0 && this.#tries.waiting === 0;
  }

  #onPublished(track: number): void {
    this.#unannounced.delete(track);
    // One that waits for its second try goes on waiting.
    if (this.#kinds.has(track)) this.#tries.taken(track);
  }

  /** When the server has given a track up, it gets no more of it, or no more for a while. False when that is no news. */
  #onTrackError(track: number, { code, message, ended }: Extract<ServerMessage, { type: 'error' }>): boolean {
    // A cut took its confirmation away.
    if (code === 'track_exists') {
      this.#onPublished(track);
      return false;
    }
    // Said again after a cut, of a track that is not sent any more, or that was announced anew since.
    if (ended === true && (!this.#kinds.has(track) || this.#unannounced.has(track))) return false;
    // The answer to its `config`: that it ended, or was not taken, is known, or is news in itself.
    const isUnknown = code === 'unknown_track';
    if (isUnknown && !this.#kinds.has(track)) return false;
    const isOver = ended === true || isUnknown || (this.#tries.isTrying(track) && code === 'rate_limited');
    const isGivenUp = isOver && this.#kinds.get(track) === 'video';
    const next = isGivenUp ? this.#tries.ended(track, code, () => this.#tryAgain(track)) : undefined;
    if (isOver) {
      this.#kinds.delete(track);
      this.#delivery.forget(track);
    }
    const plan = next ? ` Sending it again in ${Math.round(next.waitMs / 1000)} s.` : '';
    this.#options.onNotice(`Track ${track}: ${message}${plan}`);
    return true;
  }

  /** Announces a track again; without a connection the next one does. */
  #tryAgain(track: number): void {
    this.#kinds.set(track, 'video');
    this.#waitForKeyframe = true;
    this.#unannounced.add(track);
    const found = this.#options.tracks.find(({ publish }) => publish.track === track);
    if (!found || !this.#joined || this.#control?.readyState !== WebSocket.OPEN) return;
    this.#say(this.#control, found.publish);
    this.#say(this.#control, found.config);
  }

  #open(explain: (text: string) => void): WebSocket {
    const { url, certificate } = this.#options;
    const socket = new WebSocket(this.#socketUrl(), { handshakeTimeout: HANDSHAKE_MS, ...pinnedTo(certificate) });
    socket.on('unexpected-response', (_request, { statusCode }) => {
      // What the port of a server with a certificate says to those who speak without TLS.
      const tls = statusCode === 400 && url.startsWith('http:');
      const hint = tls ? 'is its address https://' : 'is it a Gridcast server';
      explain(`The server at ${url} does not take the connection (HTTP ${statusCode}); ${hint}?`);
      socket.terminate();
    });
    socket.on('error', (error) => explain(whyUnreachable(url, error)));
    return socket;
  }

  #openPicture(ticket: string, explain: (text: string) => void): WebSocket {
    const picture = this.#open(explain);
    this.#picture = picture;
    this.#waitForKeyframe = true;
    picture.on('open', () => this.#say(picture, { type: 'attach', version: PROTOCOL_VERSION, ticket }));
    onMessage(picture, (message) => {
      if (message.type === 'attached' && this.#picture === picture) this.#onAttached();
    });
    return picture;
  }

  /** Pings for as long as the socket is of use; a server that has fallen silent is given up. */
  #keepAsking(control: WebSocket, explain: (text: string) => void): Disposer {
    const { clock, url } = this.#options;
    let heardMs: number | undefined;
    let lookedMs = clock.monotonicMs();
    onMessage(control, () => {
      heardMs = clock.monotonicMs();
    });
    return clock.every(PING_MS, () => {
      const now = clock.monotonicMs();
      const stoodStill = now - lookedMs >= 2 * PING_MS;
      lookedMs = now;
      // Before its welcome the server wants to hear nothing but hello.
      if (heardMs === undefined || control.readyState !== WebSocket.OPEN) return;
      // What came while this machine stood still has not been read yet.
      if (stoodStill || now - heardMs <= SILENCE_MS) {
        this.#say(control, { type: 'ping', sentMs: now });
        return;
      }
      explain(`The server at ${url} does not answer any more.`);
      control.terminate();
    });
  }

  #onWelcome(control: WebSocket, welcome: WelcomeMessage): void {
    const resumed = this.#welcome?.participant === welcome.participant;
    this.#welcome = welcome;
    this.#joined = true;
    for (const { publish, config } of this.#options.tracks) {
      if (!this.#kinds.has(publish.track)) continue;
      if (!resumed) this.#unannounced.add(publish.track);
      if (this.#unannounced.has(publish.track)) this.#say(control, publish);
      this.#say(control, config);
    }
  }

  #onAttached(): void {
    this.#attached = true;
    const early = this.#early;
    if (!early) return;
    this.#early = undefined;
    for (const frame of early) this.send(frame);
    // What came after them was dropped.
    if (early.length === MAX_EARLY_FRAMES) this.#waitForKeyframe = true;
    this.#settled.resolve();
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

/** The very certificate is proof enough: neither its name nor who signed it is looked at. */
function pinnedTo(certificate: string | undefined): ClientOptions & SecureContextOptions {
  if (certificate === undefined) return {};
  // Nothing to complain of, in the words of both Node and the types of `ws`.
  return { ca: certificate, allowPartialTrustChain: true, checkServerIdentity: () => false };
}

/** Messages of a newer server that this client does not know are not for it. */
function onMessage(socket: WebSocket, handle: (message: ServerMessage) => void): void {
  socket.on('message', (data: RawData, binary) => {
    // `ws` gives a Buffer with its default binary type.
    const message = binary ? undefined : parseServerMessage((data as Buffer).toString());
    if (typeof message === 'object') handle(message);
  });
}
