/** Playlists of other qualities that hls.js has kept for so long that it would place the next one wrongly. */
import Hls, { type LevelDetails } from 'hls.js';

/** Segments that have to be left of an old playlist: on a slow line the next one takes some seconds to come. */
const LEFT_SEGMENTS = 5;

/** First and last media sequence numbers of a playlist. */
export type ListedSpan = Pick<LevelDetails, 'startSN' | 'endSN'>;

/** Whether too little of an old playlist is still listed in the one that is played now to place the next one by it. */
export function isForgotten(old: ListedSpan, now: ListedSpan): boolean {
  return old.endSN - now.startSN + 1 < LEFT_SEGMENTS;
}

/**
 * Coming back to a quality, hls.js (1.7.4) places its playlist by the one that it knew. Where they share no segment, it takes all that lie
 * between for as long as the average, though some are shorter: each behind which an encoder began. What it held for live was up to
 * seconds beyond it, who jumped there stood still, and segments were loaded twice. What it does not know it places by the playlist that
 * is played, exactly.
 */
export function forgetOldPlaylists(hls: Hls): void {
  hls.on(Hls.Events.LEVEL_SWITCHING, (_event, { level }) => {
    const next = hls.levels[level];
    const now = hls.latestLevelDetails;
    if (next?.details?.live && now && isForgotten(next.details, now)) delete next.details;
  });
}
