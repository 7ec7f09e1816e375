/** A participant's connection to a room: hello, two sockets, tracks, acknowledgements, pings, and coming back after a cut. */
import { mayReconnect } from '../../src/protocol/close-codes.ts';
import type { Frame } from '../../src/protocol/frame.ts';
import type {
  ConfigMessage,
  HelloMessage,
  PublishMessage,
  RosterEntry,
  ServerMessage,
  WelcomeMessage,
} from '../../src/protocol/messages.ts';
import { nowMs } from '../util/monotonic.ts';
import type { Problem } from '../util/problem.ts';
import { AckTracker } from './ack-tracker.ts';
import { reconnectDelayMs } from './backoff.ts';
import { ClockSync } from './clock-sync.ts';
import { describeClose, type ServerError } from './close-words.ts';
import { OutgoingTrack, type TrackSocket, type TrackWishes } from './outgoing-track.ts';
import { PROTOCOL_VERSION } from './protocol.ts';
import { SocketPair } from './socket-pair.ts';

/** Where the connection stands. */
export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'joined'; readonly welcome: WelcomeMessage }
  | { readonly kind: 'reconnecting'; readonly attempt: number; readonly delayMs: number }
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
  readonly handlers: RoomConnectionHandlers;
}

const ACK_EVERY_MS = 100;
const PING_EVERY_MS = 2000;
const FAST_PINGS = 5;
const FAST_PING_EVERY_MS = 100;
// The server answers a ping at once: this long without a word and the way is dead, whatever the socket says.
const SILENCE_MS = 8000;

/** Connects when made; reconnects by itself until `leave` or until the server says that it would be in vain. */
export class RoomConnection {
  readonly clock = new ClockSync();
  readonly #options: RoomConnectionOptions;
  readonly #tracks = new Map<number, OutgoingTrack>();
  /** Answers to `publish` that are still to come, by track: after a quick off and on again only the last one counts. */
  readonly #announced = new Map<number, number>();
  #pair: SocketPair;
  #acks = new AckTracker();
  #joined = false;
  #ready = false;
  #left = false;
  #attempt = 0;
  #resume: string | undefined;
  #participant: string | undefined;
  #lastError: ServerError | undefined;
  #heardMs = 0;
  #timers: number[] = [];
  #retryTimer = 0;

  constructor(options: RoomConnectionOptions) {
    this.#options = options;
    options.handlers.state({ kind: 'connecting' });
    this.#pair = this.#connect();
  }

  /** Announces a track now and after each reconnect, until `unpublish`. */
  publish(publication: Omit<PublishMessage, 'type'>, wishes: TrackWishes): OutgoingTrack {
    const track = new OutgoingTrack({ type: 'publish', ...publication }, wishes);
    this.#tracks.set(publication.track, track);
    if (this.#ready) this.#announce(track);
    return track;
  }

  /** Ends a track; its tile goes dark. */
  unpublish(track: OutgoingTrack): void {
    const number = track.publication.track;
    if (this.#tracks.get(number) !== track) return;
    this.#tracks.delete(number);
    track.detach();
    if (this.#ready) this.#socketOf(track).sendMessage({ type: 'unpublish', track: number });
  }

  /** Asks for a key frame of a program track. */
  requestKeyframe(track: number): void {
    if (this.#ready) this.#pair.control.sendMessage({ type: 'keyframe', track });
  }

  /** Says goodbye and closes everything; the state ends as `closed`. */
  leave(): void {
    if (this.#left) return;
    this.#left = true;
    window.clearTimeout(this.#retryTimer);
    this.#pair.leave();
    this.#stopTimers();
  }

  #connect(): SocketPair {
    const { url, token, name } = this.#options;
    this.#acks = new AckTracker();
    const hello: HelloMessage = {
      type: 'hello',
      version: PROTOCOL_VERSION,
      token,
      name,
      receive: { video: true, audio: true },
      ...(this.#resume === undefined ? {} : { resume: this.#resume }),
    };
    return new SocketPair(url, hello, {
      ready: (welcome) => this.#onReady(welcome),
      message: (message) => this.#onMessage(message),
      frame: (frame, bytes) => this.#onFrame(frame, bytes),
      closed: (code) => this.#onClosed(code),
    });
  }

  #onReady(welcome: WelcomeMessage): void {
    this.#joined = true;
    this.#ready = true;
    this.#attempt = 0;
    this.#resume = welcome.resume;
    this.#participant = welcome.participant;
    this.#lastError = undefined;
    this.#startTimers();
    this.#options.handlers.state({ kind: 'joined', welcome });
    this.#announced.clear();
    for (const track of this.#tracks.values()) this.#announce(track);
  }

  #onMessage(message: ServerMessage): void {
    this.#heardMs = nowMs();
    switch (message.type) {
      case 'published':
        if (this.#answered(message.track)) this.#attach(message.track);
        break;
      case 'target':
        this.#tracks.get(message.track)?.wishes.target(message);
        break;
      case 'keyframe':
        this.#tracks.get(message.track)?.wishes.keyframe();
        break;
      case 'ack':
        this.#tracks.get(message.track)?.gate.acked(message.seq, nowMs());
        break;
      case 'pong':
        this.clock.add({ ...message, nowMs: nowMs() });
        break;
      case 'config':
        this.#options.handlers.config(message);
        break;
      case 'error':
        this.#onError(message);
        break;
      case 'roster':
        this.#checkTracks(message.participants);
        break;
      default:
        break;
    }
    this.#options.handlers.message(message);
  }

  #onError(error: { code: string; message: string; track?: number | undefined }): void {
    const track = error.track === undefined ? undefined : this.#tracks.get(error.track);
    if (!track) {
      this.#lastError = error;
      return;
    }
    track.remark = error.message;
    // An answer to `publish`, or else a remark: whether the track goes on, the roster says.
    if ((this.#announced.get(track.publication.track) ?? 0) === 0 || !this.#answered(track.publication.track)) return;
    // After a resume the server still knows the track.
    if (error.code === 'track_exists') this.#attach(track.publication.track);
    else track.refuse();
  }

  /** The server may end a track by itself; then it is missing in the roster. */
  #checkTracks(participants: readonly RosterEntry[]): void {
    const self = participants.find((entry) => entry.id === this.#participant);
    if (!self) return;
    for (const [number, track] of this.#tracks) {
      const answered = (this.#announced.get(number) ?? 0) === 0;
      if (track.attached && answered && !self.tracks.some((entry) => entry.track === number)) track.refuse();
    }
  }

  #announce(track: OutgoingTrack): void {
    const number = track.publication.track;
    this.#announced.set(number, (this.#announced.get(number) ?? 0) + 1);
    this.#socketOf(track).sendMessage(track.publication);
  }

  /** All of a track goes one way, so that nothing of it overtakes anything. */
  #socketOf(track: OutgoingTrack): TrackSocket {
    return track.publication.kind === 'video' ? this.#pair.video : this.#pair.control;
  }

  /** An answer for a track came; whether none is missing any more. */
  #answered(number: number): boolean {
    const missing = Math.max(0, (this.#announced.get(number) ?? 0) - 1);
    this.#announced.set(number, missing);
    return missing === 0;
  }

  #attach(number: number): void {
    const track = this.#tracks.get(number);
    track?.attach(this.#socketOf(track));
  }

  #onFrame(frame: Frame, bytes: number): void {
    this.#heardMs = nowMs();
    this.#acks.note(frame.header.track, frame.header.seq, bytes, performance.now());
    this.#options.handlers.frame(frame);
  }

  #onClosed(code: number): void {
    this.#ready = false;
    this.#stopTimers();
    for (const track of this.#tracks.values()) track.detach();
    const full = !this.#joined && this.#lastError?.code === 'room_full';
    if (this.#left || full || !mayReconnect(code)) {
      this.#left = true;
      this.#options.handlers.state({ kind: 'closed', problem: describeClose(code, this.#lastError) });
      return;
    }
    this.#attempt += 1;
    const delayMs = reconnectDelayMs(this.#attempt, Math.random());
    this.#options.handlers.state({ kind: 'reconnecting', attempt: this.#attempt, delayMs });
    this.#retryTimer = window.setTimeout(() => {
      this.#pair = this.#connect();
    }, delayMs);
  }

  #startTimers(): void {
    this.#stopTimers();
    this.#heardMs = nowMs();
    const ping = (): void => this.#pair.control.sendMessage({ type: 'ping', sentMs: nowMs() });
    for (let index = 0; index < FAST_PINGS; index += 1) {
      this.#timers.push(window.setTimeout(ping, index * FAST_PING_EVERY_MS));
    }
    this.#timers.push(
      window.setInterval(() => {
        ping();
        if (nowMs() - this.#heardMs > SILENCE_MS) this.#pair.abandon();
      }, PING_EVERY_MS),
      window.setInterval(() => {
        for (const ack of this.#acks.take()) this.#pair.control.sendMessage(ack);
      }, ACK_EVERY_MS),
    );
  }

  #stopTimers(): void {
    // Timeouts and intervals share one list of numbers in browsers; clearing either by either call is defined.
    for (const timer of this.#timers.splice(0)) window.clearTimeout(timer);
  }
}
