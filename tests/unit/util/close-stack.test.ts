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

  it('runs a cleanup that comes late, before it is closed for good', async () => {
    const stack = new CloseStack();
    const closing = stack.close();
    let late = false;
    stack.defer(() => {
      late = true;
    });
    await closing;
    await stack.close();
    expect(late).toBe(true);
  });
});
