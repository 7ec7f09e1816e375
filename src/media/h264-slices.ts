/** Kinds of slices of a coded picture (ITU-T H.264 section 7.3.3). */
import { ByteReader } from './byte-reader.ts';
import { MediaFormatError } from './media-format-error.ts';

/** P: refers to earlier pictures; B: to later ones too; I: to none. */
export type SliceKind = 'P' | 'B' | 'I';

const KINDS: readonly SliceKind[] = ['P', 'B', 'I', 'P', 'I'];
const SLICE = 1;
const IDR_SLICE = 5;
/** `first_mb_in_slice` and `slice_type` of the largest picture need fewer bits. */
const HEAD_BYTES = 12;

/**
 * The kind of each slice, in order. `data` has 4-byte lengths.
 * @throws MediaFormatError when lengths do not add up or a slice breaks off
 */
export function sliceKinds(data: Uint8Array): SliceKind[] {
  const reader = new ByteReader(data, 'H.264 frame');
  const kinds: SliceKind[] = [];
  while (reader.remaining > 0) {
    const unit = reader.bytes(reader.u32());
    const type = (unit[0] ?? 0) & 0x1f;
    if (type !== SLICE && type !== IDR_SLICE) continue;
    kinds.push(kindOf(unit.subarray(1, HEAD_BYTES)));
  }
  return kinds;
}

function kindOf(head: Uint8Array): SliceKind {
  const bits = [...head].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const [, rest] = expGolomb(bits);
  return KINDS[expGolomb(rest)[0] % KINDS.length] as SliceKind;
}

function expGolomb(bits: string): [value: number, rest: string] {
  const zeros = bits.indexOf('1');
  const end = 2 * zeros + 1;
  if (zeros < 0 || end > bits.length) throw new MediaFormatError('The H.264 slice ends too early');
  return [Number.parseInt(bits.slice(zeros, end), 2) - 1, bits.slice(end)];
}
