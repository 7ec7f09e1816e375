import { afterEach, describe, expect, it } from 'vitest';
import { nullLogger } from '../../../../src/logger.ts';
import { RecordingGuard } from '../../../../src/recorder/recordings/recording-guard.ts';
import { NO_LIMITS, type RecordingLimits } from '../../../../src/recorder/recordings/recording-limits.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';

const FRAMERATE = 30;

/** One recording of 30 frames a second that began with the clock, and what became of it. */
function guarded(limits: Partial<RecordingLimits>) {
  const clock = new FakeClock();
  const world = { free: 50, idle: false, bytes: 0, runs: true, refuse: false, asked: 0 };
  const stops: string[] = [];
  const recording = {
    id: 'r1',
    session: { roomId: 'demo', framerate: FRAMERATE },
    get runs() {
      return world.runs;
    },
    frames: () => Math.floor((clock.monotonicMs() * FRAMERATE) / 1000),
    bytes: () => world.bytes,
  };
  const running = new Set([recording]);
  const guard = new RecordingGuard({
    limits: { ...NO_LIMITS, ...limits },
    freePercent: async () => {
      world.asked += 1;
      return world.free;
    },
    isIdle: () => world.idle,
    running: () => running,
    stop: async (id, reason) => {
      stops.push(`${id} ${reason} ${clock.monotonicMs()}`);
      if (world.refuse) throw new Error('not now');
      running.clear();
    },
    clock,
    log: nullLogger,
  });
  guards.push(guard);
  return { clock, guard, stops, world };
}

const guards: RecordingGuard[] = [];
afterEach(() => {
  for (const guard of guards.splice(0)) guard.close();
});

describe('RecordingGuard', () => {
  it('stops a recording that has become as long as one may, within a second', async () => {
    const { clock, stops } = guarded({ seconds: 60 });
    await clock.run(59_999, 500);
    expect(stops).toEqual([]);
    await clock.run(1);
    expect(stops).toEqual(['r1 duration_limit 60000']);
  });

  it('stops one that has become as large as one may', async () => {
    const { clock, stops, world } = guarded({ bytes: 1000 });
    world.bytes = 999;
    await clock.run(5000, 1000);
    expect(stops).toEqual([]);
    world.bytes = 1000;
    await clock.run(1000);
    expect(stops).toEqual(['r1 size_limit 6000']);
  });

  it('stops one in whose room nothing happens for too long, and begins to count anew when something does', async () => {
    const { clock, stops, world } = guarded({ idleMs: 10_000 });
    world.idle = true;
    await clock.run(10_000, 1000);
    world.idle = false;
    await clock.run(1000);
    world.idle = true;
    await clock.run(10_000, 1000);
    expect(stops).toEqual([]);
    await clock.run(1000);
    expect(stops).toEqual(['r1 idle 22000']);
  });

  it('stops one when the disk has less space than has to stay free, which it asks every few seconds', async () => {
    const { clock, stops, world } = guarded({ floorPercent: 5 });
    world.free = 5;
    await clock.run(12_000, 1000);
    expect(stops).toEqual([]);
    expect(world.asked).toBe(3);
    world.free = 4.9;
    await clock.run(5000, 1000);
    expect(stops).toEqual(['r1 disk_floor 14000']);
  });

  it('does not ask the disk when it may be filled', async () => {
    const { clock, guard, stops, world } = guarded({ floorPercent: 0 });
    world.free = 0;
    await clock.run(20_000, 1000);
    await guard.admit();
    expect([stops, world.asked]).toEqual([[], 0]);
  });

  it('lets no recording begin on a disk with too little space, and says so', async () => {
    const { guard, world } = guarded({ floorPercent: 5 });
    world.free = 5;
    await guard.admit();
    world.free = 4.94;
    await expect(guard.admit()).rejects.toMatchObject({ status: 507, code: 'disk_floor' });
    await expect(guard.admit()).rejects.toThrow(/4\.9 percent .* 5 have to stay/);
  });

  it('tries again to stop one that could not be stopped', async () => {
    const { clock, stops, world } = guarded({ seconds: 10 });
    world.refuse = true;
    await clock.run(10_000, 1000);
    world.refuse = false;
    await clock.run(1000);
    await clock.run(5000, 1000);
    expect(stops).toEqual(['r1 duration_limit 10000', 'r1 duration_limit 11000']);
  });
});
