import { describe, expect, it } from 'vitest';
import { archiveTimelineSchema } from '../../../../src/recorder/archive/archive-timeline-file.ts';
import { archiveStory, type StorySources } from '../../../../src/recorder/archive/archive-story.ts';
import { RecordingTimeline } from '../../../../src/recorder/recordings/recording-timeline.ts';
import type { SessionEvent } from '../../../../src/recorder/session/session-events.ts';

const FPS = 30;
const ORIGIN = Date.parse('2031-05-14T12:00:00.000Z');
/** Seconds of the session 2–6 and 9–12, with a slate of two seconds between them. */
const RANGES = [
  { from: 60, to: 180, endedBy: 'pause' as const },
  { from: 270, to: 360 },
];
const PIECES = [
  { from: 60, to: 180, outputFrame: 0, parts: [] },
  { from: 270, to: 360, outputFrame: 180, parts: [] },
];

const joined = (ms: number, participant: string, name = participant): SessionEvent => ({
  type: 'joined',
  ms,
  participant,
  name,
  role: 'participant',
});
const speaking = (ms: number, ...participants: string[]): SessionEvent => ({ type: 'speaking', ms, participants });
const left = (ms: number, participant: string): SessionEvent => ({ type: 'left', ms, participant });

function story(events: readonly SessionEvent[], change: Partial<StorySources> = {}) {
  return archiveStory({
    recording: 'r1',
    session: 's1',
    room: 'monday',
    title: 'Monday',
    originWallMs: ORIGIN,
    width: 1280,
    height: 720,
    timeline: new RecordingTimeline(PIECES, FPS),
    ranges: RANGES,
    pieces: PIECES.map((piece) => ({ ...piece, parts: part(piece.from, piece.to) })),
    events,
    chapters: [{ t: 0, title: 'Beginning' }],
    tracks: [],
    ...change,
  });
}

function part(from: number, to: number) {
  const rest = { segment: 0, index: 0, offset: 0, bytes: 1, independent: true, discontinuity: false, init: 0 };
  return [{ type: 'part' as const, firstFrame: from, frames: to - from, wallTime: 0, ...rest }];
}

describe('the story of a recording', () => {
  it('is what the file of a timeline may hold, with its pieces by the clock on the wall', () => {
    const told = story([joined(0, 'ana'), speaking(2500, 'ana')]);
    expect(archiveTimelineSchema.parse(JSON.parse(JSON.stringify(told)))).toEqual(told);
    expect(told).toMatchObject({ startedAt: '2031-05-14T12:00:02.000Z', duration: 9, chapters: [{ t: 0 }] });
    expect(told.pieces).toEqual([
      { from: 0, to: 4, startedAt: '2031-05-14T12:00:02.000Z' },
      { from: 6, to: 9, startedAt: '2031-05-14T12:00:09.000Z' },
    ]);
    expect(told.gaps).toEqual([{ at: 4, resumesAt: 6, leftOutSeconds: 3, reason: 'pause' }]);
  });

  it('tells what held when it began, first who was there', () => {
    const told = story([
      { type: 'layout', ms: 10, layout: { arrangement: 'grid' } },
      joined(100, 'ana', 'Ana'),
      { type: 'track-added', ms: 200, participant: 'ana', track: 3, kind: 'video', source: 'camera' },
      { type: 'track-added', ms: 210, participant: 'ana', track: 4, kind: 'video', source: 'screen' },
      { type: 'track-state', ms: 300, participant: 'ana', track: 3, state: 'muted' },
      { type: 'renamed', ms: 400, participant: 'ana', name: 'Ana B' },
      { type: 'track-removed', ms: 450, participant: 'ana', track: 4 },
      joined(500, 'ben'),
      left(600, 'ben'),
      { type: 'layout', ms: 700, layout: { arrangement: 'spotlight' } },
      { type: 'chat', ms: 800, id: 'c1', participant: 'ana', name: 'Ana', text: 'before' },
      { type: 'layout', ms: 2500, layout: { arrangement: 'bar' } },
    ]);
    expect(told.events).toEqual([
      { t: 0, type: 'joined', participant: 'ana', name: 'Ana B', role: 'participant' },
      { t: 0, type: 'track-added', participant: 'ana', track: 3, kind: 'video', source: 'camera' },
      { t: 0, type: 'track-state', participant: 'ana', track: 3, state: 'muted' },
      { t: 0, type: 'layout', layout: { arrangement: 'spotlight' } },
      { t: 0.5, type: 'layout', layout: { arrangement: 'bar' } },
    ]);
  });

  it('tells what changed in a pause when it goes on, but not what was said there', () => {
    const told = story([
      joined(0, 'ana'),
      joined(0, 'ben'),
      { type: 'track-added', ms: 100, participant: 'ana', track: 1, kind: 'video', source: 'camera' },
      { type: 'title', ms: 6500, title: 'In the pause' },
      left(7000, 'ben'),
      { type: 'track-removed', ms: 7100, participant: 'ana', track: 1 },
      { type: 'renamed', ms: 7200, participant: 'ana', name: 'Anna' },
      joined(7300, 'cem'),
      { type: 'chat', ms: 7400, id: 'c1', participant: 'ana', name: 'Ana', text: 'secret' },
      { type: 'marker', ms: 7500, label: 'marked' },
      { type: 'chat', ms: 9500, id: 'c2', participant: 'ana', name: 'Ana', text: 'again' },
      { type: 'title', ms: 13_000, title: 'Afterwards' },
    ]);
    expect(told.events.slice(3)).toEqual([
      { t: 6, type: 'left', participant: 'ben' },
      { t: 6, type: 'renamed', participant: 'ana', name: 'Anna' },
      { t: 6, type: 'track-removed', participant: 'ana', track: 1 },
      { t: 6, type: 'joined', participant: 'cem', name: 'cem', role: 'participant' },
      { t: 6, type: 'title', title: 'In the pause' },
      { t: 6, type: 'marker', label: 'marked' },
      { t: 6.5, type: 'chat', id: 'c2', participant: 'ana', name: 'Ana', text: 'again' },
    ]);
    expect(told.markers).toEqual([{ t: 6, label: 'marked' }]);
    expect(told.title).toBe('Monday');
  });

  it('leaves out what concerns another recording', () => {
    const told = story([
      { type: 'marker', ms: 2500, label: 'mine', recording: 'r1' },
      { type: 'marker', ms: 2600, label: 'theirs', recording: 'r2' },
      { type: 'recording', ms: 2700, recording: 'r2', state: 'recording' },
    ]);
    expect(told.events).toEqual([{ t: 0.5, type: 'marker', label: 'mine', recording: 'r1' }]);
  });

  it('joins turns over breaths and cuts them to what was recorded', () => {
    const told = story([
      joined(0, 'ana'),
      joined(3000, 'ben', 'Ben'),
      speaking(1000, 'ana'),
      speaking(3000),
      speaking(4000, 'ana'),
      speaking(4500, 'ben'),
      speaking(5501, 'ana', 'ben'),
      left(5800, 'ben'),
      speaking(10_000),
    ]);
    expect(told.people).toEqual([
      {
        id: 'ana',
        name: 'ana',
        role: 'participant',
        present: [
          { from: 0, to: 4 },
          { from: 6, to: 9 },
        ],
        // The breath of a second is hers, the one a millisecond longer is not.
        spoke: [
          { from: 0, to: 2.5 },
          { from: 3.501, to: 4 },
          { from: 6, to: 7 },
        ],
        spokeSeconds: 3.999,
        tracks: [],
      },
      {
        id: 'ben',
        name: 'Ben',
        role: 'participant',
        present: [{ from: 1, to: 3.8 }],
        spoke: [{ from: 2.5, to: 3.8 }],
        spokeSeconds: 1.3,
        tracks: [],
      },
    ]);
  });

  it('knows nobody who was only there in a pause, before or after', () => {
    const told = story([joined(0, 'a'), left(1000, 'a'), joined(6500, 'b'), left(8500, 'b'), joined(12_500, 'c')]);
    expect(told.people).toEqual([]);
    expect(told.events).toEqual([]);
  });

  it('takes everybody for gone where the server was interrupted, unless they came back', () => {
    const ranges = [{ from: 60, to: 180, endedBy: 'interruption' as const }, RANGES[1] ?? { from: 0, to: 1 }];
    const events = [joined(0, 'ana'), joined(0, 'ben'), speaking(1000, 'ben'), joined(8500, 'ana')];
    const told = story(events, { ranges });
    expect(told.gaps).toEqual([{ at: 4, resumesAt: 6, leftOutSeconds: 3, reason: 'interruption' }]);
    expect(told.people.map(({ id, present }) => [id, present])).toEqual([
      [
        'ana',
        [
          { from: 0, to: 4 },
          { from: 6, to: 9 },
        ],
      ],
      ['ben', [{ from: 0, to: 4 }]],
    ]);
    expect(told.events.filter(({ t }) => t === 6)).toEqual([{ t: 6, type: 'left', participant: 'ben' }]);
  });

  it('sees no gap where one piece goes on with the next', () => {
    const pieces = [
      { from: 60, to: 120, outputFrame: 0, parts: part(60, 120) },
      { from: 120, to: 180, outputFrame: 60, parts: part(120, 180) },
    ];
    const timeline = new RecordingTimeline(pieces, FPS);
    const told = story([joined(0, 'ana'), speaking(2500, 'ana')], { pieces, timeline, ranges: pieces });
    expect(told.gaps).toEqual([]);
    expect(told.people[0]).toMatchObject({ present: [{ from: 0, to: 4 }], spoke: [{ from: 0.5, to: 4 }] });
  });

  it('tells where parts are missing, and whether the disk was full', () => {
    const pieces = [
      { from: 0, to: 360, outputFrame: 0, parts: [...part(0, 90), ...part(150, 210), ...part(240, 360)] },
    ];
    const told = story(
      [
        { type: 'disk', ms: 3100, state: 'full' },
        { type: 'disk', ms: 4900, state: 'writes' },
      ],
      {
        ranges: [{ from: 0, to: 360 }],
        pieces,
        timeline: new RecordingTimeline(pieces, FPS),
      },
    );
    expect(told.gaps).toEqual([
      { at: 3, resumesAt: 5, leftOutSeconds: 2, reason: 'disk' },
      { at: 7, resumesAt: 8, leftOutSeconds: 1, reason: 'interruption' },
    ]);
  });

  it('tells what is missing in order, pauses among it', () => {
    const parts = [[...part(60, 90), ...part(120, 180)], part(270, 360)];
    const told = story([], { pieces: PIECES.map((piece, index) => ({ ...piece, parts: parts[index] ?? [] })) });
    expect(told.gaps.map(({ at, reason }) => [at, reason])).toEqual([
      [1, 'interruption'],
      [4, 'pause'],
    ]);
  });

  it('has the files of each person, also of one whose coming nobody wrote down', () => {
    const track = { kind: 'audio', source: 'mic', codec: 'opus', from: 1, to: 3, name: 'Dora' } as const;
    const told = story([joined(0, 'ana')], {
      tracks: [
        { ...track, participant: 'ana', file: 'track-01-mic.ogg' },
        { ...track, participant: 'dora', file: 'track-02-mic.ogg', to: 4 },
      ],
    });
    expect(told.people.map(({ name, tracks }) => [name, tracks])).toEqual([
      ['ana', [{ file: 'track-01-mic.ogg', kind: 'audio', source: 'mic', codec: 'opus', from: 1, to: 3 }]],
      ['Dora', [{ file: 'track-02-mic.ogg', kind: 'audio', source: 'mic', codec: 'opus', from: 1, to: 4 }]],
    ]);
    expect(told.people[1]?.present).toEqual([{ from: 1, to: 4 }]);
  });
});
