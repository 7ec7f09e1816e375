import { describe, expect, it } from 'vitest';
import { layoutSchema } from '../../../../src/layout/layout.ts';
import type { TimelineEvent } from '../../../../src/recorder/archive/archive-timeline-file.ts';
import { planSpans, type RenderSpan, wallMsAt } from '../../../../src/recorder/render/render-plan.ts';
import type { RenderOrder } from '../../../../src/recorder/render/render-request.ts';
import { type ArchiveOptions, timelineOf } from '../../../helpers/track-archive.ts';

const ANA = { id: 'ana', from: 0, to: 10, toneHz: 400 };
const BEN = { id: 'ben', from: 2, to: 8, toneHz: 500 };
const order = (change: Partial<RenderOrder> = {}): RenderOrder => ({
  ...{ layout: layoutSchema.parse({}), from: 0, to: 10, without: [], format: 'mp4', width: 640, height: 360 },
  ...change,
});
const planned = (change: Partial<RenderOrder> = {}, options: Partial<ArchiveOptions> = {}): RenderSpan[] => [
  ...planSpans(timelineOf({ recording: 'r', people: [ANA, BEN], duration: 10, ...options }), order(change)),
];
const shown = ({ arrangement, tiles }: RenderSpan): string[] =>
  arrangement.regions.map(({ key, width }) => `${key} ${width} ${tiles.get(key)?.file ?? 'nothing'}`);
const at = (spans: readonly RenderSpan[], t: number): RenderSpan => {
  const found = spans.find(({ from, to }) => from <= t && t < to);
  if (!found) throw new Error(`Nothing is planned at ${t}`);
  return found;
};

describe('the plan of a render', () => {
  it('covers its range without a gap, and nothing else', () => {
    const spans = planned({ from: 1.5, to: 9 });
    expect(spans[0]?.from).toBe(1.5);
    expect(spans.at(-1)?.to).toBe(9);
    for (const [index, { from }] of spans.slice(1).entries()) expect(from).toBe(spans[index]?.to);
  });

  it('places whoever is there by the layout that was asked for', () => {
    const spans = planned();
    expect(shown(at(spans, 1))).toEqual(['ana/0 640 ana-camera.mkv']);
    expect(shown(at(spans, 3))).toEqual(['ana/0 320 ana-camera.mkv', 'ben/0 320 ben-camera.mkv']);
    expect(shown(at(spans, 9))).toEqual(['ana/0 640 ana-camera.mkv']);
  });

  it('follows the layouts as they were when those are wanted', () => {
    const events: TimelineEvent[] = [
      { t: 0, type: 'layout', layout: layoutSchema.parse({ policy: 'single', pinned: ['ben'] }) },
      { t: 5, type: 'layout', layout: layoutSchema.parse({ policy: 'grid' }) },
      // As a later version would write it: the one before stays.
      { t: 6, type: 'layout', layout: { policy: 'carousel' } },
    ];
    const spans = planned({ layout: 'recorded' }, { events });
    expect(shown(at(spans, 3))).toEqual(['ben/0 640 ben-camera.mkv']);
    expect(shown(at(spans, 5.5))).toHaveLength(2);
    expect(shown(at(spans, 6.5))).toHaveLength(2);
  });

  it('leaves people out as if they had never come', () => {
    const events: TimelineEvent[] = [{ t: 3, type: 'speaking', participants: ['ana', 'ben'], speaker: 'ana' }];
    const spans = planned({ without: ['ana'], layout: layoutSchema.parse({ policy: 'speaker' }) }, { events });
    expect(shown(at(spans, 1))).toEqual([]);
    expect(shown(at(spans, 4))).toEqual(['ben/0 640 ben-camera.mkv']);
    expect(at(spans, 4).tiles.get('ben/0')).toMatchObject({ speaking: true, floor: false });
  });

  it('gives the large place to whoever speaks', () => {
    const events: TimelineEvent[] = [
      { t: 3, type: 'speaking', participants: ['ben'], speaker: 'ben' },
      { t: 5, type: 'speaking', participants: ['ana'], speaker: 'ana' },
    ];
    const spans = planned({ layout: layoutSchema.parse({ policy: 'single', rules: [] }) }, { events });
    expect(shown(at(spans, 4))).toEqual(['ben/0 640 ben-camera.mkv']);
    expect(shown(at(spans, 6))).toEqual(['ana/0 640 ana-camera.mkv']);
    expect(at(spans, 6).tiles.get('ana/0')).toMatchObject({ floor: true, name: 'ana' });
  });

  it('shows an avatar while a camera is off, its own picture when it comes again, and a screen apart', () => {
    const events: TimelineEvent[] = [
      { t: 4, type: 'track-removed', participant: 'ana', track: 0 },
      { t: 5, type: 'track-added', participant: 'ana', track: 0, kind: 'video', source: 'camera' },
      { t: 6, type: 'track-added', participant: 'ana', track: 2, kind: 'video', source: 'screen' },
    ];
    const timeline = timelineOf({ recording: 'r', people: [ANA, BEN], duration: 10, events });
    const [ana, ben] = timeline.people;
    if (!ana || !ben) throw new Error('Nobody is there');
    const file = (name: string, source: 'camera' | 'screen', from: number, to: number) =>
      ({ file: name, kind: 'video', source, codec: 'h264', from, to }) as const;
    const tracks = [file('a.mkv', 'camera', 0, 4), file('b.mkv', 'camera', 5.2, 10), file('c.mkv', 'screen', 6.1, 10)];
    const grid = layoutSchema.parse({ policy: 'grid', rules: [] });
    const spans = [...planSpans({ ...timeline, people: [{ ...ana, tracks }, ben] }, order({ layout: grid }))];
    const ofAna = (t: number): string[] => shown(at(spans, t)).filter((line) => line.startsWith('ana'));
    expect(ofAna(3)).toEqual(['ana/0 320 a.mkv']);
    expect(ofAna(4.5)).toEqual(['ana 320 nothing']);
    expect(ofAna(5.1)).toEqual(['ana/0 320 nothing']);
    expect(ofAna(5.5)).toEqual(['ana/0 320 b.mkv']);
    expect(ofAna(7)).toEqual(['ana/0 320 b.mkv', 'ana/2 320 c.mkv']);
  });

  it('knows names, marks and delays as they were told', () => {
    const events: TimelineEvent[] = [
      { t: 1, type: 'renamed', participant: 'ana', name: 'Ána' },
      { t: 1, type: 'playout', participant: 'ana', delayMs: 85 },
      { t: 2, type: 'loudness', participant: 'ana', silenced: true, gainDb: 0 },
      { t: 3, type: 'track-state', participant: 'ana', track: 0, state: 'paused' },
      { t: 4, type: 'connection', participant: 'ana', connected: false },
    ];
    const spans = planned({}, { events });
    expect(at(spans, 0.5).tiles.get('ana/0')).toMatchObject({ name: 'ana', muted: false, paused: false });
    expect(at(spans, 5).tiles.get('ana/0')).toMatchObject({
      ...{ name: 'Ána', muted: true, paused: true, lostAt: 4, delay: 0.085 },
    });
  });

  it('shows nothing of whoever refuses to be recorded', () => {
    const spans = planned({}, { events: [{ t: 3, type: 'consent', participant: 'ana', given: false }] });
    expect(at(spans, 2.5).tiles.get('ana/0')).toMatchObject({ withheld: false, file: 'ana-camera.mkv' });
    expect(at(spans, 4).tiles.get('ana/0')).toMatchObject({ withheld: true, file: undefined });
  });

  it('has a slate where one stands in the recording', () => {
    const gaps = [{ at: 4, resumesAt: 6, leftOutSeconds: 60, reason: 'pause' as const }];
    const spans = planned({}, { gaps });
    expect([3.9, 4, 5.9, 6].map((t) => at(spans, t).pause)).toEqual([undefined, 'pause', 'pause', undefined]);
  });

  it('keeps the arrangement where nobody moves, so that nothing is moved by it', () => {
    const events: TimelineEvent[] = [{ t: 5, type: 'speaking', participants: ['ana'] }];
    const spans = planned({}, { events });
    expect(at(spans, 5.5).arrangement).toBe(at(spans, 4.5).arrangement);
  });

  it('takes people as the timeline lists them where no event tells of them', () => {
    const timeline = { ...timelineOf({ recording: 'r', people: [ANA, BEN], duration: 10 }), events: [] };
    expect(shown(at([...planSpans(timeline, order())], 3))).toHaveLength(2);
  });

  it('knows the wall clock on both sides of a pause', () => {
    const timeline = {
      ...timelineOf({ recording: 'r', people: [], duration: 10 }),
      pieces: [
        { from: 0, to: 4, startedAt: '2026-01-01T00:00:00.000Z' },
        { from: 6, to: 10, startedAt: '2026-01-01T01:00:00.000Z' },
      ],
    };
    const of = (t: number): string => new Date(wallMsAt(timeline, t)).toISOString();
    expect([1, 7].map(of)).toEqual(['2026-01-01T00:00:01.000Z', '2026-01-01T01:00:01.000Z']);
  });
});
