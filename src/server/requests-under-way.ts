/** Requests of each client that are under way, so that nobody alone takes every place where requests wait. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { addressKey } from '../util/ip-address.ts';

/** Options of `RequestsUnderWay`. */
export interface RequestsUnderWayOptions {
  /** Of one client. */
  readonly most: number;
  /** Where the client is, also when a reverse proxy asks for them; undefined where many may be, or nobody is any more. */
  readonly clientOf: (request: IncomingMessage) => string | undefined;
  /** One too many was refused. */
  readonly onRefused: (address: string) => void;
}

const RETRY_AFTER_S = 2;
const REFUSAL = JSON.stringify({
  type: 'about:blank',
  title: 'Service Unavailable',
  status: 503,
  code: 'too_many_waiting',
  detail: 'Too many requests from your address are waiting on this server; try again in a few seconds.',
});

/** Knows only clients with a request under way. One for a server. */
export class RequestsUnderWay {
  readonly #options: RequestsUnderWayOptions;
  readonly #counts = new Map<string, number>();

  constructor(options: RequestsUnderWayOptions) {
    this.#options = options;
  }

  /** Whether there is room for one more, which is then counted until its answer is out; else it is answered here. */
  admit(request: IncomingMessage, response: ServerResponse): boolean {
    const { most, clientOf, onRefused } = this.#options;
    const address = clientOf(request);
    if (address === undefined) return true;
    const key = addressKey(address);
    const before = this.#counts.get(key) ?? 0;
    if (before >= most) {
      onRefused(address);
      // What it brings is not waited for. HTTP/2 ends only the stream.
      if (request.httpVersionMajor < 2) response.setHeader('Connection', 'close');
      response.writeHead(503, {
        'Content-Type': 'application/problem+json; charset=utf-8',
        'Retry-After': RETRY_AFTER_S,
      });
      response.end(REFUSAL);
      return false;
    }
    this.#counts.set(key, before + 1);
    response.once('close', () => {
      const left = (this.#counts.get(key) ?? 1) - 1;
      if (left > 0) this.#counts.set(key, left);
      else this.#counts.delete(key);
    });
    return true;
  }
}
