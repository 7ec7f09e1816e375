import { expect, it, onTestFinished } from 'vitest';
import { ReconcileLoop } from '../../../src/util/reconcile-loop.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

/** A loop whose looks end when the test says how. */
function open() {
  const clock = new FakeClock();
  const looks: PromiseWithResolvers<boolean | number>[] = [];
  const errors: unknown[] = [];
  const loop = new ReconcileLoop({
    clock,
    intervalMs: 1000,
    look: () => {
      const look = Promise.withResolvers<boolean | number>();
      looks.push(look);
      return look.promise;
    },
    onError: (error) => errors.push(error),
  });
  onTestFinished(async () => {
    for (const look of looks) look.resolve(false);
    await loop.close();
  });
  const end = async (waiting: boolean | number): Promise<void> => {
    looks.at(-1)?.resolve(waiting);
    await settled();
  };
  return { clock, looks, errors, loop, end };
}

/** What was resolved has been heard of. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

it('looks once when it is told to, and not again when there is nothing to wait for', async () => {
  const { clock, looks, loop, end } = open();
  loop.kick();
  await end(false);
  clock.advance(10_000);
  expect(looks).toHaveLength(1);
});

it('looks again after the interval for as long as something is awaited', async () => {
  const { clock, looks, loop, end } = open();
  loop.kick();
  await end(true);
  clock.advance(999);
  expect(looks).toHaveLength(1);
  clock.advance(1);
  expect(looks).toHaveLength(2);
  await end(false);
  clock.advance(10_000);
  expect(looks).toHaveLength(2);
});

it('looks again when a look said, or sooner when it is told to', async () => {
  const { clock, looks, loop, end } = open();
  loop.kick();
  await end(5000);
  clock.advance(4999);
  expect(looks).toHaveLength(1);
  clock.advance(1);
  expect(looks).toHaveLength(2);
  await end(5000);
  loop.kick();
  expect(looks).toHaveLength(3);
  await end(false);
  expect(clock.pending).toBe(0);
});

it('looks once more, however often it was told to during a look, and never twice at a time', async () => {
  const { looks, loop, end } = open();
  for (let times = 0; times < 5; times += 1) loop.kick();
  expect(looks).toHaveLength(1);
  await end(false);
  expect(looks).toHaveLength(2);
  await end(false);
  expect(looks).toHaveLength(2);
});

it('is not stopped by a look that fails', async () => {
  const { clock, looks, errors, loop } = open();
  loop.kick();
  looks[0]?.reject(new Error('no database'));
  await settled();
  expect(errors).toEqual([new Error('no database')]);
  clock.advance(1000);
  expect(looks).toHaveLength(2);
});

it('is closed when its last look is over, and looks no more', async () => {
  const { clock, looks, loop, end } = open();
  loop.kick();
  const order: string[] = [];
  const closing = loop.close().then(() => order.push('closed'));
  loop.kick();
  await settled();
  expect([order, loop.closed]).toEqual([[], true]);
  await end(true);
  await closing;
  clock.advance(10_000);
  loop.kick();
  expect(looks).toHaveLength(1);
});
