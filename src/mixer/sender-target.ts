/** What the sender of a track is asked to send: no more than its tile can show. Pure. */
import type { Region } from '../layout/layout.ts';
import type { TrackTarget } from '../room/track.ts';

/** Bits per pixel that a sender is asked to stay below: enough for a tile in which everything moves. */
const BITS_PER_PIXEL = 0.12;
const LEAST_BITRATE = 200_000;
/** The frame rate asked of senders while tiles are slow. */
const SLOW_FRAMERATE = 5;
/** Asked of a hidden track: enough to show a picture at once when it comes back. */
const HIDDEN_TARGET: TrackTarget = { width: 160, height: 90, framerate: 5, maxBitrate: 60_000 };

interface Size {
  readonly width: number;
  readonly height: number;
}

/** What a target depends on besides its tile. */
export interface TargetContext {
  /** The program's. */
  readonly framerate: number;
  /** The tile changes only a few times a second. */
  readonly slow: boolean;
  /** What comes now: its shape counts where the tile cuts its edges off. Undefined before the first picture. */
  readonly picture: Size | undefined;
  /** Larger pictures are refused. */
  readonly maxPixels: number;
}

/** @param region of the tile; undefined while it is hidden */
export function senderTarget(
  region: Pick<Region, 'width' | 'height' | 'fit'> | undefined,
  { framerate: most, slow, picture, maxPixels }: TargetContext,
): TrackTarget {
  if (!region) return HIDDEN_TARGET;
  const { width, height } = region.fit === 'cover' && picture ? covering(region, picture, maxPixels) : region;
  const framerate = slow ? SLOW_FRAMERATE : most;
  const maxBitrate = Math.max(LEAST_BITRATE, Math.round(width * height * framerate * BITS_PER_PIXEL));
  return { width, height, framerate, maxBitrate };
}

/**
 * The size in which a picture covers all of a cell, even in both directions. Within the cell's own it would be stretched for that:
 * 640x360 to twice as much in one of 640x720.
 */
function covering(cell: Size, picture: Size, maxPixels: number): Size {
  const scale = Math.max(cell.width / picture.width, cell.height / picture.height);
  const least = Math.min(scale, Math.sqrt(maxPixels / (picture.width * picture.height)));
  const even = (pixels: number): number => Math.max(2, 2 * Math.floor((pixels * least + 0.01) / 2));
  return { width: even(picture.width), height: even(picture.height) };
}
