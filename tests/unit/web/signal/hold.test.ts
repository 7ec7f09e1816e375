import { describe, expect, it } from 'vitest';
import { Hold } from '../../../../web/signal/hold.ts';

const TIMES = { onMs: 5000, offMs: 500 };

describe('a hold', () => {
  it('speaks up once something has lasted, not a moment before', () => {
    const hold = new Hold(TIMES);
    expect(hold.update(true, 100)).toBe(false);
    expect(hold.update(true, 5099)).toBe(false);
    expect(hold.update(true, 5100)).toBe(true);
  });

  it('begins anew after each interruption', () => {
    const hold = new Hold(TIMES);
    hold.update(true, 0);
    hold.update(false, 4999);
    hold.update(true, 5000);
    expect(hold.update(true, 9999)).toBe(false);
    expect(hold.update(true, 10_000)).toBe(true);
  });

  it('takes it back once it has been over for long enough', () => {
    const hold = new Hold({ onMs: 0, offMs: 500 });
    expect(hold.update(true, 0)).toBe(true);
    expect(hold.update(false, 1)).toBe(true);
    expect(hold.update(false, 500)).toBe(true);
    expect(hold.update(false, 501)).toBe(false);
  });

  it('forgets when it is told to', () => {
    const hold = new Hold({ onMs: 0, offMs: 500 });
    hold.update(true, 0);
    hold.reset();
    expect(hold.active).toBe(false);
  });
});
