/** Reads what a coded picture says about itself, before a decoder sees it. */
import { LimitError, ProtocolError } from '../errors.ts';
import type { VideoConfig } from '../media/codec.ts';
import { frameContents } from '../media/h264.ts';
import { MediaFormatError } from '../media/media-format-error.ts';
import { vp8KeyframeSize } from '../media/vp8.ts';

/** What a key frame says about itself. */
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

/** In one frame: a decoder holds some kilobytes for each unit, and encoders that cut pictures into packets make some hundreds. */
const MAX_UNITS = 1000;
/**
 * Pictures that one frame may begin, one for each field: more of them would be decoded for the price of one. A slice that comes once more
 * counts as another picture, as its decoder works through it once more.
 */
const MAX_PICTURES = 2;
/**
 * Slices of a frame: one for each row of the largest pictures, and one for each packet of a network beside. A slice of a few bytes can
 * stand for all of a picture, and hundreds of these, each a little shorter than the one before, for hundreds of pictures.
 */
const MAX_SLICES = { any: 150, perByte: 1 / 500 };
/** Edges of what an encoder works in; it crops the rest away. Twice as high where fields are coded. */
const BLOCK = { width: 16, height: 32 };

/**
 * The facts of a key frame, undefined for any other frame. What begins a stream counts as a key frame whatever its header
 * says: otherwise a size could change unseen.
 * @throws ProtocolError `bad_keyframe` when it is none of its codec, `bad_frame` when it is more than a picture,
 * LimitError `resolution_limit`.
 */
export function inspectPicture(payload: Uint8Array, claim: PictureClaim): PictureFacts | undefined {
  const { track, codec, flagged, maxPixels } = claim;
  const facts = read(codec, payload, track);
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

function read(codec: VideoConfig['codec'], payload: Uint8Array, track: number): Contents | 'broken' | undefined {
  try {
    return codec === 'h264' ? readH264(payload, track) : readVp8(payload);
  } catch (error) {
    if (error instanceof MediaFormatError) return 'broken';
    throw error;
  }
}

function readH264(payload: Uint8Array, track: number): Contents | 'broken' | undefined {
  const { sps, idr, units, slices, pictures } = frameContents(payload, MAX_UNITS);
  if (units > MAX_UNITS) {
    const remedy = 'cut pictures into fewer slices';
    throw new ProtocolError('bad_frame', `A frame of track ${track} has more than ${MAX_UNITS} NAL units; ${remedy}.`);
  }
  if (pictures > MAX_PICTURES) {
    const remedy = 'send each in a frame of its own, and none of its slices twice';
    throw new ProtocolError('bad_frame', `A frame of track ${track} holds ${pictures} pictures; ${remedy}.`);
  }
  const maxSlices = Math.floor(MAX_SLICES.any + payload.length * MAX_SLICES.perByte);
  if (slices > maxSlices) {
    const remedy = `cut pictures of ${payload.length} bytes into ${maxSlices} at most`;
    throw new ProtocolError('bad_frame', `A frame of track ${track} has ${slices} slices; ${remedy}.`);
  }
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
