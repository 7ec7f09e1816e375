/** The socket of contacts: says hello, comes back by itself after a cut. */
import { CLOSE_CODES, mayReconnect } from '../../src/protocol/close-codes.ts';
import {
  type ContactsClientMessage,
  type ContactsServerMessage,
  CONTACTS_VERSION,
  parseContactsServerMessage,
} from '../../src/protocol/contacts.ts';
import { nowMs } from '../util/monotonic.ts';
import { type Problem, saidProblem } from '../util/problem.ts';
import { reconnectDelayMs } from './backoff.ts';

/** How the line is: `signed-out` and `refused` do not come back by themselves. */
export type LinkState = 'connecting' | 'open' | 'lost' | 'signed-out' | 'refused';

/** Options of a link. */
export interface ContactsLinkOptions {
  /** Origin of the server. */
  readonly server: string;
  readonly token: string;
  readonly onMessage: (message: ContactsServerMessage) => void;
  /** `refusal`: what the server said when it refused. */
  readonly onState: (state: LinkState, refusal?: Problem) => void;
}

/** `close` when nobody needs it any more. */
export class ContactsLink {
  readonly #options: ContactsLinkOptions;
  #socket: WebSocket | undefined;
  #timer = 0;
  #attempt = 0;
  #cutMs = 0;
  #refusal: Problem | undefined;
  #closed = false;

  constructor(options: ContactsLinkOptions) {
    this.#options = options;
    this.#open();
  }

  /** Whether it went out. */
  say(message: ContactsClientMessage): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  close(): void {
    this.#closed = true;
    window.clearTimeout(this.#timer);
    this.#socket?.close(CLOSE_CODES.normal);
  }

  #open(): void {
    const { server, token, onState } = this.#options;
    const url = new URL('/ws/contacts', server);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    onState(this.#attempt === 0 ? 'connecting' : 'lost');
    const socket = new WebSocket(url);
    this.#socket = socket;
    socket.addEventListener('open', () => this.say({ type: 'hello', version: CONTACTS_VERSION, token }));
    socket.addEventListener('message', ({ data }) => this.#hear(String(data)));
    socket.addEventListener('close', ({ code }) => this.#onClose(code));
  }

  #hear(text: string): void {
    const message = parseContactsServerMessage(text);
    // A newer server may say more than this page knows.
    if (typeof message === 'string' || this.#closed) return;
    if (message.type === 'error') this.#refusal = saidProblem(message.message, message.code, message.retryAfter);
    if (message.type === 'welcome') {
      this.#attempt = 0;
      this.#options.onState('open');
    }
    this.#options.onMessage(message);
  }

  #onClose(code: number): void {
    if (this.#closed) return;
    const { onState } = this.#options;
    if (code === CLOSE_CODES.unauthorized || code === CLOSE_CODES.forbidden) {
      onState('signed-out', this.#refusal);
      return;
    }
    if (!mayReconnect(code)) {
      onState('refused', this.#refusal);
      return;
    }
    if (this.#attempt === 0) this.#cutMs = nowMs();
    this.#attempt += 1;
    onState('lost');
    const delay = reconnectDelayMs(this.#attempt, Math.random(), nowMs() - this.#cutMs);
    this.#timer = window.setTimeout(() => this.#open(), delay);
  }
}
