import { expect, it } from 'vitest';
import { Background } from '../../../src/util/background.ts';

it('waits for all work, what is added meanwhile with it, and tells of what failed', async () => {
  const errors: unknown[] = [];
  const background = new Background((error) => errors.push(error));
  const done: string[] = [];
  const first = Promise.withResolvers<void>();
  background.add(
    first.promise.then(() => {
      done.push('first');
      background.add(Promise.resolve().then(() => void done.push('second')));
    }),
  );
  background.add(Promise.reject(new Error('third')));
  const idle = background.idle().then(() => done.push('idle'));
  first.resolve();
  await idle;
  expect(done).toEqual(['first', 'second', 'idle']);
  expect(errors).toEqual([new Error('third')]);
  await background.idle();
});
