/** Names of a finished recording's HLS in its archive. */

/** The playlist. */
export const VOD_PLAYLIST = 'vod.m3u8';
/** What its media are called by before the names they had in the session. */
export const VOD_PREFIX = 'vod-';

/** Whether a file of an archive is its playlist or named by it. */
export function isVodFile(name: string): boolean {
  return name === VOD_PLAYLIST || (name.startsWith(VOD_PREFIX) && /\.(?:mp4|m4s)$/.test(name));
}
