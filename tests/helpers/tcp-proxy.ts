/** A line between a client and a server on loopback, as slow, far, restless and broken as a test wants it. */
import { once } from 'node:events';
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';
import { seededRandom } from '../../bench/content/random.ts';
import { sleep, systemClock } from '../../src/util/clock.ts';

/** One direction of the line. All connections share it, in the order in which their bytes come, as they share a router. */
export interface LineRules {
  /** Bytes a second; infinite: as fast as it goes. */
  bytesPerSecond: number;
  /** One way, milliseconds. */
  delayMs: number;
  /** Each piece is delayed by up to so much more; none of a connection overtakes another. */
  jitterMs: number;
}

/** Sees what leaves the line: bytes that `to` receives, in their order. */
export type LineTap = (way: 'up' | 'down', to: Socket, data: Buffer) => void;

/** What travels at a time, as a packet would. */
const PIECE_BYTES = 1448;
/** What waits in the line: the buffer of a small router. The rest waits where it was sent, each connection for itself. */
const QUEUE_BYTES = 16 * 1024;
/** What a receiver may leave unread. */
const UNREAD_BYTES = 16 * 1024;
const TICK_MS = 4;

interface Piece {
  readonly data: Buffer;
  readonly to: Socket;
  dueMs: number;
}

/** A connection with what it sent and the line has not taken. */
interface Sender {
  readonly to: Socket;
  readonly pieces: Buffer[];
  held: boolean;
}

/** One way. */
class Direction {
  readonly rules: LineRules = { bytesPerSecond: Number.POSITIVE_INFINITY, delayMs: 0, jitterMs: 0 };
  readonly #random: () => number;
  readonly #tap: (to: Socket, data: Buffer) => void;
  readonly #senders = new Map<Socket, Sender>();
  readonly #waiting: Piece[] = [];
  readonly #travelling: Piece[] = [];
  readonly #lastDueMs = new WeakMap<Socket, number>();
  #waitingBytes = 0;
  #credit = 0;
  #lastMs = systemClock.monotonicMs();

  constructor(random: () => number, tap: (to: Socket, data: Buffer) => void) {
    this.#random = random;
    this.#tap = tap;
  }

  take(from: Socket, to: Socket, data: Buffer): void {
    const sender = this.#senders.get(from) ?? { to, pieces: [], held: false };
    this.#senders.set(from, sender);
    for (let at = 0; at < data.length; at += PIECE_BYTES) sender.pieces.push(data.subarray(at, at + PIECE_BYTES));
    this.#fill();
  }

  /** What it sent is gone, and so is it. */
  forget(from: Socket): void {
    this.#senders.delete(from);
  }

  /** @param moves false: time passes, and nothing else. */
  tick(nowMs: number, moves: boolean): void {
    const passedMs = nowMs - this.#lastMs;
    this.#lastMs = nowMs;
    if (!moves || passedMs <= 0) return;
    // Never more than a tick's worth saved: a line that was idle does not make up for it.
    this.#credit = Math.min(this.#credit, 0) + (this.rules.bytesPerSecond * passedMs) / 1000;
    for (this.#fill(); this.#waiting[0] && this.#credit > 0; this.#fill()) {
      while (this.#waiting[0] && this.#credit > 0) this.#send(this.#waiting.shift() as Piece, nowMs);
    }
    while (this.#travelling[0] && this.#travelling[0].dueMs <= nowMs) {
      const { data, to } = this.#travelling.shift() as Piece;
      if (to.destroyed) continue;
      this.#tap(to, data);
      to.write(data);
    }
  }

  clear(): void {
    this.#waiting.length = 0;
    this.#travelling.length = 0;
    this.#senders.clear();
    this.#waitingBytes = 0;
  }

  /** Takes a piece of each connection in turn while there is room: a large one does not push a small one aside. */
  #fill(): void {
    for (let moved = true; moved; ) {
      moved = false;
      for (const { to, pieces } of this.#senders.values()) {
        if (this.#waitingBytes >= QUEUE_BYTES || to.writableLength > UNREAD_BYTES) continue;
        const data = pieces.shift();
        if (!data) continue;
        this.#waiting.push({ data, to, dueMs: 0 });
        this.#waitingBytes += data.length;
        moved = true;
      }
    }
    for (const [from, sender] of this.#senders) {
      const held = sender.pieces.length > 0;
      if (held === sender.held) continue;
      sender.held = held;
      if (held) from.pause();
      else from.resume();
    }
  }

  #send(piece: Piece, nowMs: number): void {
    const { delayMs, jitterMs } = this.rules;
    this.#credit -= piece.data.length;
    this.#waitingBytes -= piece.data.length;
    const dueMs = nowMs + delayMs + jitterMs * this.#random();
    piece.dueMs = Math.max(dueMs, this.#lastDueMs.get(piece.to) ?? 0);
    this.#lastDueMs.set(piece.to, piece.dueMs);
    const after = this.#travelling.findLastIndex((other) => other.dueMs <= piece.dueMs);
    this.#travelling.splice(after + 1, 0, piece);
  }
}

/** Its owner closes it. */
export class TcpProxy {
  /** The server's address through this line. */
  readonly url: string;
  /** From the client to the server. */
  readonly up: LineRules;
  /** From the server to the client. */
  readonly down: LineRules;
  readonly #server: Server;
  readonly #directions: readonly [Direction, Direction];
  readonly #sockets = new Set<Socket>();
  readonly #stop: () => void;
  #stalled = false;

  private constructor(server: Server, target: number, tap: LineTap, seed: number) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const random = seededRandom(seed);
    this.#directions = [
      new Direction(random, (to, data) => tap('up', to, data)),
      new Direction(random, (to, data) => tap('down', to, data)),
    ];
    [this.up, this.down] = [this.#directions[0].rules, this.#directions[1].rules];
    server.on('connection', (near) => this.#join(near, target));
    this.#stop = systemClock.every(TICK_MS, () => {
      const nowMs = systemClock.monotonicMs();
      for (const direction of this.#directions) direction.tick(nowMs, !this.#stalled);
    });
  }

  /** @param url of the server. @param seed of the jitter. */
  static async open(url: string, tap: LineTap = () => undefined, seed = 1): Promise<TcpProxy> {
    const server = createServer({ highWaterMark: UNREAD_BYTES });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TcpProxy(server, Number(new URL(url).port), tap, seed);
  }

  /** Nothing moves in either direction until `resume`; connections stay, and new ones wait. */
  stall(): void {
    this.#stalled = true;
  }

  resume(): void {
    this.#stalled = false;
  }

  /** Stands still for so many milliseconds; resolves with when it began, on the monotonic clock. */
  async standStill(ms: number): Promise<number> {
    const startMs = systemClock.monotonicMs();
    this.stall();
    await sleep(systemClock, ms);
    this.resume();
    return startMs;
  }

  /** Resets every connection. */
  cut(): void {
    for (const direction of this.#directions) direction.clear();
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.#stop();
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(near: Socket, port: number): void {
    const far = connect(port, '127.0.0.1');
    const [up, down] = this.#directions;
    for (const [socket, other, direction] of [
      [near, far, up],
      [far, near, down],
    ] as const) {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('data', (data: Buffer) => direction.take(socket, other, data));
      socket.on('error', () => other.destroy());
      socket.once('close', () => {
        this.#sockets.delete(socket);
        // What it sent last is still on its way.
        systemClock.after(1000, () => {
          direction.forget(socket);
          other.destroy();
        });
      });
    }
  }
}
