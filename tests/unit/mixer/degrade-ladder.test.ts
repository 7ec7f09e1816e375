import { describe, expect, it } from 'vitest';
import {
  DegradeLadder,
  type LadderChange,
  type LadderStep,
  LADDER_TIMES,
  programFormAt,
  usefulSteps,
} from '../../../src/mixer/degrade-ladder.ts';
import { orderedForm } from '../../../src/mixer/program-form.ts';

const FRAME_MS = 1000 / 30;
const ALL: readonly LadderStep[] = [0, 1, 2, 3, 4, 5];
const PROGRAM = orderedForm({
  width: 1280,
  height: 720,
  framerate: 30,
  videoKbit: 2500,
  preset: 'veryfast',
  gopFrames: 60,
});
/** Share of its step-0 work that a frame costs at each step. */
const COST = [1, 0.75, 0.4, 0.25, 0.18, 0.02] as const;

interface Told extends LadderChange {
  readonly atMs: number;
}

/** A machine that does `speed` frames of full work in the time of one, and a ticker that skips what is 2 s behind. */
class Machine {
  readonly told: Told[] = [];
  readonly ladder: DegradeLadder;
  nowMs = 1_000_000;
  #readyMs = 1_000_000;

  constructor(steps: readonly LadderStep[] = ALL) {
    this.ladder = new DegradeLadder({ steps, frameMs: FRAME_MS });
  }

  /** `speed` may depend on the time since the beginning of this stretch. */
  run(seconds: number, speed: number | ((ms: number) => number)): this {
    const start = this.nowMs;
    for (; this.nowMs < start + seconds * 1000; this.nowMs += FRAME_MS) {
      const now = typeof speed === 'number' ? speed : speed(this.nowMs - start);
      const lateMs = Math.max(0, this.#readyMs - this.nowMs);
      if (lateMs > 2000) this.#readyMs = this.nowMs;
      const change = this.ladder.observe({ nowMs: this.nowMs, lateMs });
      if (change) this.told.push({ ...change, atMs: this.nowMs });
      this.#readyMs = Math.max(this.#readyMs, this.nowMs) + (FRAME_MS * COST[this.ladder.step]) / now;
    }
    return this;
  }

  get steps(): number[] {
    return this.told.map(({ step }) => step);
  }
}

describe('the ladder', () => {
  it('changes nothing on a machine that is fast enough, also with a hiccup now and then', () => {
    const calm = new Machine().run(600, 1.1);
    expect(calm.steps).toEqual([]);
    const hiccups = new Machine().run(600, (ms) => (ms % 7000 < 34 ? 0.06 : 1.5));
    expect(hiccups.steps).toEqual([]);
  });

  it('goes as far as it has to, one step at a time, and says why', () => {
    const machine = new Machine().run(14, 0.5);
    expect(machine.steps).toEqual([1, 2]);
    expect(machine.told[0]?.atMs).toBeGreaterThanOrEqual(1_000_000 + LADDER_TIMES.lateMs);
    expect(machine.told[0]?.atMs).toBeLessThan(1_000_000 + 2 * LADDER_TIMES.lateMs);
    expect(machine.told[0]?.reason).toMatch(
      /^pictures were late for 2 s, by \d+ ms on average: the encoder takes less care$/,
    );
  });

  it('ends with sound only, and asks for no more', () => {
    const machine = new Machine().run(20, 0.03);
    expect(machine.steps).toEqual([1, 2, 3, 4, 5]);
    expect(machine.told.at(-1)?.reason).toContain('sound only');
    const hopeless = new Machine().run(30, 0.01);
    expect(hopeless.steps).toEqual([1, 2, 3, 4, 5]);
  });

  it('climbs back step by step when the load is gone', () => {
    const machine = new Machine().run(8, 0.3).run(60, 3);
    const worst = Math.max(...machine.steps);
    expect(machine.steps.slice(machine.steps.indexOf(worst))).toEqual(
      Array.from({ length: worst + 1 }, (_, index) => worst - index),
    );
    const climbs = machine.told.filter(({ step }, index) => step < (machine.told[index - 1]?.step ?? 0));
    expect(climbs[0]?.reason).toMatch(/^pictures were on time for \d+ s: /);
    for (const [index, { atMs }] of climbs.entries()) {
      expect(atMs - (climbs[index - 1]?.atMs ?? 0)).toBeGreaterThanOrEqual(LADDER_TIMES.calmMs);
    }
  });

  it('tries ever less often where every try fails', () => {
    const machine = new Machine().run(1800, 0.5);
    const climbs = machine.told.filter(({ step }) => step === 1).slice(1);
    const pauses = climbs.slice(1).map(({ atMs }, index) => atMs - (climbs[index]?.atMs ?? 0));
    expect(pauses.length).toBeGreaterThan(4);
    for (const [index, pause] of pauses.entries()) {
      expect(pause).toBeGreaterThanOrEqual(
        Math.min(LADDER_TIMES.maxCalmMs, 2 ** (index + 1) * LADDER_TIMES.calmMs) - 100,
      );
    }
    // Without this it would be some 250.
    expect(machine.told.length).toBeLessThan(26);
  });

  it('does not follow a load that comes and goes', () => {
    const machine = new Machine().run(1200, (ms) => (ms % 15_000 < 5000 ? 0.5 : 2));
    expect(machine.told.length).toBeLessThan(20);
  });

  it('forgets relapses after a long time without any', () => {
    const machine = new Machine().run(300, 0.5).run(700, 3);
    expect(machine.ladder.step).toBe(0);
    const before = machine.told.length;
    machine.run(4, 0.9).run(20, 3);
    expect(machine.steps.slice(before)).toEqual([1, 0]);
  });

  it('takes an encoder that is behind for lateness', () => {
    const ladder = new DegradeLadder({ steps: ALL, frameMs: FRAME_MS });
    const told: LadderChange[] = [];
    for (let ms = 0; ms < 3000; ms += FRAME_MS) {
      const change = ladder.observe({ nowMs: ms, lateMs: 0, waiting: ms < 100 ? 2 : 3 });
      if (change) told.push(change);
    }
    expect(told).toEqual([{ step: 1, reason: 'the encoder was behind for 2 s: the encoder takes less care' }]);
  });

  it('does not count what is left of an old load against a step that works', () => {
    const ladder = new DegradeLadder({ steps: ALL, frameMs: FRAME_MS });
    for (let ms = 0; ms < 2100; ms += FRAME_MS) ladder.observe({ nowMs: ms, lateMs: 500 });
    expect(ladder.step).toBe(1);
    for (let ms = 2100; ms < 7000; ms += FRAME_MS)
      ladder.observe({ nowMs: ms, lateMs: Math.max(0, 1500 - (ms - 2100) / 2) });
    expect(ladder.step).toBe(1);
  });

  it('concludes nothing from a time when nobody looked', () => {
    const ladder = new DegradeLadder({ steps: ALL, frameMs: FRAME_MS });
    for (let ms = 0; ms < 2100; ms += FRAME_MS) ladder.observe({ nowMs: ms, lateMs: 500 });
    expect(ladder.step).toBe(1);
    expect(ladder.observe({ nowMs: 3_600_000, lateMs: 0 })).toBeUndefined();
    expect(ladder.step).toBe(1);
  });

  it('leaves out steps that change nothing', () => {
    const machine = new Machine([0, 2, 4, 5]).run(15, 0.03);
    expect(machine.steps).toEqual([2, 4, 5]);
    expect(new DegradeLadder({ steps: [], frameMs: FRAME_MS }).step).toBe(0);
  });
});

describe('the form at a step', () => {
  it('keeps what the steps before it gave up', () => {
    expect(ALL.map((step) => programFormAt(step, PROGRAM))).toEqual([
      PROGRAM,
      { ...PROGRAM, preset: 'superfast' },
      { ...PROGRAM, preset: 'superfast', frameStep: 2, kbit: 1750 },
      { ...PROGRAM, preset: 'superfast', frameStep: 2, width: 848, height: 480, kbit: 1050 },
      { ...PROGRAM, preset: 'superfast', frameStep: 2, width: 848, height: 480, kbit: 1050 },
      { ...PROGRAM, preset: 'superfast', frameStep: 15, width: 848, height: 480, kbit: 1050 },
    ]);
  });

  it.each([
    [{ width: 1920, height: 1080 }, [1280, 720]],
    [{ width: 720, height: 1280 }, [480, 848]],
    [{ width: 640, height: 360 }, [432, 240]],
    [{ width: 1082, height: 644 }, [720, 432]],
  ])('is smaller in whole blocks: %j', (size, [width, height]) => {
    expect(programFormAt(3, { ...PROGRAM, ...size })).toMatchObject({ width, height });
  });

  it('has key frames among its stills', () => {
    expect(programFormAt(5, { ...PROGRAM, framerate: 25, gopFrames: 50 }).frameStep).toBe(10);
    expect(programFormAt(5, { ...PROGRAM, framerate: 60, gopFrames: 120 }).frameStep).toBe(30);
    expect(programFormAt(5, { ...PROGRAM, framerate: 5, gopFrames: 10 }).frameStep).toBe(2);
  });

  it('has pictures of which enough fit into a part', () => {
    // Fifteen frames do not fit into ten, six of twenty-five leave a part of thirteen too empty.
    expect(programFormAt(5, PROGRAM, 15).frameStep).toBe(15);
    expect(programFormAt(5, PROGRAM, 10).frameStep).toBe(10);
    expect(programFormAt(5, { ...PROGRAM, framerate: 25, gopFrames: 50 }, 13).frameStep).toBe(2);
    expect(usefulSteps({ ...PROGRAM, framerate: 13, gopFrames: 26 }, 5)).toEqual([0, 1, 3, 4, 5]);
  });

  it('is left out where it would be the same as before', () => {
    expect(usefulSteps(PROGRAM)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(usefulSteps({ ...PROGRAM, preset: 'ultrafast' })).toEqual([0, 2, 3, 4, 5]);
    expect(usefulSteps({ ...PROGRAM, encoder: 'nvenc' })).toEqual([0, 2, 3, 4, 5]);
    expect(programFormAt(1, { ...PROGRAM, encoder: 'nvenc' }).preset).toBe('veryfast');
    expect(usefulSteps({ ...PROGRAM, framerate: 9 })).toEqual([0, 1, 3, 4, 5]);
    expect(usefulSteps({ ...PROGRAM, width: 320, height: 180 })).toEqual([0, 1, 2, 4, 5]);
    for (const step of [2, 3, 4, 5] as const) {
      expect(programFormAt(step, { ...PROGRAM, framerate: 5, width: 320, height: 180 }).frameStep).toBeLessThan(5);
    }
  });
});
