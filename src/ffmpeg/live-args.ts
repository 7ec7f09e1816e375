/**
 * Command lines of the live decoders. Every flag here was measured: together they make FFmpeg give frame n before it gets
 * frame n + 1. The lock-step test holds them to that. In particular:
 * - no `-fflags nobuffer`: it eats the only key frame, and the picture stays black until the next one;
 * - no `-avioflags direct`: Matroska cannot be read from a pipe with it;
 * - `-threads 1` on the output too: the encoder of raw video is frame-threaded and would hold a frame back.
 */
import { NO_PROBING, onlyFromPipe, QUIET } from './pipe-args.ts';

/** A tile, even in both directions, and what may be decoded for it. */
export interface DecodeVideoOptions {
  readonly width: number;
  readonly height: number;
  /** Larger pictures are not decoded: a few kilobytes can claim gigapixels. */
  readonly maxPixels: number;
  readonly codec: 'h264' | 'vp8';
  /** The whole picture with black bars, or a filled one with cut edges. */
  readonly fit: 'contain' | 'cover';
  /** Milliseconds from the beginning whose pictures are decoded, because later ones need them, and do not come out; default none. */
  readonly hiddenMs?: number | undefined;
}

/** Cells have even sides, so few are exactly 16:9: bars of two pixels would be seen, and stretching by so little is not. */
const SAME_SHAPE = 0.03;
/** In small cells a page that sends whole macroblocks cannot come nearer, and what is stretched there is a few pixels, as are its bars. */
const SMALL_WIDTH = 256;
const SAME_SMALL_SHAPE = 0.055;
/** One allocation; the largest picture allowed takes some 4 MB. */
const MAX_ALLOC_BYTES = 128 * 1024 * 1024;

/**
 * Live Matroska on stdin to NUT with raw I420 on stdout, each picture exactly `width` x `height`.
 * Times come out as they went in, to the microsecond, whatever the first one is.
 */
export function decodeVideoArgs(options: DecodeVideoOptions): string[] {
  const { maxPixels, codec, hiddenMs = 0 } = options;
  // Before scaling: old pictures cost half as much when nobody scales and sends them.
  const hidden = hiddenMs > 0 ? `select='gte(t,${hiddenMs / 1000 - 0.5e-6})',` : '';
  return [
    ...QUIET,
    ...['-max_alloc', String(MAX_ALLOC_BYTES), '-copyts'],
    ...onlyFromPipe('matroska,webm', codec),
    ...['-max_pixels', String(maxPixels), '-flags', 'low_delay', ...NO_PROBING, '-threads', '1'],
    ...['-f', 'matroska', '-i', 'pipe:0'],
    ...['-map', '0:v', '-vf', hidden + tileFilters(options), '-fps_mode', 'passthrough', '-enc_time_base', '1/1000000'],
    ...['-threads', '1', '-c:v', 'rawvideo', '-pix_fmt', 'yuv420p'],
    ...['-write_index', '0', '-flush_packets', '1', '-avioflags', 'direct', '-f', 'nut', 'pipe:1'],
  ];
}

/** Filters that make every picture exactly as large as its tile: the whole of it with black bars, or a filled one with cut edges. */
export function tileFilters(options: Pick<DecodeVideoOptions, 'width' | 'height' | 'fit'>): string {
  const { width, height, fit } = options;
  const scaled = `scale=${width}:${height}:flags=fast_bilinear`;
  const tolerance = width <= SMALL_WIDTH ? SAME_SMALL_SHAPE : SAME_SHAPE;
  const near = `lt(abs(iw*${height}/(ih*${width})-1),${tolerance})`;
  const whole = (side: number, ratio: string): string =>
    `'if(${near},${side},max(2,2*trunc(min(${side},${ratio})/2)))'`;
  return fit === 'contain'
    ? `scale=${whole(width, `${height}*iw/ih`)}:${whole(height, `${width}*ih/iw`)}:flags=fast_bilinear,` +
        `pad=${width}:${height}:-1:-1:black`
    : // Cut before scaling: a picture of 2x1000 would else be scaled to a hundred times the program. At least 2x2: chroma is halved.
      `scale='max(2,iw)':'max(2,ih)',crop='max(2,min(iw,ih*${width}/${height}))':'max(2,min(ih,iw*${height}/${width}))',${scaled}`;
}
