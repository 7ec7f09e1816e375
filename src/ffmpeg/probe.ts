/** What is in a local media file. */
import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { FfmpegError } from '../errors.ts';
import { MediaFormatError } from '../media/media-format-error.ts';
import type { Clock } from '../util/clock.ts';
import { run } from './run.ts';

/** One stream. Fields that the file does not tell are left out. */
export interface ProbedStream {
  readonly index: number;
  readonly kind: 'video' | 'audio' | 'subtitle' | 'other';
  /** FFmpeg's name, for example `h264`. */
  readonly codec: string;
  readonly width?: number;
  readonly height?: number;
  /** Frames per second, on average. */
  readonly framerate?: number;
  readonly sampleRate?: number;
  readonly channels?: number;
  readonly durationSeconds?: number;
  /** Number of frames, as the container tells. */
  readonly frames?: number;
  readonly title?: string;
}

/** A whole file. */
export interface ProbedFile {
  /** FFmpeg's names of the container, for example `mov,mp4,m4a,3gp,3g2,mj2`. */
  readonly format: string;
  readonly durationSeconds?: number;
  readonly streams: readonly ProbedStream[];
  readonly chapters: readonly { readonly startSeconds: number; readonly endSeconds: number; readonly title?: string }[];
}

const TIMEOUT_MS = 30_000;
/** Containers that hold what they play. Playlists are none: whatever a file is called, it cannot make another one be read. */
const CONTAINERS = 'mov,matroska,mpegts,mpeg,avi,flv,nut,ogg,wav,mp3,aac,flac';

// ffprobe prints most numbers as text, and leaves out what it does not know.
const number = z.coerce.number().optional().catch(undefined);
const tags = z.object({ title: z.string().optional() }).optional();
const outputSchema = z.object({
  format: z.object({ format_name: z.string(), duration: number }),
  streams: z.array(
    z.object({
      index: z.int(),
      codec_type: z.string().optional(),
      codec_name: z.string().default('unknown'),
      width: number,
      height: number,
      avg_frame_rate: z.string().optional(),
      sample_rate: number,
      channels: number,
      duration: number,
      nb_frames: number,
      tags,
    }),
  ),
  chapters: z.array(z.object({ start_time: z.coerce.number(), end_time: z.coerce.number(), tags })).default([]),
});

/**
 * Asks ffprobe about a file; nothing but this file is opened.
 * @throws MediaFormatError when the file is missing or no media; FfmpegError when ffprobe was killed, as on a machine that is too busy, or
 *   its answer makes no sense.
 */
export async function probeFile(ffprobePath: string, file: string, clock: Clock): Promise<ProbedFile> {
  // An absolute path behind `file:` is never an option nor another protocol.
  const path = isAbsolute(file) ? file : resolve(file);
  const args = ['-v', 'error', '-protocol_whitelist', 'file', '-format_whitelist', CONTAINERS, '-of', 'json'];
  const wanted = ['-show_format', '-show_streams', '-show_chapters', '-i', `file:${path}`];
  const { stdout, failure, unfinished } = await run(ffprobePath, [...args, ...wanted], {
    clock,
    timeoutMs: TIMEOUT_MS,
  });
  if (unfinished) throw new FfmpegError(`ffprobe did not come to its end: ${failure}`);
  if (failure !== undefined) throw new MediaFormatError(`The file cannot be read as media: ${failure}`);
  const parsed = outputSchema.safeParse(parseJson(stdout));
  if (!parsed.success) throw new FfmpegError('ffprobe gave an answer that cannot be understood', parsed.error);
  const { format, streams, chapters } = parsed.data;
  return {
    format: format.format_name,
    ...optional('durationSeconds', format.duration),
    streams: streams.map((stream) => ({
      index: stream.index,
      kind: kindOf(stream.codec_type),
      codec: stream.codec_name,
      ...optional('width', stream.width),
      ...optional('height', stream.height),
      ...optional('framerate', fraction(stream.avg_frame_rate)),
      ...optional('sampleRate', stream.sample_rate),
      ...optional('channels', stream.channels),
      ...optional('durationSeconds', stream.duration),
      ...optional('frames', stream.nb_frames),
      ...optional('title', stream.tags?.title),
    })),
    chapters: chapters.map((chapter) => ({
      startSeconds: chapter.start_time,
      endSeconds: chapter.end_time,
      ...optional('title', chapter.tags?.title),
    })),
  };
}

function kindOf(type: string | undefined): ProbedStream['kind'] {
  return type === 'video' || type === 'audio' || type === 'subtitle' ? type : 'other';
}

/** `30000/1001` as a number; undefined for `0/0`. */
function fraction(text: string | undefined): number | undefined {
  const [num, den] = (text ?? '').split('/').map(Number);
  return num !== undefined && den !== undefined && num > 0 && den > 0 ? num / den : undefined;
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [key in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [key in K]: V });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
