/**
 * Command lines of the program's encoders. Like those of the decoders, they were measured to give packet n before they get
 * picture n + 1, and the lock-step test holds them to that.
 */
import { NO_PROBING, onlyFromPipe, QUIET } from './pipe-args.ts';
import { codecArgs, deviceArgs, uploadFilters, type VideoEncoderName } from './video-encoders.ts';

/** A picture of the program and its encoder. */
export interface EncodeVideoOptions {
  readonly width: number;
  readonly height: number;
  /** Program frames per second. */
  readonly framerate: number;
  /** Program frames of each picture that is encoded; default 1. */
  readonly frameStep?: number;
  readonly kbit: number;
  /** An x264 preset; other encoders have one setting each. */
  readonly preset: string;
  /** Distance of key frames, in program frames. */
  readonly gopFrames: number;
  /** Number of the program frame that is written first: key frames are at multiples of `gopFrames`; default 0. */
  readonly firstFrame?: number;
  /** Default x264. */
  readonly encoder?: VideoEncoderName;
  /** Size of the pictures on standard input, when they are to be scaled. */
  readonly source?: { readonly width: number; readonly height: number };
}

/** Pixels per second that one x264 thread encodes with ease. */
const PIXELS_PER_THREAD = 1280 * 720 * 30;

/**
 * Raw I420 on stdin to H.264 in FLV on stdout: no B-frames, key frames exactly every `gopFrames` and at the first picture,
 * and (x264) an SPS that promises decoders that nothing is reordered (else hardware ones hold back up to 16 frames).
 */
export function encodeVideoArgs(options: EncodeVideoOptions): string[] {
  const { width, height, framerate, frameStep = 1, kbit, preset, encoder = 'x264', source = options } = options;
  const rate = frameStep === 1 ? String(framerate) : `${framerate}/${frameStep}`;
  // Slices cost quality, so there are only as many as the size needs.
  const pixelsPerSecond = (width * height * framerate) / frameStep;
  const threads = Math.min(8, Math.max(2, Math.ceil(pixelsPerSecond / PIXELS_PER_THREAD)));
  const scaled = source.width !== width || source.height !== height;
  const filters = [...(scaled ? [`scale=${width}:${height}:flags=bilinear`] : []), ...uploadFilters(encoder)];
  return [
    ...QUIET,
    ...deviceArgs(encoder),
    ...onlyFromPipe('rawvideo', 'rawvideo'),
    ...[...NO_PROBING, '-threads', '1'],
    ...['-f', 'rawvideo', '-pixel_format', 'yuv420p', '-video_size', `${source.width}x${source.height}`],
    ...['-framerate', rate, '-i', 'pipe:0'],
    ...['-map', '0:v', '-fps_mode', 'passthrough'],
    ...(filters.length > 0 ? ['-vf', filters.join(',')] : []),
    ...(uploadFilters(encoder).length > 0 ? [] : ['-pix_fmt', 'yuv420p']),
    ...codecArgs(encoder, { preset, threads }),
    ...keyframeArgs(options),
    ...['-bf', '0', '-b:v', `${kbit}k`, '-maxrate', `${kbit}k`, '-bufsize', `${Math.ceil(kbit / 2)}k`],
    ...flvToStdout(),
  ];
}

/** An encoder that starts between two multiples of the distance is told where the next ones are. */
function keyframeArgs(options: EncodeVideoOptions): string[] {
  const { gopFrames, frameStep = 1, firstFrame = 0 } = options;
  const pictures = Math.ceil(gopFrames / frameStep);
  const distance = ['-g', String(pictures), '-keyint_min', String(pictures)];
  const offset = firstFrame % gopFrames;
  if (offset === 0 && gopFrames % frameStep === 0) return distance;
  return [...distance, '-force_key_frames', `expr:lt(mod(n*${frameStep}+${offset},${gopFrames}),${frameStep})`];
}

/** Interleaved 32-bit floats, 48 kHz stereo, on stdin to AAC-LC in FLV on stdout. */
export function encodeAudioArgs(options: { readonly kbit: number }): string[] {
  return [
    ...QUIET,
    ...onlyFromPipe('f32le', 'pcm_f32le'),
    ...NO_PROBING,
    ...['-f', 'f32le', '-ar', '48000', '-ac', '2', '-i', 'pipe:0'],
    ...['-map', '0:a', '-c:a', 'aac', '-profile:a', 'aac_low', '-b:a', `${options.kbit}k`, ...coderOf(options.kbit)],
    ...flvToStdout(),
  ];
}

/** Least rate, thousand bits per second, at which the cheaper search finds as good a coding. */
const FAST_FROM_KBIT = 64;

/**
 * The default search takes two and a half times as long. Measured at 128 kbit/s: people's voices, alike on both channels, come out
 * 9 dB closer to what went in with this one, and a hard stereo mix 3 dB less close, both far beyond what is heard.
 */
function coderOf(kbit: number): string[] {
  return kbit < FAST_FROM_KBIT ? [] : ['-aac_coder', 'fast', '-aac_ms', '0'];
}

/** FLV: unlike fragmented MP4 and Matroska, its muxer gives a packet before the next one comes. */
function flvToStdout(): string[] {
  return ['-flush_packets', '1', '-flvflags', 'no_duration_filesize', '-f', 'flv', 'pipe:1'];
}
