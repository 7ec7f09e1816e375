import { execFile } from 'node:child_process';
import { readdir, rm, symlink, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { probeFile } from '../../../../../src/ffmpeg/probe.ts';
import { splitNalUnits } from '../../../../../src/media/h264.ts';
import type { StepContext } from '../../../../../src/recorder/archive/archive-step.ts';
import { tracksStep } from '../../../../../src/recorder/archive/steps/tracks.ts';
import { planTrackFiles } from '../../../../../src/recorder/tracks/track-plan.ts';
import { trackPath } from '../../../../../src/recorder/tracks/track-index.ts';
import { writeKeptTracks } from '../../../../helpers/kept-tracks.ts';
import { testPart } from '../../../../helpers/log-parts.ts';
import { MediaSamples } from '../../../../helpers/media-samples.ts';
import { readBeeps } from '../../../../helpers/numbered-program.ts';
import { stepContext } from '../../../../helpers/step-context.ts';
import { tempDir } from '../../../../helpers/temp-dir.ts';
import { TestSession } from '../../../../helpers/test-session.ts';

const run = promisify(execFile);
let samples: MediaSamples;

beforeAll(() => {
  samples = new MediaSamples();
});
afterAll(() => samples.close());

/** A session of eight seconds of which 1–4 and 5–8 were recorded: six seconds, and two of a slate between. */
async function context(): Promise<StepContext> {
  const dataDir = await tempDir();
  const session = await TestSession.open(
    dataDir,
    's1',
    Array.from({ length: 16 }, (_, index) => testPart(index)),
  );
  session.feed(240);
  await session.log.close();
  return stepContext(dataDir, 's1', [
    { from: 30, to: 120, endedBy: 'pause' },
    { from: 150, to: 240 },
  ]);
}

function withLengths(annexB: Uint8Array): Uint8Array {
  return Buffer.concat(
    splitNalUnits(annexB).flatMap((unit) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(unit.length);
      return [length, unit];
    }),
  );
}

/** Times at which pictures are shown, in seconds; those that only serve decoding pass in no time. */
async function pictureTimes(ffprobe: string, file: string): Promise<number[]> {
  const args = ['-v', 'error', '-select_streams', 'v', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', file];
  const { stdout } = await run(ffprobe, args);
  return stdout.trim().split('\n').map(Number);
}

describe('the step tracks', () => {
  it('writes what each person sent at its time, copied', async () => {
    const work = await context();
    const [h264, vp8, opus] = await Promise.all([
      samples.h264({ frames: 90, gopFrames: 30 }),
      samples.vp8({ frames: 60, gopFrames: 30, width: 640, height: 360 }),
      samples.opus({ seconds: 7, beep: true }),
    ]);
    await writeKeptTracks(work.sessionFolder, [
      { participant: 'ben', name: 'Ben <b>', source: 'screen', sample: vp8, fromMs: 5500 },
      { participant: 'ana', name: 'Ana\n=1', source: 'camera', sample: h264, fromMs: 1500 },
      // It beeps at each whole second of the session, but for those that were lost.
      {
        participant: 'ana',
        name: 'Ana\n=1',
        source: 'mic',
        sample: opus,
        fromMs: 1000,
        keep: (ms) => ms < 500 || ms > 1800,
      },
      { participant: 'cem', name: 'Cem', source: 'mic', sample: opus, fromMs: 9000 },
    ]);
    const { files, facts } = await tracksStep(work);
    expect(files.map(({ name, title, contentType }) => [name, title, contentType])).toEqual([
      ['track-01-mic.ogg', 'Ana =1 – microphone', 'audio/ogg'],
      ['track-02-camera.mp4', 'Ana =1 – camera', 'video/mp4'],
      ['track-03-screen.webm', 'Ben <b> – screen', 'video/webm'],
    ]);
    expect((await readdir(work.folder)).sort()).toEqual(files.map(({ name }) => name));
    const planned = await planTrackFiles(work.sessionFolder, work.timeline);
    const told = (facts?.['tracks'] ?? []) as readonly { file: string; from: number; to: number }[];
    expect(planned.map(({ file }) => file)).toEqual(told.map(({ file }) => file));
    for (const [index, { from, to }] of told.entries()) {
      expect(Math.abs(from - (planned[index]?.from ?? 0)), 'from').toBeLessThan(0.001);
      expect(Math.abs(to - (planned[index]?.to ?? 0)), 'to').toBeLessThan(0.05);
    }

    const probe = (name: string) => probeFile(work.ffprobePath, join(work.folder, name), work.clock);
    const [sound, camera, screen] = await Promise.all(files.map(({ name }) => probe(name)));
    expect(camera?.streams.map(({ codec }) => codec)).toEqual(['h264']);
    expect(screen?.streams).toMatchObject([{ codec: 'vp8', width: 640, height: 360, title: 'Ben <b> – screen' }]);
    expect(sound?.streams).toMatchObject([{ codec: 'opus', channels: 1 }]);
    expect(sound?.durationSeconds).toBeCloseTo(8, 1);

    // 1.5 s of the session is 0.5 s of the recording, and what was sent in the pause is in neither.
    const shown = await pictureTimes(work.ffprobePath, join(work.folder, 'track-02-camera.mp4'));
    expect(shown[0]).toBeCloseTo(0.5, 3);
    expect(shown.filter((time) => time < 3)).toHaveLength(75);
    expect(shown.filter((time) => time >= 3 && time < 5)).toEqual([]);
    expect(told[1]).toMatchObject({ from: 0.5 });
    const later = await pictureTimes(work.ffprobePath, join(work.folder, 'track-03-screen.webm'));
    expect(later[0]).toBeCloseTo(5.5, 2);
    // Beeps of the session's seconds 1, 3, 5, 6 and 7; that of second 2 was lost, that of 4 was in the pause.
    const beeps = await readBeeps(work.ffmpegPath, join(work.folder, 'track-01-mic.ogg'));
    expect(beeps.map((beep) => Math.round(beep * 20) / 20)).toEqual([0, 2, 5, 6, 7]);
  });

  it('makes nothing where nothing was kept, and leaves out what is damaged', async () => {
    const work = await context();
    expect(await tracksStep(work)).toEqual({ files: [], facts: { tracks: [], leftOut: [] } });
    const [vp8, h264] = await Promise.all([
      samples.vp8({ frames: 60, gopFrames: 30 }),
      samples.h264({ frames: 30, gopFrames: 30 }),
    ]);
    // Of another format than it says.
    const damaged = { ...h264, packets: h264.packets.map((packet) => ({ ...packet, data: withLengths(packet.data) })) };
    await writeKeptTracks(work.sessionFolder, [
      { participant: 'ana', name: 'Ana', source: 'camera', sample: vp8, fromMs: 1500 },
      { participant: 'ben', name: 'Ben', source: 'camera', sample: damaged, fromMs: 2000 },
    ]);
    await truncate(trackPath(work.sessionFolder, 0), 4000);
    const { files, facts } = await tracksStep(work);
    expect(files.map(({ name }) => name)).toEqual(['track-01-camera.webm']);
    expect(facts?.['leftOut']).toEqual([{ file: 'track-02-camera.mp4', reason: expect.any(String) }]);
    expect(await readdir(work.folder)).toEqual(['track-01-camera.webm']);
  });

  it.each(['h264', 'vp8'] as const)('leaves nothing of %s out because the disk is full', async (codec) => {
    const work = await context();
    const sample = await samples[codec]({ frames: 60, gopFrames: 30 });
    await writeKeptTracks(work.sessionFolder, [
      { participant: 'ana', name: 'Ana', source: 'camera', sample, fromMs: 1500 },
    ]);
    const name = codec === 'h264' ? 'track-01-camera.mp4' : 'track-01-camera.webm';
    await symlink('/dev/full', join(work.folder, name));
    await expect(tracksStep(work)).rejects.toThrow('No space left on device');
    await rm(join(work.folder, name));
    expect((await tracksStep(work)).files.map((file) => file.name)).toEqual([name]);
  });

  it('leaves no file behind when the work is given up', async () => {
    const work = await context();
    const vp8 = await samples.vp8({ frames: 60, gopFrames: 30 });
    await writeKeptTracks(work.sessionFolder, [
      { participant: 'ana', name: 'Ana', source: 'camera', sample: vp8, fromMs: 1500 },
    ]);
    await expect(tracksStep({ ...work, signal: AbortSignal.abort() })).rejects.toThrow('aborted');
    expect(await readdir(work.folder)).toEqual([]);
  });
});
