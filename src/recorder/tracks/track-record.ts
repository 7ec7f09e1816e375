/**
 * The records of an isolated track's file, `tracks/track-K.pkts`: pure. Each is a mark, the length of its body, the CRC-32 of its
 * body and the body: kind (u8), flags (u8), two zero bytes, time (f64, milliseconds of the session), duration (u32, microseconds),
 * content. Numbers are little endian. A configuration's content is JSON, a packet's are its bytes.
 */
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { OpusConfig, VideoConfig } from '../../media/codec.ts';

/** What participants send. */
export type TrackConfig = VideoConfig | OpusConfig;

/** Told apart by `kind`. */
export type TrackRecord =
  | { readonly kind: 'config'; readonly config: TrackConfig }
  | {
      readonly kind: 'packet';
      /** Milliseconds of the session. */
      readonly ms: number;
      readonly durationMs: number;
      readonly keyframe: boolean;
      readonly data: Uint8Array;
    };

/** Every record begins with these bytes, `GPKT`: so that reading can go on behind damage. */
export const RECORD_MARK: Uint8Array = Buffer.from('GPKT');
/** Mark, length and checksum. */
export const RECORD_HEAD_BYTES = 12;
/** Longest body; frames are limited to less. */
export const MAX_BODY_BYTES = 32 * 1024 * 1024;

const FIXED_BYTES = 16;
const KIND = { config: 0, packet: 1 } as const;
const KEYFRAME = 1;
const MAX_DURATION_US = 2 ** 32 - 1;

const size = z.int().min(1).max(65_535);
const picture = { width: size, height: size, framerate: z.number().positive() };
const base64 = z.base64().transform((text): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64')));
const configSchema = z.discriminatedUnion('codec', [
  z.object({
    codec: z.literal('h264'),
    format: z.enum(['annexb', 'avc']),
    codecString: z.string(),
    description: base64.exactOptional(),
    ...picture,
  }),
  z.object({ codec: z.literal('vp8'), codecString: z.literal('vp8'), ...picture }),
  z.object({
    codec: z.literal('opus'),
    codecString: z.literal('opus'),
    sampleRate: z.literal(48000),
    channels: z.union([z.literal(1), z.literal(2)]),
  }),
]);

/** A configuration as bytes of the file; it holds for the packets that follow. */
export function configRecord(config: TrackConfig): Uint8Array[] {
  const description = 'description' in config ? config.description : undefined;
  const plain = description ? { ...config, description: Buffer.from(description).toString('base64') } : config;
  return record({ kind: KIND.config, flags: 0, ms: 0, durationUs: 0 }, Buffer.from(JSON.stringify(plain)));
}

/**
 * A packet as bytes of the file; `data` is shared, not copied.
 * @throws RangeError for a packet of 32 MiB.
 */
export function packetRecord(packet: Omit<Extract<TrackRecord, { kind: 'packet' }>, 'kind'>): Uint8Array[] {
  const { ms, durationMs, keyframe, data } = packet;
  if (data.byteLength > MAX_BODY_BYTES - FIXED_BYTES) {
    throw new RangeError(`A packet of ${data.byteLength} bytes is too large for a track's file`);
  }
  const durationUs = Math.min(MAX_DURATION_US, Math.max(0, Math.round(durationMs * 1000)));
  return record({ kind: KIND.packet, flags: keyframe ? KEYFRAME : 0, ms, durationUs }, data);
}

/** Length of the body of the record at `at`; undefined when no record can begin there. The head must be there. */
export function bodyLength(bytes: Uint8Array, at: number): number | undefined {
  if (RECORD_MARK.some((byte, index) => bytes[at + index] !== byte)) return undefined;
  const length = viewOf(bytes).getUint32(at + 4, true);
  return length >= FIXED_BYTES && length <= MAX_BODY_BYTES ? length : undefined;
}

/** The whole record at `at`, whose content shares the memory of `bytes`; undefined when it is damaged. */
export function parseRecord(bytes: Uint8Array, at: number, length: number): TrackRecord | undefined {
  const view = viewOf(bytes);
  const start = at + RECORD_HEAD_BYTES;
  const body = bytes.subarray(start, start + length);
  if (body.byteLength < length || crc32(body) !== view.getUint32(at + 8, true)) return undefined;
  const data = body.subarray(FIXED_BYTES);
  const ms = view.getFloat64(start + 4, true);
  switch (body[0]) {
    case KIND.config:
      return parseConfig(data);
    case KIND.packet: {
      const keyframe = ((body[1] ?? 0) & KEYFRAME) !== 0;
      const durationMs = view.getUint32(start + 12, true) / 1000;
      return Number.isFinite(ms) ? { kind: 'packet', ms, durationMs, keyframe, data } : undefined;
    }
    default:
      return undefined;
  }
}

function parseConfig(data: Uint8Array): TrackRecord | undefined {
  try {
    return { kind: 'config', config: configSchema.parse(JSON.parse(new TextDecoder().decode(data))) };
  } catch {
    return undefined;
  }
}

function record(
  fixed: { readonly kind: number; readonly flags: number; readonly ms: number; readonly durationUs: number },
  content: Uint8Array,
): Uint8Array[] {
  const head = Buffer.alloc(RECORD_HEAD_BYTES + FIXED_BYTES);
  head.set(RECORD_MARK);
  head.writeUInt32LE(FIXED_BYTES + content.byteLength, 4);
  head.writeUInt8(fixed.kind, 12);
  head.writeUInt8(fixed.flags, 13);
  head.writeDoubleLE(fixed.ms, 16);
  head.writeUInt32LE(fixed.durationUs, 24);
  head.writeUInt32LE(crc32(content, crc32(head.subarray(RECORD_HEAD_BYTES))), 8);
  return [head, content];
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
