import { describe, expect, it } from 'vitest';
import { KeyedQueue } from '../../../src/util/keyed-queue.ts';

describe('KeyedQueue', () => {
  it('runs the work of one key in order, also after a failure, and other keys beside it', async () => {
    const queue = new KeyedQueue();
    const events: string[] = [];
    const gate = Promise.withResolvers<void>();
    const first = queue.run('a', async () => {
      await gate.promise;
      events.push('a1');
      throw new Error('a1 failed');
    });
    const second = queue.run('a', async () => events.push('a2'));
    await queue.run('b', async () => events.push('b1'));
    expect(events).toEqual(['b1']);
    gate.resolve();
    await expect(first).rejects.toThrow('a1 failed');
    await second;
    expect(events).toEqual(['b1', 'a1', 'a2']);
  });

  it('is idle when all work has ended', async () => {
    const queue = new KeyedQueue();
    const gate = Promise.withResolvers<void>();
    let done = false;
    const work = queue.run('a', () => gate.promise);
    const idle = queue.idle().then(() => {
      done = true;
    });
    await queue.run('b', async () => {});
    expect(done).toBe(false);
    gate.resolve();
    await Promise.all([work, idle]);
    expect(done).toBe(true);
  });
});
