import { expect, it } from 'vitest';
import { Parking } from '../../../src/mixer/parking.ts';
import { StartQueue } from '../../../src/mixer/start-queue.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

it('has eight places, and each again once what stood there was taken', () => {
  const parking = new Parking(new StartQueue(new FakeClock()));
  const parked = Array.from({ length: 8 }, () => parking.park(() => undefined));
  expect(parked.every((one) => one !== undefined)).toBe(true);
  expect(parking.park(() => undefined)).toBeUndefined();
  parked[3]?.take();
  parked[3]?.take();
  expect(parking.park(() => undefined)).toBeDefined();
  expect(parking.park(() => undefined)).toBeUndefined();
});

it('starts nothing that was taken before its turn came', () => {
  const clock = new FakeClock();
  const parking = new Parking(new StartQueue(clock));
  let started = 0;
  const park = () =>
    parking.park(() => {
      started += 1;
      return undefined;
    });
  const [first] = [park(), park()];
  first?.take();
  clock.advance(1000);
  expect(started).toBe(1);
});
