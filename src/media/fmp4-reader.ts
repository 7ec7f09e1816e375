/** Reads fragmented MP4: boxes, and the samples of fragments. Views only, nothing is copied. */
import { ByteReader } from './byte-reader.ts';
import type { FragmentTrack } from './fmp4-writer.ts';
import { MediaFormatError } from './media-format-error.ts';

/** A box. `body` is a view without the header. */
export interface Box {
  readonly type: string;
  /** Where its header begins in the walked bytes. */
  readonly start: number;
  /** Header included. */
  readonly size: number;
  readonly body: Uint8Array;
}

/** One `moof` + `mdat`. */
export interface Fragment {
  readonly sequence: number;
  /** Where the `moof` begins in the given bytes. */
  readonly start: number;
  /** Up to the end of the `mdat`. */
  readonly end: number;
  readonly tracks: readonly FragmentTrack[];
}

/** Samples of one track; far more than a segment has. A run needs no byte per sample, so its count must have a limit. */
const MAX_SAMPLES = 8192;
const MAX_TRACKS = 16;
const NOT_SYNC = 0x10000;

/**
 * The boxes of one level.
 * @throws MediaFormatError when a box is longer than what there is.
 */
export function* walkBoxes(bytes: Uint8Array): Generator<Box, void, undefined> {
  let start = 0;
  while (start < bytes.length) {
    const reader = new ByteReader(bytes.subarray(start), 'MP4 box');
    const short = reader.u32();
    const type = reader.fourcc();
    const size = short === 1 ? reader.u64() : short === 0 ? bytes.length - start : short;
    if (size < reader.position) throw reader.fail('has an impossible size');
    if (size > bytes.length - start) throw reader.fail('ends too early');
    yield { type, start, size, body: bytes.subarray(start + reader.position, start + size) };
    start += size;
  }
}

/**
 * The body of the box at `path` (types, outermost first), the first of each type; undefined when there is none.
 * @throws MediaFormatError when a box on the way is malformed.
 */
export function findBox(bytes: Uint8Array, ...path: readonly string[]): Uint8Array | undefined {
  let level: Uint8Array | undefined = bytes;
  for (const type of path) {
    level = level && firstBox(level, type)?.body;
  }
  return level;
}

/**
 * Every fragment of a segment, which is the concatenation of its parts. Other boxes between them are skipped.
 * @throws MediaFormatError when a fragment is malformed, or points outside of its `mdat`.
 */
export function readFragments(segment: Uint8Array): Fragment[] {
  const fragments: Fragment[] = [];
  let moof: Box | undefined;
  for (const box of walkBoxes(segment)) {
    if (box.type === 'moof') {
      if (moof) throw new MediaFormatError('The MP4 fragment has no media data');
      moof = box;
    } else if (box.type === 'mdat' && moof) {
      fragments.push(readOne(segment, moof, box));
      moof = undefined;
    }
  }
  if (moof) throw new MediaFormatError('The MP4 fragment has no media data');
  return fragments;
}

/**
 * The tracks of a part.
 * @throws MediaFormatError when `part` is not exactly one fragment.
 */
export function readFragment(part: Uint8Array): readonly FragmentTrack[] {
  const [first, ...more] = readFragments(part);
  if (!first || more.length > 0) throw new MediaFormatError('The MP4 part is not exactly one fragment');
  return first.tracks;
}

function readOne(bytes: Uint8Array, moof: Box, mdat: Box): Fragment {
  const end = mdat.start + mdat.size;
  const sequence = fullReader(required(moof.body, 'mfhd'), 'MP4 fragment header').reader.u32();
  const tracks: FragmentTrack[] = [];
  // Offsets count from the start of the `moof`.
  const data = bytes.subarray(moof.start, end);
  const dataStart = end - mdat.body.length - moof.start;
  for (const box of walkBoxes(moof.body)) {
    if (box.type !== 'traf') continue;
    if (tracks.length === MAX_TRACKS) throw new MediaFormatError('The MP4 fragment has too many tracks');
    tracks.push(readTrack(box.body, data, dataStart));
  }
  return { sequence, start: moof.start, end, tracks };
}

function readTrack(traf: Uint8Array, data: Uint8Array, dataStart: number): FragmentTrack {
  const defaults = readTrackHeader(required(traf, 'tfhd'));
  const time = fullReader(required(traf, 'tfdt'), 'MP4 decode time');
  const baseDecodeTime = time.version === 1 ? time.reader.u64() : time.reader.u32();
  const samples: FragmentTrack['samples'][number][] = [];
  let offset = dataStart;
  for (const box of walkBoxes(traf)) {
    if (box.type !== 'trun') continue;
    const { reader, flags } = fullReader(box.body, 'MP4 track run');
    const count = reader.u32();
    if (samples.length + count > MAX_SAMPLES) throw reader.fail('has too many samples');
    if ((flags & 0x1) !== 0) offset = reader.i32();
    const firstFlags = (flags & 0x4) === 0 ? undefined : reader.u32();
    for (let index = 0; index < count; index += 1) {
      const duration = (flags & 0x100) === 0 ? defaults.duration : reader.u32();
      const size = (flags & 0x200) === 0 ? defaults.size : reader.u32();
      const own = (flags & 0x400) === 0 ? defaults.flags : reader.u32();
      if ((flags & 0x800) !== 0) reader.skip(4);
      const sampleFlags = index === 0 ? (firstFlags ?? own) : own;
      if (duration === undefined || size === undefined || sampleFlags === undefined) {
        throw reader.fail('leaves out what the track header does not tell either');
      }
      if (offset < dataStart || offset + size > data.length) throw reader.fail('points outside of its media data');
      samples.push({
        data: data.subarray(offset, offset + size),
        duration,
        keyframe: (sampleFlags & NOT_SYNC) === 0,
      });
      offset += size;
    }
  }
  return { trackId: defaults.trackId, baseDecodeTime, samples };
}

interface TrackDefaults {
  readonly trackId: number;
  readonly duration: number | undefined;
  readonly size: number | undefined;
  readonly flags: number | undefined;
}

function readTrackHeader(body: Uint8Array): TrackDefaults {
  const { reader, flags } = fullReader(body, 'MP4 track header');
  if ((flags & 0x20000) === 0 || (flags & 0x1) !== 0) throw reader.fail('does not count from its own fragment');
  const trackId = reader.u32();
  if ((flags & 0x2) !== 0) reader.skip(4);
  const optional = (flag: number): number | undefined => ((flags & flag) === 0 ? undefined : reader.u32());
  const duration = optional(0x8);
  const size = optional(0x10);
  return { trackId, duration, size, flags: optional(0x20) };
}

function fullReader(body: Uint8Array, what: string): { reader: ByteReader; version: number; flags: number } {
  const reader = new ByteReader(body, what);
  return { version: reader.u8(), flags: reader.u24(), reader };
}

function required(bytes: Uint8Array, type: string): Uint8Array {
  const found = firstBox(bytes, type);
  if (!found) throw new MediaFormatError(`The MP4 fragment has no ${type} box`);
  return found.body;
}

function firstBox(bytes: Uint8Array, type: string): Box | undefined {
  for (const box of walkBoxes(bytes)) {
    if (box.type === type) return box;
  }
  return undefined;
}
