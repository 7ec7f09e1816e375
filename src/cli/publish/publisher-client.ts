/** A headless participant: both sockets, tracks, frames, and coming back after a cut. */
import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import { UnavailableError } from '../../errors.ts';
import { mayReconnect } from '../../protocol/close-codes.ts';
import { encodeFrame } from '../../protocol/frame.ts';
import { type ClientMessage, PROTOCOL_VERSION, type WelcomeMessage } from '../../protocol/messages.ts';
import { type Clock, type Disposer, sleep } from '../../util/clock.ts';
import { type Patience, outwait } from '../../util/patience.ts';
import { AnnouncedTracks, type PublishedTrack } from './announced-tracks.ts';
import { Delivery } from './delivery.ts';
import { type SocketTarget, keepAsking, onMessage, openSocket, SILENCE_MS, say } from './publisher-socket.ts';

/** Options of a participant. */
export interface PublisherOptions extends SocketTarget {
  readonly token: string;
  readonly name: string;
  /** Whether they agree to being recorded, in rooms that ask; default: nothing is said. */
  readonly consent?: boolean;
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
/** A server that does not answer our goodbye is not waited for. */
const GOODBYE: Patience = { ms: 2000, mostMs: 2000 };
/** Nor is one that does not acknowledge the last frames, once it has had the time for it in which it must answer anything. */
const DELIVERY: Patience = { ms: SILENCE_MS, mostMs: SILENCE_MS };

/** `run` ends when the server says goodbye for good or `close` is called. */
export class PublisherClient {
  readonly #options: PublisherOptions;
  readonly #tracks: AnnouncedTracks;
  /** By which a server that knows nothing of us any more, as after its end without warning, takes us for the same person. */
  readonly #identity = randomBytes(24).toString('base64url');
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
    const { tracks, clock, onNotice } = options;
    this.#tracks = new AnnouncedTracks({
      tracks,
      clock,
      onNotice,
      say: (message) => this.#tell(message),
      onOver: (track) => this.#delivery.forget(track),
      onAgain: () => {
        this.#waitForKeyframe = true;
      },
    });
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
    const kind = this.#tracks.kindOf(frame.track);
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
    const seq = this.#tracks.takeSeq(frame.track);
    this.#delivery.sent(frame.track, seq);
    const { track, captureUs, durationUs, keyframe, data } = frame;
    const header = { kind, keyframe, discontinuity: false, endOfTrack: false, muted: false, track, seq, level: 0 };
    socket.send(encodeFrame({ ...header, captureUs, durationUs, configId: 0 }, data));
  }

  /** Says goodbye. */
  close(): void {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    this.#tracks.close();
    const sockets = [this.#control, this.#picture];
    if (this.#control?.readyState === WebSocket.OPEN) say(this.#control, { type: 'bye' });
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
    const control = openSocket(this.#options, explain);
    this.#control = control;
    const stopPings = keepAsking(control, this.#options, explain);
    control.on('open', () => {
      const resume = this.#welcome?.resume;
      const hello = { type: 'hello', version: PROTOCOL_VERSION, token, name } as const;
      const receive = { video: false, audio: false };
      say(control, {
        ...hello,
        identity: this.#identity,
        receive,
        ...(consent !== undefined && { consent }),
        ...(resume !== undefined && { resume }),
      });
    });
    onMessage(control, (message) => {
      if (message.type === 'welcome') {
        welcomed = true;
        this.#onWelcome(message);
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
        else if (this.#tracks.failed(track, message) && this.#tracks.nothingLeft) {
          explanation = text;
          control.close(1000);
        }
      } else if (message.type === 'ack') {
        this.#delivery.acknowledged(message.track, message.seq);
      } else if (message.type === 'published') {
        this.#tracks.confirmed(message.track);
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

  #openPicture(ticket: string, explain: (text: string) => void): WebSocket {
    const picture = openSocket(this.#options, explain);
    this.#picture = picture;
    this.#waitForKeyframe = true;
    picture.on('open', () => say(picture, { type: 'attach', version: PROTOCOL_VERSION, ticket }));
    onMessage(picture, (message) => {
      if (message.type === 'attached' && this.#picture === picture) this.#onAttached();
    });
    return picture;
  }

  #onWelcome(welcome: WelcomeMessage): void {
    // A server that has begun anew knows who we are, and nothing of what we sent.
    const resumed = this.#welcome?.resume === welcome.resume;
    this.#welcome = welcome;
    this.#joined = true;
    this.#tracks.announce(resumed);
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

  /** Says something to the server, if it has let us in. */
  #tell(message: ClientMessage): boolean {
    const control = this.#control;
    if (!this.#joined || control?.readyState !== WebSocket.OPEN) return false;
    say(control, message);
    return true;
  }
}
