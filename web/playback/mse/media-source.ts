/** Media Source Extensions as this browser has them. */

/** What the program is made of; what profile its H.264 has the pieces themselves say. */
export const PROGRAM_TYPES = { video: 'video/mp4; codecs="avc1.42E01F"', audio: 'audio/mp4; codecs="opus"' } as const;

/** The same class under the name that phones of Apple have it. */
type MediaSourceClass = typeof MediaSource;

/**
 * The class to use; undefined when this browser has none that plays the program. The managed one comes first: it may drop
 * what was played, and is all there is on an iPhone.
 */
export function mediaSourceClass(): MediaSourceClass | undefined {
  const candidates = ['ManagedMediaSource', 'MediaSource'].map((name): unknown => Reflect.get(globalThis, name));
  return candidates
    .filter(isMediaSource)
    .find((candidate) => Object.values(PROGRAM_TYPES).every((type) => candidate.isTypeSupported(type)));
}

function isMediaSource(value: unknown): value is MediaSourceClass {
  return typeof value === 'function' && 'isTypeSupported' in value;
}
