/** Reads the FLV stream of an encoder from a pipe: H.264 and AAC only. */
import { ByteCollector } from './byte-collector.ts';
import { ByteReader } from './byte-reader.ts';
import { MediaFormatError } from './media-format-error.ts';

/**
 * One tag. `video-config` is an AVCDecoderConfigurationRecord, `audio-config` an AudioSpecificConfig; `video` is H.264 with
 * length prefixes, `audio` one AAC frame. `timestampMs` is the presentation time in whole milliseconds.
 */
export type FlvTag =
  | { readonly kind: 'video-config' | 'audio-config'; readonly data: Uint8Array }
  | {
      readonly kind: 'video' | 'audio';
      readonly timestampMs: number;
      readonly keyframe: boolean;
      readonly data: Uint8Array;
    };

/** Options of a reader; `onTag` gets bytes of its own that it may keep. */
export interface FlvReaderOptions {
  /** Largest payload of one tag, in bytes. */
  readonly maxTagBytes: number;
  readonly onTag: (tag: FlvTag) => void;
}

const FILE_HEADER_BYTES = 9;
const TAG_HEADER_BYTES = 11;
const BACK_POINTER_BYTES = 4;
const AUDIO = 8;
const VIDEO = 9;
const SCRIPT = 18;
/** Encoders write 31 bits of milliseconds: the time starts again after 24.8 days. */
const TIME_WRAP_MS = 2 ** 31;

type Step = 'file-header' | 'back-pointer' | 'tag-header' | 'tag';

/** Push parser: give it chunks with any boundaries, it gives tags. After a MediaFormatError it must not be used again. */
export class FlvReader {
  readonly #maxTagBytes: number;
  readonly #onTag: (tag: FlvTag) => void;
  readonly #collector = new ByteCollector();
  readonly #small = new Uint8Array(TAG_HEADER_BYTES);
  #step: Step = 'file-header';
  #type = 0;
  #timestampMs = 0;
  #lastRawMs = 0;
  #wrappedMs = 0;

  constructor(options: FlvReaderOptions) {
    this.#maxTagBytes = options.maxTagBytes;
    this.#onTag = options.onTag;
    this.#begin('file-header', FILE_HEADER_BYTES);
  }

  /** @throws MediaFormatError when the bytes are no FLV, hold another codec, or a tag is larger than the limit. */
  push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) {
      at += this.#collector.take(chunk, at);
      while (this.#collector.complete) this.#finishStep();
    }
  }

  #begin(step: Step, bytes: number): void {
    this.#step = step;
    this.#collector.begin(step === 'tag' ? new Uint8Array(bytes) : this.#small.subarray(0, bytes));
  }

  #finishStep(): void {
    const bytes = this.#collector.bytes;
    switch (this.#step) {
      case 'file-header':
        readFileHeader(bytes);
        this.#begin('back-pointer', BACK_POINTER_BYTES);
        return;
      case 'back-pointer':
        this.#begin('tag-header', TAG_HEADER_BYTES);
        return;
      case 'tag-header':
        this.#readTagHeader(new ByteReader(bytes, 'FLV tag'));
        return;
      case 'tag':
        this.#begin('back-pointer', BACK_POINTER_BYTES);
        this.#readTag(bytes);
        return;
    }
  }

  #readTagHeader(reader: ByteReader): void {
    this.#type = reader.u8();
    if (this.#type !== AUDIO && this.#type !== VIDEO && this.#type !== SCRIPT) throw reader.fail('has an unknown type');
    const size = reader.u24();
    if (size > this.#maxTagBytes) {
      throw reader.fail(`has ${size} bytes, but the limit is ${this.#maxTagBytes}`);
    }
    const low = reader.u24();
    this.#timestampMs = this.#unwrap((reader.u8() & 0x7f) * 2 ** 24 + low);
    this.#begin('tag', size);
  }

  #unwrap(raw: number): number {
    if (raw < this.#lastRawMs - TIME_WRAP_MS / 2) this.#wrappedMs += TIME_WRAP_MS;
    this.#lastRawMs = raw;
    return raw + this.#wrappedMs;
  }

  #readTag(bytes: Uint8Array): void {
    if (this.#type === VIDEO) {
      this.#readVideo(bytes);
    } else if (this.#type === AUDIO) {
      this.#readAudio(bytes);
    }
  }

  #readVideo(bytes: Uint8Array): void {
    const reader = new ByteReader(bytes, 'FLV video tag');
    const first = reader.u8();
    if ((first & 0x0f) !== 7) throw reader.fail('holds no H.264');
    const packetType = reader.u8();
    // Signed 24 bits; without B-frames it is 0.
    const composition = (reader.u24() << 8) >> 8;
    const data = bytes.subarray(reader.position);
    if (packetType === 0) {
      this.#onTag({ kind: 'video-config', data });
    } else if (packetType === 1) {
      const keyframe = first >> 4 === 1;
      this.#onTag({ kind: 'video', timestampMs: this.#timestampMs + composition, keyframe, data });
    } else if (packetType !== 2) {
      throw reader.fail('has an unknown packet type');
    }
  }

  #readAudio(bytes: Uint8Array): void {
    const reader = new ByteReader(bytes, 'FLV audio tag');
    if (reader.u8() >> 4 !== 10) throw reader.fail('holds no AAC');
    const packetType = reader.u8();
    if (packetType > 1) throw reader.fail('has an unknown packet type');
    const data = bytes.subarray(reader.position);
    if (packetType === 0) {
      this.#onTag({ kind: 'audio-config', data });
    } else {
      this.#onTag({ kind: 'audio', timestampMs: this.#timestampMs, keyframe: true, data });
    }
  }
}

function readFileHeader(bytes: Uint8Array): void {
  const reader = new ByteReader(bytes, 'FLV header');
  if (reader.u24() !== 0x464c56) throw new MediaFormatError('The stream does not start as FLV');
  if (reader.u8() !== 1) throw reader.fail('has an unknown version');
  reader.skip(1);
  if (reader.u32() !== FILE_HEADER_BYTES) throw reader.fail('has an unknown length');
}
