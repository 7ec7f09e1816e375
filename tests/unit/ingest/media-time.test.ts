import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MediaPace, MediaTime } from '../../../src/ingest/media-time.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const RATE = 70;
const BURST = 140;
const PACKET_MS = 20;

function desk() {
  const clock = new FakeClock();
  const time = new MediaTime(clock);
  const pace = new MediaPace(clock, time, RATE, BURST);
  const send = (captureMs: number): boolean => {
    time.came(captureMs * 1000);
    return pace.take();
  };
  /** Sends packets that were captured between these times; how many pass. */
  const sendAll = (fromMs: number, toMs: number): number => {
    let passed = 0;
    for (let ms = fromMs; ms < toMs; ms += PACKET_MS) if (send(ms)) passed += 1;
    return passed;
  };
  return { clock, time, send, sendAll };
}

/** Somebody who has spoken for a while, whose clock is far from ours. */
function speaker() {
  const rig = desk();
  const aheadMs = 36_000_000;
  for (; rig.clock.monotonicMs() < 5000; rig.clock.advance(PACKET_MS)) rig.send(aheadMs + rig.clock.monotonicMs());
  return { ...rig, aheadMs };
}

describe('sound that comes in one go', () => {
  it.each([1000, 5000, 10_000])('passes when it was held up for %i ms, and goes on to', (ms) => {
    const { clock, send, sendAll, aheadMs } = speaker();
    for (let time = 0; time < 3; time += 1) {
      const heldSince = aheadMs + clock.monotonicMs();
      clock.advance(ms);
      expect(sendAll(heldSince, heldSince + ms)).toBe(ms / PACKET_MS);
      for (const until = clock.monotonicMs() + 10_000; clock.monotonicMs() < until; clock.advance(PACKET_MS)) {
        expect(send(aheadMs + clock.monotonicMs())).toBe(true);
      }
    }
  });

  it('passes as far as the burst when it was all captured at once', () => {
    const { clock, send, aheadMs } = speaker();
    clock.advance(10_000);
    const passed = Array.from({ length: BURST + 1 }, () => send(aheadMs + 15_000));
    expect(passed.lastIndexOf(true)).toBe(BURST - 1);
    expect(passed.at(-1)).toBe(false);
  });

  it('passes as far as the burst when nothing held it up, whatever times it claims', () => {
    const { clock, send, aheadMs } = speaker();
    const passed = Array.from({ length: BURST + 2 }, (_, index) => send(aheadMs + clock.monotonicMs() + index * 1000));
    expect(passed.filter(Boolean)).toHaveLength(BURST);
  });

  it('passes as far as ten seconds and the burst when it was held up for a minute', () => {
    const { clock, sendAll, aheadMs } = speaker();
    const heldSince = aheadMs + clock.monotonicMs();
    clock.advance(60_000);
    expect(sendAll(heldSince, heldSince + 60_000)).toBe(10_000 / PACKET_MS + BURST);
  });
});

describe('a sender without a clock', () => {
  it.each<[string, (index: number) => number]>([
    ['stand still', () => 0],
    ['run backwards', (index) => 1e9 - index],
    ['are slow by a tenth', (index) => index * PACKET_MS * 0.9],
    ['leap about', (index) => ((index * 7) % 23) * 1000],
  ])('is as fast as others when their times %s', (_, captureMs) => {
    const { clock, send } = desk();
    for (let index = 0; index < 3000; index += 1) {
      expect(send(captureMs(index))).toBe(true);
      clock.advance(PACKET_MS);
    }
  });
});

describe('a clock that is slow', () => {
  it('by a hundredth for half an hour does not use up what a standstill is worth', () => {
    const { clock, send, sendAll } = desk();
    let captureMs = 0;
    const advance = (ms: number): void => {
      clock.advance(ms);
      captureMs += ms * 0.99;
    };
    for (let index = 0; index < 90_000; index += 1) {
      send(captureMs);
      advance(PACKET_MS);
    }
    const heldSince = captureMs;
    advance(9500);
    expect(sendAll(heldSince, captureMs)).toBe(Math.ceil((captureMs - heldSince) / PACKET_MS));
  });
});

it('no capture times let more pass than the rate and one burst, from the beginning on', () => {
  const step = fc.record({ waitMs: fc.nat(3000), stepMs: fc.integer({ min: -5000, max: 5000 }), packets: fc.nat(300) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { clock, send } = desk();
      let captureMs = 0;
      let passed = 0;
      for (const { waitMs, stepMs, packets } of steps) {
        clock.advance(waitMs);
        for (let packet = 0; packet < packets; packet += 1) {
          captureMs += stepMs / 20;
          if (send(captureMs)) passed += 1;
        }
        expect(passed).toBeLessThanOrEqual(BURST + 1 + (clock.monotonicMs() * RATE) / 1000);
      }
    }),
  );
});
