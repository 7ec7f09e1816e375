import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FragmentTrack } from '../../../../src/media/fmp4-writer.ts';
import { type ArchivePiece, planArchive } from '../../../../src/recorder/archive/archive-plan.ts';
import {
  AudioTimeline,
  contiguousRuns,
  leadFrames,
  type PlacedSample,
  VideoTimeline,
} from '../../../../src/recorder/archive/film-timeline.ts';
import { type PartEntry, partEntry } from '../../../../src/recorder/session/session-index.ts';
import { testPart } from '../../../helpers/log-parts.ts';

const TICKS = 512;
const SAMPLES = 1600;
const index = { inits: new Map(), parts: Array.from({ length: 40 }, (_, n) => partEntry(testPart(n), 0)) };
const data = new Uint8Array(1);

function video(part: PartEntry): FragmentTrack {
  const samples = Array.from({ length: part.frames }, () => ({ data, duration: TICKS, keyframe: false }));
  return { trackId: 1, baseDecodeTime: part.firstFrame * TICKS, samples };
}

/** The units that start inside the part. */
function audio(part: PartEntry): FragmentTrack {
  const first = Math.ceil((part.firstFrame * SAMPLES) / 1024);
  const end = Math.ceil(((part.firstFrame + part.frames) * SAMPLES) / 1024);
  const samples = Array.from({ length: end - first }, () => ({ data, duration: 1024, keyframe: true }));
  return { trackId: 2, baseDecodeTime: first * 1024, samples };
}

function place(
  ranges: { from: number; to: number }[],
): { pieces: readonly ArchivePiece[]; lead: number } & Record<'pictures' | 'sound', PlacedSample[]> {
  const { pieces } = planArchive(index, ranges);
  const lead = leadFrames(pieces);
  const pictures = new VideoTimeline(TICKS);
  const sound = new AudioTimeline(SAMPLES);
  const flat = pieces.flatMap((piece) => piece.parts.map((part) => ({ piece, part })));
  return {
    pieces,
    lead,
    pictures: flat.flatMap(({ piece, part }) => pictures.place(video(part), piece, lead)),
    sound: flat.flatMap(({ piece, part }) => sound.place(audio(part), piece, lead)),
  };
}

const someRanges = fc
  .uniqueArray(fc.integer({ min: 0, max: 599 }), { minLength: 2, maxLength: 8 })
  .map((cuts) => cuts.toSorted((a, b) => a - b))
  .map((cuts) => cuts.flatMap((from, n) => (n % 2 === 0 && cuts[n + 1] ? [{ from, to: cuts[n + 1] ?? 0 }] : [])));

describe('VideoTimeline', () => {
  it('keeps the time of the pictures before the first range and passes those before later ones in a tick each', () => {
    const { lead, pictures } = place([
      { from: 62, to: 65 },
      { from: 122, to: 124 },
    ]);
    expect(lead).toBe(2);
    expect(pictures.map((picture) => picture.time)).toEqual([0, 512, 1024, 1536, 2048, 2560, 2561, 2562, 3072]);
    expect(pictures.at(-1)?.duration).toBe(TICKS);
  });

  it('never goes back, and shows each wanted picture less than a frame late', () => {
    fc.assert(
      fc.property(someRanges, (ranges) => {
        const { lead, pictures, pieces } = place(ranges);
        const times = pictures.map((picture) => picture.time);
        expect(times.every((time, n) => n === 0 || time > (times[n - 1] ?? 0))).toBe(true);
        const end = pieces.at(-1);
        const length = (end?.outputFrame ?? 0) + (end?.to ?? 0) - (end?.from ?? 0);
        for (let frame = 0; frame < length; frame += 1) {
          const due = (lead + frame) * TICKS;
          expect(times.some((time) => time >= due && time < due + TICKS)).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('AudioTimeline', () => {
  it('is one chain of units, broken at most by one where a later range starts with a key frame', () => {
    fc.assert(
      fc.property(someRanges, (ranges) => {
        const { lead, pieces, sound } = place(ranges);
        // The unit that reaches over such a start lies in a part that the range does not need.
        const atKeyframe = pieces.slice(1).filter((piece) => piece.from === piece.parts[0]?.firstFrame);
        const runs = contiguousRuns(sound);
        expect(runs.length).toBeLessThanOrEqual(1 + atKeyframe.length);
        for (const [n, run] of runs.entries()) {
          const before = runs[n - 1]?.at(-1);
          if (before) expect((run[0]?.time ?? 0) - before.time - before.duration).toBeLessThan(2 * 1024);
        }
        expect(Math.abs((sound[0]?.time ?? 0) - lead * SAMPLES)).toBeLessThanOrEqual(2 * 1024);
        const end = pieces.at(-1);
        const length = (end?.outputFrame ?? 0) + (end?.to ?? 0) - (end?.from ?? 0);
        const last = sound.at(-1);
        const missing = (lead + length) * SAMPLES - ((last?.time ?? 0) + 1024);
        expect(Math.abs(missing)).toBeLessThanOrEqual(1024);
      }),
      { numRuns: 50 },
    );
  });

  it('keeps the exact times of the first range', () => {
    const { sound } = place([{ from: 60, to: 90 }]);
    // The first unit that starts after frame 60 starts at sample 96256: 256 later.
    expect(sound.slice(0, 2).map((unit) => unit.time)).toEqual([256, 1280]);
  });
});

describe('AudioTimeline before the first range', () => {
  it('keeps nothing of what was said but two units, which its first moment needs', () => {
    const { lead, sound } = place([{ from: 89, to: 120 }]);
    expect(lead).toBe(29);
    // Frame 89 begins at sample 142400, 46400 behind the key frame; units are whole from 256 on.
    expect(sound.slice(0, 3).map(({ time }) => time)).toEqual([45_312, 46_336, 47_360]);
  });
});

describe('contiguousRuns', () => {
  it('starts a new run at each hole', () => {
    const sample = (time: number) => ({ data, duration: 10, keyframe: true, time });
    const runs = contiguousRuns([0, 10, 25, 35, 60].map(sample));
    expect(runs.map((run) => run.map(({ time }) => time))).toEqual([[0, 10], [25, 35], [60]]);
    expect(contiguousRuns([])).toEqual([]);
  });
});
