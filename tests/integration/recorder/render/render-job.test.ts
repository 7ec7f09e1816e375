import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { locateFfmpeg } from '../../../../src/ffmpeg/locate.ts';
import { probeFile } from '../../../../src/ffmpeg/probe.ts';
import { gridLayout } from '../../../../src/layout/grid.ts';
import { layoutSchema } from '../../../../src/layout/layout.ts';
import { nullLogger } from '../../../../src/logger.ts';
import {
  orderFile,
  readRenderManifest,
  recordingRenders,
  renderFolder,
  writeOrder,
} from '../../../../src/recorder/render/render-files.ts';
import { type RenderJobContext, runRenderJob } from '../../../../src/recorder/render/render-job.ts';
import type { RenderOrder } from '../../../../src/recorder/render/render-request.ts';
import { PermanentRenderError } from '../../../../src/recorder/render/render-timeline.ts';
import { loudnessOf } from '../../../../src/recorder/render/render-sound.ts';
import { run } from '../../../../src/ffmpeg/run.ts';
import { systemClock } from '../../../../src/util/clock.ts';
import { decodeSound, toneAmplitude } from '../../../helpers/decoded-program.ts';
import {
  type ArchivedPerson,
  archivesIn,
  FPS,
  numberAt,
  readCell,
  writeTrackArchive,
} from '../../../helpers/track-archive.ts';

// A picture at 30 a second in a program of 30 a second: half a frame off, so that nothing depends on how times are rounded.
const DELAY = 0.05;
const ANA: ArchivedPerson = { id: 'ana', from: 0, to: 6, toneHz: 400 };
const BEN: ArchivedPerson = { id: 'ben', from: 2, to: 6, toneHz: 700, codec: 'vp8' };
const CLEO: ArchivedPerson = { id: 'cleo', name: "Cleo: [x]';drawtext=%{pts}", from: 3, to: 5, codec: 'none' };
const GRID = layoutSchema.parse({ policy: 'grid', transition: 'cut' });

let ffmpeg: { path: string; ffprobePath: string };
let dataDir: string;
let count = 0;

beforeAll(async () => {
  ffmpeg = await locateFfmpeg({});
  dataDir = await mkdtemp(join(tmpdir(), 'gridcast-render-'));
  const behind = ['ana', 'ben'].map(
    (participant) =>
      ({ t: participant === 'ana' ? 0 : 2, type: 'playout', participant, delayMs: DELAY * 1000 }) as const,
  );
  await writeTrackArchive(dataDir, { recording: 'r1', people: [ANA, BEN, CLEO], duration: 6, events: behind });
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

let place: { recording: string; render: string };
beforeEach(() => {
  count += 1;
  place = { recording: 'r1', render: `v${count}` };
});

const order = (change: Partial<RenderOrder> = {}): RenderOrder => ({
  ...{ layout: GRID, from: 0, to: 6, without: [], format: 'mp4', width: 640, height: 360 },
  ...change,
});

async function render(change: Partial<RenderOrder>, overrides: Partial<RenderJobContext> = {}): Promise<string> {
  await writeOrder(dataDir, place, order(change));
  const manifest = await runRenderJob(place, context(overrides));
  return join(renderFolder(dataDir, place), manifest?.file ?? 'none');
}

function context(overrides: Partial<RenderJobContext> = {}): RenderJobContext {
  return {
    ...{ dataDir, archives: archivesIn(dataDir), ffmpegPath: ffmpeg.path, ffprobePath: ffmpeg.ffprobePath },
    ...{ clock: systemClock, log: nullLogger, onProgress: () => {}, lookMs: 20 },
    ...overrides,
  };
}

/** Frames of the film and the seconds of the recording that they show. */
const moments = (from: number, to: number): number[] =>
  Array.from({ length: Math.round((to - from) * FPS) }, (_, frame) => from + frame / FPS);

describe('a render', () => {
  it('shows in each cell the picture of its moment, in every frame, across comings and goings', async () => {
    const told: number[] = [];
    const film = await render({ from: 1, to: 4.5 }, { onProgress: (share) => told.push(share) });
    const cells = [1, 2, 3].map((people) => gridLayout(people, 640, 360));
    const seen = await Promise.all(cells.map((of) => Promise.all(of.map((cell) => readCell(film, cell)))));
    for (const [frame, at] of moments(1, 4.5).entries()) {
      const people = at < 2 ? 1 : at < 3 ? 2 : 3;
      const shown = seen[people - 1]?.map((numbers) => numbers[frame]);
      const wanted = [ANA, BEN].slice(0, people).map((person) => numberAt(person, at, DELAY));
      // Ben's camera has sent nothing yet that would be due, and Cleo has none.
      expect({
        at,
        shown: shown?.slice(0, 2).map((number, index) => ((wanted[index] ?? 0) < 0 ? 'nothing' : number)),
      }).toEqual({
        at,
        shown: wanted.map((number) => (number < 0 ? 'nothing' : number)),
      });
    }
    const probed = await probeFile(ffmpeg.ffprobePath, film, systemClock);
    expect(probed.streams.map(({ codec }) => codec)).toEqual(['h264', 'aac']);
    expect(probed.streams[0]).toMatchObject({ width: 640, height: 360, framerate: FPS, frames: 3.5 * FPS });
    // Fast start: the index is before the media.
    const head = (await readFile(film)).subarray(0, 4096).toString('latin1');
    expect(head.indexOf('moov')).toBeGreaterThan(0);
    expect(told.toSorted((a, b) => a - b)).toEqual(told);
    expect(told.at(-1)).toBe(1);
  });

  it('leaves people out with picture and sound', async () => {
    const film = await render({ from: 3, to: 5, without: ['ana', 'cleo'] });
    const [cell] = gridLayout(1, 640, 360);
    if (!cell) throw new Error('One tile has no cell');
    expect(await readCell(film, cell)).toEqual(moments(3, 5).map((at) => numberAt(BEN, at, DELAY)));
    const sound = await decodeSound(ffmpeg.path, film);
    expect(toneAmplitude(sound, 700)).toBeGreaterThan(0.1);
    expect(toneAmplitude(sound, 400)).toBeLessThan(0.004);
  });

  it('mixes everybody at the loudness of the web, each from when they came', async () => {
    const file = await render({ from: 1, to: 5, format: 'wav' });
    const sound = await decodeSound(ffmpeg.path, file);
    expect(sound.length / 48_000).toBeCloseTo(4, 2);
    const [before, after] = [sound.subarray(0, 48_000), sound.subarray(1.2 * 48_000)];
    expect(toneAmplitude(before, 700)).toBeLessThan(0.004);
    expect(toneAmplitude(after, 700) / toneAmplitude(after, 400)).toBeCloseTo(1, 1);
    const args = ['-hide_banner', '-nostats', '-i', file, '-af', 'ebur128=framelog=verbose', '-f', 'null', '-'];
    const { stderr } = await run(ffmpeg.path, args, { clock: systemClock, timeoutMs: 30_000 });
    expect(Math.abs((loudnessOf(stderr.split('\n')) ?? 0) + 16)).toBeLessThan(1);
  });

  it.each([
    ['webm', ['vp9', 'opus']],
    ['mp3', ['mp3']],
  ] as const)('comes as %s, too', async (format, codecs) => {
    const file = await render({ from: 2, to: 3, format });
    const probed = await probeFile(ffmpeg.ffprobePath, file, systemClock);
    expect(probed.streams.map(({ codec }) => codec.replace('vp8', 'vp9'))).toEqual(codecs);
    expect(Math.abs((probed.durationSeconds ?? 0) - 1)).toBeLessThan(0.1);
  });

  it('is made once, however often it is asked for', async () => {
    await render({ from: 0, to: 0.5, format: 'wav' });
    const manifest = await readRenderManifest(renderFolder(dataDir, place));
    const again = await runRenderJob(place, context({ ffmpegPath: '/no/such/ffmpeg' }));
    expect(again).toEqual(manifest);
    expect(manifest).toMatchObject({ version: 1, id: place.render, recording: 'r1', file: 'render.wav' });
  });

  it('is given up when its order is taken back, and leaves nothing behind', async () => {
    await writeOrder(dataDir, place, order({ width: 1280, height: 720 }));
    let done = 0;
    const onProgress = (share: number): void => {
      if (done <= 0.1 && share > 0.1) void rm(orderFile(dataDir, place));
      done = share;
    };
    const made = await runRenderJob(place, context({ onProgress }));
    expect(done).toBeGreaterThan(0.1);
    expect(done).toBeLessThan(1);
    expect(made).toBeUndefined();
    const left = (await readdir(recordingRenders(dataDir, 'r1'))).filter((name) => name.includes(place.render));
    expect(left).toEqual([]);
  });

  it('says that it can never be made when the timeline of its recording is broken', async () => {
    await writeTrackArchive(dataDir, { recording: 'r2', people: [], duration: 2 });
    await writeFile(join(dataDir, 'recordings', 'r2', 'timeline.json'), '{"version":1}');
    place = { recording: 'r2', render: 'v99' };
    await expect(render({ to: 1 })).rejects.toThrow(PermanentRenderError);
  });
});
