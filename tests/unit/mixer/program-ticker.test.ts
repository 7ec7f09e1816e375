import { describe, expect, it } from 'vitest';
import { ProgramTicker, type TickerTargets } from '../../../src/mixer/program-ticker.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

interface Made {
  readonly what: 'frame' | 'block' | 'skip' | 'sound skip';
  readonly number: number;
  readonly dueMs: number;
  readonly lateMs: number;
  readonly atMs: number;
}

/** A ticker and everything it asked for; `free`: canvases left. */
class Program {
  readonly clock = new FakeClock();
  readonly made: Made[] = [];
  readonly ticker: ProgramTicker;
  free = Number.POSITIVE_INFINITY;
  onFrame: (frame: number) => void = () => {};
  refused = 0;

  constructor({ framerate = 30, originMs = 0, startMs = 0, maxBehindMs = 4000, groupFrames = 60 } = {}) {
    this.clock.advance(startMs);
    const targets: TickerTargets = {
      onFrame: (frame, dueMs, lateMs) => {
        if (this.free <= 0) {
          this.refused += 1;
          return false;
        }
        this.free -= 1;
        this.#add('frame', frame, dueMs, lateMs);
        this.onFrame(frame);
        return true;
      },
      onBlock: (block, dueMs) => this.#add('block', block, dueMs, 0),
      onSkip: (from, to) => this.#add('skip', to - from, 0, 0),
      onSoundSkip: (from, to) => this.#add('sound skip', to - from, 0, 0),
    };
    this.ticker = new ProgramTicker({ clock: this.clock, originMs, framerate, maxBehindMs, groupFrames, targets });
  }

  numbers(what: Made['what']): number[] {
    return this.made.filter((item) => item.what === what).map(({ number }) => number);
  }

  #add(what: Made['what'], number: number, dueMs: number, lateMs: number): void {
    this.made.push({ what, number, dueMs, lateMs, atMs: this.clock.monotonicMs() });
  }
}

function upTo(count: number, from = 0): number[] {
  return Array.from({ length: count }, (_, index) => from + index);
}

describe('ProgramTicker', () => {
  it.each([5, 25, 30, 60])('makes each frame of %i a second and each block once, in order and on time', (framerate) => {
    const program = new Program({ framerate });
    program.ticker.start();
    program.clock.advance(10_000);
    expect(program.numbers('frame')).toEqual(upTo(10 * framerate + 1));
    expect(program.numbers('block')).toEqual(upTo(501));
    for (const { what, number, dueMs, lateMs, atMs } of program.made) {
      expect(dueMs).toBe(what === 'frame' ? (number * 1000) / framerate : number * 20);
      expect(Math.abs(atMs - dueMs)).toBeLessThan(1e-6);
      expect(lateMs).toBeLessThan(1e-6);
    }
  });

  it('never drifts, however late its timers come', () => {
    const program = new Program();
    // Work that takes a while after each frame: every timer fires late by that.
    const lateness = [0, 11, 3, 27, 0, 150, 1];
    program.onFrame = (frame) => program.clock.advance(lateness[frame % lateness.length] ?? 0);
    program.ticker.start();
    program.clock.advance(60_000);
    const frames = program.made.filter(({ what }) => what === 'frame');
    expect(frames.map(({ number }) => number)).toEqual(upTo(frames.length));
    for (const { number, dueMs, lateMs, atMs } of frames) {
      expect(dueMs).toBe((number * 1000) / 30);
      expect(atMs).toBeGreaterThanOrEqual(dueMs - 1e-6);
      expect(lateMs).toBeLessThan(400);
    }
    expect(frames.length).toBeGreaterThan(30 * 59);
  });

  it('makes sound before a picture that is due at the same time', () => {
    const program = new Program({ framerate: 25 });
    program.ticker.start();
    program.clock.advance(1000);
    for (const [index, { what, dueMs }] of program.made.entries()) {
      if (what === 'frame') expect(program.made[index - 1]).toMatchObject({ what: 'block', dueMs });
    }
  });

  it('makes up for what was missed in order, sound first', () => {
    const program = new Program();
    // The process gets no time for 1.5 s after its first frame.
    program.onFrame = (frame) => {
      if (frame === 0) program.clock.advance(1500);
    };
    program.ticker.start();
    program.made.splice(0, 2);
    program.clock.advance(0);
    expect(program.made.map(({ what }) => what)).toEqual([
      ...upTo(75).map(() => 'block'),
      ...upTo(45).map(() => 'frame'),
    ]);
    expect(program.numbers('block')).toEqual(upTo(75, 1));
    expect(program.numbers('frame')).toEqual(upTo(45, 1));
  });

  it('goes on with sound while there is no canvas, and with the same frame once it is poked', () => {
    const program = new Program();
    program.free = 3;
    program.ticker.start();
    program.clock.advance(1000);
    expect(program.numbers('frame')).toEqual([0, 1, 2]);
    expect(program.numbers('block')).toEqual(upTo(51));
    // Asked again at blocks at most, never in a loop.
    expect(program.refused).toBeLessThanOrEqual(51);
    program.free = 2;
    program.ticker.poke();
    expect(program.numbers('frame')).toEqual([0, 1, 2, 3, 4]);
    program.free = Number.POSITIVE_INFINITY;
    program.ticker.poke();
    expect(program.numbers('frame')).toEqual(upTo(31));
    program.clock.advance(1000);
    expect(program.numbers('frame')).toEqual(upTo(61));
    expect(program.numbers('skip')).toEqual([]);
  });

  it('does nothing when it is poked and nothing is due', () => {
    const program = new Program();
    program.ticker.start();
    program.clock.advance(10);
    program.made.length = 0;
    program.ticker.poke();
    expect(program.made).toEqual([]);
    expect(program.clock.pending).toBe(1);
  });

  it.each([4000, 30_000])('makes up for frames that are %i ms late and may be', (maxBehindMs) => {
    const program = new Program({ maxBehindMs });
    program.free = 1;
    program.ticker.start();
    // Frame 1 was due at 33.3 ms.
    program.clock.advance(maxBehindMs + 33);
    program.free = Number.POSITIVE_INFINITY;
    program.ticker.poke();
    expect(program.numbers('frame')).toEqual(upTo((maxBehindMs / 1000) * 30 + 1));
    expect(program.numbers('skip')).toEqual([]);
  });

  it('leaves out what is later than it may be, but no sound', () => {
    const program = new Program();
    program.free = 1;
    program.ticker.start();
    program.clock.advance(5010);
    program.free = Number.POSITIVE_INFINITY;
    program.ticker.poke();
    program.clock.advance(1000);
    const frames = program.numbers('frame');
    const skipped = program.numbers('skip').reduce((sum, count) => sum + count, 0);
    expect(frames.length + skipped).toBe(181);
    expect(frames.slice(1)).toEqual(upTo(frames.length - 1, skipped + 1));
    expect(program.made.filter(({ what }) => what === 'frame').every(({ lateMs }) => lateMs <= 4000)).toBe(true);
    expect(program.numbers('block')).toEqual(upTo(301));
    // Said when it happens, not at every look.
    expect(program.numbers('skip').length).toBeLessThanOrEqual(3);
  });

  it.each([
    { groupFrames: 30, lateMs: 5010, groups: 4 },
    { groupFrames: 60, lateMs: 5010, groups: 2 },
    { groupFrames: 75, lateMs: 5010, groups: 1 },
    // One that is longer than what may be late: all of it, or nothing.
    { groupFrames: 300, lateMs: 9990, groups: 0 },
    { groupFrames: 300, lateMs: 10_050, groups: 1 },
  ])('leaves whole groups of $groupFrames frames out, $groups after $lateMs ms', ({ groupFrames, lateMs, groups }) => {
    const program = new Program({ groupFrames });
    program.free = 1;
    program.ticker.start();
    program.clock.advance(lateMs);
    program.free = Number.POSITIVE_INFINITY;
    program.ticker.poke();
    expect(program.numbers('skip')).toEqual(groups === 0 ? [] : [groups * groupFrames]);
    const first = 1 + groups * groupFrames;
    expect(program.numbers('frame')).toEqual([0, ...upTo(Math.floor((lateMs * 30) / 1000) - first + 1, first)]);
  });

  it.each([
    { maxBehindMs: 4000, lostMs: 10_000 },
    { maxBehindMs: 30_000, lostMs: 30_000 },
  ])('loses no sound of a standstill of $lostMs ms', ({ maxBehindMs, lostMs }) => {
    const program = new Program({ maxBehindMs });
    program.onFrame = (frame) => {
      if (frame === 0) program.clock.advance(lostMs);
    };
    program.ticker.start();
    program.clock.advance(0);
    expect(program.numbers('block')).toEqual(upTo(lostMs / 20 + 1));
    expect(program.numbers('sound skip')).toEqual([]);
  });

  it.each([10_100, 600_000, 8 * 3_600_000])('leaves out what was due while all stood still for %i ms', (lostMs) => {
    const program = new Program();
    program.onFrame = (frame) => {
      if (frame === 0) program.clock.advance(lostMs);
    };
    program.ticker.start();
    program.clock.advance(0);
    const [frames, blocks] = [program.numbers('frame'), program.numbers('block')];
    const [skipped, silent] = [program.numbers('skip'), program.numbers('sound skip')].map(([count = 0]) => count);
    // What is made up for is less than a group, and sound and picture go on together.
    expect(frames).toEqual([0, ...upTo(frames.length - 1, 1 + (skipped ?? 0))]);
    expect(blocks).toEqual([0, ...upTo(blocks.length - 1, 1 + (silent ?? 0))]);
    expect(frames.length).toBeLessThanOrEqual(61);
    expect(blocks.length).toBeLessThanOrEqual(102);
    expect(Math.abs((frames[1] ?? 0) / 30 - (blocks[1] ?? 0) / 50)).toBeLessThan(0.02);
    program.made.length = 0;
    program.clock.advance(1000);
    expect(program.numbers('frame')).toHaveLength(30);
    expect(program.numbers('block')).toEqual(upTo(50, 1 + (blocks.at(-1) ?? 0)));
  });

  it('begins in the middle of a session with the next frame and block', () => {
    const program = new Program({ originMs: 100, startMs: 100 + 10_001 });
    expect([program.ticker.frame, program.ticker.block]).toEqual([301, 501]);
    program.ticker.start();
    expect(program.made).toEqual([]);
    program.clock.advance(1000);
    expect(program.numbers('frame')).toEqual(upTo(30, 301));
    expect(program.numbers('block')).toEqual(upTo(50, 501));
  });

  it('waits for an origin that is still to come', () => {
    const program = new Program({ originMs: 500 });
    program.ticker.start();
    program.clock.advance(499);
    expect(program.made).toEqual([]);
    program.clock.advance(1);
    expect([program.numbers('frame'), program.numbers('block')]).toEqual([[0], [0]]);
  });

  it('is silent and has no timer once stopped', () => {
    const program = new Program();
    program.ticker.start();
    program.clock.advance(500);
    program.ticker.stop();
    program.made.length = 0;
    program.clock.advance(1000);
    program.ticker.poke();
    program.ticker.start();
    expect([program.made, program.clock.pending]).toEqual([[], 0]);
  });

  it('makes nothing more when it is stopped from within a frame', () => {
    const program = new Program();
    program.onFrame = (frame) => {
      if (frame === 0) program.clock.advance(1000);
      if (frame === 5) program.ticker.stop();
    };
    program.ticker.start();
    program.clock.advance(1000);
    expect([program.numbers('frame').at(-1), program.clock.pending]).toEqual([5, 0]);
  });
});
