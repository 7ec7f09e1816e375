/** The few bytes before each frame of a NUT stream. */
import { MediaFormatError } from './media-format-error.ts';
import { FLAG, type NutMainHeader } from './nut-header.ts';

/** What they say; `codedPts` still has to be unfolded with the stream's last time. */
export interface NutFrameHeader {
  readonly streamId: number;
  readonly flags: number;
  /** Undefined: the last time plus `ptsDelta`. */
  readonly codedPts: number | undefined;
  readonly ptsDelta: number;
  /** Bytes of the whole frame, elided ones included. */
  readonly size: number;
  readonly headerIndex: number;
}

/** Above this size no header is elided. */
const ELISION_MAX_BYTES = 4096;

/**
 * Parses the first `length` of `bytes`; undefined when more bytes are needed.
 * @throws MediaFormatError for a code that no frame may have, or numbers out of range.
 */
export function parseFrameHeader(bytes: Uint8Array, length: number, main: NutMainHeader): NutFrameHeader | undefined {
  const code = main.codes[bytes[0] ?? 0];
  if (!code) throw new MediaFormatError('The NUT stream has no frame codes');
  let at = 1;
  // One value, or NaN when its last byte is not there yet (then everything after it is NaN too, and `at` is past the end).
  const varint = (): number => {
    let value = 0;
    while (at < length) {
      const byte = bytes[at] ?? 0;
      at += 1;
      value = value * 128 + (byte & 0x7f);
      if (value > Number.MAX_SAFE_INTEGER) throw new MediaFormatError('The NUT frame holds a number that is too large');
      if (byte < 0x80) return value;
    }
    at = length + 1;
    return Number.NaN;
  };
  let flags = code.flags;
  if ((flags & FLAG.coded) !== 0) {
    flags ^= varint();
    if (at > length) return undefined;
  }
  if ((flags & FLAG.invalid) !== 0) throw new MediaFormatError('The NUT stream has an invalid frame code');
  if ((flags & FLAG.sideData) !== 0)
    throw new MediaFormatError('The NUT frame carries side data, which nobody asked for');
  const streamId = (flags & FLAG.streamId) === 0 ? code.streamId : varint();
  const codedPts = (flags & FLAG.codedPts) === 0 ? undefined : varint();
  const sizeMsb = (flags & FLAG.sizeMsb) === 0 ? 0 : varint();
  if ((flags & FLAG.matchTime) !== 0) varint();
  const named = (flags & FLAG.headerIndex) === 0 ? code.headerIndex : varint();
  const reserved = (flags & FLAG.reserved) === 0 ? code.reserved : varint();
  // `at` grows with each turn, so that the caller's limit for headers bounds this loop too.
  for (let index = 0; index < reserved && at <= length; index += 1) varint();
  if ((flags & FLAG.checksum) !== 0) at += 4;
  if (at > length) return undefined;
  const size = code.sizeLsb + sizeMsb * code.sizeMul;
  const headerIndex = size > ELISION_MAX_BYTES ? 0 : named;
  return { streamId, flags, codedPts, ptsDelta: code.ptsDelta, size, headerIndex };
}

/** The full time behind a coded one: its low `shift` bits near `last`, or the whole value. */
export function unfoldPts(coded: number, last: number, shift: number): number {
  const range = 2 ** shift;
  if (coded >= range) return coded - range;
  const base = last - Math.floor((range - 1) / 2);
  return base + ((((coded - base) % range) + range) % range);
}
