/**
 * Command lines of the live processes. Every flag here was measured: together they make FFmpeg give frame n before it gets
 * frame n + 1. The lock-step test holds them to that. In particular:
 * - no `-fflags nobuffer`: it eats the only key frame, and the picture stays black until the next one;
 * - no `-avioflags direct`: Matroska cannot be read from a pipe with it;
 * - `-threads 1` on the output too: the encoder of raw video is frame-threaded and would hold a frame back.
 */

/** A picture of the program and its encoder. `gopFrames`: distance of key frames. */
export interface EncodeVideoOptions {
  readonly width: number;
  readonly height: number;
  readonly framerate: number;
  readonly kbit: number;
  /** An x264 preset. */
  readonly preset: string;
  readonly gopFrames: number;
}

/** A tile, even in both directions, and what may be decoded for it. */
export interface DecodeVideoOptions {
  readonly width: number;
  readonly height: number;
  /** Larger pictures are not decoded: a few kilobytes can claim gigapixels. */
  readonly maxPixels: number;
  readonly codec: 'h264' | 'vp8';
}

/** No console, no questions, errors only. */
const QUIET = ['-hide_banner', '-v', 'error', '-nostdin'];
/** No reading ahead to guess what a stream is: its container says so. */
const NO_PROBING = ['-probesize', '32', '-analyzeduration', '0'];
/** One allocation; the largest picture allowed takes some 4 MB. */
const MAX_ALLOC_BYTES = 128 * 1024 * 1024;
/** Pixels per second that one x264 thread encodes with ease. */
const PIXELS_PER_THREAD = 1280 * 720 * 30;

/** Only this demuxer, only this decoder, only standard input: what peers send can neither open files nor reach the network. */
function onlyFromPipe(format: string, codec: string): string[] {
  return ['-protocol_whitelist', 'pipe', '-format_whitelist', format, '-codec_whitelist', codec];
}

/**
 * Live Matroska on stdin to NUT with raw I420 on stdout, each picture scaled to fit exactly `width` x `height` with black
 * bars. Times come out as they went in, whatever the first one is.
 */
export function decodeVideoArgs(options: DecodeVideoOptions): string[] {
  const { width, height, maxPixels, codec } = options;
  const fit = `scale=${width}:${height}:force_original_aspect_ratio=decrease:force_divisible_by=2:flags=fast_bilinear`;
  const centre = `pad=${width}:${height}:-1:-1:black`;
  return [
    ...QUIET,
    ...['-max_alloc', String(MAX_ALLOC_BYTES), '-copyts'],
    ...onlyFromPipe('matroska,webm', codec),
    ...['-max_pixels', String(maxPixels), '-flags', 'low_delay', ...NO_PROBING, '-threads', '1'],
    ...['-f', 'matroska', '-i', 'pipe:0'],
    ...['-map', '0:v', '-vf', `${fit},${centre}`, '-fps_mode', 'passthrough', '-enc_time_base', '1/1000'],
    ...['-threads', '1', '-c:v', 'rawvideo', '-pix_fmt', 'yuv420p'],
    ...['-write_index', '0', '-flush_packets', '1', '-f', 'nut', 'pipe:1'],
  ];
}

/**
 * Raw I420 on stdin to H.264 in FLV on stdout: no B-frames, key frames exactly every `gopFrames`, and an SPS that promises
 * decoders that nothing is reordered (else hardware ones hold back up to 16 frames).
 */
export function encodeVideoArgs(options: EncodeVideoOptions): string[] {
  const { width, height, framerate, kbit, preset, gopFrames } = options;
  // Slices cost quality, so there are only as many as the size needs.
  const threads = Math.min(8, Math.max(2, Math.ceil((width * height * framerate) / PIXELS_PER_THREAD)));
  return [
    ...QUIET,
    ...onlyFromPipe('rawvideo', 'rawvideo'),
    ...[...NO_PROBING, '-threads', '1'],
    ...['-f', 'rawvideo', '-pixel_format', 'yuv420p', '-video_size', `${width}x${height}`],
    ...['-framerate', String(framerate), '-i', 'pipe:0'],
    ...['-map', '0:v', '-fps_mode', 'passthrough', '-pix_fmt', 'yuv420p'],
    ...[
      '-c:v',
      'libx264',
      '-preset',
      preset,
      '-tune',
      'zerolatency',
      '-profile:v',
      'main',
      '-threads',
      String(threads),
    ],
    ...['-g', String(gopFrames), '-keyint_min', String(gopFrames), '-sc_threshold', '0', '-bf', '0'],
    ...['-b:v', `${kbit}k`, '-maxrate', `${kbit}k`, '-bufsize', `${Math.ceil(kbit / 2)}k`],
    ...flvToStdout(),
  ];
}

/** Interleaved 32-bit floats, 48 kHz stereo, on stdin to AAC-LC in FLV on stdout. */
export function encodeAudioArgs(options: { readonly kbit: number }): string[] {
  return [
    ...QUIET,
    ...onlyFromPipe('f32le', 'pcm_f32le'),
    ...NO_PROBING,
    ...['-f', 'f32le', '-ar', '48000', '-ac', '2', '-i', 'pipe:0'],
    ...['-map', '0:a', '-c:a', 'aac', '-profile:a', 'aac_low', '-b:a', `${options.kbit}k`],
    ...flvToStdout(),
  ];
}

/** FLV: unlike fragmented MP4 and Matroska, its muxer gives a packet before the next one comes. */
function flvToStdout(): string[] {
  return ['-flush_packets', '1', '-flvflags', 'no_duration_filesize', '-f', 'flv', 'pipe:1'];
}
