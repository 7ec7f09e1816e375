/** How media leave and reach this browser: coded frame by frame where it can, else as files. */
import type { BrowserFeatures } from '../capture/device-words.ts';

/** `recorder`: MediaRecorder's files; `mse`: fragments in a video element. */
export interface MediaWays {
  readonly capture: 'encoders' | 'recorder';
  readonly playback: 'decoders' | 'mse';
}

/**
 * The quickest ways that the browser has. `search` of the page's address may force the slower ones, to try them out:
 * `capture=recorder`, `playback=mse`.
 */
export function mediaWays(features: BrowserFeatures, search: string): MediaWays {
  const wishes = new URLSearchParams(search);
  const encoders = features.encoders && features.audioWorklet && wishes.get('capture') !== 'recorder';
  const decoders = features.decoders && features.audioWorklet && wishes.get('playback') !== 'mse';
  return { capture: encoders ? 'encoders' : 'recorder', playback: decoders ? 'decoders' : 'mse' };
}
