import { EventEmitter } from 'node:events';
import Hls from 'hls.js';
import { describe, expect, it } from 'vitest';
import { comesTooLate, type SlowHls, SlowPicture } from '../../../../web/controllers/hls-slow.ts';

const SMALL = 0;
const LARGE = 1;

describe('comesTooLate', () => {
  // A tenth of 500,000 bytes in 500 ms: the rest takes 4.5 s.
  const slow = { sinceMs: 500, loaded: 50_000, total: 500_000 };

  it.each([
    ['what comes after all has been played', slow, 4.4, 0.3, true],
    ['what comes in time', slow, 4.5, 0.3, false],
    ['what nobody can know yet', { ...slow, sinceMs: 499 }, 0, 0.3, false],
    ['what has not begun to come', { ...slow, loaded: 0 }, 0, 0.3, false],
    ['what would take longer anew', { ...slow, loaded: 350_000 }, 0, 0.3, false],
    ['what would be there sooner anew', { ...slow, loaded: 349_999 }, 0, 0.3, true],
    ['what is as large anew', slow, 0, 1, false],
  ])('%s', (_what, arriving, aheadS, part, expected) => {
    expect(comesTooLate(arriving, aheadS, part)).toBe(expected);
  });
});

/** hls.js with a request of the picture under way, of which a tenth has come in a second. */
function loading(change: Partial<Pick<SlowHls, 'autoLevelEnabled' | 'minAutoLevel'>> = {}, level = LARGE) {
  const events = new EventEmitter();
  const aborted: string[] = [];
  const stats = { aborted: false, loaded: 50_000, total: 500_000, loading: { start: 900, first: 1000, end: 0 } };
  const told: unknown[] = [];
  events.on(Hls.Events.FRAG_LOAD_EMERGENCY_ABORTED, (_event: string, data: unknown) => told.push(data));
  const hls = {
    on: (event: string, listener: () => void) => events.on(event, listener),
    trigger: (event: string, data: unknown) => events.emit(event, event, data),
    levels: [{ maxBitrate: 900_000 }, { maxBitrate: 2_700_000 }],
    minAutoLevel: SMALL,
    autoLevelEnabled: true,
    mainForwardBufferInfo: { len: 2 },
    bandwidthEstimate: 9_000_000,
    nextLoadLevel: LARGE,
    ...change,
  };
  const slow = new SlowPicture(hls as unknown as SlowHls);
  const begin = ({ type = 'main', sn = 7 }: { readonly type?: string; readonly sn?: number | string } = {}) => {
    const abortRequests = (): void => void aborted.push(`${type} ${sn}`);
    hls.trigger(Hls.Events.FRAG_LOADING, { frag: { type, sn, level, loader: { stats }, abortRequests } });
  };
  begin();
  return { hls, slow, begin, stats, aborted, told };
}

describe('SlowPicture', () => {
  it('breaks off once, and goes on with the smaller picture by what the line has brought', () => {
    const { hls, slow, begin, aborted, told } = loading();
    slow.look(1499);
    expect(aborted).toEqual([]);
    slow.look(2000);
    slow.look(2100);
    expect(aborted).toEqual(['main 7']);
    expect(hls).toMatchObject({ nextLoadLevel: SMALL, bandwidthEstimate: 400_000 });
    expect(told).toHaveLength(1);
    begin({ sn: 8 });
    slow.look(2200);
    expect(aborted).toEqual(['main 7', 'main 8']);
  });

  it.each([
    ['of a quality that the viewer has chosen', loading({ autoLevelEnabled: false })],
    ['of the smallest picture', loading({}, SMALL)],
    ['where the smaller picture is missing', loading({ minAutoLevel: LARGE })],
  ])('leaves a request %s', (_which, { slow, aborted, told }) => {
    slow.look(2000);
    expect([aborted, told]).toEqual([[], []]);
  });

  it('leaves sound and what begins a stream, and still knows of the picture', () => {
    const { slow, begin, aborted } = loading();
    begin({ type: 'audio' });
    begin({ sn: 'initSegment' });
    slow.look(2000);
    expect(aborted).toEqual(['main 7']);
  });

  it.each([
    ['has come', { loading: { start: 900, first: 1000, end: 1900 } }],
    ['has not begun to come', { loading: { start: 900, first: 0, end: 0 } }],
    ['was broken off', { aborted: true }],
    ['does not tell its size', { total: 0 }],
  ])('leaves what %s', (_what, change) => {
    const { slow, stats, aborted } = loading();
    Object.assign(stats, change);
    slow.look(2000);
    expect(aborted).toEqual([]);
  });
});
