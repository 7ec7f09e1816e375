import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KeptRecording, outdated } from '../../../../src/recorder/recordings/retention-policy.ts';

const DAY = 86_400_000;
const GB = 1e9;
const NOW = Date.UTC(2026, 10, 24);

function kept(id: string, days: number, gigabytes = 1): KeptRecording {
  return { id, endedMs: NOW - days * DAY, bytes: gigabytes * GB };
}

const idle = (): boolean => false;
const ids = (found: readonly { id: string }[]): string[] => found.map(({ id }) => id);

describe('outdated', () => {
  it('keeps everything where nothing is said', () => {
    expect(outdated([kept('a', 9999, 9999)], { days: 0, maxGigabytes: 0 }, NOW, idle)).toEqual([]);
  });

  it('takes what is older than so many days, to the millisecond', () => {
    const rules = { days: 30, maxGigabytes: 0 };
    const exactly = kept('exactly', 30);
    const older = { ...exactly, id: 'older', endedMs: exactly.endedMs - 1 };
    expect(outdated([exactly, older], rules, NOW, idle)).toEqual([{ id: 'older', bytes: GB, reason: 'days' }]);
  });

  it('takes nothing for its age that ended while the clock was not set', () => {
    const all = [{ id: 'then', endedMs: 5 * DAY, bytes: GB }, kept('old', 31)];
    expect(outdated(all, { days: 30, maxGigabytes: 0 }, NOW, idle)).toMatchObject([{ id: 'old' }]);
    expect(outdated(all, { days: 0, maxGigabytes: 1 }, NOW, idle)).toMatchObject([{ id: 'then' }]);
  });

  it('takes the oldest until the rest is no more than allowed', () => {
    const all = [kept('new', 1, 2), kept('old', 9, 2), kept('middle', 5, 2)];
    expect(outdated(all, { days: 0, maxGigabytes: 6 }, NOW, idle)).toEqual([]);
    expect(ids(outdated(all, { days: 0, maxGigabytes: 5 }, NOW, idle))).toEqual(['old']);
    expect(ids(outdated(all, { days: 0, maxGigabytes: 1 }, NOW, idle))).toEqual(['old', 'middle', 'new']);
  });

  it('leaves what somebody needs, and takes no younger one in its place', () => {
    const all = [kept('old', 9, 2), kept('new', 1, 2)];
    expect(outdated(all, { days: 0, maxGigabytes: 3 }, NOW, (id) => id === 'old')).toEqual([]);
    expect(outdated(all, { days: 5, maxGigabytes: 0 }, NOW, (id) => id === 'old')).toEqual([]);
  });

  it('never takes what is busy, and never more than is needed', () => {
    const recording = fc.record({ days: fc.nat(100), gigabytes: fc.nat(20), busy: fc.boolean() });
    fc.assert(
      fc.property(fc.array(recording, { maxLength: 20 }), fc.nat(100), (made, maxGigabytes) => {
        const all = made.map(({ days, gigabytes }, index) => kept(`r${index}`, days, gigabytes));
        const busy = new Set(made.flatMap((each, index) => (each.busy ? [`r${index}`] : [])));
        const found = outdated(all, { days: 0, maxGigabytes }, NOW, (id) => busy.has(id));
        expect(found.filter(({ id }) => busy.has(id))).toEqual([]);
        const total = all.reduce((sum, { bytes }) => sum + bytes, 0);
        const gone = found.reduce((sum, { bytes }) => sum + bytes, 0);
        const last = found.at(-1)?.bytes ?? 0;
        if (maxGigabytes > 0 && found.length > 0) expect(total - gone + last).toBeGreaterThan(maxGigabytes * GB);
      }),
    );
  });
});
