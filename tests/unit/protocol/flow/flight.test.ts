import { describe, expect, it } from 'vitest';
import { Flight } from '../../../../src/protocol/flow/flight.ts';

describe('Flight', () => {
  it('counts what is under way, and what was sent since it was empty', () => {
    const flight = new Flight();
    flight.add(7, 10, true, 1);
    flight.add(9, 5, false, 2);
    expect([flight.bytes, flight.oldest?.seq]).toEqual([15, 7]);
    expect(flight.arrived(8)).toMatchObject({ bytes: 10, newest: { seq: 7, run: 10 } });
    expect(flight.arrived(9)).toMatchObject({ bytes: 5, newest: { seq: 9, run: 15 } });
    flight.add(10, 3, false, 3);
    expect(flight.arrived(10)?.newest.run).toBe(3);
  });

  it('knows that numbers begin anew after 2^32', () => {
    const flight = new Flight();
    flight.add(2 ** 32 - 1, 10, true, 1);
    flight.add(0, 10, false, 2);
    expect(flight.arrived(0)).toMatchObject({ bytes: 20, newest: { atMs: 2 }, oldest: { atMs: 1 } });
  });

  it('takes no word about what was never sent, or was said before', () => {
    const flight = new Flight();
    expect(flight.arrived(0)).toBeUndefined();
    flight.add(5, 10, true, 1);
    expect(flight.arrived(6)).toBeUndefined();
    expect(flight.arrived(4)).toBeUndefined();
    expect(flight.arrived(5)?.bytes).toBe(10);
    expect(flight.arrived(5)).toBeUndefined();
  });

  it('remembers 2048 frames of a peer that never acknowledges', () => {
    const flight = new Flight();
    for (let seq = 0; seq < 2048; seq += 1) flight.add(seq, 1, false, 0);
    expect([flight.bytes, flight.oldest?.seq]).toEqual([2048, 0]);
    flight.add(2048, 1, false, 0);
    expect([flight.bytes, flight.oldest?.seq]).toEqual([2048, 1]);
  });
});
