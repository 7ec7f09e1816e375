/**
 * Command lines of the program's encoders. Like those of the decoders, they were measured to give packet n before they get
 * picture n + 1, and the lock-step test holds them to that.
 */
import { NO_PROBING, onlyFromPipe, QUIET } from './pipe-args.ts';

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

/** Pixels per second that one x264 thread encodes with ease. */
const PIXELS_PER_THREAD = 1280 * 720 * 30;

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
