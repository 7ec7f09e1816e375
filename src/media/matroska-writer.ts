/**
 * Live Matroska of one track, for a decoder's pipe or a file: every frame is a cluster of known size with one block of known
 * size, so that nothing waits for a successor.
 */
import type { OpusConfig, VideoConfig } from './codec.ts';

const ID = {
  ebml: [0x1a, 0x45, 0xdf, 0xa3],
  docType: [0x42, 0x82],
  docTypeVersion: [0x42, 0x87],
  docTypeReadVersion: [0x42, 0x85],
  segment: [0x18, 0x53, 0x80, 0x67],
  info: [0x15, 0x49, 0xa9, 0x66],
  timestampScale: [0x2a, 0xd7, 0xb1],
  muxingApp: [0x4d, 0x80],
  writingApp: [0x57, 0x41],
  tracks: [0x16, 0x54, 0xae, 0x6b],
  trackEntry: [0xae],
  trackNumber: [0xd7],
  trackUid: [0x73, 0xc5],
  trackType: [0x83],
  flagLacing: [0x9c],
  codecId: [0x86],
  codecPrivate: [0x63, 0xa2],
  codecDelay: [0x56, 0xaa],
  seekPreRoll: [0x56, 0xbb],
  audio: [0xe1],
  samplingFrequency: [0xb5],
  channels: [0x9f],
  video: [0xe0],
  pixelWidth: [0xb0],
  pixelHeight: [0xba],
} as const;
const UNKNOWN_SIZE = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
const APP_NAME = 'gridcast';

/** Cluster, its size in 4 bytes, its timestamp in 6 bytes, SimpleBlock, its size in 4 bytes, track 1, time 0, flags. */
const FRAME_HEAD_BYTES = 4 + 4 + (1 + 1 + 6) + 1 + 4 + 4;
/** Largest payload that a 4-byte size can tell (28 bits), less the head. */
const MAX_FRAME_BYTES = 2 ** 28 - 2 - FRAME_HEAD_BYTES;
/** Largest body of a header's element: 14 bits, of which all ones would mean "unknown". */
const MAX_ELEMENT_BYTES = 2 ** 14 - 2;

/** What an Opus decoder needs before it is right again after a seek (RFC 7845 section 4.6), nanoseconds. */
const OPUS_PRE_ROLL_NS = 80_000_000;

/** Nanoseconds: times stay what they are, to the microsecond. */
const TICK_NS = 1000;

/**
 * Everything before the first frame. For `annexb` H.264 there is no CodecPrivate: the parameter sets are in the frames. Opus is
 * written without a delay of the encoder: a packet's time is that of its first sample.
 * @throws RangeError for a description of about 16 KiB or more.
 */
export function matroskaHeader(config: VideoConfig | OpusConfig): Uint8Array {
  const header = element(ID.ebml, [
    ...element(ID.docType, text('matroska')),
    ...element(ID.docTypeVersion, uint(4)),
    ...element(ID.docTypeReadVersion, uint(2)),
  ]);
  const info = element(ID.info, [
    ...element(ID.timestampScale, uint(TICK_NS)),
    ...element(ID.muxingApp, text(APP_NAME)),
    ...element(ID.writingApp, text(APP_NAME)),
  ]);
  const track = element(ID.trackEntry, [
    ...element(ID.trackNumber, uint(1)),
    ...element(ID.trackUid, uint(1)),
    ...element(ID.trackType, uint(config.codec === 'opus' ? 2 : 1)),
    ...element(ID.flagLacing, uint(0)),
    ...(config.codec === 'opus' ? soundEntry(config) : pictureEntry(config)),
  ]);
  return Uint8Array.from([...header, ...ID.segment, ...UNKNOWN_SIZE, ...info, ...element(ID.tracks, track)]);
}

function pictureEntry(config: VideoConfig): number[] {
  const description = config.codec === 'h264' && config.format === 'avc' ? config.description : undefined;
  return [
    ...element(ID.codecId, text(config.codec === 'h264' ? 'V_MPEG4/ISO/AVC' : 'V_VP8')),
    ...(description ? element(ID.codecPrivate, [...description]) : []),
    ...element(ID.video, [
      ...element(ID.pixelWidth, uint(config.width)),
      ...element(ID.pixelHeight, uint(config.height)),
    ]),
  ];
}

function soundEntry({ channels, sampleRate }: OpusConfig): number[] {
  const rate = new DataView(new ArrayBuffer(8));
  rate.setFloat64(0, sampleRate);
  return [
    ...element(ID.codecId, text('A_OPUS')),
    ...element(ID.codecPrivate, opusHead(channels, sampleRate)),
    ...element(ID.codecDelay, uint(0)),
    ...element(ID.seekPreRoll, uint(OPUS_PRE_ROLL_NS)),
    ...element(ID.audio, [
      ...element(ID.samplingFrequency, [...new Uint8Array(rate.buffer)]),
      ...element(ID.channels, uint(channels)),
    ]),
  ];
}

/** The identification header of RFC 7845 section 5.1, without pre-skip and gain. */
function opusHead(channels: number, sampleRate: number): number[] {
  const rate = [0, 8, 16, 24].map((shift) => (sampleRate >> shift) & 0xff);
  return [...text('OpusHead'), 1, channels, 0, 0, ...rate, 0, 0, 0];
}

/**
 * One frame. `timestampUs` is a whole number from 0 to 2^48 - 1, which is nine years.
 * @throws RangeError for another time, or a frame of 256 MiB.
 */
export function matroskaFrame(frame: {
  readonly data: Uint8Array;
  readonly timestampUs: number;
  readonly keyframe: boolean;
}): Uint8Array {
  const { data, timestampUs, keyframe } = frame;
  if (!Number.isInteger(timestampUs) || timestampUs < 0 || timestampUs >= 2 ** 48) {
    throw new RangeError(`A Matroska time is a whole number of microseconds from 0, not ${timestampUs}`);
  }
  if (data.length > MAX_FRAME_BYTES) throw new RangeError(`A Matroska frame of ${data.length} bytes is too large`);
  const out = new Uint8Array(FRAME_HEAD_BYTES + data.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, 0x1f43b675);
  view.setUint32(4, 0x10000000 + out.length - 8);
  view.setUint16(8, 0xe786);
  view.setUint16(10, Math.floor(timestampUs / 2 ** 32));
  view.setUint32(12, timestampUs % 2 ** 32);
  view.setUint8(16, 0xa3);
  view.setUint32(17, 0x10000000 + 4 + data.length);
  view.setUint8(21, 0x81);
  view.setInt16(22, 0);
  view.setUint8(24, keyframe ? 0x80 : 0);
  out.set(data, FRAME_HEAD_BYTES);
  return out;
}

function element(id: readonly number[], body: readonly number[]): number[] {
  if (body.length > MAX_ELEMENT_BYTES) throw new RangeError('The description is too long for a Matroska header');
  return [...id, 0x40 | (body.length >> 8), body.length & 0xff, ...body];
}

function uint(value: number): number[] {
  return value < 256 ? [value] : [...uint(Math.floor(value / 256)), value % 256];
}

function text(value: string): number[] {
  return [...new TextEncoder().encode(value)];
}
