/** What a player says of itself, from what playback knows and what the viewer did. */
import { NEAR_S } from './hls-edge.ts';

/**
 * Where playback is. `waiting`: nobody is live yet; `ready`: live, and the viewer has to begin; `starting`: the first picture
 * is to come; `reconnecting`: the way to the server is cut; `ended`: it was live, and may be again; `missing`: there is no such room, and may be one later.
 */
export type PlaybackPhase =
  | 'checking'
  | 'waiting'
  | 'ready'
  | 'starting'
  | 'playing'
  | 'reconnecting'
  | 'ended'
  | 'missing'
  | 'failed';

/** As `<gridcast-player>` shows and announces it. */
export type PlayerState =
  | 'checking'
  | 'not-started'
  | 'ready'
  | 'starting'
  | 'live'
  | 'behind'
  | 'paused'
  | 'reconnecting'
  | 'ended'
  | 'missing'
  | 'failed';

/** A server that was away has begun anew: for so long those who were in the room may come back, milliseconds. */
const BACK_MS = 60_000;

/**
 * Where playback is while there is nothing to play.
 * @param seen there was something. @param cutMs since the server went away, if it did
 */
export function phaseWithout(
  kind: 'nothing' | 'missing',
  seen: boolean,
  cutMs = Number.POSITIVE_INFINITY,
): 'waiting' | 'missing' | 'ended' | 'reconnecting' {
  if (!seen) return kind === 'nothing' ? 'waiting' : 'missing';
  // Who has watched it knows that there was one: with the room its broadcast is over.
  return kind === 'nothing' && cutMs < BACK_MS ? 'reconnecting' : 'ended';
}

/** @param distanceS from the picture shown to where live is, seconds */
export function playerState(phase: PlaybackPhase, paused: boolean, distanceS: number): PlayerState {
  switch (phase) {
    case 'waiting':
      return 'not-started';
    case 'playing':
      if (paused) return 'paused';
      return distanceS > NEAR_S ? 'behind' : 'live';
    default:
      return phase;
  }
}
