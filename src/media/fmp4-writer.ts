/**
 * Fragmented MP4 with a H.264 and an AAC or Opus track, or with one of them: the init segment, and fragments. No edit lists, no
 * B-frames. Browser-safe.
 */
import { joinBytes } from './bytes.ts';
import type { AacConfig, H264Config, OpusConfig } from './codec.ts';
import { ascii, box, fullBox, u8, u16, u32, u64 } from './fmp4-boxes.ts';

/** One coded frame; `duration` in ticks of its track's timescale. */
export interface FragmentSample {
  /** H.264 with 4-byte lengths, or one AAC frame or Opus packet. */
  readonly data: Uint8Array;
  readonly duration: number;
  readonly keyframe: boolean;
}

/** What one track adds to a fragment. */
export interface FragmentTrack {
  readonly trackId: number;
  /** Decode time of the first sample, in ticks of the track's timescale, 0 to 2^53 - 1. */
  readonly baseDecodeTime: number;
  readonly samples: readonly FragmentSample[];
}

/** The tracks of an init segment; `timescale` in ticks per second. */
export interface InitSegmentOptions {
  /** `config.description` must be given. */
  readonly video?: { readonly config: H264Config; readonly timescale: number };
  readonly audio?: { readonly config: AacConfig | OpusConfig; readonly timescale: number };
}

/** The number that `initSegment` gives the pictures. */
export const VIDEO_TRACK_ID = 1;
/** The number that `initSegment` gives the sound. */
export const AUDIO_TRACK_ID = 2;

/** sample_depends_on = 2 (nothing). */
const SYNC_SAMPLE = 0x02000000;
/** sample_depends_on = 1 (others), and not a sync sample. */
const DELTA_SAMPLE = 0x01010000;
const UNITY_MATRIX = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);
const TRUN = { dataOffset: 0x1, firstFlags: 0x4, duration: 0x100, size: 0x200, flags: 0x400 } as const;
const TFHD = { duration: 0x8, flags: 0x20, baseIsMoof: 0x20000 } as const;
const LANGUAGE_UNDETERMINED = 0x55c4;

/** `ftyp` + `moov`: track 1 is the video, track 2 the sound, whether or not the other is there; the fragments tell durations. */
export function initSegment(options: InitSegmentOptions): Uint8Array {
  const { video, audio } = options;
  const movie = fullBox(
    'mvhd',
    0,
    0,
    u32(0, 0, 1000, 0, 0x10000),
    u16(0x100, 0),
    u32(0, 0),
    UNITY_MATRIX,
    new Uint8Array(24),
    u32(AUDIO_TRACK_ID + 1),
  );
  const videoTrack =
    video &&
    track({
      id: VIDEO_TRACK_ID,
      timescale: video.timescale,
      handler: 'vide',
      mediaHeader: fullBox('vmhd', 0, 1, u16(0, 0, 0, 0)),
      entry: videoEntry(video.config),
      size: video.config,
    });
  const audioTrack =
    audio &&
    track({
      id: AUDIO_TRACK_ID,
      timescale: audio.timescale,
      handler: 'soun',
      mediaHeader: fullBox('smhd', 0, 0, u16(0, 0)),
      entry: audio.config.codec === 'opus' ? opusEntry(audio.config) : aacEntry(audio.config),
    });
  const ids = [...(video ? [VIDEO_TRACK_ID] : []), ...(audio ? [AUDIO_TRACK_ID] : [])];
  const defaults = ids.map((id) => fullBox('trex', 0, 0, u32(id, 1, 0, 0, 0)));
  const tracks = [videoTrack, audioTrack].filter((one) => one !== undefined);
  return joinBytes([
    box('ftyp', ascii('iso6'), u32(512), ascii('iso6'), ascii('mp41')),
    box('moov', movie, ...tracks, box('mvex', ...defaults)),
  ]);
}

/**
 * One `moof` and one `mdat` with all samples, track after track. `sequence` counts from 1; tracks without samples are left out.
 * @throws RangeError when a time or duration is no whole number of ticks.
 */
export function fragment(sequence: number, tracks: readonly FragmentTrack[]): Uint8Array {
  const filled = tracks.filter(({ samples }) => samples.length > 0);
  // The offsets in the header depend on its length, which does not depend on the offsets: so it is built twice.
  const length = header(sequence, filled, 0).length;
  const head = header(sequence, filled, length + 8);
  const payload = filled.reduce((sum, { samples }) => sum + bytesOf(samples), 0);
  return joinBytes([
    head,
    u32(payload + 8),
    ascii('mdat'),
    ...filled.flatMap(({ samples }) => samples.map(({ data }) => data)),
  ]);
}

function header(sequence: number, tracks: readonly FragmentTrack[], firstOffset: number): Uint8Array {
  let offset = firstOffset;
  const runs = tracks.map((track) => {
    const run = trackFragment(track, offset);
    offset += bytesOf(track.samples);
    return run;
  });
  return box('moof', fullBox('mfhd', 0, 0, u32(sequence)), ...runs);
}

/** What all samples share is written once. */
function trackFragment(track: FragmentTrack, dataOffset: number): Uint8Array {
  const { samples, trackId, baseDecodeTime } = track;
  if (!Number.isSafeInteger(baseDecodeTime) || baseDecodeTime < 0) {
    throw new RangeError(`A decode time is a whole number of ticks from 0, not ${baseDecodeTime}`);
  }
  for (const { duration } of samples) {
    if (!Number.isInteger(duration) || duration < 0 || duration >= 2 ** 32) {
      throw new RangeError(`A duration is a whole number of ticks, not ${duration}`);
    }
  }
  const [first] = samples;
  const rest = samples.slice(1);
  const duration = first?.duration ?? 0;
  const sameDuration = rest.every((sample) => sample.duration === duration);
  const restKey = rest[0]?.keyframe ?? first?.keyframe ?? true;
  const sameFlags = rest.every((sample) => sample.keyframe === restKey);
  const firstDiffers = sameFlags && first?.keyframe !== restKey;
  const base = fullBox(
    'tfhd',
    0,
    TFHD.baseIsMoof | TFHD.duration | TFHD.flags,
    u32(trackId, duration, sampleFlags(restKey)),
  );
  const perSample = samples.flatMap((sample) => [
    ...(sameDuration ? [] : [sample.duration]),
    sample.data.length,
    ...(sameFlags ? [] : [sampleFlags(sample.keyframe)]),
  ]);
  const run = fullBox(
    'trun',
    0,
    TRUN.dataOffset |
      TRUN.size |
      (firstDiffers ? TRUN.firstFlags : 0) |
      (sameDuration ? 0 : TRUN.duration) |
      (sameFlags ? 0 : TRUN.flags),
    u32(samples.length, dataOffset, ...(firstDiffers ? [sampleFlags(!restKey)] : []), ...perSample),
  );
  return box('traf', base, fullBox('tfdt', 1, 0, u64(baseDecodeTime)), run);
}

function sampleFlags(keyframe: boolean): number {
  return keyframe ? SYNC_SAMPLE : DELTA_SAMPLE;
}

interface TrackOptions {
  readonly id: number;
  readonly timescale: number;
  readonly handler: 'vide' | 'soun';
  readonly mediaHeader: Uint8Array;
  readonly entry: Uint8Array;
  readonly size?: { readonly width: number; readonly height: number };
}

function track(options: TrackOptions): Uint8Array {
  const { id, timescale, handler, mediaHeader, entry, size } = options;
  const volume = handler === 'soun' ? 0x100 : 0;
  const trackHeader = fullBox(
    'tkhd',
    0,
    7,
    u32(0, 0, id, 0, 0, 0, 0),
    u16(0, 0, volume, 0),
    UNITY_MATRIX,
    u32((size?.width ?? 0) * 0x10000, (size?.height ?? 0) * 0x10000),
  );
  const empty = ['stts', 'stsc', 'stco'].map((type) => fullBox(type, 0, 0, u32(0)));
  const samples = box('stbl', fullBox('stsd', 0, 0, u32(1), entry), ...empty, fullBox('stsz', 0, 0, u32(0, 0)));
  const selfContained = box('dinf', fullBox('dref', 0, 0, u32(1), fullBox('url ', 0, 1)));
  const media = box(
    'mdia',
    fullBox('mdhd', 0, 0, u32(0, 0, timescale, 0), u16(LANGUAGE_UNDETERMINED, 0)),
    fullBox('hdlr', 0, 0, u32(0), ascii(handler), u32(0, 0, 0), ascii('gridcast\0')),
    box('minf', mediaHeader, selfContained, samples),
  );
  return box('trak', trackHeader, media);
}

function videoEntry(config: H264Config): Uint8Array {
  if (!config.description) throw new RangeError('An init segment needs the H.264 description');
  return box(
    'avc1',
    u16(0, 0, 0, 1),
    new Uint8Array(16),
    u16(config.width, config.height),
    u32(0x480000, 0x480000, 0),
    u16(1),
    new Uint8Array(32),
    u16(24, 0xffff),
    box('avcC', config.description),
    box('pasp', u32(1, 1)),
  );
}

/** Encapsulation of Opus in ISO Base Media File Format, section 4.3; decoders that begin in the middle need no pre-skip. */
function opusEntry(config: OpusConfig): Uint8Array {
  const specific = box('dOps', u8(0, config.channels), u16(0), u32(config.sampleRate), u16(0), u8(0));
  const head = [u16(0, 0, 0, 1), u32(0, 0), u16(config.channels, 16, 0, 0), u32(config.sampleRate * 0x10000)];
  return box('Opus', ...head, specific);
}

function aacEntry(config: AacConfig): Uint8Array {
  return box(
    'mp4a',
    u16(0, 0, 0, 1),
    u32(0, 0),
    u16(config.channels, 16, 0, 0),
    u32(config.sampleRate * 0x10000),
    fullBox('esds', 0, 0, elementaryStream(config.description)),
  );
}

/** ES_Descriptor (ISO/IEC 14496-1 section 7.2.6.5): MPEG-4 audio, audio stream, the AudioSpecificConfig inside. */
function elementaryStream(description: Uint8Array): Uint8Array {
  const specific = descriptor(5, description);
  const decoder = descriptor(4, u8(0x40, 0x15, 0, 0, 0), u32(0, 0), specific);
  return descriptor(3, u16(0), u8(0), decoder, descriptor(6, u8(2)));
}

/** Lengths here are below 128, one byte. */
function descriptor(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const body = joinBytes(parts);
  if (body.length > 127) throw new RangeError('The AAC description is too long');
  return joinBytes([u8(tag, body.length), body]);
}

function bytesOf(samples: readonly FragmentSample[]): number {
  return samples.reduce((sum, { data }) => sum + data.length, 0);
}
