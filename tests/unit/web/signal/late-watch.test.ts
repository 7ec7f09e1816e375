import { describe, expect, it } from 'vitest';
import { LateWatch } from '../../../../web/signal/late-watch.ts';

/** What is said in each second. */
function watch(seconds: readonly (readonly [latencyMs: number | undefined, arrivalMs: number | undefined])[]) {
  const late = new LateWatch();
  return seconds.map(([latencyMs, arrivalMs], index) => late.update({ latencyMs, arrivalMs }, index * 1000));
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe('LateWatch', () => {
  it('says nothing of what is late for a moment', () => {
    const said = watch([...times(4, [9000, 100] as const), ...times(4, [200, 100] as const)]);
    expect(said).toEqual(times(8, undefined));
  });

  it.each([
    ['the computer, when they come in time', 100, 'computer'],
    ['their way, when they come late', 9000, 'way'],
    ['their way, when none comes', undefined, 'way'],
  ])('blames %s', (_, arrivalMs, cause) => {
    expect(watch(times(5, [9000, arrivalMs] as const)).at(-1)).toBe(cause);
  });

  it('takes it back once pictures have come in time for three seconds, and not between', () => {
    const said = watch([
      ...times(5, [9000, 100] as const),
      [1000, 100],
      [2000, 1500],
      ...times(3, [1000, 100] as const),
      [1000, 100],
    ]);
    expect(said.slice(4)).toEqual([...times(6, 'computer'), undefined]);
  });

  it('knows nothing of what nobody measures', () => {
    expect(watch(times(9, [undefined, undefined] as const))).toEqual(times(9, undefined));
  });
});
