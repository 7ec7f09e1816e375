import { describe, expect, it } from 'vitest';
import { LimitError, UnavailableError } from '../../../src/errors.ts';
import type { Vp8Config } from '../../../src/media/codec.ts';
import { Stream, type StreamOptions } from '../../../src/media/stream.ts';
import { delta, drain, key, reading } from './media-packets.ts';

function makeStream(replay?: StreamOptions['replay']): Stream<Vp8Config> {
  return new Stream({ label: 'test', timescale: 1000, ...(replay && { replay }) });
}

/** What somebody who joins now gets at once. */
async function replayed(stream: Stream<Vp8Config>): Promise<number[]> {
  const reader = stream.subscribe(reading());
  stream.close();
  return drain(reader);
}

describe('Stream', () => {
  it('gives every packet to every reader, in order', async () => {
    const stream = makeStream();
    const [first, second] = [stream.subscribe(reading()), stream.subscribe(reading())];
    const packets = [key(0), delta(1), key(2)];
    for (const packet of packets) stream.write(packet);
    stream.close();
    expect(await drain(first)).toEqual([0, 1, 2]);
    const got = [];
    for await (const packet of second) got.push(packet);
    expect(got.every((packet, n) => packet === packets[n])).toBe(true);
  });

  it('gives somebody late the newest key frame group first, and then what follows', async () => {
    const stream = makeStream({ maxItems: 100, maxBytes: 10_000 });
    for (const packet of [key(0), delta(1), key(2), delta(3), delta(4)]) stream.write(packet);
    const reader = stream.subscribe(reading());
    stream.write(delta(5));
    stream.close();
    expect(await drain(reader)).toEqual([2, 3, 4, 5]);
  });

  it('has nothing to give to somebody late without a replay, or before the first key frame', async () => {
    const without = makeStream();
    without.write(key(0));
    expect(await replayed(without)).toEqual([]);
    const early = makeStream({ maxItems: 100, maxBytes: 10_000 });
    early.write(delta(0));
    expect(await replayed(early)).toEqual([]);
  });

  it('tells its newest packets, as many as it was told to remember, until it is closed', async () => {
    const stream = new Stream<Vp8Config>({ label: 'test', timescale: 1000, history: 2 });
    const past = (): number[] => stream.history.map(({ pts }) => pts);
    for (const packet of [key(0), key(1)]) stream.write(packet);
    expect(past()).toEqual([0, 1]);
    stream.write(key(2));
    expect(past()).toEqual([1, 2]);
    expect(await replayed(stream)).toEqual([]);
    expect(past()).toEqual([]);
    const without = makeStream();
    without.write(key(0));
    expect(without.history).toEqual([]);
  });

  it('forgets a group of more packets than the limit, and remembers the next one', async () => {
    const limits = { maxItems: 3, maxBytes: 10_000 };
    const full = makeStream(limits);
    for (const packet of [key(0), delta(1), delta(2)]) full.write(packet);
    expect(await replayed(full)).toEqual([0, 1, 2]);

    const over = makeStream(limits);
    for (const packet of [key(0), delta(1), delta(2), delta(3), delta(4)]) over.write(packet);
    const reader = over.subscribe(reading());
    over.write(key(5));
    over.write(delta(6));
    expect(await replayed(over)).toEqual([5, 6]);
    expect(await drain(reader)).toEqual([5, 6]);
  });

  it('forgets a group of more bytes than the limit, also when the key frame alone is too large', async () => {
    const limits = { maxItems: 100, maxBytes: 30 };
    const full = makeStream(limits);
    for (const packet of [key(0, 20), delta(1, 10)]) full.write(packet);
    expect(await replayed(full)).toEqual([0, 1]);

    const over = makeStream(limits);
    for (const packet of [key(0, 20), delta(1, 11), delta(2, 1)]) over.write(packet);
    expect(await replayed(over)).toEqual([]);

    const second = makeStream(limits);
    for (const packet of [key(0, 20), delta(1, 10), key(2, 20), delta(3, 10)]) second.write(packet);
    expect(await replayed(second)).toEqual([2, 3]);

    const large = makeStream(limits);
    for (const packet of [key(0, 31), delta(1, 1)]) large.write(packet);
    expect(await replayed(large)).toEqual([]);
  });

  it('tells the newest packet and ignores packets after its end', async () => {
    const stream = makeStream();
    expect(stream.latest).toBeUndefined();
    const last = key(1);
    stream.write(key(0));
    stream.write(last);
    const reader = stream.subscribe(reading());
    expect(stream.closed).toBe(false);
    stream.close();
    stream.write(key(2));
    expect(stream.closed).toBe(true);
    expect(stream.latest).toBe(last);
    expect(await drain(reader)).toEqual([]);
  });

  it('lets readers drain what they hold, then end', async () => {
    const stream = makeStream();
    const reader = stream.subscribe(reading());
    stream.write(key(0));
    stream.write(delta(1));
    stream.close();
    expect(await drain(reader)).toEqual([0, 1]);
  });

  it('lets readers drain what they hold, then throw the reason of its end', async () => {
    const stream = makeStream();
    const reader = stream.subscribe(reading());
    const reason = new UnavailableError('gone', 'The sender has gone.');
    stream.write(key(0));
    stream.close(reason);
    stream.close(new UnavailableError('late', 'Too late to matter.'));
    const got: number[] = [];
    const reads = async (): Promise<void> => {
      for await (const packet of reader) got.push(packet.pts);
    };
    await expect(reads()).rejects.toBe(reason);
    expect(got).toEqual([0]);
    await expect(drain(stream.subscribe(reading()))).rejects.toBe(reason);
  });

  it('wakes a reader that waits, for a packet and for the end', async () => {
    const stream = makeStream();
    const times = drain(stream.subscribe(reading()));
    await Promise.resolve();
    stream.write(key(0));
    await Promise.resolve();
    stream.close();
    expect(await times).toEqual([0]);
  });

  it('ends a reader that cannot even take the replay, and only that one', async () => {
    const stream = makeStream({ maxItems: 100, maxBytes: 10_000 });
    for (const packet of [key(0), delta(1), delta(2)]) stream.write(packet);
    const small = stream.subscribe(reading('fail', 2));
    const large = stream.subscribe(reading('fail', 3));
    stream.close();
    await expect(drain(small)).rejects.toBeInstanceOf(LimitError);
    expect(await drain(large)).toEqual([0, 1, 2]);
  });
});
