import { describe, expect, it } from 'vitest';
import { Delivery } from '../../../../src/cli/publish/delivery.ts';

/** Whether `promise` has resolved by now. */
async function isDone(promise: Promise<void>): Promise<boolean> {
  return (await Promise.race([promise.then(() => 'done'), Promise.resolve('waits').then((word) => word)])) === 'done';
}

describe('what a server has of a film', () => {
  it('is all of it once it has the last frame of each track', async () => {
    const delivery = new Delivery();
    delivery.sent(3, 7);
    delivery.sent(4, 2);
    const complete = delivery.complete();
    delivery.acknowledged(3, 7);
    delivery.acknowledged(4, 1);
    expect(await isDone(complete)).toBe(false);
    delivery.acknowledged(4, 2);
    await complete;
    await delivery.complete();
  });

  it('is all of it without a track that the server takes no more', async () => {
    const delivery = new Delivery();
    delivery.sent(3, 7);
    delivery.sent(4, 2);
    const complete = delivery.complete();
    delivery.acknowledged(3, 7);
    expect(await isDone(complete)).toBe(false);
    delivery.forget(4);
    await complete;
    // It may be sent again.
    delivery.sent(4, 3);
    expect(await isDone(delivery.complete())).toBe(false);
  });

  it('is all of nothing', () => new Delivery().complete());

  it('is waited for no longer than something may come, whoever asks then', async () => {
    const delivery = new Delivery();
    delivery.sent(4, 0);
    const complete = delivery.complete();
    delivery.end();
    await complete;
    await delivery.complete();
  });
});
