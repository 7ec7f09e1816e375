/** What a picture is encoded to: the least of what its source gives, its tile shows, and the line carries. */
import type { PictureTarget } from '../../src/protocol/flow/quality-ladder.ts';
import type { TrackConfig } from '../transport/outgoing-track.ts';
import { fitSize, type Size, type SizeStep } from './fit-size.ts';

/** What an encoder has to spare: movement or sharp edges, a voice or everything one can hear. */
export type SourceContent = 'motion' | 'detail' | 'voice' | 'music';

/** What a browser encodes. */
export interface PictureEncoding {
  readonly codec: 'h264' | 'vp8';
  readonly sizeStep: SizeStep;
}

/** What the encoder is set to. */
export interface EncoderSettings extends Size {
  readonly codec: PictureEncoding['codec'];
  readonly framerate: number;
  /** Bits per second. */
  readonly bitrate: number;
  /** Sharp edges matter more than smooth movement. */
  readonly detail: boolean;
}

// Limit of level 3.1 (table A-1): 1280x720 at 30 frames per second.
const MOST_BLOCKS = 3600;
const MOST_BLOCKS_PER_SECOND = 108_000;

/** Constrained baseline, which every browser decodes: at level 3.1, above 1280x720 at 30 frames per second at 4.0. */
export function h264CodecString({ width, height, framerate }: Size & { readonly framerate: number }): string {
  const blocks = Math.ceil(width / 16) * Math.ceil(height / 16);
  return blocks <= MOST_BLOCKS && blocks * framerate <= MOST_BLOCKS_PER_SECOND ? 'avc1.42E01F' : 'avc1.42E028';
}

// Edges are read, movement is seen: what is sharp may come half as often.
const DETAIL_FRAMERATE = 15;

/** The settings for a source of this size; whole frames a second, at least one. */
export function pictureSettings(
  { codec, sizeStep }: PictureEncoding,
  content: SourceContent,
  source: Size,
  target: PictureTarget,
): EncoderSettings {
  const detail = content === 'detail';
  const framerate = Math.max(1, Math.min(target.framerate, detail ? DETAIL_FRAMERATE : target.framerate));
  // At the edges of a screen there is something to read.
  return { codec, ...fitSize(source, target, sizeStep, !detail), framerate, bitrate: target.bitrate, detail };
}

/** Whether an encoder need not be set up anew. */
export function sameSettings(a: EncoderSettings, b: EncoderSettings): boolean {
  return sameSize(a, b) && a.framerate === b.framerate && a.bitrate === b.bitrate && a.detail === b.detail;
}

/** Whether two pictures are of one size. */
export function sameSize(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height;
}

/** The same for the server. */
export function trackConfig(settings: EncoderSettings): TrackConfig {
  const { codec, width, height, framerate } = settings;
  return codec === 'h264'
    ? { codec, codecString: h264CodecString(settings), width, height, framerate }
    : { codec, width, height, framerate };
}
