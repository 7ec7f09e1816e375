import { describe, expect, it } from 'vitest';
import { abrStreamTimes, abrTimes } from '../../../src/hls/abr-times.ts';
import { LiveStream } from '../../../src/hls/live-stream.ts';
import { Packager } from '../../../src/hls/packager.ts';
import { type HlsProfile, streamTimes } from '../../../src/hls/profile.ts';
import { pts, wallTime } from '../../../src/media/timestamp.ts';
import { programFormAt, usefulSteps } from '../../../src/mixer/degrade-ladder.ts';
import { isCoded, lowForm, orderedForm, type ProgramForm } from '../../../src/mixer/program-form.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { pictureConfig, soundConfig, UNIT } from './packager-rig.ts';

const PROFILES = ['safe', 'standard', 'fast'] as const;
const NAMES = ['video', 'low', 'audio'] as const;
const SEGMENT_SECONDS = 2;
const SEGMENTS = 4;
const RATE = 48_000;

/** A stream with a choice, fed with some segments of a program in this form, as its encoders make them from a frame on. */
function liveStream(profile: HlsProfile, full: ProgramForm, begin = 0, segments = SEGMENTS): LiveStream {
  const { framerate, gopFrames } = full;
  const low = lowForm(full);
  const times = abrStreamTimes(profile, framerate, SEGMENT_SECONDS);
  const stream = new LiveStream({
    sessionId: 'abc',
    originWallMs: 0,
    times,
    windowSegments: 12,
    dvrSegments: 12,
    orderedBitrate: 0,
    abr: { framerate, low },
    captions: false,
    source: { readSegment: () => Promise.resolve(undefined) },
    clock: new FakeClock(),
  });
  const onPart = stream.add.bind(stream);
  const { segmentFrames, partFrames } = times;
  const packager = new Packager({ framerate, partFrames, segmentFrames, onPart });
  const [config, small, sound] = [pictureConfig(), pictureConfig(1), soundConfig()];
  const packet = (form: ProgramForm, frame: number) => ({
    data: new Uint8Array(8),
    pts: pts(frame),
    duration: form.frameStep,
    wallTime: wallTime((frame * 1000) / framerate),
    // The first picture of an encoder always is one.
    keyframe: frame % gopFrames < form.frameStep || frame < begin + form.frameStep,
  });
  let unit = 0;
  for (let frame = begin; frame <= begin + segments * segmentFrames; frame += 1) {
    for (; (unit * UNIT) / RATE < (frame + 4) / framerate; unit += 1) {
      const wall = wallTime((unit * UNIT * 1000) / RATE);
      const form = { data: new Uint8Array(8), duration: UNIT, keyframe: true, config: sound };
      packager.audio({ ...form, pts: pts(unit * UNIT), wallTime: wall });
    }
    if (isCoded(low, frame)) stream.addLow({ ...packet(low, frame), config: small });
    if (isCoded(full, frame)) packager.video({ ...packet(full, frame), config });
  }
  return stream;
}

function ordered(profile: HlsProfile, framerate: number): ProgramForm {
  const { segmentFrames } = streamTimes(profile, framerate, SEGMENT_SECONDS);
  const shape = { width: 1280, height: 720, videoKbit: 2500, preset: 'veryfast' };
  return orderedForm({ ...shape, framerate, gopFrames: segmentFrames });
}

describe('the parts of a stream with a choice', () => {
  const all = [12, 15, 20, 24, 25, 30, 48, 50, 60].flatMap((framerate) =>
    PROFILES.map((profile) => ({ framerate, profile })),
  );

  it.each(all)(
    'are never longer than announced, nor much shorter, at $framerate frames a second, $profile, also at half of them',
    ({ framerate, profile }) => {
      const form = ordered(profile, framerate);
      const { partFrames } = abrStreamTimes(profile, framerate, SEGMENT_SECONDS);
      expect(usefulSteps(form, partFrames)).toContain(2);
      for (const step of [0, 2] as const) {
        const stream = liveStream(profile, programFormAt(step, form, partFrames));
        const { partTarget } = stream.times;
        for (const name of NAMES) {
          const rendition = stream.rendition(name);
          const text = (rendition && stream.playlist(name, rendition, 'live', 'none')) ?? '';
          expect(rendition?.count, `${name} at step ${step}`).toBe(SEGMENTS);
          expect(text).not.toContain('GAP');
          const parts = [...text.matchAll(/PART:DURATION=([\d.]+),URI="\w+-part-\d+-(\d+)\.m4s"/g)];
          expect(parts.length).toBeGreaterThan(2);
          for (const [index, [line, duration]] of parts.entries()) {
            expect(Number(duration), line).toBeLessThanOrEqual(partTarget);
            // The last one of a segment may be as short as it is, and so may what is there of the newest.
            if (Number(parts[index + 1]?.[2] ?? 0) === 0) continue;
            expect(Number(duration), line).toBeGreaterThanOrEqual(0.85 * partTarget);
          }
        }
      }
    },
  );

  it.each(all)(
    'are never longer than announced at $framerate frames a second, $profile, wherever the program begins',
    ({ framerate, profile }) => {
      const form = ordered(profile, framerate);
      for (let begin = 1; begin < 2 * framerate; begin += 1) {
        const stream = liveStream(profile, form, begin, 2);
        const { partTarget } = stream.times;
        for (const name of NAMES) {
          const rendition = stream.rendition(name);
          const text = (rendition && stream.playlist(name, rendition, 'live', 'none')) ?? '';
          const parts = [...text.matchAll(/PART:DURATION=([\d.]+),URI="\w+-part-\d+-(\d+)\.m4s"(,IND)?/g)];
          expect(parts.length, `${name} from ${begin} on`).toBeGreaterThan(2);
          for (const [index, [line, duration, , independent]] of parts.entries()) {
            expect(Number(duration), `${line} of ${name} from ${begin} on`).toBeLessThanOrEqual(partTarget);
            if (Number(parts[index + 1]?.[2] ?? 0) === 0 || (name !== 'audio' && independent)) continue;
            expect(Number(duration), `${line} of ${name} from ${begin} on`).toBeGreaterThanOrEqual(0.85 * partTarget);
          }
          const gaps = [...text.matchAll(/GAP=YES/g)].length;
          expect(gaps, `${name} from ${begin} on`).toBe(0);
        }
      }
    },
  );

  it('are what they would be without a choice wherever that does', () => {
    const frames = (framerate: number) =>
      PROFILES.map((profile) => abrStreamTimes(profile, framerate, SEGMENT_SECONDS).partFrames);
    expect(frames(60)).toEqual([60, 30, 20]);
    expect(frames(24)).toEqual([24, 12, 8]);
    // Half of fifteen pictures, and of nine, does not fill parts of so many.
    expect(frames(30)).toEqual([30, 16, 10]);
    expect(frames(25)).toEqual([25, 14, 10]);
  });

  it('announce the same when they are asked for once more', () => {
    for (const profile of PROFILES) {
      for (let framerate = 5; framerate <= 60; framerate += 1) {
        const times = abrStreamTimes(profile, framerate, SEGMENT_SECONDS);
        expect(abrTimes(times, framerate)).toEqual(times);
        expect(times.partHoldBack).toBeGreaterThanOrEqual(3 * times.partTarget - 1e-9);
        expect(times.partFrames).toBeLessThanOrEqual(1.4 * streamTimes(profile, framerate, SEGMENT_SECONDS).partFrames);
      }
    }
  });
});

it.each([15, 20, 24, 25, 30, 50, 60])('tells how many small pictures come of %i a second', (framerate) => {
  const form = ordered('standard', framerate);
  const [full, low] = liveStream('standard', form).offer({})?.variants ?? [];
  expect(full?.init.framerate).toBe(framerate);
  expect(low?.init.framerate).toBe(framerate / lowForm(form).frameStep);
});
