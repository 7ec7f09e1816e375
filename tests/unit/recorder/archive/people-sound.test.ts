import { describe, expect, it } from 'vitest';
import type { IsolatedTrack } from '../../../../src/recorder/tracks/isolated-tracks.ts';
import { peopleOf } from '../../../../src/recorder/archive/people-sound.ts';

const track = (id: number, participant: string, more: Partial<IsolatedTrack> = {}): IsolatedTrack => ({
  id,
  participant,
  name: participant,
  source: 'mic',
  kind: 'audio',
  codec: 'opus',
  track: 1,
  fromMs: 0,
  toMs: 1000,
  packets: 50,
  ...more,
});

describe('peopleOf', () => {
  it('lists whoever sent sound in the order they began, with all of it, by their newest name', () => {
    const tracks = [
      track(0, 'ann', { kind: 'video', codec: 'h264' }),
      track(1, 'ben'),
      track(2, 'ann'),
      track(3, 'ben', { name: 'Benjamin', source: 'screen', toMs: 5000 }),
      track(4, 'cleo', { kind: 'video', codec: 'vp8' }),
    ];
    const people = peopleOf(tracks, 60).map(({ participant, name, tracks: own }) => [
      participant,
      name,
      own.map(({ id }) => id),
    ]);
    expect(people).toEqual([
      ['ben', 'Benjamin', [3, 1]],
      ['ann', 'ann', [2]],
    ]);
  });

  it('takes no more than 32 people, and of each no more than their 32 longest tracks', () => {
    const people = (count: number) => Array.from({ length: count }, (_, n) => track(n, `p${n}`));
    expect(peopleOf(people(32), 7200)).toHaveLength(32);
    expect(peopleOf(people(33), 60).map(({ participant }) => participant)).not.toContain('p32');
    const own = (count: number) => Array.from({ length: count }, (_, n) => track(n, 'ann', { toMs: 1000 + n }));
    expect(peopleOf(own(32), 60)[0]?.tracks).toHaveLength(32);
    expect(peopleOf(own(33), 60)[0]?.tracks.map(({ id }) => id)).not.toContain(0);
    expect(peopleOf(own(33), 60)[0]?.tracks).toHaveLength(32);
  });

  it('takes no more people than 64 hours of sound are for, so that no film is too large for the memory', () => {
    const people = Array.from({ length: 40 }, (_, n) => track(n, `p${n}`));
    const hours = [2, 2.01, 12, 64, 65].map((each) => peopleOf(people, each * 3600).length);
    expect(hours).toEqual([32, 31, 5, 1, 1]);
  });
});
