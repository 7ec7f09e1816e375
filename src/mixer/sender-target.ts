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

/**
 * @param region of the tile; undefined while it is hidden
 * @param options `framerate`: the program's; `slow`: the tile changes only a few times a second
 */
export function senderTarget(
  region: Pick<Region, 'width' | 'height'> | undefined,
  { framerate: most, slow }: { readonly framerate: number; readonly slow: boolean },
): TrackTarget {
  if (!region) return HIDDEN_TARGET;
  const { width, height } = region;
  const framerate = slow ? SLOW_FRAMERATE : most;
  const maxBitrate = Math.max(LEAST_BITRATE, Math.round(width * height * framerate * BITS_PER_PIXEL));
  return { width, height, framerate, maxBitrate };
}
