/** What a coded picture says about itself, read before a decoder sees it. */
import { AppError, LimitError, ProtocolError } from '../errors.ts';
import type { VideoConfig } from '../media/codec.ts';
import { frameContents } from '../media/h264.ts';
import { vp8KeyframeSize } from '../media/vp8.ts';

/** A key frame's own words. */
export interface PictureFacts {
  readonly width: number;
  readonly height: number;
  /** What its decoder has to work through. */
  readonly pixels: number;
}

/** What is known of a picture from elsewhere. */
export interface PictureClaim {
  /** For the sentence. */
  readonly track: number;
  readonly codec: VideoConfig['codec'];
  /** The header calls it a key frame. */
  readonly flagged: boolean;
  readonly maxPixels: number;
}

/** Edges of what an encoder works in; it crops the rest away. Twice as high where fields are coded. */
const BLOCK = { width: 16, height: 32 };

/**
 * The facts of a key frame, undefined for any other frame. What begins a stream counts as a key frame whatever its header
 * says: otherwise a size could change unseen.
 * @throws ProtocolError `bad_keyframe` when it is none of its codec, LimitError `resolution_limit`.
 */
export function inspectPicture(payload: Uint8Array, claim: PictureClaim): PictureFacts | undefined {
  const { track, codec, flagged, maxPixels } = claim;
  const facts = read(codec, payload);
  if (facts === 'broken' || (flagged && !facts?.startsStream)) {
    const form = codec === 'h264' ? 'H.264 in Annex B with its parameter sets' : 'VP8';
    throw new ProtocolError('bad_keyframe', `A key frame of track ${track} is no ${form}.`);
  }
  if (facts && facts.pixels > maxPixels) {
    throw new LimitError(
      'resolution_limit',
      `The picture is ${facts.width}x${facts.height}; at most ${maxPixels} pixels are allowed. Send it smaller.`,
      413,
    );
  }
  return facts?.startsStream ? facts : undefined;
}

/** Whether two sizes differ by more than what encoders add to fill their blocks. */
export function isOtherSize(
  one: Pick<PictureFacts, 'width' | 'height'>,
  other: Pick<PictureFacts, 'width' | 'height'>,
): boolean {
  return Math.abs(one.width - other.width) >= BLOCK.width || Math.abs(one.height - other.height) >= BLOCK.width;
}

interface Contents extends PictureFacts {
  /** False for parameter sets alone. */
  readonly startsStream: boolean;
}

function read(codec: VideoConfig['codec'], payload: Uint8Array): Contents | 'broken' | undefined {
  try {
    return codec === 'h264' ? readH264(payload) : readVp8(payload);
  } catch (error) {
    if (error instanceof AppError) return 'broken';
    throw error;
  }
}

function readH264(payload: Uint8Array): Contents | 'broken' | undefined {
  const { sps, idr } = frameContents(payload);
  if (!sps) return idr ? 'broken' : undefined;
  const { width, height, codedPixels } = sps;
  // Most of a gigantic picture can be cropped away; the decoder works on all of it.
  const isPlain = codedPixels <= roundUp(width, BLOCK.width) * roundUp(height, BLOCK.height);
  return { width, height, pixels: isPlain ? width * height : codedPixels, startsStream: idr };
}

function readVp8(payload: Uint8Array): Contents | undefined {
  const size = vp8KeyframeSize(payload);
  return size && { ...size, pixels: size.width * size.height, startsStream: true };
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}
