import { expect, it } from 'vitest';
import { SyncSchedule } from '../../../../src/recorder/session/sync-schedule.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';

function schedule(fsyncMs: number): { clock: FakeClock; sync: SyncSchedule; due: number[] } {
  const clock = new FakeClock();
  const due: number[] = [];
  const sync = new SyncSchedule(clock, fsyncMs, () => due.push(clock.monotonicMs()));
  return { clock, sync, due };
}

it('calls for a sync once, as late as it may, however often something was written', () => {
  const { clock, sync, due } = schedule(1000);
  for (let n = 0; n < 5; n += 1) {
    expect(sync.written()).toBe(false);
    clock.advance(100);
  }
  clock.advance(10_000);
  expect(due).toEqual([1000]);
});

it('says at once that a sync is due when the last one is long ago', () => {
  const { clock, sync, due } = schedule(1000);
  clock.advance(1000);
  expect(sync.written()).toBe(true);
  expect(sync.written()).toBe(false);
  clock.advance(999);
  expect(due).toEqual([]);
  clock.advance(1);
  expect(due).toEqual([2000]);
});

it('wants every write synced where nothing may stay in the cache', () => {
  const { clock, sync } = schedule(0);
  expect([sync.written(), sync.written()]).toEqual([true, true]);
  expect(clock.pending).toBe(0);
});

it('leaves no timer behind', () => {
  const { clock, sync, due } = schedule(1000);
  sync.written();
  sync.close();
  expect(clock.pending).toBe(0);
  clock.advance(5000);
  expect(due).toEqual([]);
});
