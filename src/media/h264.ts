/** H.264 byte streams: Annex B start codes, length prefixes, and the configuration record. Browser-safe. */
import { ByteReader } from './byte-reader.ts';
import { type H264Sps, parseSps } from './h264-sps.ts';
import { MediaFormatError } from './media-format-error.ts';

/** The parts of an AVCDecoderConfigurationRecord (ISO/IEC 14496-15 section 5.3.3.1). */
export interface AvcDescription {
  readonly sps: readonly Uint8Array[];
  readonly pps: readonly Uint8Array[];
  /** RFC 6381, from the record's own profile bytes. */
  readonly codecString: string;
  /** Bytes of the length before each unit. */
  readonly nalLengthSize: 1 | 2 | 4;
}

const SLICE = 1;
const IDR = 5;
const SPS = 7;
const MAX_SPS = 32;
/** Before numbers up to 65,534: no picture of H.264's level 5.2 has more than 36,864 macroblocks. */
const MAX_ZEROS = 15;

/** Views of the NAL units between start codes, without these. Bytes before the first start code are no unit. */
export function splitNalUnits(annexb: Uint8Array): Uint8Array[] {
  const units: Uint8Array[] = [];
  forEachUnit(annexb, (from, to) => {
    units.push(annexb.subarray(from, to));
    return true;
  });
  return units;
}

/** Start codes become 4-byte lengths; the same units in the same order. */
export function annexbToAvc(annexb: Uint8Array): Uint8Array {
  const units = splitNalUnits(annexb);
  const out = new Uint8Array(units.reduce((sum, unit) => sum + 4 + unit.length, 0));
  const view = new DataView(out.buffer);
  let at = 0;
  for (const unit of units) {
    view.setUint32(at, unit.length);
    out.set(unit, at + 4);
    at += 4 + unit.length;
  }
  return out;
}

/**
 * Lengths become start codes. With a description (give it for key frames) its parameter sets come first, and its length
 * size holds; without one, lengths have 4 bytes.
 * @throws MediaFormatError when lengths do not add up.
 */
export function avcToAnnexb(data: Uint8Array, description?: Uint8Array): Uint8Array {
  const record = description && parseAvcC(description);
  const units = record ? [...record.sps, ...record.pps] : [];
  const lengthSize = record?.nalLengthSize ?? 4;
  const reader = new ByteReader(data, 'H.264 frame');
  while (reader.remaining > 0) {
    let length = 0;
    for (let index = 0; index < lengthSize; index += 1) length = length * 256 + reader.u8();
    units.push(reader.bytes(length));
  }
  const out = new Uint8Array(units.reduce((sum, unit) => sum + 4 + unit.length, 0));
  let at = 0;
  for (const unit of units) {
    out[at + 3] = 1;
    out.set(unit, at + 4);
    at += 4 + unit.length;
  }
  return out;
}

/** @throws MediaFormatError when the record is malformed or holds no SPS; what the SPS says is not looked at. */
export function parseAvcC(description: Uint8Array): AvcDescription {
  const reader = new ByteReader(description, 'H.264 description');
  if (reader.u8() !== 1) throw reader.fail('has an unknown version');
  const profile = reader.u24();
  const nalLengthSize = (reader.u8() & 3) + 1;
  if (nalLengthSize === 3) throw reader.fail('has an impossible length size');
  const sps = readUnits(reader, reader.u8() & 0x1f);
  const pps = readUnits(reader, reader.u8());
  if (sps.length === 0) throw reader.fail('holds no SPS');
  const codecString = `avc1.${profile.toString(16).toUpperCase().padStart(6, '0')}`;
  return { sps, pps, codecString, nalLengthSize: nalLengthSize as 1 | 2 | 4 };
}

/** What a frame says about itself. */
export interface FrameContents {
  /** The one with the most coded pixels when there are several. */
  readonly sps: H264Sps | undefined;
  /** Whether it holds a slice of a key frame (IDR). */
  readonly idr: boolean;
  readonly units: number;
  readonly slices: number;
  /** Slices that do not begin behind the one before: a picture has one, and one for each of its fields where it has two. */
  readonly pictures: number;
}

/**
 * Looks no further than the first unit beyond `maxUnits`.
 * @throws MediaFormatError when an SPS is malformed, or there are more than the 32 that H.264 can tell apart.
 */
export function frameContents(annexb: Uint8Array, maxUnits = Number.POSITIVE_INFINITY): FrameContents {
  let largest: H264Sps | undefined;
  let count = 0;
  let idr = false;
  let units = 0;
  let slices = 0;
  let pictures = 0;
  let before = Number.POSITIVE_INFINITY;
  forEachUnit(annexb, (from, to) => {
    units += 1;
    if (units > maxUnits) return false;
    const type = (annexb[from] ?? 0) & 0x1f;
    if (type === IDR) idr = true;
    if (type === SLICE || type === IDR) {
      slices += 1;
      const first = firstMacroblock(annexb, from + 1);
      if (first !== undefined && first <= before) pictures += 1;
      before = first ?? before;
    }
    if (type !== SPS) return true;
    count += 1;
    if (count > MAX_SPS) throw new MediaFormatError('The H.264 frame has too many SPS');
    const sps = parseSps(annexb.subarray(from, to));
    if (!largest || sps.codedPixels > largest.codedPixels) largest = sps;
    return true;
  });
  return { sps: largest, idr, units, slices, pictures };
}

/**
 * Which macroblock a slice begins with, as its first bits say: as many zeros as bits follow the first that is set (Exp-Golomb).
 * Undefined beyond what any picture has.
 */
function firstMacroblock(bytes: Uint8Array, at: number): number | undefined {
  const [a = 0, b = 0, c = 0, d = 0] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
  const head = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  const zeros = Math.clz32(head);
  return zeros > MAX_ZEROS ? undefined : (head >>> (31 - 2 * zeros)) - 1;
}

/** Says where a unit is; false ends the search. */
type Visit = (from: number, to: number) => boolean;

/** No object for each unit: two megabytes can hold half a million of them. */
function forEachUnit(annexb: Uint8Array, visit: Visit): void {
  let start = -1;
  for (let at = 2; at < annexb.length; ) {
    const byte = annexb[at];
    if (byte === 0) {
      at += 1;
      continue;
    }
    if (byte === 1 && annexb[at - 1] === 0 && annexb[at - 2] === 0) {
      if (start !== -1 && !visitUnit(annexb, start, at - 2, visit)) return;
      start = at + 1;
    }
    // This byte is no zero, so that the next start code ends three bytes on at the earliest.
    at += 3;
  }
  if (start !== -1) visitUnit(annexb, start, annexb.length, visit);
}

/** A unit never ends with a zero byte: those belong to the next start code. */
function visitUnit(bytes: Uint8Array, from: number, to: number, visit: Visit): boolean {
  let end = to;
  while (end > from && bytes[end - 1] === 0) end -= 1;
  return end === from || visit(from, end);
}

function readUnits(reader: ByteReader, count: number): Uint8Array[] {
  return Array.from({ length: count }, () => {
    const unit = reader.bytes(reader.u16());
    if (unit.length === 0) throw new MediaFormatError('The H.264 description holds an empty unit');
    return unit;
  });
}
