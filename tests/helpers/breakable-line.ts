/** A line to a server that a test breaks and mends: plain TCP, byte for byte. */
import { once } from 'node:events';
import { type AddressInfo, type Socket, connect, createServer } from 'node:net';

/** Ends with `close`. */
export class BreakableLine {
  /** As the server's own, with another port. */
  readonly url: string;
  readonly #server: ReturnType<typeof createServer>;
  readonly #sockets: Set<Socket>;
  readonly #state: { broken: boolean };

  private constructor(
    url: string,
    server: ReturnType<typeof createServer>,
    sockets: Set<Socket>,
    state: { broken: boolean },
  ) {
    this.url = url;
    this.#server = server;
    this.#sockets = sockets;
    this.#state = state;
  }

  /** @param url of the server. */
  static async open(url: string): Promise<BreakableLine> {
    const sockets = new Set<Socket>();
    const state = { broken: false };
    const server = createServer((near) => {
      if (state.broken) {
        near.destroy();
        return;
      }
      const far = connect(Number(new URL(url).port), '127.0.0.1');
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(socket);
        socket.setNoDelay(true);
        socket.pipe(other);
        socket.once('error', () => other.destroy());
        socket.once('close', () => {
          sockets.delete(socket);
          other.destroy();
        });
      }
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return new BreakableLine(`http://127.0.0.1:${port}`, server, sockets, state);
  }

  /** Cuts every connection, and lets none through until `mend`. */
  break(): void {
    this.#state.broken = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Connections come through again. */
  mend(): void {
    this.#state.broken = false;
  }

  async close(): Promise<void> {
    this.break();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
