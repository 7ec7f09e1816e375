/** Bitstreams that no honest encoder makes. */
import { splitNalUnits } from '../../../src/media/h264.ts';
import { type SpsFields, writeSps } from '../../unit/media/sps-writer.ts';

const SPS = 7;
const IDR = 5;
const VP8_KEYFRAME_HEADER_BYTES = 10;

/** NAL units with their start codes. */
export function annexb(...units: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(units.flatMap((unit) => [Uint8Array.of(0, 0, 0, 1), unit]));
}

/** The same bytes in every run, none of which makes sense. */
export function noise(bytes: number, seed = 1): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length: bytes }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 16;
  });
}

/** The key frame with another SPS. */
export function withSps(keyframe: Uint8Array, fields: SpsFields): Uint8Array {
  return annexb(...splitNalUnits(keyframe).map((unit) => (typeOf(unit) === SPS ? writeSps(fields) : unit)));
}

/** The key frame without any. */
export function withoutSps(keyframe: Uint8Array): Uint8Array {
  return annexb(...splitNalUnits(keyframe).filter((unit) => typeOf(unit) !== SPS));
}

/** Every header as it was, and nothing sensible behind those of the slices. */
export function withNoisySlices(keyframe: Uint8Array, seed: number): Uint8Array {
  return annexb(
    ...splitNalUnits(keyframe).map((unit) =>
      typeOf(unit) === IDR ? Buffer.concat([unit.subarray(0, 1), noise(800, seed)]) : unit,
    ),
  );
}

/** Parameter sets that promise a picture, and a slice that holds none. */
export function withShortSlices(keyframe: Uint8Array): Uint8Array {
  const sets = splitNalUnits(keyframe).filter((unit) => typeOf(unit) !== IDR);
  return annexb(...sets, Uint8Array.of(0x65, 0x88, 0x80));
}

/** Slices that break off in the middle. */
export function withHalfSlices(keyframe: Uint8Array): Uint8Array {
  const cut = (unit: Uint8Array): Uint8Array => (typeOf(unit) === IDR ? unit.subarray(0, unit.length >> 1) : unit);
  return annexb(...splitNalUnits(keyframe).map(cut));
}

/** The frame with its last slice as often again. */
export function withRepeatedSlice(frame: Uint8Array, times: number): Uint8Array {
  const units = splitNalUnits(frame);
  const last = units.at(-1) ?? new Uint8Array(0);
  return annexb(...units, ...Array.from({ length: times }, () => last));
}

/** The header of a VP8 key frame, and noise. */
export function noisyVp8(keyframe: Uint8Array, seed: number): Uint8Array {
  return Buffer.concat([keyframe.subarray(0, VP8_KEYFRAME_HEADER_BYTES), noise(800, seed)]);
}

/** Filled with what decoders skip (filler data, NAL type 12) to a whole number of bytes. */
export function filledTo(frame: Uint8Array, bytes: number): Uint8Array {
  const [head, tail] = [Uint8Array.of(0, 0, 0, 1, 12), Uint8Array.of(0x80)];
  const filler = Buffer.alloc(bytes - frame.length - head.length - tail.length, 0xff);
  return Buffer.concat([frame, head, filler, tail]);
}

/** As many NAL units (access unit delimiters of two bytes) as fit. */
export function crumbs(bytes: number): Uint8Array {
  const unit = Buffer.of(0, 0, 1, 9, 0x10);
  return Buffer.alloc(bytes - (bytes % unit.length), unit);
}

function typeOf(unit: Uint8Array): number {
  return (unit[0] ?? 0) & 0x1f;
}
