/** One WebSocket: heartbeat, limits on messages, orderly and disorderly ends. Passes messages and frames on without knowing their meaning. */
import type { WebSocket } from 'ws';
import { AppError, LimitError, ProtocolError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { CLOSE_CODES } from '../protocol/close-codes.ts';
import type { ClientMessage, ServerMessage } from '../protocol/messages.ts';
import type { Clock, Disposer } from '../util/clock.ts';
import type { OwnPauses } from '../util/own-pauses.ts';
import { TokenBucket } from '../util/token-bucket.ts';

/** The owner's handlers. An error thrown by `onMessage` or `onFrame` closes the connection with its reason. */
export interface ConnectionHandlers<In = ClientMessage> {
  readonly onMessage: (message: In) => void;
  readonly onFrame: (data: Uint8Array) => void;
  /** Called once, whichever side closed. */
  readonly onClose: (code: number) => void;
}

/** Bytes of media frames over all sockets of a server. */
export interface Traffic {
  received: number;
  sent: number;
}

/** Options of a connection. */
export interface ConnectionOptions<In = ClientMessage> {
  /** Returns the message, or a sentence that says what is wrong with it. */
  readonly parse: (text: string) => In | string;
  /** Text messages a second, and in a burst; default: as many as a page in a room needs. */
  readonly rate?: { readonly perSecond: number; readonly burst: number };
  readonly clock: Clock;
  /** Of the server: what waited for it to go on counts as having come meanwhile. Default: none. */
  readonly pauses?: OwnPauses;
  readonly log: Logger;
  readonly maxTextBytes: number;
  /** Counted up by the connection. */
  readonly traffic: Traffic;
}

const HEARTBEAT_MS = 15_000;
const MISSED_HEARTBEATS = 2;
/** A page that chats, acknowledges and pings sends about 30 a second. */
const ROOM_RATE = { perSecond: 100, burst: 200 };
/** Pings and pongs. Browsers only answer ours; programs ping every few seconds. */
const CONTROL_RATE = { perSecond: 10, burst: 50 };
const MAX_STRIKES = 10;
/** RFC 6455 section 5.5.1: a close reason has at most 123 bytes. */
const MAX_REASON_BYTES = 123;
/** Program frames stop at a quarter of this; a peer with more waiting does not read at all. */
const MAX_BUFFERED_BYTES = 4 * 1024 * 1024;
/** A peer that does not answer a close is cut after this long. */
const CLOSE_TIMEOUT_MS = 2000;

/** The owner sets the handlers by `accept`, within the turn in which the connection is made; messages without handlers are lost. */
export class Connection<In = ClientMessage, Out extends object = ServerMessage> {
  readonly #socket: WebSocket;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #maxTextBytes: number;
  readonly #parse: (text: string) => In | string;
  readonly #perSecond: number;
  readonly #traffic: Traffic;
  readonly #bucket: TokenBucket;
  readonly #controls: TokenBucket;
  /** Resolves when the socket is gone. */
  readonly closed: Promise<void>;
  #handlers: ConnectionHandlers<In> | undefined;
  #strikes = 0;
  /** Pings of `reached` so far. */
  #asked = 0;
  #missed = 0;
  #closeTimer: Disposer | undefined;
  /** The code that we closed with; the peer may answer with another. */
  #ownCode: number | undefined;

  constructor(socket: WebSocket, options: ConnectionOptions<In>) {
    this.#socket = socket;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#maxTextBytes = options.maxTextBytes;
    this.#traffic = options.traffic;
    this.#parse = options.parse;
    const { perSecond, burst } = options.rate ?? ROOM_RATE;
    this.#perSecond = perSecond;
    this.#bucket = new TokenBucket(options.clock, perSecond, burst, options.pauses);
    this.#controls = new TokenBucket(options.clock, CONTROL_RATE.perSecond, CONTROL_RATE.burst);
    const stopHeartbeat = options.clock.every(HEARTBEAT_MS, () => this.#beat());
    socket.on('ping', () => this.#onControl());
    socket.on('pong', () => {
      this.#missed = 0;
      this.#onControl();
    });
    socket.on('message', (data, binary) => this.#onData(data as Buffer, binary));
    socket.on('error', (error) => {
      this.#log.info('a socket failed', { reason: error.message });
      // ws reports a peer's violations (too large, bad UTF-8) here and closes by itself.
      if ('code' in error && String(error.code).startsWith('WS_ERR_')) this.#ownCode ??= CLOSE_CODES.protocolError;
    });
    this.closed = new Promise((resolve) => {
      socket.once('close', (code) => {
        stopHeartbeat();
        this.#closeTimer?.();
        resolve();
        this.#handlers?.onClose(this.#ownCode ?? code);
      });
    });
  }

  get open(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /** Bytes accepted but not yet handed to the operating system. */
  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  accept(handlers: ConnectionHandlers<In>): void {
    this.#handlers = handlers;
  }

  send(message: Out): void {
    this.#sendText(message);
  }

  sendFrame(data: Uint8Array): void {
    if (this.open) {
      this.#socket.send(data, { binary: true });
      this.#traffic.sent += data.byteLength;
    }
    this.#cutDeaf();
  }

  /** Resolves when the peer has received all that was sent to it so far, when it is gone, or when `signal` aborts. */
  reached(signal: AbortSignal): Promise<void> {
    if (!this.open || signal.aborted) return Promise.resolve();
    this.#asked += 1;
    const word = String(this.#asked);
    return new Promise((resolve) => {
      const settle = (): void => {
        this.#socket.off('pong', onPong);
        this.#socket.off('close', settle);
        signal.removeEventListener('abort', settle);
        resolve();
      };
      // A pong comes after everything before its ping: browsers, too, answer in order.
      const onPong = (data: Buffer): void => {
        if (data.toString() === word) settle();
      };
      this.#socket.on('pong', onPong);
      this.#socket.once('close', settle);
      signal.addEventListener('abort', settle, { once: true });
      this.#socket.ping(word);
    });
  }

  /** Sends the error, then closes with its close code. Errors that are not for peers are logged, and sent as `internal`. */
  fail(error: unknown): void {
    const known = error instanceof AppError && error.expose;
    if (!known) this.#log.error('a connection failed', { error: String(error) });
    const code = error instanceof AppError ? error.code : 'internal';
    const message = known ? error.message : 'Something went wrong on the server; try again.';
    const retryAfter = known ? error.retryAfterS : undefined;
    this.#sendText({ type: 'error', code, message, ...(retryAfter !== undefined && { retryAfter }) });
    void this.close(error instanceof AppError ? error.closeCode : CLOSE_CODES.internal, message);
  }

  /** Resolves when the socket is gone. */
  close(code: number, reason: string): Promise<void> {
    if (this.open) {
      this.#ownCode = code;
      this.#socket.close(code, cutToBytes(reason, MAX_REASON_BYTES));
    }
    // Also for a peer that began the closing handshake and did not finish it.
    if (this.#socket.readyState !== this.#socket.CLOSED) {
      this.#closeTimer ??= this.#clock.after(CLOSE_TIMEOUT_MS, () => this.#socket.terminate());
    }
    return this.closed;
  }

  #sendText(message: object): void {
    if (this.open) this.#socket.send(JSON.stringify(message));
    this.#cutDeaf();
  }

  #onData(data: Buffer, binary: boolean): void {
    // A message after our close would act for a participant who is gone.
    if (!this.open) return;
    try {
      if (binary) {
        this.#traffic.received += data.byteLength;
        this.#handlers?.onFrame(data);
      } else {
        this.#onText(data);
      }
    } catch (error) {
      this.fail(error);
    }
  }

  /** Limits pings and pongs; ws answers pings by itself. */
  #onControl(): void {
    if (!this.open || this.#controls.take()) return;
    const limit = `at most ${CONTROL_RATE.perSecond} pings a second, and no pongs of your own`;
    this.fail(new LimitError('rate_limited', `Send ${limit}.`));
  }

  #onText(data: Buffer): void {
    if (data.byteLength > this.#maxTextBytes) {
      throw new ProtocolError('message_too_large', `A text message has at most ${this.#maxTextBytes} bytes.`, 413);
    }
    if (!this.#bucket.take()) {
      this.#strike('rate_limited', `Send at most ${this.#perSecond} text messages a second.`);
      return;
    }
    const message = this.#parse(data.toString());
    if (typeof message === 'string') this.#strike('bad_message', message);
    else this.#handlers?.onMessage(message);
  }

  /** Tells a client about its mistake; too many of them close the connection. */
  #strike(code: string, message: string): void {
    this.#strikes += 1;
    if (this.#strikes >= MAX_STRIKES) throw new ProtocolError(code, message);
    this.#sendText({ type: 'error', code, message });
  }

  /** Cuts a peer that does not read. Frames to it stop by themselves, but messages of the room do not; and its pongs prove nothing. */
  #cutDeaf(): void {
    if (this.#socket.bufferedAmount > MAX_BUFFERED_BYTES) this.#socket.terminate();
  }

  #beat(): void {
    if (this.#missed >= MISSED_HEARTBEATS) {
      this.#socket.terminate();
      return;
    }
    this.#missed += 1;
    if (this.open) this.#socket.ping();
  }
}

function cutToBytes(text: string, bytes: number): string {
  const data = Buffer.from(text);
  if (data.byteLength <= bytes) return text;
  // A cut character at the end becomes U+FFFD; drop it.
  return data
    .subarray(0, bytes - 3)
    .toString()
    .replace(/\uFFFD$/, '');
}
