/** The sequence parameter set of H.264 (ITU-T H.264 section 7.3.2.1). Browser-safe. */
import { MediaFormatError } from './media-format-error.ts';

/** What an SPS says about its stream. */
export interface H264Sps {
  /** Pixels shown, after cropping. */
  readonly width: number;
  readonly height: number;
  /** What a decoder has to work through, before cropping. */
  readonly codedPixels: number;
  /** `profile_idc`, for example 66 baseline, 77 main, 100 high. */
  readonly profile: number;
  /** The byte of constraint flags. */
  readonly constraints: number;
  /** `level_idc`: ten times the level. */
  readonly level: number;
  /** RFC 6381, for example `avc1.42E01F`. */
  readonly codecString: string;
  /** Frames that a decoder may have to hold back for reordering; undefined when the stream does not promise anything. */
  readonly reorderFrames?: number;
}

/** Profiles whose SPS says more about colour. */
const HIGH_PROFILES: ReadonlySet<number> = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);
/** Level 6.2 allows 139,264 macroblocks, at most sqrt(8 times that) in one direction. */
const MAX_MACROBLOCKS_ACROSS = 1055;

/** @throws MediaFormatError when `nal` (with its header byte) is no SPS, ends too early, or has impossible values. */
export function parseSps(nal: Uint8Array): H264Sps {
  if (nal.length < 4 || ((nal[0] ?? 0) & 0x1f) !== 7) throw new MediaFormatError('The H.264 unit is no SPS');
  const bits = new BitReader(nal.subarray(1));
  const profile = bits.read(8);
  const constraints = bits.read(8);
  const level = bits.read(8);
  bits.ue();
  const chroma = HIGH_PROFILES.has(profile) ? readChroma(bits) : { format: 1, separate: false };
  // log2_max_frame_num, then the kind of picture order count.
  bits.ue();
  skipPictureOrder(bits);
  bits.ue();
  bits.read(1);
  const columns = bits.ue() + 1;
  const mapRows = bits.ue() + 1;
  const frameOnly = bits.read(1);
  if (frameOnly === 0) bits.read(1);
  bits.read(1);
  const rows = mapRows * (2 - frameOnly);
  if (columns > MAX_MACROBLOCKS_ACROSS || rows > MAX_MACROBLOCKS_ACROSS) {
    throw new MediaFormatError('The H.264 SPS has an impossible size');
  }
  const crop = readCrop(bits, chroma, frameOnly);
  const width = columns * 16 - crop.across;
  const height = rows * 16 - crop.down;
  if (width <= 0 || height <= 0) throw new MediaFormatError('The H.264 SPS crops everything away');
  const reorderFrames = bits.read(1) === 1 ? readReorderFrames(bits) : undefined;
  const codecString = `avc1.${hex(profile)}${hex(constraints)}${hex(level)}`;
  const codedPixels = columns * rows * 256;
  const sps = { width, height, codedPixels, profile, constraints, level, codecString };
  return reorderFrames === undefined ? sps : { ...sps, reorderFrames };
}

interface Chroma {
  readonly format: number;
  readonly separate: boolean;
}

function readChroma(bits: BitReader): Chroma {
  const format = bits.ue();
  if (format > 3) throw new MediaFormatError('The H.264 SPS has an unknown chroma format');
  const separate = format === 3 && bits.read(1) === 1;
  bits.ue();
  bits.ue();
  bits.read(1);
  if (bits.read(1) === 1) {
    for (let list = 0; list < (format === 3 ? 12 : 8); list += 1) {
      if (bits.read(1) === 1) skipScalingList(bits, list < 6 ? 16 : 64);
    }
  }
  return { format, separate };
}

function skipScalingList(bits: BitReader, size: number): void {
  let last = 8;
  let next = 8;
  for (let index = 0; index < size; index += 1) {
    if (next !== 0) next = (last + bits.se() + 256) % 256;
    last = next === 0 ? last : next;
  }
}

function skipPictureOrder(bits: BitReader): void {
  const type = bits.ue();
  if (type === 0) {
    bits.ue();
  } else if (type === 1) {
    bits.read(1);
    bits.se();
    bits.se();
    const count = bits.ue();
    if (count > 255) throw new MediaFormatError('The H.264 SPS has an impossible picture order');
    for (let index = 0; index < count; index += 1) bits.se();
  }
}

function readCrop(bits: BitReader, chroma: Chroma, frameOnly: number): { across: number; down: number } {
  if (bits.read(1) === 0) return { across: 0, down: 0 };
  const [left, right, top, bottom] = [bits.ue(), bits.ue(), bits.ue(), bits.ue()];
  const subsampled = !chroma.separate && chroma.format > 0;
  const unitX = subsampled && chroma.format < 3 ? 2 : 1;
  const unitY = (subsampled && chroma.format === 1 ? 2 : 1) * (2 - frameOnly);
  return { across: (left + right) * unitX, down: (top + bottom) * unitY };
}

/** The end of the VUI (annex E.1.1); a stream that breaks off before it promises nothing. */
function readReorderFrames(bits: BitReader): number | undefined {
  if (bits.read(1) === 1 && bits.read(8) === 255) bits.read(32);
  if (bits.read(1) === 1) bits.read(1);
  if (bits.read(1) === 1) {
    bits.read(4);
    if (bits.read(1) === 1) bits.read(24);
  }
  if (bits.read(1) === 1) {
    bits.ue();
    bits.ue();
  }
  if (bits.read(1) === 1) {
    bits.read(32);
    bits.read(32);
    bits.read(1);
  }
  const nalHrd = bits.read(1) === 1;
  if (nalHrd) skipHrd(bits);
  const vclHrd = bits.read(1) === 1;
  if (vclHrd) skipHrd(bits);
  if (nalHrd || vclHrd) bits.read(1);
  bits.read(1);
  if (bits.read(1) === 0) return undefined;
  bits.read(1);
  for (let field = 0; field < 4; field += 1) bits.ue();
  return bits.ue();
}

function skipHrd(bits: BitReader): void {
  const count = bits.ue() + 1;
  if (count > 32) throw new MediaFormatError('The H.264 SPS has an impossible buffer model');
  bits.read(8);
  for (let index = 0; index < count; index += 1) {
    bits.ue();
    bits.ue();
    bits.read(1);
  }
  bits.read(20);
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}

/** Leaves the emulation prevention bytes out: 00 00 03 stands for 00 00. Looks at no byte that nobody asked for. */
class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  #zeros = 0;
  #byte = 0;
  #bitsLeft = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Unsigned, up to 32 bits. */
  read(count: number): number {
    let value = 0;
    for (let index = 0; index < count; index += 1) {
      if (this.#bitsLeft === 0) this.#nextByte();
      this.#bitsLeft -= 1;
      value = value * 2 + ((this.#byte >> this.#bitsLeft) & 1);
    }
    return value;
  }

  /** Exp-Golomb. */
  ue(): number {
    let zeros = 0;
    while (this.read(1) === 0) {
      zeros += 1;
      if (zeros > 32) throw new MediaFormatError('The H.264 SPS holds a number that is too large');
    }
    return 2 ** zeros - 1 + this.read(zeros);
  }

  se(): number {
    const value = this.ue();
    return value % 2 === 1 ? (value + 1) / 2 : -value / 2;
  }

  #nextByte(): void {
    if (this.#zeros >= 2 && this.#bytes[this.#at] === 3) {
      this.#at += 1;
      this.#zeros = 0;
    }
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new MediaFormatError('The H.264 SPS ends too early');
    this.#at += 1;
    this.#zeros = byte === 0 ? this.#zeros + 1 : 0;
    this.#byte = byte;
    this.#bitsLeft = 8;
  }
}
