import { describe, expect, it } from 'vitest';
import type { ArchiveTimeline } from '../../../../src/recorder/archive/archive-timeline-file.ts';
import { attendanceCsv, chatVtt, speakersVtt } from '../../../../src/recorder/archive/story-texts.ts';

const HOSTILE = '=cmd|\n-->\n<script>\u202e"x",';

function story(change: Partial<ArchiveTimeline>): ArchiveTimeline {
  return {
    version: 1,
    recording: 'r1',
    room: 'monday',
    title: 'Monday',
    session: 's1',
    startedAt: '2031-05-14T12:00:00.000Z',
    duration: 100,
    framerate: 30,
    width: 1280,
    height: 720,
    pieces: [
      { from: 0, to: 60, startedAt: '2031-05-14T12:00:00.000Z' },
      { from: 62, to: 100, startedAt: '2031-05-14T12:30:00.000Z' },
    ],
    gaps: [],
    chapters: [],
    markers: [],
    people: [],
    events: [],
    ...change,
  };
}

const person = (name: string, change: Partial<ArchiveTimeline['people'][number]> = {}) => ({
  id: name,
  name,
  role: 'host' as const,
  present: [{ from: 0, to: 100 }],
  spoke: [],
  spokeSeconds: 0,
  tracks: [],
  ...change,
});

describe('the texts of a recording', () => {
  it('have a cue with the name for each turn', () => {
    const people = [
      person('Ana', {
        spoke: [
          { from: 5, to: 6 },
          { from: 1, to: 2.5 },
        ],
      }),
      person(HOSTILE, { spoke: [{ from: 2, to: 3 }] }),
      person('\u202e', { spoke: [{ from: 7, to: 8 }] }),
    ];
    expect(speakersVtt(story({ people })).split('\n\n').slice(1)).toEqual([
      '00:00:01.000 --> 00:00:02.500\nAna',
      '00:00:02.000 --> 00:00:03.000\n=cmd| --&gt; &lt;script&gt;"x",',
      '00:00:05.000 --> 00:00:06.000\nAna',
      '00:00:07.000 --> 00:00:08.000\n–\n',
    ]);
  });

  it('show a message as long as it takes to read, and not beyond the end', () => {
    const chat = (t: number, text: string, name = 'Ana') =>
      ({ t, type: 'chat', id: 'c', participant: 'p', name, text }) as const;
    const events = [
      chat(1, 'hi'),
      chat(2, 'x'.repeat(100)),
      chat(3, 'x'.repeat(5000)),
      chat(4, ' \n '),
      chat(99, HOSTILE, HOSTILE),
    ];
    const cues = chatVtt(story({ events })).split('\n\n').slice(1);
    expect(cues.map((cue) => cue.split('\n')[0])).toEqual([
      '00:00:01.000 --> 00:00:05.000',
      '00:00:02.000 --> 00:00:08.000',
      '00:00:03.000 --> 00:00:15.000',
      '00:01:39.000 --> 00:01:40.000',
    ]);
    expect(cues[0]).toContain('<v Ana>hi</v>');
    expect(cues.at(-1)?.split('\n')[1]).toBe('<v =cmd| --&gt; &lt;script&gt;"x",>=cmd| --&gt; &lt;script&gt;"x",</v>');
  });

  it('list who was there by the clock on the wall, with no formula among them', () => {
    const present = [
      { from: 30, to: 60 },
      { from: 62, to: 92 },
    ];
    const table = attendanceCsv(
      story({ people: [person('Ana'), person(HOSTILE, { present, spokeSeconds: 30, role: 'participant' })] }),
    );
    expect(table.split('\r\n')).toEqual([
      '\ufeffname,role,joined,left,minutes present,minutes spoken',
      'Ana,host,2031-05-14T12:00:00.000Z,2031-05-14T12:30:38.000Z,1.7,0.0',
      `"'=cmd| --> <script>""x"",",participant,2031-05-14T12:00:30.000Z,2031-05-14T12:30:30.000Z,1.0,0.5`,
      '',
    ]);
  });
});
