import { describe, expect, it } from 'vitest';
import { LiveJumps } from '../../../../web/controllers/live-jumps.ts';

/** Late, on a line that brings hardly what is played. */
const SLOW = { latencyS: 9, distanceS: 8, chosen: false, paused: false, aheadS: 0.5, owedS: 7 };
const S = 1000;

/** Seconds at which somebody is taken to live who looks four times a second. */
function jumps(made: LiveJumps, facts: (second: number) => typeof SLOW, seconds: number): number[] {
  const times = Array.from({ length: seconds * 4 }, (_, quarter) => quarter / 4);
  return times.filter((second) => made.due(facts(second), second * S));
}

describe('LiveJumps', () => {
  it('takes nobody to live who is not late', () => {
    const made = new LiveJumps();
    expect(jumps(made, () => ({ ...SLOW, latencyS: 3, aheadS: 3, owedS: 0 }), 300)).toEqual([]);
    expect(jumps(made, () => ({ ...SLOW, chosen: true }), 300)).toEqual([]);
  });

  it('lets who has a slow line see what comes, longer after each jump that did not last', () => {
    expect(jumps(new LiveJumps(), () => SLOW, 460)).toEqual([30, 90, 210, 330, 450]);
  });

  it('does not take a segment that came in one piece for a fast line', () => {
    const made = new LiveJumps();
    expect(made.due({ ...SLOW, aheadS: 2.4, owedS: 5.6 }, 5 * S)).toBe(false);
    expect(made.due({ ...SLOW, aheadS: 10.5, owedS: 5 }, 6 * S)).toBe(false);
  });

  it('goes to live at once when nearly all of what is announced lies ready, or more than a segment', () => {
    const all = { ...SLOW, aheadS: 8.5, owedS: 1 };
    expect(new LiveJumps().due(all, 5 * S)).toBe(true);
    expect(new LiveJumps().due({ ...all, owedS: 1.1 }, 5 * S)).toBe(false);
    expect(new LiveJumps().due({ ...all, aheadS: 1.9, owedS: 0 }, 5 * S)).toBe(false);
    expect(new LiveJumps().due({ ...SLOW, aheadS: 12, owedS: 40 }, 5 * S)).toBe(true);
  });

  it('begins again with what begins again, after a fast line, and after a jump that lasted', () => {
    const made = new LiveJumps();
    const after = (from: number): number[] =>
      jumps(made, (second) => (second < from ? { ...SLOW, chosen: true } : SLOW), from + 60);
    expect(jumps(made, () => SLOW, 100)).toEqual([30, 90]);
    made.begin(0);
    expect(jumps(made, () => SLOW, 100)).toEqual([30, 90]);
    expect(made.due({ ...SLOW, aheadS: 8, owedS: 0 }, 91 * S)).toBe(true);
    expect(made.due(SLOW, 120 * S)).toBe(false);
    expect(made.due(SLOW, 121 * S)).toBe(true);
    // For four minutes nothing was late: one jump at once, and the next is not far.
    expect(after(400)).toEqual([400, 430]);
  });
});
