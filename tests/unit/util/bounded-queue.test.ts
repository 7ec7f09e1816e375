import { describe, expect, it } from 'vitest';
import { BoundedQueue } from '../../../src/util/bounded-queue.ts';

/** Work that ends when it is told to. */
function work(name: string, log: string[]) {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const start = (): Promise<string> => {
    log.push(name);
    return promise;
  };
  return { start, end: () => resolve(name), fail: () => reject(new Error(name)) };
}

describe('BoundedQueue', () => {
  it('does one thing after the other, also after one that failed', async () => {
    const log: string[] = [];
    const queue = new BoundedQueue(2);
    const [one, two, three] = [work('one', log), work('two', log), work('three', log)];
    const results = [one, two, three].map(({ start }) => queue.run(start));
    two.end();
    three.end();
    await Promise.resolve();
    expect(log).toEqual(['one']);
    one.fail();
    await expect(results[0]).rejects.toThrow('one');
    expect(await results[1]).toBe('two');
    expect(await results[2]).toBe('three');
    expect(log).toEqual(['one', 'two', 'three']);
  });

  it('refuses what is beyond its limit, and takes more once something is done', async () => {
    const log: string[] = [];
    const queue = new BoundedQueue(1);
    const [one, two, three] = [work('one', log), work('two', log), work('three', log)];
    const first = queue.run(one.start);
    expect(queue.full).toBe(false);
    const second = queue.run(two.start);
    expect(queue.full).toBe(true);
    expect(queue.run(three.start)).toBeUndefined();
    one.end();
    await first;
    const third = queue.run(three.start);
    expect(third).toBeDefined();
    two.end();
    three.end();
    await queue.idle();
    expect(await Promise.all([second, third])).toEqual(['two', 'three']);
    expect(log).toEqual(['one', 'two', 'three']);
    await queue.idle();
  });
});
