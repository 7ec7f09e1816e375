/** Decodes uploaded images in a short-lived FFmpeg, because hostile ones must not reach this process. */
import type { FfmpegProcess, SpawnFfmpeg } from '../ffmpeg/ffmpeg-process.ts';
import type { Logger } from '../logger.ts';
import { MediaFormatError } from '../media/media-format-error.ts';
import { type NutPacket, NutReader } from '../media/nut-reader.ts';
import type { Clock } from '../util/clock.ts';

/** Rows of red, green, blue, opacity, 8 bit each, not premultiplied, without padding. */
export interface RgbaImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** What to decode; the picture is made smaller, never larger, to lie within `maxWidth` x `maxHeight` pixels. */
export interface DecodeStillOptions {
  readonly spawn: SpawnFfmpeg;
  readonly clock: Clock;
  readonly log: Logger;
  readonly data: Uint8Array;
  readonly maxWidth: number;
  readonly maxHeight: number;
}

/** Largest file, in bytes. */
export const MAX_STILL_BYTES = 8 * 1024 * 1024;
/** Most pixels before it is made smaller: a few kilobytes can claim gigapixels. */
export const MAX_STILL_PIXELS = 4096 * 4096;
/** The largest picture allowed takes 64 MiB, and its rows some more. */
const MAX_ALLOC_BYTES = 128 * 1024 * 1024;
const TIMEOUT_MS = 5000;
/** There is nothing to finish in good order. */
const GRACE_MS = 300;

interface Format {
  readonly name: string;
  readonly demuxer: string;
  readonly codec: string;
}

/** @throws MediaFormatError (as a rejection) with one sentence: no such format, too large, broken, or too slow. */
export async function decodeStill(options: DecodeStillOptions): Promise<RgbaImage> {
  const { data, maxWidth, maxHeight, spawn, clock, log } = options;
  if (data.byteLength > MAX_STILL_BYTES) {
    throw new MediaFormatError(`A picture has at most ${MAX_STILL_BYTES} bytes, this one has ${data.byteLength}.`);
  }
  const format = formatOf(data);
  if (!format) throw new MediaFormatError('The picture is neither PNG nor JPEG nor WebP.');
  const child = spawn(decodeArgs(format, maxWidth, maxHeight), { label: 'still', log, clock, graceMs: GRACE_MS });
  let late = false;
  const cancel = clock.after(TIMEOUT_MS, () => {
    late = true;
    void child.stop();
  });
  try {
    const image = await imageOf(child, data, maxWidth * maxHeight * 4);
    if (image) return image;
  } finally {
    cancel();
    await child.stop();
  }
  const reason = late ? `takes longer than ${TIMEOUT_MS / 1000} seconds to decode` : 'cannot be decoded';
  throw new MediaFormatError(`The ${format.name} picture ${reason}.`);
}

/** What `data` is by its first bytes, whatever anybody calls it. */
function formatOf(data: Uint8Array): Format | undefined {
  const head = Buffer.from(data.buffer, data.byteOffset, Math.min(12, data.byteLength)).toString('latin1');
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return { name: 'PNG', demuxer: 'png_pipe', codec: 'png' };
  if (head.startsWith('\xff\xd8\xff')) return { name: 'JPEG', demuxer: 'jpeg_pipe', codec: 'mjpeg' };
  if (head.startsWith('RIFF') && head.slice(8) === 'WEBP') return { name: 'WebP', demuxer: 'webp_pipe', codec: 'webp' };
  return undefined;
}

/** Only this demuxer, only this decoder, only standard input; the first picture only. */
function decodeArgs({ demuxer, codec }: Format, maxWidth: number, maxHeight: number): string[] {
  const fit = `scale=w=min(iw\\,${maxWidth}):h=min(ih\\,${maxHeight}):force_original_aspect_ratio=decrease:flags=area`;
  return [
    ...['-hide_banner', '-v', 'error', '-nostdin', '-max_alloc', String(MAX_ALLOC_BYTES)],
    ...['-protocol_whitelist', 'pipe', '-format_whitelist', demuxer, '-codec_whitelist', codec],
    ...['-max_pixels', String(MAX_STILL_PIXELS), '-threads', '1', '-f', demuxer, '-i', 'pipe:0'],
    ...['-map', '0:v:0', '-frames:v', '1', '-vf', `${fit},format=rgba`, '-threads', '1'],
    ...['-c:v', 'rawvideo', '-pix_fmt', 'rgba', '-write_index', '0', '-f', 'nut', 'pipe:1'],
  ];
}

/** The first picture that comes out; undefined when none does. */
async function imageOf(child: FfmpegProcess, data: Uint8Array, maxBytes: number): Promise<RgbaImage | undefined> {
  let image: RgbaImage | undefined;
  const onPacket = ({ stream: { width = 0, height = 0 }, data: rows }: NutPacket): void => {
    if (width > 0 && rows.byteLength === width * height * 4) image ??= { width, height, data: rows };
  };
  const reader = new NutReader({ maxPacketBytes: maxBytes, onPacket });
  let readable = true;
  child.output.on('data', (chunk: Buffer) => {
    if (!readable) return;
    try {
      reader.push(chunk);
    } catch {
      readable = false;
      void child.stop();
    }
  });
  child.input.end(data);
  await child.exit;
  return image;
}
