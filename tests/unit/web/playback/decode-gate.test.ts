import { describe, expect, it } from 'vitest';
import { DecodeGate } from '../../../../web/playback/decode-gate.ts';

const FPS = 30;
const GROUP = 60;

interface Shown {
  readonly atMs: number;
  /** Since it arrived. */
  readonly ageMs: number;
}

/** Pictures of so many seconds, each of which takes a decoder `decodeMs(atMs)`. */
function play(seconds: number, decodeMs: (atMs: number) => number) {
  const gate = new DecodeGate();
  const shown: Shown[] = [];
  const asked: number[] = [];
  let anew = 0;
  let inside: { readonly arrivedMs: number; readonly timestampUs: number }[] = [];
  let doneMs = 0;
  const work = (untilMs: number): void => {
    for (let [next] = inside; next; [next] = inside) {
      const endMs = Math.max(doneMs, next.arrivedMs) + decodeMs(Math.max(doneMs, next.arrivedMs));
      if (endMs > untilMs) return;
      doneMs = endMs;
      inside = inside.slice(1);
      gate.gave(next.timestampUs);
      shown.push({ atMs: doneMs, ageMs: doneMs - next.arrivedMs });
    }
  };
  for (let index = 0; index < seconds * FPS; index += 1) {
    const nowMs = (index * 1000) / FPS;
    work(nowMs);
    const timestampUs = Math.round(nowMs * 1000);
    const step = gate.take({ keyframe: index % GROUP === 0, broken: false, timestampUs }, nowMs);
    if (step.anew) {
      anew += 1;
      inside = [];
      doneMs = nowMs;
    }
    if (step.ask) asked.push(nowMs);
    if (step.decode) inside.push({ arrivedMs: nowMs, timestampUs });
  }
  return { gate, shown, asked, anew };
}

const oldest = (shown: readonly Shown[]): number => Math.max(...shown.map(({ ageMs }) => ageMs));

describe('DecodeGate', () => {
  it('leaves nothing out for a decoder that keeps up', () => {
    const { shown, anew, asked, gate } = play(30, () => 20);
    expect(shown).toHaveLength(30 * FPS - 1);
    expect([anew, asked, gate.software]).toEqual([0, [], false]);
  });

  it.each([
    ['a little', 40, 40, 450],
    ['four times', 130, 4, 1200],
    ['fifteen times', 500, 1, 1500],
  ])(
    'shows nothing old with a decoder that is too slow by %s, and something of each group',
    (_, decodeMs, least, mostMs) => {
      const { shown, asked } = play(60, () => decodeMs);
      // With hardware it begins otherwise.
      expect(oldest(shown.filter(({ atMs }) => atMs > 4000))).toBeLessThan(mostMs);
      for (let fromMs = 4000; fromMs < 58_000; fromMs += 2000) {
        const ofGroup = shown.filter(({ atMs }) => atMs >= fromMs && atMs < fromMs + 2000);
        expect(ofGroup.length).toBeGreaterThanOrEqual(least);
      }
      // The answer would be the whole group.
      expect(asked.filter((atMs) => atMs > 2000)).toEqual([]);
    },
  );

  it('shows everything again as soon as the decoder keeps up again', () => {
    const { shown } = play(40, (atMs) => (atMs > 10_000 && atMs < 20_000 ? 500 : 5));
    const after = shown.filter(({ atMs }) => atMs > 22_100);
    expect(oldest(after)).toBeCloseTo(5);
    expect(after.length).toBeGreaterThan(17 * FPS);
  });

  it('asks for a key frame at once where one is missing, and once a second', () => {
    const gate = new DecodeGate();
    const take = (keyframe: boolean, broken: boolean, nowMs: number) =>
      gate.take({ keyframe, broken, timestampUs: nowMs * 1000 }, nowMs);
    expect(take(false, false, 0)).toEqual({ anew: false, ask: true, decode: false });
    expect(take(false, false, 999)).toEqual({ anew: false, ask: false, decode: false });
    expect(take(true, false, 1000)).toEqual({ anew: false, ask: false, decode: true });
    expect(take(false, true, 1001)).toEqual({ anew: false, ask: true, decode: false });
  });

  it('takes hardware that gives nothing for half a second for what keeps pictures back', () => {
    const { gate, anew, asked } = play(0.7, () => 10_000);
    expect([gate.software, anew]).toEqual([true, 1]);
    expect(asked).toHaveLength(1);
  });
});
