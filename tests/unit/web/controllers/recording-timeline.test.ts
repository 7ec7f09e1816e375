import { expect, it } from 'vitest';
import {
  chaptersUnder,
  lastLineAt,
  mergeChapters,
  NO_TIMELINE,
  readTimeline,
} from '../../../../web/controllers/recording-timeline.ts';

it.each([undefined, null, 7, [], { people: 'all', chapters: {}, events: [null, 7] }])(
  'makes an empty timeline of %j',
  (json) => {
    expect(readTimeline(json)).toEqual(NO_TIMELINE);
  },
);

it('reads who was there, who spoke, what was written and what is missing', () => {
  const timeline = readTimeline({
    duration: 60,
    gaps: [{ at: 20, resumesAt: 22, leftOutSeconds: 9, reason: 'pause' }],
    chapters: [{ t: 30, title: 'Questions' }],
    markers: [{ t: 10, label: 'Goal' }],
    people: [
      {
        id: 'p1',
        name: 'Ann',
        present: [{ from: 0, to: 60 }],
        spoke: [
          { from: 1, to: 4 },
          { from: 9, to: 2 },
        ],
        tracks: [
          { kind: 'video', source: 'camera' },
          { kind: 'audio', source: 'mic' },
        ],
      },
    ],
    events: [
      { t: 5, type: 'chat', id: 'c1', participant: 'p1', name: 'Ann', text: 'Hello' },
      { t: 6, type: 'left', participant: 'p1' },
    ],
  });
  expect(timeline.chapters.map(({ title, marker }) => [title, marker])).toEqual([
    ['Goal', true],
    ['Questions', false],
  ]);
  expect(timeline.people[0]).toMatchObject({
    name: 'Ann',
    spoke: [{ from: 1, to: 4 }],
    spokeSeconds: 3,
    pictures: ['camera'],
  });
  expect(timeline.chat).toEqual([{ t: 5, name: 'Ann', text: 'Hello' }]);
  expect(timeline.gaps).toHaveLength(1);
});

it('lists a marker that is a chapter, too, once', () => {
  const chapters = mergeChapters(
    [{ t: 10, title: 'Goal' }],
    [
      { at: 10.02, label: 'Goal' },
      { at: 11, label: 'Goal' },
    ],
  );
  expect(chapters.map(({ startS }) => startS)).toEqual([10, 11]);
});

it('knows the newest line of a time', () => {
  const chat = [1, 5, 5, 9].map((t) => ({ t, name: '', text: '' }));
  expect([0, 5, 100].map((t) => lastLineAt(chat, t))).toEqual([-1, 2, 3]);
});

it('calls the chapter that has the title of the whole what the recording is called now, and no other', () => {
  const chapters = [
    { t: 0, title: 'Hall' },
    { t: 9, title: 'Hall' },
  ];
  const named = (json: object) => chaptersUnder('Ebb', readTimeline(json)).map(({ title }) => title);
  expect(named({ title: 'Hall', chapters })).toEqual(['Ebb', 'Hall']);
  expect(named({ title: 'Town', chapters, markers: [{ t: 0, label: 'Town' }] })).toEqual(['Hall', 'Town', 'Hall']);
});
