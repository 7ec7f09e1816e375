/** Reads along on a line: the messages and media frames of every WebSocket that goes through it, as they arrive. */
import type { Socket } from 'node:net';
import { type FrameHeader, decodeFrame } from '../../src/protocol/frame.ts';
import { systemClock } from '../../src/util/clock.ts';
import type { LineTap } from './tcp-proxy.ts';

/** What one side said, and when the other had it. */
export interface Said {
  readonly way: 'up' | 'down';
  readonly atMs: number;
  readonly type: string;
}

/** A media frame, and when it had arrived. */
export interface Carried {
  readonly way: 'up' | 'down';
  readonly atMs: number;
  readonly header: FrameHeader;
}

const [CONTINUED, TEXT, BINARY] = [0, 1, 2];
const END_OF_HEAD = '\r\n\r\n';

/** One way of one connection. */
class WireReader {
  readonly #onMessage: (data: Buffer, binary: boolean) => void;
  #rest = Buffer.alloc(0);
  #kind: 'head' | 'websocket' | 'other' = 'head';
  #parts: Buffer[] = [];
  #binary = false;

  constructor(onMessage: (data: Buffer, binary: boolean) => void) {
    this.#onMessage = onMessage;
  }

  push(data: Buffer): void {
    if (this.#kind === 'other') return;
    this.#rest = Buffer.concat([this.#rest, data]);
    if (this.#kind === 'head') this.#readHead();
    if (this.#kind === 'websocket') while (this.#readFrame());
  }

  #readHead(): void {
    const end = this.#rest.indexOf(END_OF_HEAD);
    if (end < 0) return;
    this.#kind = /^upgrade: websocket/im.test(this.#rest.toString('latin1', 0, end)) ? 'websocket' : 'other';
    this.#rest = this.#rest.subarray(end + END_OF_HEAD.length);
  }

  /** RFC 6455, section 5.2. Returns whether there was a whole one. */
  #readFrame(): boolean {
    const bytes = this.#rest;
    if (bytes.length < 2) return false;
    const short = bytes.readUInt8(1) & 0x7f;
    const masked = bytes.readUInt8(1) > 0x7f;
    const maskAt = short === 127 ? 10 : short === 126 ? 4 : 2;
    const start = maskAt + (masked ? 4 : 0);
    if (bytes.length < start) return false;
    const length = short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short;
    if (bytes.length < start + length) return false;
    const payload = Buffer.from(bytes.subarray(start, start + length));
    if (masked) payload.forEach((byte, at) => payload.writeUInt8(byte ^ bytes.readUInt8(maskAt + (at % 4)), at));
    this.#take(bytes.readUInt8(0), payload);
    this.#rest = bytes.subarray(start + length);
    return true;
  }

  #take(first: number, payload: Buffer): void {
    const opcode = first & 0x0f;
    if (opcode === TEXT || opcode === BINARY) {
      this.#binary = opcode === BINARY;
      this.#parts = [];
    } else if (opcode !== CONTINUED) return;
    this.#parts.push(payload);
    if (first > 0x7f) this.#onMessage(Buffer.concat(this.#parts), this.#binary);
  }
}

/** Give `tap` to the line. Keeps everything it read: for the length of a test. */
export class WireTap {
  readonly said: Said[] = [];
  readonly carried: Carried[] = [];
  readonly tap: LineTap = (way, to, data) => this.#readerOf(way, to).push(data);
  readonly #readers = new WeakMap<Socket, WireReader>();

  /** Frames of a track that a client sent. */
  up(track: number): Carried[] {
    return this.#of('up', track);
  }

  /** Frames of a track that a client got. */
  down(track: number): Carried[] {
    return this.#of('down', track);
  }

  #of(way: Carried['way'], track: number): Carried[] {
    return this.carried.filter((one) => one.way === way && one.header.track === track);
  }

  #readerOf(way: 'up' | 'down', to: Socket): WireReader {
    const known = this.#readers.get(to);
    if (known) return known;
    const reader = new WireReader((data, binary) => {
      const atMs = systemClock.monotonicMs();
      if (!binary) {
        const { type } = JSON.parse(data.toString()) as { type: string };
        this.said.push({ way, atMs, type });
        return;
      }
      const frame = decodeFrame(data);
      if (typeof frame === 'object') this.carried.push({ way, atMs, header: frame.header });
    });
    this.#readers.set(to, reader);
    return reader;
  }
}
