/** A participant's connection to a room: hello, two sockets, tracks, acknowledgements, pings, and coming back after a cut. */
import { mayReconnect } from '../../src/protocol/close-codes.ts';
import type { Frame } from '../../src/protocol/frame.ts';
import type { WaitingMessage } from '../../src/protocol/door.ts';
import type {
  ClientMessage,
  ConfigMessage,
  HelloMessage,
  PublishMessage,
  ServerMessage,
  WelcomeMessage,
} from '../../src/protocol/messages.ts';
import { nowMs } from '../util/monotonic.ts';
import type { Problem } from '../util/problem.ts';
import { AckTracker } from './ack-tracker.ts';
import { reconnectDelayMs } from './backoff.ts';
import { ClockSync } from './clock-sync.ts';
import { describeClose, type ServerError } from './close-words.ts';
import type { OutgoingTrack, TrackWishes } from './outgoing-track.ts';
import { PROTOCOL_VERSION } from './protocol.ts';
import { PublishedTracks, type SendingLine } from './published-tracks.ts';
import { SocketPair } from './socket-pair.ts';

/** Where the connection stands. */
export type ConnectionState =
  | { readonly kind: 'connecting' }
  /** Before the door: a host has to let one in, or it is not yet time. */
  | { readonly kind: 'waiting'; readonly waiting: WaitingMessage }
  | { readonly kind: 'joined'; readonly welcome: WelcomeMessage }
  /** `lastedMs`: for how long there has been no connection. */
  | { readonly kind: 'reconnecting'; readonly attempt: number; readonly delayMs: number; readonly lastedMs: number }
  | { readonly kind: 'closed'; readonly problem: Problem };

/** Facts for the owner; nothing is called after the state `closed`. */
export interface RoomConnectionHandlers {
  state(state: ConnectionState): void;
  message(message: ServerMessage): void;
  /** What the next frames of a program track are. */
  config(config: ConfigMessage): void;
  frame(frame: Frame): void;
}

/** Where to, and as whom. */
export interface RoomConnectionOptions {
  /** `ws:` or `wss:` address with the room. */
  readonly url: string;
  readonly token: string;
  readonly name: string;
  /** See `ownIdentity`. */
  readonly identity: string;
  /** Whether they may be kept in recordings; undefined: not said yet. */
  readonly consent: boolean | undefined;
  readonly handlers: RoomConnectionHandlers;
}

const ACK_EVERY_MS = 100;
const PING_EVERY_MS = 2000;
const FAST_PINGS = 5;
const FAST_PING_EVERY_MS = 100;
// The server answers a ping at once: this long without a word and the way is dead, whatever the socket says.
const SILENCE_MS = 8000;
/** Before the door there is nothing else to keep an eye on. */
const WAITING_PING_EVERY_MS = 5000;
const WAITING_SILENCE_MS = 15_000;

/** Whoever comes in vain is asked before they try again. */
const FULL: ReadonlySet<string> = new Set(['room_full', 'waiting_full']);

/** Connects when made; reconnects by itself until `leave` or until the server says that it would be in vain. */
export class RoomConnection {
  readonly clock = new ClockSync();
  readonly #options: RoomConnectionOptions;
  readonly #tracks = new PublishedTracks(nowMs);
  #pair: SocketPair;
  #acks = new AckTracker();
  #joined = false;
  #ready = false;
  #left = false;
  #attempt = 0;
  /** When the connection was lost. */
  #cutMs = 0;
  #resume: string | undefined;
  /** What was said last, for a connection that has to say it anew. */
  #consent: boolean | undefined;
  #lastError: ServerError | undefined;
  #heardMs = 0;
  #ackedMs = 0;
  #timers: number[] = [];
  #retryTimer = 0;

  constructor(options: RoomConnectionOptions) {
    this.#options = options;
    this.#consent = options.consent;
    options.handlers.state({ kind: 'connecting' });
    this.#pair = this.#connect();
  }

  /** How everything that is published gets through; undefined while nothing is. */
  get line(): SendingLine | undefined {
    return this.#tracks.line;
  }

  /** Announces a track now and after each reconnect, until `unpublish`. */
  publish(publication: Omit<PublishMessage, 'type'>, wishes: TrackWishes): OutgoingTrack {
    return this.#tracks.publish(publication, wishes);
  }

  /** Ends a track; its tile goes dark. */
  unpublish(track: OutgoingTrack): void {
    this.#tracks.unpublish(track);
  }

  /** Asks for a key frame of a program track. */
  requestKeyframe(track: number): void {
    if (this.#ready) this.#pair.control.sendMessage({ type: 'keyframe', track });
  }

  /** Says something of the page's own; lost while there is no connection. */
  say(message: ClientMessage): void {
    if (message.type === 'consent') this.#consent = message.given;
    if (this.#ready) this.#pair.control.sendMessage(message);
  }

  /** Says goodbye and closes everything; the state ends as `closed`. Resolves when nothing is under way any more. */
  async leave(): Promise<void> {
    if (this.#left) return;
    this.#left = true;
    self.clearTimeout(this.#retryTimer);
    const left = this.#pair.leave();
    this.#stopTimers();
    await left;
  }

  #connect(): SocketPair {
    const { url, token, name, identity } = this.#options;
    this.#acks = new AckTracker();
    const hello: HelloMessage = {
      type: 'hello',
      version: PROTOCOL_VERSION,
      token,
      name,
      identity,
      receive: { video: true, audio: true },
      ...(this.#consent === undefined ? {} : { consent: this.#consent }),
      ...(this.#resume === undefined ? {} : { resume: this.#resume }),
    };
    return new SocketPair(url, hello, {
      ready: (welcome) => this.#onReady(welcome),
      message: (message) => this.#onMessage(message),
      frame: (frame) => this.#onFrame(frame),
      closed: (code) => this.#onClosed(code),
    });
  }

  #onReady(welcome: WelcomeMessage): void {
    this.#joined = true;
    this.#ready = true;
    this.#attempt = 0;
    this.#resume = welcome.resume;
    this.#lastError = undefined;
    this.#startTimers();
    this.#options.handlers.state({ kind: 'joined', welcome });
    this.#tracks.connected(this.#pair, welcome.participant);
  }

  #onMessage(message: ServerMessage): void {
    this.#heardMs = nowMs();
    const ofTrack = this.#tracks.receive(message);
    if (message.type === 'waiting') this.#onWaiting(message);
    if (message.type === 'pong') this.clock.add({ ...message, nowMs: nowMs() });
    else if (message.type === 'config') this.#options.handlers.config(message);
    else if (message.type === 'error' && !ofTrack) this.#lastError = message;
    this.#options.handlers.message(message);
  }

  #onWaiting(waiting: WaitingMessage): void {
    this.#attempt = 0;
    this.#stopTimers();
    this.#timers.push(
      self.setInterval(() => {
        this.#pair.control.sendMessage({ type: 'ping', sentMs: nowMs() });
        if (nowMs() - this.#heardMs > WAITING_SILENCE_MS) this.#pair.abandon();
      }, WAITING_PING_EVERY_MS),
    );
    this.#options.handlers.state({ kind: 'waiting', waiting });
  }

  #onFrame(frame: Frame): void {
    this.#heardMs = nowMs();
    const { header, payload } = frame;
    this.#acks.note(header.track, header.seq, payload.byteLength, performance.now());
    // Frames keep the time: timers of a hidden page run once a second at best, and the server would take us for slow.
    const large = header.kind === 'video' && header.keyframe;
    if (large || performance.now() - this.#ackedMs >= ACK_EVERY_MS) this.#acknowledge();
    this.#options.handlers.frame(frame);
  }

  #acknowledge(): void {
    this.#ackedMs = performance.now();
    for (const ack of this.#acks.take()) this.#pair.control.sendMessage(ack);
  }

  #onClosed(code: number): void {
    this.#ready = false;
    this.#stopTimers();
    this.#tracks.disconnected();
    const full = !this.#joined && FULL.has(this.#lastError?.code ?? '');
    if (this.#left || full || !mayReconnect(code)) {
      this.#left = true;
      this.#options.handlers.state({ kind: 'closed', problem: describeClose(code, this.#lastError) });
      return;
    }
    this.#attempt += 1;
    if (this.#attempt === 1) this.#cutMs = nowMs();
    const lastedMs = nowMs() - this.#cutMs;
    const delayMs = reconnectDelayMs(this.#attempt, Math.random(), lastedMs);
    this.#options.handlers.state({ kind: 'reconnecting', attempt: this.#attempt, delayMs, lastedMs });
    this.#retryTimer = self.setTimeout(() => {
      this.#pair = this.#connect();
    }, delayMs);
  }

  #startTimers(): void {
    this.#stopTimers();
    this.#heardMs = nowMs();
    const ping = (): void => this.#pair.control.sendMessage({ type: 'ping', sentMs: nowMs() });
    for (let index = 0; index < FAST_PINGS; index += 1) {
      this.#timers.push(self.setTimeout(ping, index * FAST_PING_EVERY_MS));
    }
    this.#timers.push(
      self.setInterval(() => {
        ping();
        if (nowMs() - this.#heardMs > SILENCE_MS || this.#tracks.dead) this.#pair.abandon();
      }, PING_EVERY_MS),
      // For the last frames before a pause.
      self.setInterval(() => this.#acknowledge(), ACK_EVERY_MS),
    );
  }

  #stopTimers(): void {
    // Timeouts and intervals share one list of numbers in browsers; clearing either by either call is defined.
    for (const timer of this.#timers.splice(0)) self.clearTimeout(timer);
  }
}
