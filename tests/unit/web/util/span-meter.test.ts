import { describe, expect, it } from 'vitest';
import { SpanMeter } from '../../../../web/util/span-meter.ts';

describe('SpanMeter', () => {
  it('gives mean and worst of what was noted since the last look', () => {
    const meter = new SpanMeter();
    expect(meter.take()).toBeUndefined();
    for (const ms of [10, 20, 60]) meter.note(ms);
    expect(meter.take()).toEqual({ meanMs: 30, worstMs: 60 });
    meter.note(-5);
    expect(meter.take()).toEqual({ meanMs: -5, worstMs: -5 });
    expect(meter.take()).toBeUndefined();
  });
});
