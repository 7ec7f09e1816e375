import { describe, expect, it } from 'vitest';
import type { RosterEntry } from '../../../../src/protocol/messages.ts';
import { isMuted, tileRows } from '../../../../web/controllers/tile-rows.ts';

type Track = RosterEntry['tracks'][number];

const mic = (state: Track['state']): Track => ({ track: 0, kind: 'audio', source: 'mic', state });
const video = (track: number, source: Track['source']): Track => ({ track, kind: 'video', source, state: 'live' });

function person(id: string, tracks: readonly Track[], change: Partial<RosterEntry> = {}): RosterEntry {
  return { id, name: id, role: 'participant', muted: false, connected: true, tracks: [...tracks], ...change };
}

describe('tileRows', () => {
  it('tell which picture is the newest, as the mixer knows it', () => {
    const track = { kind: 'video', source: 'screen', state: 'live' } as const;
    const about = { role: 'participant', muted: false, connected: true } as const;
    const rows = tileRows([
      { id: 'ana', name: 'Ana', ...about, tracks: [{ ...track, track: 2, since: 9 }] },
      { id: 'ben', name: 'Ben', ...about, tracks: [{ ...track, track: 2, since: 4 }] },
    ]);
    expect(rows.map(({ since }) => since)).toEqual([9, 4]);
  });

  it('has a row for each picture, and one for everybody without', () => {
    const rows = tileRows([
      person('ann', [mic('live'), video(1, 'camera'), video(2, 'screen')]),
      person('bob', [mic('live')]),
      person('cy', [video(4, 'file')]),
    ]);
    expect(rows.map(({ key, source }) => [key, source])).toEqual([
      ['ann/1', 'camera'],
      ['ann/2', 'screen'],
      ['bob', 'none'],
      ['cy/4', 'file'],
    ]);
  });

  it('tells whose hand is up, unless their line is cut', () => {
    const rows = tileRows([
      person('ann', [video(1, 'camera'), video(2, 'screen')], { hand: 2 }),
      person('bob', [], { hand: 1, connected: false }),
      person('cy', []),
    ]);
    expect(rows.map(({ hand }) => hand)).toEqual([true, true, false, false]);
  });

  it('calls a tile by its participant, and by its track when they have several', () => {
    const rows = tileRows([
      person('ann', [video(1, 'camera'), video(2, 'screen')]),
      person('bob', [video(1, 'camera')]),
    ]);
    expect(rows.map(({ handle }) => handle)).toEqual(['ann/1', 'ann/2', 'bob']);
  });
});

describe('isMuted', () => {
  it('is whoever a host silenced, or whose every microphone is off', () => {
    expect(isMuted(person('ann', [mic('live')], { muted: true }))).toBe(true);
    expect(isMuted(person('ann', [mic('muted')]))).toBe(true);
    expect(isMuted(person('ann', [mic('live'), { ...mic('muted'), track: 5 }]))).toBe(false);
    expect(isMuted(person('ann', []))).toBe(false);
  });
});
