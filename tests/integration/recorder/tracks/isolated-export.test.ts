import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { locateFfmpeg } from '../../../../src/ffmpeg/locate.ts';
import { exportIsolatedTrack } from '../../../../src/recorder/tracks/isolated-export.ts';
import { type IsolatedTrack, listIsolatedTracks } from '../../../../src/recorder/tracks/isolated-tracks.ts';
import { RecordingTimeline } from '../../../../src/recorder/recordings/recording-timeline.ts';
import { risingEdges, toneLevels } from '../../../helpers/decoded-program.ts';
import { KeptRoom, play } from '../../../helpers/kept-room.ts';
import { MediaSamples } from '../../../helpers/media-samples.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

const FPS = 30;
const run = promisify(execFile);
/** Of 30 frames a second: from 1 s to 2.5 s, and from 4 s to 6 s of the session. */
const timeline = new RecordingTimeline(
  [
    { from: 30, to: 75, outputFrame: 0 },
    { from: 120, to: 180, outputFrame: 45 },
  ],
  FPS,
);
const samples = new MediaSamples();
let programs: Awaited<ReturnType<typeof locateFfmpeg>>;
let folder: string;
let output: string;
beforeAll(async () => {
  programs = await locateFfmpeg({});
});
afterAll(() => samples.close());
beforeEach(async () => {
  folder = await tempDir();
  output = join(folder, 'track.mkv');
});

/** What ffmpeg shows of a file: whatever it complains about is an error. */
async function decode(args: readonly string[]): Promise<Buffer> {
  const { stdout, stderr } = await run(programs.path, ['-v', 'error', '-copyts', ...args], {
    encoding: 'buffer',
    maxBuffer: 2 ** 28,
  });
  expect(stderr.toString()).toBe('');
  return stdout;
}

/** Times of all decoded pictures or samples of a file, seconds. */
async function shownTimes(path: string): Promise<number[]> {
  const args = ['-v', 'error', '-show_entries', 'frame=best_effort_timestamp_time', '-of', 'csv=p=0', path];
  const { stdout } = await run(programs.ffprobePath, args);
  return stdout.split('\n').flatMap((line) => (line === '' ? [] : [Number.parseFloat(line)]));
}

/** Mean brightness of each picture. */
async function brightness(path: string): Promise<number[]> {
  const raw = await decode([
    '-i',
    path,
    '-fps_mode',
    'passthrough',
    '-enc_time_base',
    '1:1000000',
    '-vf',
    'scale=1:1:flags=area,format=gray',
    '-f',
    'rawvideo',
    '-',
  ]);
  return [...raw];
}

/** The sound on the file's timeline: silence where there is none. */
async function samplesOf(path: string): Promise<Float32Array> {
  const raw = await decode([
    '-i',
    path,
    '-af',
    'aresample=async=1:first_pts=0',
    '-ac',
    '1',
    '-ar',
    '48000',
    '-f',
    'f32le',
    '-',
  ]);
  return new Float32Array(raw.buffer, raw.byteOffset, Math.floor(raw.length / 4));
}

async function exported(track: IsolatedTrack) {
  const made = await exportIsolatedTrack({ folder, track, timeline, output });
  if (!made) throw new Error('Nothing was exported');
  return made;
}

/** One participant who sends a picture with flashes and a sound with beeps from `fromMs` of the session on. */
async function keepSession(fromMs: number, codec: 'h264' | 'vp8' = 'h264'): Promise<readonly IsolatedTrack[]> {
  const kept = new KeptRoom(folder);
  const form = { frames: 180, gopFrames: 40, flash: true, colour: 'black', width: 160, height: 96 };
  const picture = codec === 'h264' ? await samples.h264(form) : await samples.vp8(form);
  const sound = await samples.opus({ seconds: 6, toneHz: 1000, beep: true });
  kept.keeper.keep();
  const ana = kept.join('ana');
  play(kept.camera(ana), picture.config, picture.packets, fromMs);
  play(kept.microphone(ana), sound.config, sound.packets, fromMs);
  await kept.keeper.close();
  const found = await listIsolatedTracks(folder);
  return found.toSorted((a, b) => a.kind.localeCompare(b.kind));
}

describe.each(['h264', 'vp8'] as const)('the picture of an isolated track as a file (%s)', (codec) => {
  it('decodes without a complaint, begins at its true offset and leaves pauses out', async () => {
    const [, video] = await keepSession(1210, codec);
    const made = await exported(video as IsolatedTrack);
    const shown = await shownTimes(output);
    expect(made.fromSeconds).toBeCloseTo(0.21, 5);
    expect(shown[0]).toBeCloseTo(0.21, 5);
    expect(shown).toHaveLength(made.packets);
    expect(shown).toEqual(shown.toSorted((a, b) => a - b));
    expect(made.toSeconds).toBeCloseTo(3.5, 5);
    expect(Math.max(...shown)).toBeLessThan(3.5);
    // The flashes at 2210, 4210 and 5210 of the session; the one at 1210 is there from the beginning, 3210 was in the pause.
    const light = await brightness(output);
    const rises = light.flatMap((value, n) => (value > 128 && (light[n - 1] ?? 255) <= 128 ? [shown[n] ?? -1] : []));
    expect(rises).toHaveLength(3);
    for (const [n, at] of [1.21, 1.71, 2.71].entries()) expect(Math.abs((rises[n] ?? 0) - at)).toBeLessThan(0.04);
  });

  it('shows the first picture of a piece also between two key frames', async () => {
    const [, video] = await keepSession(800, codec);
    await exported(video as IsolatedTrack);
    const shown = await shownTimes(output);
    const light = await brightness(output);
    expect(light).toHaveLength(shown.length);
    expect(shown[0]).toBeCloseTo(0, 3);
    // What came before the recording passes in less time than a picture stands for.
    expect(shown.filter((at) => at < 1 / FPS).length).toBeGreaterThan(5);
    const rises = light.flatMap((value, n) => (value > 128 && (light[n - 1] ?? 255) <= 128 ? [shown[n] ?? -1] : []));
    expect(rises.some((at) => Math.abs(at - 0.8) < 0.04)).toBe(true);
  });
});

describe('an isolated track as a file', () => {
  it('keeps sound and picture of one participant together', async () => {
    const [audio, video] = await keepSession(1210);
    await exported(video as IsolatedTrack);
    const shown = await shownTimes(output);
    const light = await brightness(output);
    const flashes = light.flatMap((value, n) => (value > 128 && (light[n - 1] ?? 0) <= 128 ? [shown[n] ?? -1] : []));
    const made = await exported(audio as IsolatedTrack);
    expect(made.fromSeconds).toBeCloseTo(0.21, 5);
    const { levels, perSecond } = toneLevels(await samplesOf(output), 1000);
    const beeps = risingEdges(levels, perSecond);
    expect(beeps).toHaveLength(4);
    expect(flashes).toHaveLength(4);
    for (const [n, at] of flashes.entries()) expect(Math.abs((beeps[n] ?? 0) - at)).toBeLessThan(0.04);
  });

  it('keeps its sound byte for byte, and the gaps in it', async () => {
    const kept = new KeptRoom(folder);
    const { config, packets } = await samples.opus({ seconds: 1 });
    kept.keeper.keep();
    const track = kept.microphone(kept.join('ana'));
    play(track, config, packets.slice(0, 10), 1100);
    play(track, config, packets.slice(10, 20), 2100);
    await kept.keeper.close();
    const [audio] = await listIsolatedTracks(folder);
    const made = await exported(audio as IsolatedTrack);
    expect(made).toMatchObject({ packets: 20, fromSeconds: 0.1, toSeconds: 1.5 });
    const args = ['-v', 'error', '-show_entries', 'packet=pts_time,size', '-of', 'csv=p=0', output];
    const listed = (await run(programs.ffprobePath, args)).stdout.trim().split('\n');
    const expected = packets.slice(0, 20).map(({ data, timestampMs }, n) => {
      const at = (timestampMs + (n < 10 ? 100 : 1100)) / 1000;
      return [at.toFixed(6), data.byteLength].join(',');
    });
    expect(listed).toEqual(expected);
    expect((await samplesOf(output)).length / 48000).toBeCloseTo(1.5, 2);
  });

  it('stands as late as it was in the program, where that is wanted', async () => {
    const [audio] = await keepSession(1210);
    const made = await exportIsolatedTrack({ folder, track: audio as IsolatedTrack, timeline, output, delayMs: 90 });
    expect(made?.fromSeconds).toBeCloseTo(0.3, 5);
    expect((await shownTimes(output))[0]).toBeCloseTo(0.3, 5);
  });

  it('becomes an MP4 of the same pictures without being encoded again', async () => {
    const [, video] = await keepSession(1210);
    await exported(video as IsolatedTrack);
    const mp4 = join(folder, 'track.mp4');
    await decode(['-i', output, '-c', 'copy', '-movflags', '+faststart', mp4]);
    expect(await brightness(mp4)).toEqual(await brightness(output));
  });

  it('shows pictures of several sizes', async () => {
    const kept = new KeptRoom(folder);
    kept.keeper.keep();
    const track = kept.camera(kept.join('ana'));
    const [large, small] = [
      await samples.h264({ frames: 15 }),
      await samples.h264({ frames: 15, width: 160, height: 90 }),
    ];
    play(track, large.config, large.packets, 1000);
    play(track, small.config, small.packets, 1500);
    await kept.keeper.close();
    const [video] = await listIsolatedTracks(folder);
    const made = await exported(video as IsolatedTrack);
    expect(made.packets).toBe(30);
    expect(await brightness(output)).toHaveLength(30);
  });

  it('is no file when nothing of it lies in the recording, also where one was before', async () => {
    const [audio] = await keepSession(6000);
    await writeFile(output, 'old');
    expect(await exportIsolatedTrack({ folder, track: audio as IsolatedTrack, timeline, output })).toBeUndefined();
    expect(await readdir(folder)).toEqual(['tracks']);
  });

  it('leaves no file behind when it is broken off', async () => {
    const [audio] = await keepSession(1000);
    const track = audio as IsolatedTrack;
    const reason = new Error('Enough');
    const broken = exportIsolatedTrack({ folder, track, timeline, output, signal: AbortSignal.abort(reason) });
    await expect(broken).rejects.toBe(reason);
    const nowhere = exportIsolatedTrack({ folder, track, timeline, output: join(folder, 'no', 'track.mkv') });
    await expect(nowhere).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await readdir(folder)).toEqual(['tracks']);
  });

  it('is made of what is before damage', async () => {
    const [audio] = await keepSession(1000);
    const track = audio as IsolatedTrack;
    const whole = await exported(track);
    const path = join(folder, 'tracks', `track-${track.id}.pkts`);
    const bytes = await readFile(path);
    await writeFile(path, bytes.subarray(0, bytes.byteLength * 0.3));
    const part = await exported(track);
    expect(part.packets).toBeLessThan(whole.packets);
    expect((await shownTimes(output)).length).toBe(part.packets);
  });
});
