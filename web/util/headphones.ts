/** Whether somebody wears headphones: then nothing of the room comes back into their microphone. */
import { recall, remember } from './page-storage.ts';

const KEY = 'gridcast.headphones';

/** As they said last; at first: no. */
export function hasHeadphones(): boolean {
  return recall('local', KEY) === 'yes';
}

/** Holds for microphones that are opened from now on. */
export function setHeadphones(wears: boolean): void {
  remember('local', KEY, wears ? 'yes' : '');
}

/**
 * What a microphone should do with its sound. The room is played by WebAudio, which a canceller that listens to calls alone would miss:
 * where a browser knows kinds, the one that takes in everything the computer plays is asked for; others read the word as "yes".
 */
export function soundConstraints(headphones: boolean): MediaTrackConstraints {
  const everything = { ideal: 'all' } as unknown as ConstrainBoolean;
  return { echoCancellation: headphones ? false : everything, noiseSuppression: true, autoGainControl: true };
}
