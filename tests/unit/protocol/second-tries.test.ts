import { describe, expect, it } from 'vitest';
import { SecondTries } from '../../../src/protocol/second-tries.ts';
import { LASTED_MS, MOST_TRIES } from '../../../src/protocol/second-try.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const FILM = 4;

/** Tracks told by numbers, and the times when one was announced again. */
function setUp() {
  const clock = new FakeClock();
  const tries = new SecondTries<number>(clock);
  const announced: number[] = [];
  return {
    clock,
    tries,
    announced,
    end: (code = 'decode_failed', track = FILM) =>
      tries.ended(track, code, () => announced.push(clock.monotonicMs()))?.waitMs,
  };
}

describe('a picture that the server gave up', () => {
  it('waits, is announced once, and is being tried until the server answers', () => {
    const { clock, tries, announced, end } = setUp();
    tries.taken(FILM);
    expect([end(), tries.waiting, tries.isTrying(FILM)]).toEqual([10_000, 1, false]);
    clock.advance(9999);
    expect(announced).toEqual([]);
    clock.advance(60_001);
    expect(announced).toEqual([10_000]);
    expect([tries.waiting, tries.isTrying(FILM)]).toEqual([0, true]);
    tries.taken(FILM);
    expect([tries.isTrying(FILM), clock.pending]).toEqual([false, 0]);
  });

  it('is not being tried when it was never given up', () => {
    const { tries } = setUp();
    expect(tries.isTrying(FILM)).toBe(false);
    tries.taken(FILM);
    expect(tries.isTrying(FILM)).toBe(false);
  });

  it('is forgotten after the last try in vain, and counts from the beginning when its owner sends it anew', () => {
    const { clock, tries, end } = setUp();
    for (let index = 0; index < MOST_TRIES; index += 1) {
      expect(end()).toBeGreaterThan(0);
      clock.advance(60_000);
    }
    expect([end(), tries.isTrying(FILM), clock.pending]).toEqual([undefined, false, 0]);
    expect(end()).toBe(10_000);
  });

  it('has recovered after a minute, told once, and not when it ended before', () => {
    const { clock, tries, end } = setUp();
    let lasted = 0;
    const lasts = (): void => {
      lasted += 1;
    };
    tries.taken(FILM, lasts);
    clock.advance(LASTED_MS);
    expect(lasted).toBe(0);
    end();
    clock.advance(10_000);
    tries.taken(FILM, lasts);
    clock.advance(LASTED_MS - 1);
    expect(end()).toBe(20_000);
    clock.advance(20_000);
    tries.taken(FILM, lasts);
    clock.advance(2 * LASTED_MS);
    expect(lasted).toBe(1);
    expect(end()).toBe(10_000);
  });

  it('counts anew when it lasted, also where nobody asks for that', () => {
    const { clock, tries, end } = setUp();
    end();
    clock.advance(10_000);
    tries.taken(FILM);
    expect(clock.pending).toBe(0);
    clock.advance(LASTED_MS);
    expect(end()).toBe(10_000);
  });

  it('waits longer when its second announcement came too soon', () => {
    const { clock, end } = setUp();
    expect(end('rate_limited')).toBeUndefined();
    end();
    clock.advance(10_000);
    expect(end('rate_limited')).toBe(20_000);
  });
});

describe('nothing is announced', () => {
  it.each(['pause', 'close'] as const)('after "%s"', (what) => {
    const { clock, tries, announced, end } = setUp();
    end();
    end('no_keyframe', 5);
    expect(tries.waiting).toBe(2);
    tries[what]();
    expect([tries.waiting, clock.pending]).toEqual([0, 0]);
    clock.advance(60_000);
    expect(announced).toEqual([]);
  });

  it('of a track that is forgotten, and of the others it is', () => {
    const { clock, tries, announced, end } = setUp();
    end();
    end('no_keyframe', 5);
    tries.forget(FILM);
    expect(tries.waiting).toBe(1);
    clock.advance(60_000);
    expect(announced).toEqual([10_000]);
  });

  it('by a pause, which keeps the count, unlike the end of all', () => {
    const { tries, end } = setUp();
    end();
    tries.pause();
    expect(end()).toBe(20_000);
    tries.close();
    expect(end()).toBe(10_000);
  });
});
