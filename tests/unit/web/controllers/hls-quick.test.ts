import { EventEmitter } from 'node:events';
import Hls from 'hls.js';
import { describe, expect, it } from 'vitest';
import { type QuickHls, riseWhenQuick, WayUp, wouldCome } from '../../../../web/controllers/hls-quick.ts';

const SMALL = 0;
const LARGE = 1;

describe('wouldCome', () => {
  // Half a second of 600 kbit/s within 60 ms: 2.5 Mbit/s takes 250 ms.
  const piece = { waitMs: 50, comesMs: 60, bytes: 37_500, seconds: 0.5 };

  it.each([
    ['what takes seven tenths of its time', { ...piece, waitMs: 100 }, true],
    ['what takes more', { ...piece, waitMs: 101 }, false],
    ['what comes too slowly', { ...piece, comesMs: 73 }, false],
    ['a still picture on a slow line, by the bit rate that it may have', { ...piece, bytes: 3750 }, false],
    ['a whole segment', { waitMs: 400, comesMs: 240, bytes: 150_000, seconds: 2 }, true],
    ['what came in one go', { ...piece, comesMs: 0 }, true],
    ['what came in one go, late', { ...piece, waitMs: 351, comesMs: 0 }, false],
    ['what is empty', { ...piece, bytes: 0 }, false],
    ['what lasts no time', { ...piece, seconds: 0 }, false],
  ])('%s', (_what, one, expected) => {
    expect(wouldCome(one, 2_500_000)).toBe(expected);
  });
});

/** Seconds in which the line is quick, then in which it is slow, over and over; when it rose, in seconds. */
function wobble(quickS: number, slowS: number, untilS: number): readonly number[] {
  const way = new WayUp();
  const rose: number[] = [];
  let large = true;
  for (let ms = 0; ms <= untilS * 1000; ms += 500) {
    const quick = ms % ((quickS + slowS) * 1000) < quickS * 1000;
    if (large && !quick) {
      large = false;
      way.fell(ms);
    } else if (!large && way.came(ms, quick)) {
      large = true;
      way.rose(ms);
      rose.push(ms / 1000);
    }
  }
  return rose;
}

describe('WayUp', () => {
  it('wants four seconds in which all comes quickly', () => {
    const way = new WayUp();
    way.fell(0);
    expect([1000, 2000, 4999].map((ms) => way.came(ms, true))).toEqual([false, false, false]);
    expect(way.came(5000, true)).toBe(true);
  });

  it('begins anew with each piece that comes slowly', () => {
    const way = new WayUp();
    way.fell(0);
    way.came(1000, true);
    way.came(4500, false);
    expect([5000, 8999, 9000].map((ms) => way.came(ms, true))).toEqual([false, false, true]);
  });

  it('never rises on a line that is always slow, nor by quick moments', () => {
    expect(wobble(0, 1, 3600)).toEqual([]);
    expect(wobble(3, 3, 3600)).toEqual([]);
  });

  it('tries less and less often where the line becomes slow again each time', () => {
    expect(wobble(10, 10, 600)).toEqual([24, 48]);
    expect(wobble(40, 40, 600)).toEqual([84, 168, 256, 352, 432, 512, 592]);
  });

  it('takes a minute of the large picture for a success, and waits half a minute at most', () => {
    const way = new WayUp();
    for (let ms = 0; ms < 1000; ms += 100) {
      way.fell(ms);
      way.rose(ms + 50);
    }
    way.fell(1000);
    expect([2000, 33_999, 34_000].map((ms) => way.came(ms, true))).toEqual([false, false, true]);
    way.rose(34_000);
    way.fell(94_000);
    expect([95_000, 98_999, 99_000].map((ms) => way.came(ms, true))).toEqual([false, false, true]);
  });

  it('counts what a stream began with as no attempt', () => {
    const way = new WayUp();
    way.rose(0);
    way.fell(1000);
    expect([2000, 6000].map((ms) => way.came(ms, true))).toEqual([false, true]);
  });
});

interface Coming {
  readonly comesMs?: number;
  readonly level?: number;
  readonly type?: string;
  readonly sn?: number | string;
}

/** hls.js with a small picture that has come after a large one; what `pieces` then brings takes so long. */
function playing() {
  const events = new EventEmitter();
  let ms = 0;
  const hls = {
    on: (event: string, listener: () => void) => events.on(event, listener),
    levels: [
      { averageBitrate: 700_000, maxBitrate: 900_000 },
      { averageBitrate: 2_500_000, maxBitrate: 2_700_000 },
    ],
    config: { abrBandWidthUpFactor: 0.7 },
    autoLevelEnabled: true,
    bandwidthEstimate: 400_000,
  };
  riseWhenQuick(hls as unknown as QuickHls, () => ms);
  const load = (level: number): void => void events.emit(Hls.Events.LEVEL_SWITCHING, '', { level });
  const pieces = (seconds: number, { comesMs = 5, level = SMALL, type = 'main', sn = 7 }: Coming = {}): void => {
    for (let piece = 0; piece < seconds * 2; piece += 1) {
      ms += 500;
      const stats = { loaded: 40_000, loading: { start: 100, first: 120, end: 120 + comesMs } };
      const frag = { type, sn, level, duration: 2, stats: { loaded: 0, loading: { start: 0, first: 0, end: 0 } } };
      events.emit(Hls.Events.FRAG_BUFFERED, '', { frag, part: { duration: 0.5, stats } });
    }
  };
  load(LARGE);
  load(SMALL);
  return { hls, load, pieces };
}

describe('riseWhenQuick', () => {
  it('lets hls.js choose the larger picture once the line would bring it', () => {
    const { hls, pieces } = playing();
    pieces(4);
    expect(hls.bandwidthEstimate).toBe(400_000);
    pieces(0.5);
    expect(hls.bandwidthEstimate * 0.7).toBeGreaterThan(2_700_000);
  });

  it('leaves a higher estimate, which is measured', () => {
    const { hls, pieces } = playing();
    hls.bandwidthEstimate = 9_000_000;
    pieces(5);
    expect(hls.bandwidthEstimate).toBe(9_000_000);
  });

  it('waits for longer after a large picture that the line did not bring', () => {
    const { hls, load, pieces } = playing();
    pieces(5);
    load(LARGE);
    load(SMALL);
    hls.bandwidthEstimate = 400_000;
    pieces(8);
    expect(hls.bandwidthEstimate).toBe(400_000);
    pieces(0.5);
    expect(hls.bandwidthEstimate).toBeGreaterThan(400_000);
  });

  it.each([
    ['on a line that would not bring it', { comesMs: 90 }],
    ['for sound', { type: 'audio' }],
    ['for what begins a stream', { sn: 'initSegment' }],
    ['for what was loaded of the other picture', { level: LARGE }],
  ])('does nothing %s', (_which, what) => {
    const { hls, pieces } = playing();
    pieces(60, what);
    expect(hls.bandwidthEstimate).toBe(400_000);
  });

  it('does nothing while the viewer has chosen, and where there is no larger picture', () => {
    const chosen = playing();
    chosen.hls.autoLevelEnabled = false;
    chosen.load(LARGE);
    chosen.load(SMALL);
    chosen.pieces(60);
    expect(chosen.hls.bandwidthEstimate).toBe(400_000);
    chosen.hls.autoLevelEnabled = true;
    chosen.pieces(4.5);
    expect(chosen.hls.bandwidthEstimate).toBeGreaterThan(400_000);
    const only = playing();
    only.hls.levels.pop();
    only.pieces(60);
    expect(only.hls.bandwidthEstimate).toBe(400_000);
  });
});
