import { describe, expect, it } from 'vitest';
import { CloseStack } from '../../../src/util/close-stack.ts';

describe('CloseStack', () => {
  it('runs cleanups one after the other, the last first', async () => {
    const stack = new CloseStack();
    const order: string[] = [];
    stack.defer(() => order.push('first'));
    stack.defer(async () => {
      order.push('second begins');
      await Promise.resolve();
      order.push('second ends');
    });
    await stack.close();
    expect(order).toEqual(['second begins', 'second ends', 'first']);
  });

  it('gives the same promise when closed again, and runs nothing twice', async () => {
    const stack = new CloseStack();
    let runs = 0;
    stack.defer(() => (runs += 1));
    expect(stack.closed).toBe(false);
    expect(stack.close()).toBe(stack.close());
    expect(stack.closed).toBe(true);
    await stack.close();
    expect(runs).toBe(1);
  });

  it('runs every cleanup even when one fails, and then says what failed', async () => {
    const stack = new CloseStack();
    const order: string[] = [];
    const failure = new Error('the disk is gone');
    stack.defer(() => order.push('first'));
    stack.defer(() => Promise.reject(failure));
    stack.defer(() => {
      throw failure;
    });
    const closing = stack.close();
    await expect(closing).rejects.toBeInstanceOf(AggregateError);
    await expect(closing).rejects.toMatchObject({ errors: [failure, failure] });
    expect(order).toEqual(['first']);
  });

  it('waits for a cleanup that comes while others run, also when one of those fails', async () => {
    const stack = new CloseStack();
    const failure = new Error('the disk is gone');
    const late = Promise.withResolvers<void>();
    stack.defer(() => {
      stack.defer(() => late.promise);
      throw failure;
    });
    let closed = false;
    const closing = stack.close().finally(() => (closed = true));
    await new Promise(setImmediate);
    expect(closed).toBe(false);
    late.resolve();
    await expect(closing).rejects.toMatchObject({ errors: [failure] });
  });

  it.each([false, true])('runs a cleanup that comes after the end at once (after a failure: %s)', async (failed) => {
    const stack = new CloseStack();
    if (failed) stack.defer(() => Promise.reject(new Error('the disk is gone')));
    await stack.close().catch(() => {});
    const [ran, stays] = [Promise.withResolvers<void>(), new Error('it stays')];
    stack.defer(() => {
      ran.resolve();
      throw stays;
    });
    await ran.promise;
    await expect(stack.close()).rejects.toMatchObject({ errors: [stays] });
  });
});
