import { describe, expect, it } from 'vitest';
import type { AnnotationLanguage } from '../../../../src/layout/annotation.ts';
import { planArchive } from '../../../../src/recorder/archive/archive-plan.ts';
import { chaptersOf, omissionsOf, readChapters } from '../../../../src/recorder/archive/chapters.ts';
import type { RangeEnd } from '../../../../src/recorder/recordings/frame-range.ts';
import { RecordingTimeline } from '../../../../src/recorder/recordings/recording-timeline.ts';
import { partEntry } from '../../../../src/recorder/session/session-index.ts';
import { timeOfDay, WallTimes } from '../../../../src/recorder/session/wall-times.ts';
import { testPart } from '../../../helpers/log-parts.ts';
import { writeHappenings } from '../../../helpers/step-context.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

const FPS = 30;
const index = { parts: Array.from({ length: 80 }, (_, n) => partEntry(testPart(n), 0)) };
const wall = new WallTimes(index, FPS);
const clock = (frame: number): string => timeOfDay(1_800_000_000_000 + (frame * 1000) / FPS);

/** Two ranges with a slate between them: 0–10 s and 20–30 s of the session. */
function recording(endedBy?: RangeEnd, language: AnnotationLanguage = 'en') {
  const plan = planArchive(
    index,
    [
      { from: 0, to: 300, endedBy },
      { from: 600, to: 900 },
    ],
    60,
  );
  const timeline = new RecordingTimeline(plan.pieces, FPS);
  return { plan, timeline, omissions: omissionsOf(plan, timeline, wall, (ms) => (ms < 10_000 ? 'en' : language)) };
}

describe('omissionsOf', () => {
  it('tells what was left out, when, and why', () => {
    const times = `${clock(299)} – ${clock(600)}`;
    expect(recording('pause').omissions).toEqual([{ at: 10, resumesAt: 12, word: 'Paused', times }]);
    expect(recording('interruption').omissions).toEqual([{ at: 10, resumesAt: 12, word: 'Interrupted', times }]);
  });

  it('says so in the language that the room speaks at that moment', () => {
    const word = (endedBy: RangeEnd, language: AnnotationLanguage) => recording(endedBy, language).omissions[0]?.word;
    expect([word('pause', 'de'), word('interruption', 'de')]).toEqual(['Pausiert', 'Unterbrochen']);
    expect([word('pause', 'pt-BR'), word('interruption', 'pt-BR')]).toEqual(['Em pausa', 'Interrompido']);
  });

  it('finds nothing between ranges that touch', () => {
    const plan = planArchive(
      index,
      [
        { from: 0, to: 300 },
        { from: 300, to: 400 },
      ],
      60,
    );
    expect(omissionsOf(plan, new RecordingTimeline(plan.pieces, FPS), wall, () => 'en')).toEqual([]);
  });
});

describe('chaptersOf', () => {
  const { timeline, omissions } = recording('pause');
  const titles = (title: string, marked: readonly { ms: number; label: string }[]) =>
    chaptersOf(title, timeline, omissions, marked).map((chapter) => [chapter.t, chapter.title]);

  it('begins with the title, and has one for each pause and each mark, in order', () => {
    const marked = [
      { ms: 25_000, label: 'Questions' },
      { ms: 4000, label: ' Agenda ' },
    ];
    expect(titles('Weekly', marked)).toEqual([
      [0, 'Weekly'],
      [4, 'Agenda'],
      [10, `Paused ${clock(299)} – ${clock(600)}`],
      [17, 'Questions'],
    ]);
  });

  it('puts what was marked in a pause where it goes on, and leaves out what lies outside', () => {
    const marked = [
      { ms: 15_000, label: 'In the pause' },
      { ms: 31_000, label: 'After' },
      { ms: 3000, label: '  ' },
    ];
    expect(titles('Weekly', marked).map(([t, title]) => (title === 'In the pause' ? t : undefined))).toEqual([
      undefined,
      undefined,
      12,
    ]);
  });

  it('lets a mark take the place of a chapter that would last no time', () => {
    expect(titles('Weekly', [{ ms: 10, label: 'Start' }])[0]).toEqual([0, 'Start']);
  });

  it('ends after five hundred', () => {
    const marked = (count: number) => Array.from({ length: count }, (_, n) => ({ ms: 100 + n * 18, label: `${n}` }));
    const long = new RecordingTimeline([{ from: 0, to: 1_000_000, outputFrame: 0 }], FPS);
    const spaced = (count: number) => marked(count).map(({ ms, label }) => ({ ms: ms * 10, label }));
    expect(chaptersOf('Weekly', long, [], spaced(499))).toHaveLength(500);
    expect(chaptersOf('Weekly', long, [], spaced(500))).toHaveLength(500);
  });
});

describe('readChapters', () => {
  it('calls the beginning of a room without a title so in the language that it speaks then', async () => {
    const sessionFolder = await tempDir();
    const speaks = (ms: number, language: AnnotationLanguage) =>
      ({ type: 'annotation', ms, annotation: { language } }) as const;
    await writeHappenings(sessionFolder, [speaks(0, 'es'), speaks(500, 'fr')], { title: '' });
    const beginning = async (from: number): Promise<string | undefined> => {
      const plan = planArchive(index, [{ from, to: 300 }], 60);
      const timeline = new RecordingTimeline(plan.pieces, FPS);
      const job = { recording: 'r1', session: 's1', ranges: [] };
      const chapters = await readChapters({ job, plan, timeline, index, framerate: FPS, sessionFolder });
      return chapters[0]?.title;
    };
    expect([await beginning(0), await beginning(30)]).toEqual(['Inicio', 'Début']);
  });
});
