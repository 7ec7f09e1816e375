import { describe, expect, it } from 'vitest';
import type { TimelineEvent } from '../../../../src/recorder/archive/archive-timeline-file.ts';
import type { RenderOrder } from '../../../../src/recorder/render/render-request.ts';
import { planSound, soundGraph, soundInputOptions } from '../../../../src/recorder/render/sound-plan.ts';
import { gainFor, loudnessOf } from '../../../../src/recorder/render/render-sound.ts';
import { timelineOf } from '../../../helpers/track-archive.ts';

const PEOPLE = [
  { id: 'ana', from: 0, to: 10, toneHz: 400 },
  { id: 'ben', from: 2, to: 4, toneHz: 500 },
];
const order = (change: Partial<RenderOrder> = {}): RenderOrder => ({
  ...{ layout: 'recorded', from: 0, to: 10, without: [], format: 'mp3', width: 640, height: 360 },
  ...change,
});
const planned = (change: Partial<RenderOrder>, events: TimelineEvent[] = []) =>
  planSound(timelineOf({ recording: 'r', people: PEOPLE, duration: 10, events }), order(change));

describe('the sound of a render', () => {
  it('is that of everybody wanted who is heard in its range', () => {
    expect(planned({}).map(({ file }) => file)).toEqual(['ana-mic.ogg', 'ben-mic.ogg']);
    expect(planned({ from: 6, to: 8 }).map(({ file }) => file)).toEqual(['ana-mic.ogg']);
    expect(planned({ without: ['ana'] }).map(({ file }) => file)).toEqual(['ben-mic.ogg']);
  });

  it('is silent where a host or the sender switched it off, and as loud as the host set it', () => {
    const events: TimelineEvent[] = [
      { t: 1, type: 'track-state', participant: 'ana', track: 1, state: 'muted' },
      { t: 2, type: 'track-state', participant: 'ana', track: 1, state: 'live' },
      { t: 3, type: 'loudness', participant: 'ana', silenced: true, gainDb: 0 },
      { t: 4, type: 'loudness', participant: 'ana', silenced: false, gainDb: -20 },
    ];
    const [ana, ben] = planned({ to: 6 }, events);
    expect(ana?.levels.map(({ from, gain }) => [from, Math.round(gain * 100) / 100])).toEqual([
      ...[
        [0, 1],
        [1, 0],
        [2, 1],
        [3, 0],
        [4, 0.1],
      ],
    ]);
    expect(ben?.levels.every(({ gain }) => gain === 1)).toBe(true);
  });

  it('is as late as the program was, by the middle of what was measured', () => {
    const events = [90, 70, 80].map(
      (delayMs, t): TimelineEvent => ({ t, type: 'playout', participant: 'ana', delayMs }),
    );
    expect(planned({}, events).map(({ delay }) => delay)).toEqual([0.08, 0.06]);
  });

  it('is a graph of numbers alone, as long as the render', () => {
    const sources = planned({ from: 3, to: 7 }).map((source) => ({ ...source, file: "x';[a]" }));
    const graph = soundGraph(sources, order({ from: 3, to: 7 }));
    expect(graph).not.toContain("x'");
    expect(graph).toContain('amix=inputs=2');
    expect(graph).toMatch(/atrim=end=4\.000000\[sound\]$/);
    expect(soundGraph([], order({ to: 2.5 }))).toBe('anullsrc=r=48000:cl=stereo,atrim=end=2.500000[sound]');
  });

  it('does not decode what is far before its range', () => {
    const [ana] = planned({ from: 9 });
    if (!ana) throw new Error('Nothing is planned');
    expect(soundInputOptions(ana, order({ from: 9 }))).toEqual(['-seek_timestamp', '1', '-ss', '7.940000']);
    expect(soundInputOptions(ana, order())).toEqual([]);
  });

  it('is brought to -16 LUFS, within reason', () => {
    const summary = ['  Integrated loudness:', '    I:         -23.5 LUFS', '    Threshold: -33.9 LUFS'];
    expect(loudnessOf(summary)).toBe(-23.5);
    expect(loudnessOf(['    I:         -inf LUFS'])).toBeUndefined();
    expect([gainFor(-23.5), gainFor(-60), gainFor(-70), gainFor(undefined)]).toEqual([7.5, 24, 0, 0]);
  });
});
