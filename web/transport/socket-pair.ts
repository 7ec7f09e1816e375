/** The two sockets of a participant: control with sound, and picture, so that a stalled picture never delays speech. */
import { CLOSE_CODES } from '../../src/protocol/close-codes.ts';
import { decodeFrame, type Frame } from '../../src/protocol/frame.ts';
import type { ClientMessage, HelloMessage, ServerMessage, WelcomeMessage } from '../../src/protocol/messages.ts';
import { PROTOCOL_VERSION, parseServerMessage } from './protocol.ts';
import type { TrackSocket } from './outgoing-track.ts';

/** What comes of a pair; nothing is called after `closed`. */
export interface SocketPairHandlers {
  /** Both sockets are up. */
  ready(welcome: WelcomeMessage): void;
  message(message: ServerMessage): void;
  frame(frame: Frame): void;
  /** Either socket is gone, and the other was closed with it. */
  closed(code: number): void;
}

// Ours, for a connection given up to be made again; 1000 would mean leaving.
const ABANDONED = 3000;
const CLOSE_TIMEOUT_MS = 2000;
// For each of the two sockets: into a dead line none opens, and the next try must not come after the place was given up.
const OPEN_TIMEOUT_MS = 5000;

/** One try at a connection: lives once, dies as a whole. */
export class SocketPair {
  readonly #url: string;
  readonly #handlers: SocketPairHandlers;
  readonly #control: WebSocket;
  #openTimer: number;
  #video: WebSocket | undefined;
  #welcome: WelcomeMessage | undefined;
  #closed = false;

  constructor(url: string, hello: HelloMessage, handlers: SocketPairHandlers) {
    this.#url = url;
    this.#handlers = handlers;
    this.#control = this.#open(hello);
    this.#openTimer = self.setTimeout(() => this.abandon(), OPEN_TIMEOUT_MS);
  }

  get control(): TrackSocket {
    return trackSocket(this.#control);
  }

  get video(): TrackSocket {
    return trackSocket(this.#video ?? this.#control);
  }

  /** Leaves the room for good; resolves when the server has heard it, after 2 s at the latest. */
  async leave(): Promise<void> {
    this.control.sendMessage({ type: 'bye' });
    this.#end(CLOSE_CODES.normal, CLOSE_CODES.normal);
    await closeOf(this.#control);
  }

  /** Gives a stalled connection up. */
  abandon(): void {
    this.#end(ABANDONED, CLOSE_CODES.goingAway);
  }

  #open(first: ClientMessage): WebSocket {
    const socket = new WebSocket(this.#url);
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => socket.send(JSON.stringify(first)));
    socket.addEventListener('message', (event: MessageEvent<string | ArrayBuffer>) => this.#receive(event.data));
    socket.addEventListener('close', (event) => this.#end(ABANDONED, event.code));
    return socket;
  }

  #receive(data: string | ArrayBuffer): void {
    if (this.#closed) return;
    if (typeof data !== 'string') {
      const frame = decodeFrame(new Uint8Array(data));
      if (typeof frame !== 'string') this.#handlers.frame(frame);
      return;
    }
    const message = parseServerMessage(data);
    // A newer server may say things this page does not know; they are not for us.
    if (typeof message === 'string') return;
    if (message.type === 'waiting') self.clearTimeout(this.#openTimer);
    if (message.type === 'welcome') {
      this.#welcome = message;
      self.clearTimeout(this.#openTimer);
      this.#openTimer = self.setTimeout(() => this.abandon(), OPEN_TIMEOUT_MS);
      this.#video = this.#open({ type: 'attach', version: PROTOCOL_VERSION, ticket: message.ticket });
    } else if (message.type === 'attached' && this.#welcome) {
      self.clearTimeout(this.#openTimer);
      this.#handlers.ready(this.#welcome);
    }
    this.#handlers.message(message);
  }

  #end(ours: number, reported: number): void {
    if (this.#closed) return;
    this.#closed = true;
    self.clearTimeout(this.#openTimer);
    for (const socket of [this.#control, this.#video]) {
      if (socket && socket.readyState <= WebSocket.OPEN) socket.close(ours);
    }
    this.#handlers.closed(reported);
  }
}

function closeOf(socket: WebSocket): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = self.setTimeout(resolve, CLOSE_TIMEOUT_MS);
    socket.addEventListener('close', () => {
      self.clearTimeout(timer);
      resolve();
    });
  });
}

function trackSocket(socket: WebSocket): TrackSocket {
  return {
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
    sendMessage(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    sendFrame(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(message);
    },
  };
}
