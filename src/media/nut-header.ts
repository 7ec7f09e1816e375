/** The headers of a NUT file (main, stream, sync point), from complete packets. */
import type { ByteReader } from './byte-reader.ts';

/** One stream. `timebase` is the length of a tick in seconds, as a fraction. */
export interface NutStream {
  readonly index: number;
  readonly kind: 'video' | 'audio' | 'other';
  /** Codec tag, for example `I420`, `H264`, `VP80`; binary tags keep their bytes as characters. */
  readonly fourcc: string;
  readonly timebase: { readonly num: number; readonly den: number };
  readonly width?: number;
  readonly height?: number;
  readonly sampleRate?: number;
  readonly channels?: number;
  /** Codec-specific data, may be empty. */
  readonly extradata: Uint8Array;
}

/** What one of the 256 frame codes stands for. */
export interface FrameCode {
  readonly flags: number;
  readonly streamId: number;
  readonly sizeMul: number;
  readonly sizeLsb: number;
  readonly ptsDelta: number;
  readonly reserved: number;
  readonly headerIndex: number;
}

/** What the main header says. */
export interface NutMainHeader {
  readonly streamCount: number;
  readonly timebases: readonly { readonly num: number; readonly den: number }[];
  readonly codes: readonly FrameCode[];
  /** Bytes left out at the start of frames; entry 0 is empty. */
  readonly elision: readonly Uint8Array[];
  /** Sync points carry the time of sending. */
  readonly broadcast: boolean;
}

/** Flags of a frame code. */
export const FLAG = {
  key: 1,
  endOfRelevance: 2,
  codedPts: 8,
  streamId: 16,
  sizeMsb: 32,
  checksum: 64,
  reserved: 128,
  sideData: 256,
  headerIndex: 1024,
  matchTime: 2048,
  coded: 4096,
  invalid: 8192,
} as const;

/** The byte that starts every packet that is no frame; no frame code may use it. */
export const STARTCODE_BYTE = 0x4e;

const MAX_STREAMS = 16;
const MAX_TIMEBASES = 16;
const INVALID_CODE: FrameCode = {
  flags: FLAG.invalid,
  streamId: 0,
  sizeMul: 1,
  sizeLsb: 0,
  ptsDelta: 0,
  reserved: 0,
  headerIndex: 0,
};

/** @throws MediaFormatError for an unknown version, impossible values, or more than 16 streams. */
export function readMainHeader(reader: ByteReader): NutMainHeader {
  const version = reader.varint();
  if (version < 2 || version > 4) throw reader.fail(`has version ${version}, but only 2 to 4 are known`);
  if (version > 3) reader.varint();
  const streamCount = reader.varint();
  if (streamCount < 1 || streamCount > MAX_STREAMS) throw reader.fail(`has ${streamCount} streams`);
  reader.varint();
  const timebases = readTimebases(reader);
  const codes = readFrameCodes(reader);
  const elision = readElision(reader);
  // Every code must name an elision header that exists.
  if (codes.some((code) => code.headerIndex >= elision.length)) throw reader.fail('names a missing elision header');
  const flags = version > 3 && reader.remaining > 0 ? reader.varint() : 0;
  return { streamCount, timebases, codes, elision, broadcast: flags % 2 === 1 };
}

/** @throws MediaFormatError for impossible values. */
export function readStreamHeader(reader: ByteReader, main: NutMainHeader): NutStream & { readonly ptsShift: number } {
  const index = reader.varint();
  if (index >= main.streamCount) throw reader.fail('has a stream number that is too large');
  const streamClass = reader.varint();
  const fourcc = String.fromCharCode(...reader.varBytes().subarray(0, 4));
  const timebase = main.timebases[reader.varint()];
  if (!timebase) throw reader.fail('names a missing time base');
  const ptsShift = reader.varint();
  if (ptsShift > 16) throw reader.fail('has an impossible time shift');
  // Longest distance of times, delay of decoding, flags: nothing here depends on them.
  reader.varint();
  reader.varint();
  reader.varint();
  // Copied: the header's bytes are reused for the next packet.
  const extradata = reader.varBytes().slice();
  const common = { index, fourcc, timebase, extradata, ptsShift };
  if (streamClass === 0) {
    const width = reader.varint();
    const height = reader.varint();
    return { ...common, kind: 'video', width, height };
  }
  if (streamClass === 1) {
    const numerator = reader.varint();
    const denominator = reader.varint();
    if (denominator === 0) throw reader.fail('has an impossible sample rate');
    return { ...common, kind: 'audio', sampleRate: numerator / denominator, channels: reader.varint() };
  }
  return { ...common, kind: 'other' };
}

/** The time of a sync point, in ticks of `timebase`. */
export function readSyncpoint(
  reader: ByteReader,
  main: NutMainHeader,
): { readonly ticks: number; readonly timebase: { readonly num: number; readonly den: number } } {
  const coded = reader.varint();
  const count = main.timebases.length;
  const timebase = main.timebases[coded % count];
  if (!timebase) throw reader.fail('names a missing time base');
  reader.varint();
  if (main.broadcast) reader.varint();
  return { ticks: Math.floor(coded / count), timebase };
}

function readTimebases(reader: ByteReader): NutMainHeader['timebases'] {
  const count = reader.varint();
  if (count < 1 || count > MAX_TIMEBASES) throw reader.fail(`has ${count} time bases`);
  return Array.from({ length: count }, () => {
    const num = reader.varint();
    const den = reader.varint();
    if (num === 0 || den === 0 || num >= 2 ** 31 || den >= 2 ** 31) throw reader.fail('has an impossible time base');
    return { num, den };
  });
}

/** The table is run-length coded: each entry gives the values of the next `count` codes. */
function readFrameCodes(reader: ByteReader): FrameCode[] {
  const codes: FrameCode[] = [];
  let ptsDelta = 0;
  let sizeMul = 1;
  let streamId = 0;
  let headerIndex = 0;
  while (codes.length < 256) {
    const flags = reader.varint();
    const fields = reader.varint();
    if (fields > 0) ptsDelta = reader.signedVarint();
    if (fields > 1) sizeMul = reader.varint();
    if (fields > 2) streamId = reader.varint();
    const sizeLsb = fields > 3 ? reader.varint() : 0;
    const reserved = fields > 4 ? reader.varint() : 0;
    const count = fields > 5 ? reader.varint() : sizeMul - sizeLsb;
    // The distance for matching times (used for seeking only), and fields of later versions.
    if (fields > 6) reader.signedVarint();
    if (fields > 7) headerIndex = reader.varint();
    for (let field = 8; field < fields; field += 1) reader.varint();
    if (count <= 0 || flags >= 2 ** 31) throw reader.fail('has an impossible frame code');
    for (let index = 0; index < count && codes.length < 256; ) {
      if (codes.length === STARTCODE_BYTE) {
        codes.push(INVALID_CODE);
      } else {
        codes.push({ flags, streamId, sizeMul, sizeLsb: sizeLsb + index, ptsDelta, reserved, headerIndex });
        index += 1;
      }
    }
  }
  return codes;
}

function readElision(reader: ByteReader): Uint8Array[] {
  const elision: Uint8Array[] = [new Uint8Array(0)];
  if (reader.remaining === 0) return elision;
  const count = reader.varint();
  if (count > 127) throw reader.fail('has too many elision headers');
  for (let index = 0; index < count; index += 1) elision.push(reader.varBytes().slice());
  return elision;
}
