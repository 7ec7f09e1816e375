/** Requests of HTTP/1.1 that come over one connection before those ahead of them are answered. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Requests of one connection that may be under way. Browsers and proxies send one after the other; without a limit a single
 * connection could have as many as it likes, and take every place where requests wait.
 */
export const MAX_PIPELINED = 10;

/** Knows only connections with a request under way. One for a server. */
export class Pipelined {
  readonly #underWay = new WeakMap<Socket, number>();

  /** Whether a request of a connection is under way. */
  isBusy(socket: Socket): boolean {
    return (this.#underWay.get(socket) ?? 0) > 0;
  }

  /** Whether there is room for one more, which is then counted until its answer is out; else its connection is cut. */
  admit({ httpVersionMajor, socket }: IncomingMessage, response: ServerResponse): boolean {
    // Streams of HTTP/2 have a limit of their own.
    if (httpVersionMajor > 1) return true;
    const before = this.#underWay.get(socket) ?? 0;
    if (before >= MAX_PIPELINED) {
      // No answer could come before those that are missing.
      socket.destroy();
      return false;
    }
    this.#underWay.set(socket, before + 1);
    response.once('close', () => this.#underWay.set(socket, (this.#underWay.get(socket) ?? 1) - 1));
    return true;
  }
}
