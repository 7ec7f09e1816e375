import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LimitError, UnavailableError } from '../../../src/errors.ts';
import type { Vp8Config } from '../../../src/media/codec.ts';
import type { Packet } from '../../../src/media/packet.ts';
import { type ReaderOptions, StreamReader } from '../../../src/media/stream-reader.ts';
import { delta, drain, key, reading } from './media-packets.ts';

function makeReader(options: ReaderOptions): { reader: StreamReader<Vp8Config>; left: () => number } {
  let left = 0;
  const reader = new StreamReader<Vp8Config>(options, () => {
    left += 1;
  });
  return { reader, left: () => left };
}

/** The times that come out when nobody reads before the end, and how many packets were lost. */
async function offered(options: ReaderOptions, packets: readonly Packet<Vp8Config>[]) {
  const { reader } = makeReader(options);
  for (const packet of packets) reader.offer(packet);
  reader.end();
  return { times: await drain(reader), dropped: reader.dropped };
}

describe('StreamReader that drops to a key frame', () => {
  it('holds as many packets as its limit says, and gives them all up for the one more', async () => {
    const options = reading('drop-to-keyframe', 3);
    const packets = [key(0), delta(1), delta(2)];
    expect(await offered(options, packets)).toEqual({ times: [0, 1, 2], dropped: 0 });
    expect(await offered(options, [...packets, delta(3)])).toEqual({ times: [], dropped: 4 });
  });

  it('holds as many bytes as its limit says, and gives them all up for the one more', async () => {
    const options = reading('drop-to-keyframe', 1000, 30);
    expect(await offered(options, [key(0, 20), delta(1, 10)])).toEqual({ times: [0, 1], dropped: 0 });
    const over = [key(0, 20), delta(1, 11)];
    expect(await offered(options, over)).toEqual({ times: [], dropped: 2 });
    expect(await offered(options, [...over, key(2, 20), delta(3, 10)])).toEqual({ times: [2, 3], dropped: 2 });
  });

  it('counts what it loses until the next key frame, and goes on there', async () => {
    const packets = [key(0), delta(1), delta(2), delta(3), key(4), delta(5)];
    expect(await offered(reading('drop-to-keyframe', 2), packets)).toEqual({ times: [4, 5], dropped: 4 });
  });

  it('goes on at once when the packet that is too much is a key frame', async () => {
    const packets = [key(0), delta(1), key(2)];
    expect(await offered(reading('drop-to-keyframe', 2), packets)).toEqual({ times: [2], dropped: 2 });
  });

  it('takes no key frame that is larger than all its room, and waits for a smaller one', async () => {
    const options = reading('drop-to-keyframe', 10, 30);
    expect(await offered(options, [key(0, 31)])).toEqual({ times: [], dropped: 1 });
    const packets = [key(0, 31), delta(1), key(2, 31), delta(3), key(4, 30)];
    expect(await offered(options, packets)).toEqual({ times: [4], dropped: 4 });
  });

  it('has room again for what was read', async () => {
    const { reader } = makeReader(reading('drop-to-keyframe', 2, 20));
    const packets = reader[Symbol.asyncIterator]();
    for (let n = 0; n < 10; n += 1) {
      reader.offer(n === 0 ? key(0) : delta(n));
      expect((await packets.next()).value?.pts).toBe(n);
    }
    expect(reader.dropped).toBe(0);
  });

  it('never holds more than its limits, and never gives a frame after a hole but a key frame', async () => {
    const packet = fc.record({ keyframe: fc.boolean(), bytes: fc.integer({ min: 0, max: 25 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(packet, { maxLength: 40 }), async (packets) => {
        const { times, dropped } = await offered(
          reading('drop-to-keyframe', 4, 20),
          packets.map(({ keyframe, bytes }, n) => (keyframe ? key(n, bytes) : delta(n, bytes))),
        );
        expect(times.length).toBeLessThanOrEqual(4);
        expect(times.reduce((sum, n) => sum + (packets[n]?.bytes ?? 0), 0)).toBeLessThanOrEqual(20);
        expect(times.length + dropped).toBe(packets.length);
        const [first = 0] = times;
        expect(times).toEqual(times.map((_, n) => first + n));
        if (dropped > 0 && times.length > 0) expect(packets[first]?.keyframe).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('StreamReader that fails', () => {
  it.each([
    ['packets', reading('fail', 2), [key(0), delta(1)], delta(2, 0)],
    ['bytes', reading('fail', 1000, 20), [key(0), delta(1)], delta(2, 1)],
  ])(
    'gives what it holds and then a LimitError when one more comes than its limit of %s',
    async (_, options, fill, more) => {
      expect((await offered(options, fill)).times).toEqual([0, 1]);

      const { reader, left } = makeReader(options);
      for (const packet of fill) reader.offer(packet);
      expect(left()).toBe(0);
      reader.offer(more);
      expect(left()).toBe(1);
      reader.offer(key(3));
      const packets = reader[Symbol.asyncIterator]();
      expect((await packets.next()).value?.pts).toBe(0);
      expect((await packets.next()).value?.pts).toBe(1);
      const failure: unknown = await packets.next().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(LimitError);
      expect(failure).toMatchObject({ code: 'reader_overflow', status: 503 });
      expect(await packets.next()).toEqual({ done: true, value: undefined });
    },
  );
});

describe('StreamReader that is left', () => {
  it('leaves its stream at once when it is closed, gives up what it holds and takes nothing more', async () => {
    const { reader, left } = makeReader(reading());
    reader.offer(key(0));
    reader.close();
    expect(left()).toBeGreaterThan(0);
    reader.offer(key(1));
    expect(await drain(reader)).toEqual([]);
  });

  it('ends an iteration that waits when it is closed', async () => {
    const { reader } = makeReader(reading());
    const times = drain(reader);
    await Promise.resolve();
    reader.close();
    expect(await times).toEqual([]);
  });

  it('leaves its stream when the loop over it breaks off', async () => {
    const { reader, left } = makeReader(reading());
    reader.offer(key(0));
    reader.offer(key(1));
    for await (const packet of reader) {
      expect(packet.pts).toBe(0);
      break;
    }
    expect(left()).toBeGreaterThan(0);
    expect(await drain(reader)).toEqual([]);
  });

  it('keeps the first reason of its end', async () => {
    const { reader } = makeReader(reading());
    const reason = new UnavailableError('first', 'The first reason.');
    reader.end(reason);
    reader.end();
    await expect(drain(reader)).rejects.toBe(reason);
  });
});
