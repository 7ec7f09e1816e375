import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Turnstile } from '../../../src/util/turnstile.ts';

/** A crowd of so many; who has passed so far. */
function crowd(turnstile: Turnstile, count: number, passed: number[]): void {
  for (let one = 0; one < count; one += 1) {
    const wait = turnstile.pass();
    if (wait) void wait.then(() => passed.push(one));
    else passed.push(one);
  }
}

describe('a turnstile', () => {
  it('lets so many pass at once, and the rest in later turns of the loop, in their order', async () => {
    const turnstile = new Turnstile(3);
    const passed: number[] = [];
    crowd(turnstile, 8, passed);
    expect(passed).toEqual([0, 1, 2]);
    await turn();
    expect(passed).toEqual([0, 1, 2, 3, 4, 5]);
    await turn();
    expect(passed).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('has room again a turn after the last one', async () => {
    const turnstile = new Turnstile(2);
    for (let round = 0; round < 3; round += 1) {
      const passed: number[] = [];
      crowd(turnstile, 2, passed);
      expect(passed).toEqual([0, 1]);
      await turn();
    }
  });

  it('lets nobody pass those who wait', async () => {
    const turnstile = new Turnstile(1);
    const passed: number[] = [];
    crowd(turnstile, 3, passed);
    await turn();
    crowd(turnstile, 1, passed);
    expect(passed).toEqual([0, 1]);
    await turn();
    await turn();
    expect(passed).toEqual([0, 1, 2, 0]);
  });
});
