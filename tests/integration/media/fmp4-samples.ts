/** Real coded frames for the tests of fragmented MP4. */
import type { AacConfig, H264Config } from '../../../src/media/codec.ts';
import { FlvReader, type FlvTag } from '../../../src/media/flv-reader.ts';
import { type FragmentTrack, fragment, initSegment } from '../../../src/media/fmp4-writer.ts';
import { parseAvcC } from '../../../src/media/h264.ts';
import { type MediaTools, testPicture, testTone } from './media-tools.ts';

/** Ticks per second, and per frame. */
export const VIDEO = { timescale: 15_360, duration: 512 } as const;
export const AUDIO = { timescale: 48_000, duration: 1024 } as const;

/** Frames with the configuration of their tracks. */
export interface CodedProgram {
  readonly init: Uint8Array;
  readonly video: { readonly config: H264Config; readonly samples: FragmentTrack['samples'] };
  readonly audio: { readonly config: AacConfig; readonly samples: FragmentTrack['samples'] };
}

/** 30 pictures of 322x182 with a key frame every 10, and about as much sound. */
export async function codedProgram(tools: MediaTools): Promise<CodedProgram> {
  const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-g', '10', '-pix_fmt', 'yuv420p'];
  const inputs = [...testPicture('322x182', 30), ...testTone(1)];
  const flv = await tools.ffmpeg([...inputs, ...h264, '-c:a', 'aac', '-ac', '2', '-f', 'flv', 'pipe:1']);
  const tags: FlvTag[] = [];
  new FlvReader({ maxTagBytes: 1_000_000, onTag: (tag) => tags.push(tag) }).push(flv);
  const description = (kind: FlvTag['kind']): Uint8Array =>
    tags.find((tag) => tag.kind === kind)?.data ?? new Uint8Array(0);
  const samples = (kind: 'video' | 'audio', duration: number): FragmentTrack['samples'] =>
    tags.flatMap((tag) => (tag.kind === kind ? [{ data: tag.data, keyframe: tag.keyframe, duration }] : []));
  const { codecString } = parseAvcC(description('video-config'));
  const size = { width: 322, height: 182, framerate: 30 };
  const video: H264Config = {
    codec: 'h264',
    format: 'avc',
    codecString,
    description: description('video-config'),
    ...size,
  };
  const audio: AacConfig = {
    codec: 'aac',
    codecString: 'mp4a.40.2',
    description: description('audio-config'),
    sampleRate: AUDIO.timescale,
    channels: 2,
  };
  return {
    init: initSegment({
      video: { config: video, timescale: VIDEO.timescale },
      audio: { config: audio, timescale: AUDIO.timescale },
    }),
    video: { config: video, samples: samples('video', VIDEO.duration) },
    audio: { config: audio, samples: samples('audio', AUDIO.duration) },
  };
}

/** Parts of 10 pictures with the sound beside them, in order; `startSeconds` is whole. */
export function partsOf(program: CodedProgram, startSeconds = 0): Uint8Array[] {
  return [0, 1, 2].map((part) =>
    fragment(part + 1, [
      {
        trackId: 1,
        baseDecodeTime: startSeconds * VIDEO.timescale + part * 10 * VIDEO.duration,
        samples: program.video.samples.slice(part * 10, part * 10 + 10),
      },
      {
        trackId: 2,
        baseDecodeTime: startSeconds * AUDIO.timescale + part * 15 * AUDIO.duration,
        samples: program.audio.samples.slice(part * 15, part * 15 + 15),
      },
    ]),
  );
}

/** One after the other. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
