/** The H.264 encoders that can make a program, by the names the configuration uses. */

/** FFmpeg's name for each. `x264` is software and always there; the others need a device, its driver and a test. */
export const FFMPEG_ENCODERS = {
  x264: 'libx264',
  vaapi: 'h264_vaapi',
  nvenc: 'h264_nvenc',
  videotoolbox: 'h264_videotoolbox',
  qsv: 'h264_qsv',
} as const;

/** Name of an encoder. */
export type VideoEncoderName = keyof typeof FFMPEG_ENCODERS;
/** One that needs a device. */
export type HardwareEncoderName = Exclude<VideoEncoderName, 'x264'>;

/** What precedes the input: which device is opened. FFmpeg takes the machine's first one. */
const DEVICE: Record<VideoEncoderName, readonly string[]> = {
  x264: [],
  vaapi: ['-init_hw_device', 'vaapi=hw', '-filter_hw_device', 'hw'],
  nvenc: [],
  videotoolbox: [],
  qsv: ['-init_hw_device', 'qsv=hw', '-filter_hw_device', 'hw'],
};
/** How pictures reach the encoder. */
const FILTERS: Record<VideoEncoderName, readonly string[]> = {
  x264: [],
  vaapi: ['format=nv12', 'hwupload'],
  nvenc: [],
  videotoolbox: [],
  qsv: ['format=nv12'],
};
/** No frame is kept back, none is reordered, forced key frames can start a decoder. */
const LOW_DELAY: Record<HardwareEncoderName, readonly string[]> = {
  vaapi: ['-profile:v', 'main', '-rc_mode', 'CBR', '-async_depth', '1', '-idr_interval', '0'],
  nvenc: [
    ...['-profile:v', 'main', '-preset', 'p4', '-tune', 'ull', '-rc', 'cbr', '-rc-lookahead', '0'],
    ...['-zerolatency', '1', '-delay', '0', '-forced-idr', '1', '-no-scenecut', '1'],
  ],
  videotoolbox: ['-profile:v', 'main', '-realtime', '1', '-allow_sw', '0'],
  qsv: [
    ...['-profile:v', 'main', '-preset', 'veryfast', '-async_depth', '1', '-look_ahead', '0'],
    ...['-forced_idr', '1', '-idr_interval', '0', '-max_dec_frame_buffering', '1'],
  ],
};

/** Options before the input. */
export function deviceArgs(encoder: VideoEncoderName): readonly string[] {
  return DEVICE[encoder];
}

/** Filters before the encoder, in order; none for most. */
export function uploadFilters(encoder: VideoEncoderName): readonly string[] {
  return FILTERS[encoder];
}

/** The encoder and what makes it fast and predictable; x264 is told its preset and number of threads. */
export function codecArgs(
  encoder: VideoEncoderName,
  x264: { readonly preset: string; readonly threads: number },
): string[] {
  const codec = ['-c:v', FFMPEG_ENCODERS[encoder]];
  if (encoder !== 'x264') return [...codec, ...LOW_DELAY[encoder]];
  const { preset, threads } = x264;
  const quality = ['-preset', preset, '-tune', 'zerolatency', '-profile:v', 'main', '-threads', String(threads)];
  // Scene cuts put key frames where nobody expects them.
  return [...codec, ...quality, '-sc_threshold', '0'];
}
