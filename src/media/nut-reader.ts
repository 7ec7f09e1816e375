/** Reads a NUT stream from a pipe, as FFmpeg writes it for raw video and for any coded stream. */
import { ByteCollector } from './byte-collector.ts';
import { ByteReader } from './byte-reader.ts';
import { MediaFormatError } from './media-format-error.ts';
import { type NutFrameHeader, parseFrameHeader, unfoldPts } from './nut-frame.ts';
import {
  FLAG,
  type NutMainHeader,
  type NutStream,
  readMainHeader,
  readStreamHeader,
  readSyncpoint,
  STARTCODE_BYTE,
} from './nut-header.ts';

export type { NutStream } from './nut-header.ts';

/** One frame of a stream; `pts` is in ticks of the stream's time base. */
export interface NutPacket {
  readonly stream: NutStream;
  readonly pts: number;
  readonly keyframe: boolean;
  readonly data: Uint8Array;
}

/** Options of a reader. */
export interface NutReaderOptions {
  /** Largest frame, in bytes. */
  readonly maxPacketBytes: number;
  readonly onPacket: (packet: NutPacket) => void;
  /** Gives the buffer of exactly `bytes` bytes for the next frame; by default a new one. */
  readonly allocate?: (stream: NutStream, bytes: number) => Uint8Array;
}

interface StreamState {
  readonly stream: NutStream;
  readonly ptsShift: number;
  lastPts: number;
}

type PacketKind = 'main' | 'stream' | 'syncpoint' | 'skipped';

const FILE_ID = new TextEncoder().encode('nut/multimedia container\0');
/** `NM`, `NS`, `NK`, `NX` (index) and `NI` (info), each with six more bytes that are unlikely in media. */
const STARTCODES: ReadonlyMap<number, readonly [second: number, kind: PacketKind]> = new Map([
  [0x4e4d7a56, [0x1f5f04ad, 'main']],
  [0x4e531140, [0x5bf2f9db, 'stream']],
  [0x4e4be4ad, [0xeeca4569, 'syncpoint']],
  [0x4e58dd67, [0x2f23e64e, 'skipped']],
  [0x4e49ab68, [0xb596ba78, 'skipped']],
]);
const STARTCODE_BYTES = 8;
/** Packets above this size have a checksum of their header before the body. */
const HEADER_CHECKSUM_ABOVE = 4096;
const CHECKSUM_BYTES = 4;
/** Main and stream headers that are larger are an attack: FFmpeg's have some hundred bytes. */
const MAX_HEADER_BYTES = 64 * 1024;
/** Longest head of a frame or packet that can make sense. */
const MAX_HEAD_BYTES = 128;

/** Space for what stands between two frames: a head has some twenty bytes, and what comes with it is copied once more. */
const BETWEEN_BYTES = 256;

type Step = 'file-id' | 'head' | 'body' | 'skip' | 'payload';

/**
 * Push parser: give it chunks with any boundaries. A frame's bytes are copied once, from the chunk into the buffer of
 * `allocate`. Checksums are skipped: a pipe does not change bytes. After a MediaFormatError it must not be used again.
 */
export class NutReader {
  readonly #options: NutReaderOptions;
  readonly #collector = new ByteCollector();
  readonly #head = new Uint8Array(MAX_HEAD_BYTES);
  readonly #between = new Uint8Array(BETWEEN_BYTES);
  readonly #streams = new Map<number, StreamState>();
  #headLength = 0;
  #step: Step = 'file-id';
  #main: NutMainHeader | undefined;
  #bodyKind: PacketKind = 'skipped';
  #bodyOffset = 0;
  #toSkip = 0;
  #frame:
    | { readonly target: StreamState; readonly pts: number; readonly keyframe: boolean; data: Uint8Array }
    | undefined;

  constructor(options: NutReaderOptions) {
    this.#options = options;
    this.#collector.begin(new Uint8Array(FILE_ID.length));
  }

  /** The streams of the headers read so far; complete before the first packet. */
  get streams(): readonly NutStream[] {
    return [...this.#streams.values()].map(({ stream }) => stream);
  }

  /** Where the next bytes are wanted, straight in a frame where that can be; good until `took` or `push`. Never empty. */
  space(): Uint8Array {
    return this.#step === 'payload' ? this.#collector.rest : this.#between;
  }

  /**
   * `count` bytes were written to the beginning of `space()`.
   * @throws as `push`.
   */
  took(count: number): void {
    if (this.#step !== 'payload') {
      this.push(this.#between.subarray(0, count));
      return;
    }
    this.#collector.advance(count);
    if (this.#collector.complete) this.#deliver();
  }

  /** @throws MediaFormatError when the bytes are no NUT stream or break a limit; RangeError when `allocate` misbehaves. */
  push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#step === 'head') {
        this.#takeHeadByte(chunk[at] ?? 0);
        at += 1;
      } else if (this.#step === 'skip') {
        const count = Math.min(this.#toSkip, chunk.length - at);
        this.#toSkip -= count;
        at += count;
        if (this.#toSkip === 0) this.#beginHead();
      } else {
        at += this.#collector.take(chunk, at);
        if (this.#collector.complete) this.#finishCollected();
      }
    }
  }

  #beginHead(): void {
    this.#step = 'head';
    this.#headLength = 0;
  }

  #finishCollected(): void {
    const bytes = this.#collector.bytes;
    if (this.#step === 'file-id') {
      if (!FILE_ID.every((byte, index) => bytes[index] === byte)) {
        throw new MediaFormatError('The stream does not start as NUT');
      }
      this.#beginHead();
    } else if (this.#step === 'body') {
      this.#readPacket(bytes.subarray(0, bytes.length - CHECKSUM_BYTES));
      this.#beginHead();
    } else {
      this.#deliver();
    }
  }

  /** Heads are a few bytes, and end where their own contents say: one byte at a time is simple and costs nothing. */
  #takeHeadByte(byte: number): void {
    if (this.#headLength === MAX_HEAD_BYTES) throw new MediaFormatError('The NUT stream has an endless frame header');
    this.#head[this.#headLength] = byte;
    this.#headLength += 1;
    if (this.#head[0] === STARTCODE_BYTE) {
      this.#tryPacketHead();
    } else {
      if (!this.#main) throw new MediaFormatError('The NUT stream has a frame before its main header');
      const frame = parseFrameHeader(this.#head, this.#headLength, this.#main);
      if (frame) this.#beginFrame(frame, this.#main);
    }
  }

  #tryPacketHead(): void {
    const last = this.#head[this.#headLength - 1] ?? 0;
    if (this.#headLength <= STARTCODE_BYTES || last >= 0x80) return;
    const reader = new ByteReader(this.#head.subarray(0, this.#headLength), 'NUT packet');
    const code = STARTCODES.get(reader.u32());
    if (code?.[0] !== reader.u32()) throw reader.fail('has an unknown start code');
    const [, kind] = code;
    const length = reader.varint();
    const checksum = length > HEADER_CHECKSUM_ABOVE ? CHECKSUM_BYTES : 0;
    if (length < CHECKSUM_BYTES) throw reader.fail('is too short');
    if (kind === 'skipped') {
      this.#step = 'skip';
      this.#toSkip = checksum + length;
      return;
    }
    if (length > MAX_HEADER_BYTES) throw reader.fail(`has ${length} bytes, but the limit is ${MAX_HEADER_BYTES}`);
    this.#step = 'body';
    this.#bodyKind = kind;
    this.#collector.begin(new Uint8Array(checksum + length));
    this.#bodyOffset = checksum;
  }

  #readPacket(bytes: Uint8Array): void {
    const body = bytes.subarray(this.#bodyOffset);
    if (this.#bodyKind === 'main') {
      // FFmpeg repeats its headers now and then; they never change.
      this.#main ??= readMainHeader(new ByteReader(body, 'NUT main header'));
      return;
    }
    const main = this.#main;
    if (!main) throw new MediaFormatError('The NUT stream does not start with its main header');
    if (this.#bodyKind === 'stream') {
      const { ptsShift, ...stream } = readStreamHeader(new ByteReader(body, 'NUT stream header'), main);
      if (!this.#streams.has(stream.index)) this.#streams.set(stream.index, { stream, ptsShift, lastPts: 0 });
      return;
    }
    const { ticks, timebase } = readSyncpoint(new ByteReader(body, 'NUT sync point'), main);
    for (const state of this.#streams.values()) {
      state.lastPts = convertTicks(ticks, timebase, state.stream.timebase);
    }
  }

  #beginFrame(frame: NutFrameHeader, main: NutMainHeader): void {
    const target = this.#streams.get(frame.streamId);
    if (!target) throw new MediaFormatError('The NUT stream has a frame of a stream that it did not announce');
    const elided = main.elision[frame.headerIndex];
    if (!elided) throw new MediaFormatError('The NUT frame names a missing elision header');
    if (frame.size < elided.length) throw new MediaFormatError('The NUT frame is shorter than its elided header');
    if (frame.size > this.#options.maxPacketBytes) {
      throw new MediaFormatError(
        `The NUT frame has ${frame.size} bytes, but the limit is ${this.#options.maxPacketBytes}`,
      );
    }
    const pts =
      frame.codedPts === undefined
        ? target.lastPts + frame.ptsDelta
        : unfoldPts(frame.codedPts, target.lastPts, target.ptsShift);
    if (!Number.isSafeInteger(pts)) throw new MediaFormatError('The NUT frame has an impossible time');
    target.lastPts = pts;
    if ((frame.flags & FLAG.endOfRelevance) !== 0) {
      this.#step = 'skip';
      this.#toSkip = frame.size - elided.length;
      if (this.#toSkip === 0) this.#beginHead();
      return;
    }
    const data = this.#allocate(target.stream, frame.size);
    data.set(elided);
    this.#frame = { target, pts, keyframe: (frame.flags & FLAG.key) !== 0, data };
    this.#step = 'payload';
    this.#collector.begin(data.subarray(elided.length));
    if (this.#collector.complete) this.#deliver();
  }

  #allocate(stream: NutStream, bytes: number): Uint8Array {
    const data = this.#options.allocate?.(stream, bytes) ?? new Uint8Array(bytes);
    if (data.length !== bytes) throw new RangeError(`A frame of ${bytes} bytes got a buffer of ${data.length}`);
    return data;
  }

  #deliver(): void {
    const frame = this.#frame;
    this.#frame = undefined;
    this.#beginHead();
    if (!frame) return;
    this.#options.onPacket({
      stream: frame.target.stream,
      pts: frame.pts,
      keyframe: frame.keyframe,
      data: frame.data,
    });
  }
}

interface Fraction {
  readonly num: number;
  readonly den: number;
}

/** Rounded down, as the format says. */
function convertTicks(ticks: number, from: Fraction, to: Fraction): number {
  if (from.num === to.num && from.den === to.den) return ticks;
  return Number((BigInt(ticks) * BigInt(from.num) * BigInt(to.den)) / (BigInt(from.den) * BigInt(to.num)));
}
