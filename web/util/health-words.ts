/** How the making of a room's program goes, in plain words: pure. */
import type { RoomHealth } from '../recording-types.ts';

/** Short, for a badge, and in one sentence. */
export interface HealthWords {
  readonly look: 'good' | 'warn' | 'bad';
  readonly word: string;
  readonly detail: string;
}

/** Share of pictures that came late from which on it is worth a word. */
const MANY_LATE = 0.02;

/** Undefined while nothing is known. */
export function healthWords(health: RoomHealth | undefined): HealthWords | undefined {
  if (!health || health.frames === 0) return undefined;
  const { step, reason, frames, lateFrames, skippedFrames, restarts } = health;
  const share = (lateFrames + skippedFrames) / (frames + skippedFrames);
  const began = restarts === 0 ? '' : ` It was started anew ${restarts === 1 ? 'once' : `${restarts} times`}.`;
  if (step > 0) {
    const why = reason === undefined ? '' : `: ${reason}`;
    return {
      look: step > 2 ? 'bad' : 'warn',
      word: `Reduced, step ${step} of 5`,
      detail: `The machine is too slow for all of it${why}. It goes back by itself when there is room again.${began}`,
    };
  }
  if (share > MANY_LATE) {
    const percent = (share * 100).toFixed(share < 0.1 ? 1 : 0);
    return {
      look: 'warn',
      word: 'Late pictures',
      detail: `${percent} % of the pictures were late or left out.${began}`,
    };
  }
  return { look: 'good', word: 'All well', detail: `Every picture is on time.${began}` };
}
