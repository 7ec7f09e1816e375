/** A TCP connection that speaks WebSocket by hand, as badly as a test wants. */
import { Socket } from 'node:net';

/** It never ends its own side; what it heard is text in latin1, one character for each byte. */
export class RawPeer {
  readonly socket = new Socket({ allowHalfOpen: true });
  /** Resolves when the server has ended the connection, in order or not; needs a peer that listens, or writes. */
  readonly gone: Promise<void>;
  heard = '';
  readonly #waiters = new Set<() => void>();

  constructor() {
    this.socket.on('error', () => {});
    this.socket.on('data', (data: Buffer) => {
      this.heard += data.toString('latin1');
      for (const waiter of this.#waiters) waiter();
    });
    this.gone = new Promise((resolve) => {
      this.socket.once('end', resolve);
      this.socket.once('close', () => resolve());
    });
  }

  connect(port: number): Promise<void> {
    return new Promise((resolve) => {
      this.socket.connect(port, '127.0.0.1', resolve);
    });
  }

  /** Resolves when `text` has been heard. */
  async until(text: string): Promise<void> {
    while (!this.heard.includes(text)) {
      await new Promise<void>((resolve) => {
        this.#waiters.add(resolve);
      });
      this.#waiters.clear();
    }
  }

  /** Asks for a WebSocket; gives the status of the answer. */
  async upgrade(path: string, headers: Readonly<Record<string, string>> = {}): Promise<number> {
    const all = {
      Host: 'localhost',
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
      ...headers,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
    this.socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    await this.until('\r\n\r\n');
    return Number(/^HTTP\/1\.1 (\d+)/.exec(this.heard)?.[1]);
  }

  /** A JSON message of at most 125 bytes. */
  say(message: object): void {
    this.write(0x81, Buffer.from(JSON.stringify(message)));
  }

  /** One frame (RFC 6455 section 5.2) of at most 125 bytes, masked with zeros; `first` is its first byte. */
  write(first: number, payload: Buffer): void {
    this.socket.write(rawFrame(first, payload));
  }
}

/** The bytes of a masked frame of at most 125 bytes. */
export function rawFrame(first: number, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from([first, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}
