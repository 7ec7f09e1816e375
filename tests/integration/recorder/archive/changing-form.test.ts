import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type FfmpegLocation, locateFfmpeg } from '../../../../src/ffmpeg/locate.ts';
import { probeFile } from '../../../../src/ffmpeg/probe.ts';
import { Packager } from '../../../../src/hls/packager.ts';
import { nullLogger } from '../../../../src/logger.ts';
import type { Part } from '../../../../src/media/part.ts';
import { type ProgramOptions, MIXER_CHANNEL } from '../../../../src/mixer/link-messages.ts';
import { fillCell, type Picture } from '../../../../src/mixer/picture.ts';
import { orderedForm, type ProgramForm } from '../../../../src/mixer/program-form.ts';
import { ProgramStreams } from '../../../../src/mixer/program-streams.ts';
import { finishArchive } from '../../../../src/recorder/archive/archive-finish.ts';
import { SLATE_SECONDS } from '../../../../src/recorder/archive/archive-plan.ts';
import { CLIP_FILE, clipFolder } from '../../../../src/recorder/clips/clip-manifest.ts';
import { makeClip } from '../../../../src/recorder/clips/clip-maker.ts';
import type { FrameRange } from '../../../../src/recorder/recordings/frame-range.ts';
import { loadSessionIndex } from '../../../../src/recorder/session/session-index.ts';
import { systemClock } from '../../../../src/util/clock.ts';
import { filmOnly } from '../../../helpers/film-only.ts';
import { readNumbers } from '../../../helpers/numbered-program.ts';
import { slowClock } from '../../../helpers/slow-clock.ts';
import { TestSession } from '../../../helpers/test-session.ts';
import { FormRig, WAIT } from '../../mixer/form-rig.ts';

const FPS = 30;
const GOP = 60;
const PROGRAM: ProgramOptions = {
  width: 1280,
  height: 720,
  framerate: FPS,
  videoKbit: 1500,
  audioKbit: 96,
  preset: 'veryfast',
  gopFrames: GOP,
  maxPixels: 1,
  ffmpegPath: '',
  originMs: 0,
  originWallMs: 1_800_000_000_000,
};
const FULL = orderedForm(PROGRAM);
const HALF: ProgramForm = { ...FULL, preset: 'superfast', frameStep: 2, kbit: 1000 };
const SMALL: ProgramForm = { ...HALF, width: 640, height: 360, kbit: 600 };
/** Sound only. */
const STILL: ProgramForm = { ...FULL, frameStep: 15 };
/** Where the forms change: none is a multiple of the distance of key frames. The last picture stands for fifteen frames. */
const [TO_HALF, TO_SMALL, BACK, TO_STILL, END] = [70, 130, 190, 255, 345];
const DIGITS = 12;

// An encoder that is followed by another has a second for its last pictures, and they are left out when a busy machine gives it no
// processor for so long. Here only the pictures are to play a part.
const PATIENT = slowClock(10);

let ffmpeg: FfmpegLocation;
let dataDir: string;
let parts: Part[];

/** The binary digits of the frame's number as bars. */
function draw(canvas: Picture, frame: number): void {
  for (let digit = 0; digit < DIGITS; digit += 1) {
    const [x, end] = [digit, digit + 1].map((at) => 2 * Math.round((at * canvas.width) / DIGITS / 2)) as [
      number,
      number,
    ];
    const y = frame & (1 << digit) ? 235 : 16;
    fillCell(canvas, { x, y: 0, width: end - x, height: canvas.height }, { y, u: 128, v: 128 });
  }
}

/** What the frame shows: the number of the picture that stands for it. */
function shownAt(frame: number): number {
  if (frame >= TO_STILL) return frame - (frame % STILL.frameStep);
  return frame >= TO_HALF && frame < BACK ? frame - (frame % 2) : frame;
}

beforeAll(async () => {
  ffmpeg = await locateFfmpeg({});
  dataDir = await mkdtemp(join(tmpdir(), 'gridcast-forms-'));
  const rig = new FormRig(FULL, { path: ffmpeg.path, clock: PATIENT, draw, keep: true });
  try {
    await rig.feed(TO_HALF - 10);
    rig.output.setForm(HALF, TO_HALF);
    await rig.feed(TO_SMALL - 10);
    rig.output.setForm(SMALL, TO_SMALL);
    await rig.feed(BACK - 10);
    rig.output.setForm(FULL, BACK);
    await rig.feed(TO_STILL - 10);
    rig.output.setForm(STILL, TO_STILL);
    await rig.feed(END);
    await vi.waitFor(() => {
      if (rig.full.at(-1)?.frame !== END - STILL.frameStep) throw new Error('Packets are missing');
    }, WAIT);
  } finally {
    await rig.output.close();
  }
  parts = packaged(rig);
  const session = await TestSession.open(dataDir, 's1', parts);
  session.feed(Number.POSITIVE_INFINITY);
  await session.log.close();
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

/** The way of the packets in the server: streams, packager. */
function packaged(rig: FormRig): Part[] {
  const made: Part[] = [];
  const onPart = (part: Part): void => void made.push(part);
  const packager = new Packager({ framerate: FPS, partFrames: 15, segmentFrames: GOP, onPart });
  const streams = new ProgramStreams(PROGRAM);
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  streams.configure({ type: 'audio-config', run: 1, description: text(rig.soundConfig as Uint8Array) });
  let run = 0;
  let step = 1;
  let unit = 0;
  for (const { frame, keyframe, data, run: of } of rig.full) {
    const begun = rig.forms.find((form) => form.run === of);
    if (begun && of !== run) {
      const { width, height, frameStep } = begun.form;
      const description = text(begun.description);
      streams.configure({ type: 'video-config', rendition: 'full', run: of, description, width, height, frameStep });
      run = of;
      step = frameStep;
    }
    for (; (rig.soundUnits[unit]?.sample ?? Number.POSITIVE_INFINITY) < (frame + step + 1) * 1600; unit += 1) {
      const { sample, data: sound } = rig.soundUnits[unit] as { sample: number; data: Uint8Array };
      streams.write({ channel: MIXER_CHANNEL.audio, pts: sample, keyframe: true, config: 1, data: sound });
      if (streams.audio.latest) packager.audio(streams.audio.latest);
    }
    streams.write({ channel: MIXER_CHANNEL.video, pts: frame, keyframe, config: of, data });
    if (streams.video.latest) packager.video(streams.video.latest);
  }
  packager.end();
  return made;
}

/** Makes the archive of these ranges, and looks at it as a player would. */
async function expectArchive(recording: string, ranges: FrameRange[]): Promise<void> {
  const manifest = await finishArchive({ recording, session: 's1', ranges }, filmOnly, {
    dataDir,
    ffmpegPath: ffmpeg.path,
    ffprobePath: ffmpeg.ffprobePath,
    clock: systemClock,
    log: nullLogger,
    onProgress() {},
  });
  // Between two ranges stands a picture of its own, whatever it looks like.
  const slate = Array.from({ length: SLATE_SECONDS * FPS }, () => undefined);
  const wanted = ranges.flatMap(({ from, to }, index) => [
    ...(index === 0 ? [] : slate),
    ...Array.from({ length: to - from }, (_, frame) => from + frame),
  ]);
  expect(manifest.missingFrames).toBe(0);
  expect(manifest.duration).toBeCloseTo(wanted.length / FPS, 1);
  const film = join(dataDir, 'recordings', recording, 'recording.mp4');
  // What is on the screen in the middle of each frame.
  const pictures = await readNumbers(ffmpeg.path, film);
  const seen = wanted.map((frame, index) =>
    frame === undefined ? undefined : pictures.findLast(({ seconds }) => seconds < (index + 0.5) / FPS)?.number,
  );
  expect(seen).toEqual(wanted.map((frame) => (frame === undefined ? undefined : shownAt(frame))));
  const times = ['-fps_mode', 'passthrough', '-enc_time_base', '1/15360'];
  const decode = ['-v', 'warning', '-xerror', '-i', film, ...times, '-f', 'null', '-'];
  const { stderr } = await promisify(execFile)(ffmpeg.path, decode);
  expect(stderr).toBe('');
}

it('is cut into parts of its own times, with a new beginning at each change and no frame missing', () => {
  expect(parts.reduce((next, { firstFrame, frames }) => (firstFrame === next ? next + frames : Number.NaN), 0)).toBe(
    END,
  );
  expect(parts.every(({ frames }) => frames <= 15)).toBe(true);
  expect(parts.filter(({ discontinuity }) => discontinuity).map(({ firstFrame }) => firstFrame)).toEqual([
    TO_HALF,
    TO_SMALL,
    BACK,
    TO_STILL,
  ]);
  const segments = parts.filter(({ index }) => index === 0);
  expect(segments.map(({ firstFrame }) => firstFrame)).toEqual([0, 60, 70, 120, 130, 180, 190, 240, 255, 300]);
  expect(segments.every(({ independent }) => independent)).toBe(true);
  const inits = segments.map(({ init }) => [init.generation, init.width]);
  expect(inits.map(([, width]) => width)).toEqual([1280, 1280, 1280, 1280, 640, 640, 1280, 1280, 1280, 1280]);
  expect(new Set(inits.map(([generation]) => generation)).size).toBeGreaterThanOrEqual(3);
});

it('is one film whatever the program was like: every picture at its time, every one decodable', async () => {
  await expectArchive('whole', [{ from: 0, to: END }]);
});

it('is cut at any frame, also within a picture that stands for two', async () => {
  await expectArchive('cut', [
    { from: 75, to: 101 },
    { from: 121, to: 145 },
    { from: 151, to: 200 },
  ]);
});

it('lasts as long as it was ordered where the last picture stands for many frames', async () => {
  await expectArchive('still-end', [{ from: 200, to: 334 }]);
  await expectArchive('still', [{ from: 277, to: 331 }]);
  await expectArchive('pauses', [
    { from: 292, to: 299 },
    { from: 321, to: 334 },
  ]);
});

it('shows the one picture that stands for all of it', async () => {
  await expectArchive('one', [{ from: 303, to: 314 }]);
  await expectArchive('one-frame', [{ from: 314, to: 315 }]);
});

it('lasts as long as it was ordered as a clip, too, where the last picture stands for many frames', async () => {
  const folder = join(dataDir, 'sessions', 's1');
  const range = { from: 277, to: 331 };
  const of = { id: 'c1', room: 'monday', title: '', session: 's1', folder, framerate: FPS, beganMs: 0 };
  const { parts: kept } = await loadSessionIndex(folder);
  const tools = {
    dataDir,
    ffmpegPath: ffmpeg.path,
    ffprobePath: ffmpeg.ffprobePath,
    clock: systemClock,
    log: nullLogger,
  };
  const clip = await makeClip({ ...of, range, parts: kept }, tools, new AbortController().signal);
  const { durationSeconds } = await probeFile(
    ffmpeg.ffprobePath,
    join(clipFolder(dataDir, 'monday', 'c1'), CLIP_FILE),
    systemClock,
  );
  expect(clip.duration).toBe(1.8);
  expect(durationSeconds).toBeCloseTo(1.8, 1);
});
