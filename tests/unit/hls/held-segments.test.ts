import { describe, expect, it } from 'vitest';
import { HeldSegments } from '../../../src/hls/held-segments.ts';

/** Ten bytes for each segment; notes which are read. */
function shelf(mostBytes: number, read = (number: number) => Promise.resolve<Uint8Array | undefined>(bytesOf(number))) {
  const asked: number[] = [];
  const held = new HeldSegments((number) => {
    asked.push(number);
    return read(number);
  }, mostBytes);
  return { held, asked };
}

const bytesOf = (number: number): Uint8Array => new Uint8Array(10).fill(number);

describe('HeldSegments', () => {
  it('reads a segment once for all who are being sent it, and anew when all of them have gone', async () => {
    const { held, asked } = shelf(100);
    const [first, second] = [new AbortController(), new AbortController()];
    const one = held.take({ number: 7, bytes: 10 }, first.signal);
    const two = await held.take({ number: 7, bytes: 10 }, second.signal);
    expect(await one).toBe(two);
    expect(asked).toEqual([7]);
    first.abort();
    expect(held.bytes).toBe(10);
    expect(await held.take({ number: 7, bytes: 10 }, second.signal)).toBe(two);
    second.abort();
    expect(held.bytes).toBe(0);
    await held.take({ number: 7, bytes: 10 });
    expect(asked).toEqual([7, 7]);
    expect(held.bytes).toBe(0);
  });

  it('holds different ones up to its limit, and no byte more', async () => {
    const { held, asked } = shelf(30);
    const viewers = [1, 2, 3].map((number) => ({ number, gone: new AbortController() }));
    for (const { number, gone } of viewers) {
      expect(await held.take({ number, bytes: 10 }, gone.signal)).toEqual(bytesOf(number));
    }
    expect(await held.take({ number: 4, bytes: 1 }, new AbortController().signal)).toBe('full');
    // What is held already costs nothing more.
    expect(await held.take({ number: 3, bytes: 10 })).toEqual(bytesOf(3));
    viewers[0]?.gone.abort();
    expect(await held.take({ number: 4, bytes: 11 }, new AbortController().signal)).toBe('full');
    expect(await held.take({ number: 4, bytes: 10 }, new AbortController().signal)).toEqual(bytesOf(4));
    expect(asked).toEqual([1, 2, 3, 4]);
  });

  it('reads nothing for whoever has gone already, and keeps nothing of what cannot be read', async () => {
    const { held, asked } = shelf(30, () => Promise.reject(new Error('the disk is broken')));
    expect(await held.take({ number: 1, bytes: 10 }, AbortSignal.abort())).toBeUndefined();
    expect(asked).toEqual([]);
    const gone = new AbortController();
    await expect(held.take({ number: 1, bytes: 10 }, gone.signal)).rejects.toThrow('the disk is broken');
    await expect(held.take({ number: 2, bytes: 10 })).rejects.toThrow('the disk is broken');
    gone.abort();
    expect(held.bytes).toBe(0);
  });
});
