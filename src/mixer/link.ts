/**
 * The connection between the server and a room's mixer process: typed messages and media over one duplex pipe.
 * Each unit is a length (u32), a kind (u8) and a body; media bodies have a fixed head, so that nothing is parsed per packet.
 */
import type { Duplex } from 'node:stream';
import { messageOf } from '../errors.ts';
import { MediaFormatError } from '../media/media-format-error.ts';

/** A coded frame on its way between the processes. */
export interface LinkMedia {
  /** Which stream: a track's or listener's number, or one of the program's. */
  readonly channel: number;
  /** Ticks of that stream. */
  readonly pts: number;
  readonly keyframe: boolean;
  /** Number of the configuration in force. */
  readonly config: number;
  readonly data: Uint8Array;
}

/** Options of one end. */
export interface LinkOptions {
  readonly stream: Duplex;
  /** What this or `onMedia` throws breaks the link: it must not end a process with other rooms in it. */
  readonly onMessage: (message: unknown) => void;
  readonly onMedia: (media: LinkMedia) => void;
  /** The other end is gone, or the link broke for this reason; called once. */
  readonly onEnd: (reason?: string) => void;
  /** What may wait for an end that does not read; beyond it the link breaks. */
  readonly maxPendingBytes: number;
  /** Calls back when gathered media shall go out; by default at the end of the tick, as with messages. */
  readonly gather?: (flush: () => void) => void;
}

const KIND = { message: 0, media: 1 } as const;
const MEDIA_HEAD_BYTES = 4 + 8 + 1 + 4;
const HEAD_BYTES = 5;
/** Bytes of one unit behind its head: more is no unit, but bytes out of step. */
export const MAX_UNIT_BYTES = 32 * 1024 * 1024;

/** Both ends are the same class. */
export class Link {
  readonly #options: LinkOptions;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  /** Bytes with which the next unit, or at least its head, is complete. */
  #wanted = HEAD_BYTES;
  #ended = false;
  #corked = false;

  constructor(options: LinkOptions) {
    this.#options = options;
    const { stream } = options;
    stream.on('data', (chunk: Buffer) => {
      try {
        this.#onData(chunk);
      } catch (error) {
        this.#break(messageOf(error));
      }
    });
    // A broken pipe is the same news as an orderly end: the other process is gone.
    stream.on('error', () => this.#end());
    stream.on('end', () => this.#end());
    stream.on('close', () => this.#end());
  }

  send(message: unknown): void {
    const body = Buffer.from(JSON.stringify(message));
    const head = Buffer.allocUnsafe(HEAD_BYTES);
    head.writeUInt32LE(body.byteLength, 0);
    head.writeUInt8(KIND.message, 4);
    this.#write([head, body], atEndOfTick);
  }

  sendMedia(media: LinkMedia): void {
    const head = Buffer.allocUnsafe(HEAD_BYTES + MEDIA_HEAD_BYTES);
    head.writeUInt32LE(MEDIA_HEAD_BYTES + media.data.byteLength, 0);
    head.writeUInt8(KIND.media, 4);
    head.writeUInt32LE(media.channel, 5);
    head.writeDoubleLE(media.pts, 9);
    head.writeUInt8(media.keyframe ? 1 : 0, 17);
    head.writeUInt32LE(media.config, 18);
    this.#write([head, media.data], this.#options.gather ?? atEndOfTick);
  }

  /** Ends this side; the other sees `onEnd`. */
  close(): void {
    // Ending flushes what is corked.
    this.#options.stream.end();
  }

  #write(chunks: readonly Uint8Array[], schedule: (flush: () => void) => void): void {
    const { stream, maxPendingBytes } = this.#options;
    if (this.#ended || stream.destroyed || stream.writableEnded) return;
    if (stream.writableLength > maxPendingBytes) {
      this.#break('The other end does not read any more.');
      return;
    }
    // What is said together goes out at once: each write of its own would cost a system call, and wake the other end.
    if (!this.#corked) stream.cork();
    for (const chunk of chunks) stream.write(chunk);
    if (this.#corked && schedule !== atEndOfTick) return;
    this.#corked = true;
    schedule(() => this.#flush());
  }

  #flush(): void {
    if (!this.#corked) return;
    this.#corked = false;
    this.#options.stream.uncork();
  }

  #onData(chunk: Buffer): void {
    if (this.#ended) return;
    this.#pending.push(chunk);
    this.#pendingBytes += chunk.byteLength;
    // Large units come in many chunks: joined once, when they are complete.
    if (this.#pendingBytes < this.#wanted) return;
    const bytes = this.#pending.length === 1 ? chunk : Buffer.concat(this.#pending);
    let at = 0;
    this.#wanted = HEAD_BYTES;
    while (bytes.byteLength - at >= HEAD_BYTES && !this.#ended) {
      const length = bytes.readUInt32LE(at);
      if (length > MAX_UNIT_BYTES) throw new MediaFormatError('The link to the mixer is out of step.');
      this.#wanted = HEAD_BYTES + length;
      if (bytes.byteLength - at < this.#wanted) break;
      this.#onUnit(bytes.readUInt8(at + 4), bytes.subarray(at + HEAD_BYTES, at + this.#wanted));
      at += this.#wanted;
      this.#wanted = HEAD_BYTES;
    }
    this.#pending = at < bytes.byteLength ? [bytes.subarray(at)] : [];
    this.#pendingBytes = bytes.byteLength - at;
  }

  #onUnit(kind: number, body: Buffer): void {
    if (kind === KIND.message) this.#options.onMessage(JSON.parse(body.toString()));
    else if (kind === KIND.media) this.#options.onMedia(mediaOf(body));
    else throw new MediaFormatError('The link to the mixer is out of step.');
  }

  #break(reason: string): void {
    this.#options.stream.destroy();
    this.#end(reason);
  }

  #end(reason?: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#pending = [];
    this.#options.onEnd(reason);
  }
}

function atEndOfTick(flush: () => void): void {
  process.nextTick(flush);
}

function mediaOf(body: Buffer): LinkMedia {
  return {
    channel: body.readUInt32LE(0),
    pts: body.readDoubleLE(4),
    keyframe: body.readUInt8(12) === 1,
    config: body.readUInt32LE(13),
    // A copy: the chunk it arrived in also holds its neighbours and would be kept alive by a reader.
    data: Uint8Array.from(body.subarray(MEDIA_HEAD_BYTES)),
  };
}
