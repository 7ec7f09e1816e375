/** What to ask of a MediaRecorder. */
/** What the server takes: VP8 first, because every recorder that writes it writes it alike. */
const TYPES = {
  video: ['video/webm;codecs=vp8', 'video/x-matroska;codecs=avc1', 'video/webm;codecs=h264'],
  audio: ['audio/webm;codecs=opus', 'video/webm;codecs=opus', 'audio/x-matroska;codecs=opus'],
} as const;
const VOICE_BITRATE = 40_000;
const MUSIC_BITRATE = 96_000;
const LEAST_BITRATE = 100_000;
/** Another recorder for less than this would cost a key frame for nothing. */
const WORTH = 0.25;

/** What a picture may cost. */
export interface RecorderTarget {
  /** Pictures a second, at least 1. */
  readonly framerate: number;
  /** Bits per second. */
  readonly maxBitrate: number;
}

/** The type to record in, undefined when this browser has none that the server takes. */
export function recorderType(kind: 'video' | 'audio', isSupported: (type: string) => boolean): string | undefined {
  return TYPES[kind].find((type) => isSupported(type));
}

/** Bits per second for a picture. */
export function pictureBitrate(target: RecorderTarget): number {
  return Math.max(LEAST_BITRATE, target.maxBitrate);
}

/** Bits per second for a sound. */
export function soundBitrate(content: 'voice' | 'music'): number {
  return content === 'voice' ? VOICE_BITRATE : MUSIC_BITRATE;
}

/** Whether `wanted` differs so much from what is being recorded that another recorder is worth its key frame. */
export function isOtherTarget(now: RecorderTarget, wanted: RecorderTarget): boolean {
  return (['framerate', 'maxBitrate'] as const).some((name) => {
    return Math.abs(wanted[name] - now[name]) > WORTH * now[name];
  });
}
