/** How renders are coded: arguments of FFmpeg, by format. Pure. */
import { hasPicture, type RenderFormat, type RenderOrder } from './render-request.ts';

/** The encoders of an FFmpeg that matter here. */
export interface RenderEncoders {
  /** For WebM; undefined when there is none. */
  readonly webm: 'libvpx-vp9' | 'libvpx' | undefined;
  readonly mp3: boolean;
}

/** Seconds between key frames: what a player can go to at once. */
const GOP_SECONDS = 2;
/** Kilobits per second of sound. */
const SOUND_KBIT = { mp4: 160, webm: 128, mp3: 192 } as const;
/** Bits per pixel and picture of WebM, whose encoder wants a rate. */
const WEBM_BITS = 0.07;

/** Raw pictures on standard input. */
export function pictureInput({ width, height }: RenderOrder, framerate: number): string[] {
  return [
    ...['-f', 'rawvideo', '-pixel_format', 'yuv420p', '-video_size', `${width}x${height}`],
    ...['-framerate', String(framerate), '-i', 'pipe:0'],
  ];
}

/** What comes behind the inputs; sound is input `sound`. The file's name stands last. */
export function outputArgs(
  order: RenderOrder,
  options: {
    readonly framerate: number;
    readonly sound: number;
    readonly filter: string;
    readonly encoders: RenderEncoders;
    readonly title: string;
  },
): string[] {
  const { framerate, sound, filter, encoders, title } = options;
  return [
    ...(hasPicture(order.format) ? ['-map', '0:v:0'] : []),
    ...['-map', `${sound}:a:0`, '-af', filter, '-ar', '48000', '-ac', '2'],
    ...['-map_metadata', '-1', '-metadata', `title=${title}`],
    ...codingArgs(order, framerate, encoders),
  ];
}

function codingArgs(order: RenderOrder, framerate: number, { webm = 'libvpx' }: RenderEncoders): string[] {
  const picture = ['-pix_fmt', 'yuv420p', '-g', String(Math.round(framerate * GOP_SECONDS))];
  switch (order.format) {
    case 'mp4':
      return [
        ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', '-profile:v', 'high', ...picture],
        ...['-c:a', 'aac', '-b:a', `${SOUND_KBIT.mp4}k`, '-movflags', '+faststart', '-f', 'mp4'],
      ];
    case 'webm': {
      const kbit = Math.max(300, Math.round((order.width * order.height * framerate * WEBM_BITS) / 1000));
      const speed = webm === 'libvpx-vp9' ? ['-cpu-used', '7', '-row-mt', '1'] : ['-cpu-used', '6'];
      return [
        ...['-c:v', webm, '-deadline', 'realtime', '-b:v', `${kbit}k`, ...picture, ...speed],
        ...['-c:a', 'libopus', '-b:a', `${SOUND_KBIT.webm}k`, '-f', 'webm'],
      ];
    }
    case 'mp3':
      return ['-c:a', 'libmp3lame', '-b:a', `${SOUND_KBIT.mp3}k`, '-f', 'mp3'];
    case 'wav':
      return ['-c:a', 'pcm_s16le', '-rf64', 'auto', '-f', 'wav'];
  }
}

/** Whether these encoders make the format. */
export function canMake(format: RenderFormat, encoders: RenderEncoders): boolean {
  if (format === 'webm') return encoders.webm !== undefined;
  return format !== 'mp3' || encoders.mp3;
}
