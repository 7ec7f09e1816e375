/** How the making of a room's program goes, in plain words: pure. */
import type { AdminKey } from '../i18n/message.ts';
import type { Words } from '../i18n/words.ts';
import type { RoomHealth } from '../recording-types.ts';

/** Short, for a badge, and in sentences. */
export interface HealthWords {
  readonly look: 'good' | 'warn' | 'bad';
  readonly word: string;
  readonly details: readonly string[];
}

/** Share of pictures that came late from which on it is worth a word. */
const MANY_LATE = 0.02;
/** Steps of the degrade ladder. */
const STEPS = 5;

/** Undefined while nothing is known. */
export function healthWords(health: RoomHealth | undefined, { say, locale }: Words<AdminKey>): HealthWords | undefined {
  if (!health || health.frames === 0) return undefined;
  const { step, frames, lateFrames, skippedFrames, restarts: count } = health;
  const share = (lateFrames + skippedFrames) / (frames + skippedFrames);
  const restarted = count === 0 ? [] : [say('roomHealth.restarted', { count })];
  if (step > 0) {
    return {
      look: step > 2 ? 'bad' : 'warn',
      word: say('roomHealth.reduced', { step, steps: STEPS }),
      details: [say('roomHealth.reducedDetail'), ...restarted],
    };
  }
  if (share > MANY_LATE) {
    const digits = share < 0.1 ? 1 : 0;
    const numbers = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    return {
      look: 'warn',
      word: say('roomHealth.late'),
      details: [say('roomHealth.lateDetail', { percent: numbers.format(share * 100) }), ...restarted],
    };
  }
  return { look: 'good', word: say('roomHealth.well'), details: [say('roomHealth.wellDetail'), ...restarted] };
}
