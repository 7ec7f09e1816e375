import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { locateFfmpeg } from '../../../src/ffmpeg/locate.ts';
import { MediaSamples } from '../../helpers/media-samples.ts';
import { allGone, isAlive } from './processes.ts';
import { LUMA, RESTART, VideoScene, startCodes } from './video-scene.ts';

const WAIT = { timeout: 9000 };

let samples: MediaSamples;
let ffmpeg: string;

beforeAll(async () => {
  samples = new MediaSamples();
  ffmpeg = (await locateFfmpeg({})).path;
});

afterAll(() => samples.close());

describe('VideoSource, when its decoder fails, or its sender is to blame', () => {
  it('replaces a decoder that was killed, at the next key frame, and shows the last picture meanwhile', async () => {
    const scene = new VideoScene(ffmpeg);
    scene.send(await samples.h264({ colour: 'red', frames: 15 }));
    await scene.shows(LUMA.red);
    const from = scene.seen.length;
    process.kill(scene.spawner.pids[0] as number, 'SIGKILL');
    await vi.waitFor(() => expect(scene.keyframesWanted).toBeGreaterThan(0), WAIT);
    scene.send(await samples.h264({ colour: 'blue', frames: 15 }));
    await scene.shows(LUMA.blue);
    expect([scene.blanks(from), scene.spawner.started.length, scene.refused]).toEqual([0, 2, []]);
  });

  it('replaces both decoders when the shown one dies during a change of size', async () => {
    const scene = new VideoScene(ffmpeg);
    scene.send(await samples.h264({ colour: 'red', frames: 15 }));
    await scene.shows(LUMA.red);
    scene.clock.skip(1000);
    const [old] = scene.spawner.pids;
    // The next one never takes over, however long this process looks away.
    scene.spawner.onStart = ({ pid }) => void process.kill(pid as number, 'SIGSTOP');
    scene.source.resize({ width: 320, height: 180, fit: 'contain' });
    scene.tick();
    await vi.waitFor(() => expect(scene.spawner.pids).toHaveLength(2), WAIT);
    const next = scene.spawner.pids[1] as number;
    scene.spawner.onStart = () => {};
    process.kill(old as number, 'SIGKILL');
    await allGone([old as number, next]);
    scene.clock.skip(1000);
    await scene.shows(LUMA.red, 320);
    expect(scene.refused).toEqual([]);
  });

  it('replaces a decoder that hangs', async () => {
    const scene = new VideoScene(ffmpeg);
    scene.send(await samples.h264({ colour: 'red', frames: 15 }));
    await scene.shows(LUMA.red);
    process.kill(scene.spawner.pids[0] as number, 'SIGSTOP');
    scene.tick();
    scene.clock.skip(6000);
    scene.tick();
    await scene.shows(LUMA.red);
    await vi.waitFor(() => expect(scene.spawner.started).toHaveLength(2), WAIT);
    await allGone(scene.spawner.pids.slice(0, 1));
  });

  it('gives one three times as long that only lacks a processor', async () => {
    const scene = new VideoScene(ffmpeg);
    scene.heldUp = true;
    scene.send(await samples.h264({ colour: 'red', frames: 15 }));
    await scene.shows(LUMA.red);
    await scene.settles();
    process.kill(scene.spawner.pids[0] as number, 'SIGSTOP');
    scene.tick();
    scene.clock.skip(14_000);
    scene.tick();
    expect(scene.spawner.started[0]?.stopRequested).toBe(false);
    scene.clock.skip(2000);
    scene.tick();
    expect(scene.spawner.started[0]?.stopRequested).toBe(true);
  });

  it.each([
    ['noise', (index: number) => startCodes(Uint8Array.from({ length: 400 }, (_, at) => (at * 131 + index * 7) & 255))],
    ['nothing but zeros', () => new Uint8Array(400)],
    ['an empty slice', () => startCodes(Uint8Array.of(0x65))],
  ])('gives up on %s after its budget, says why, and takes nothing more', async (_what, frame) => {
    const { config } = await samples.h264({ colour: 'red' });
    const scene = new VideoScene(ffmpeg);
    for (let attempt = 0; attempt < 12 && scene.refused.length === 0; attempt += 1) {
      for (let index = 0; index < 20; index += 1) scene.feed(config, frame(index), true);
      scene.clock.skip(6000);
      scene.feed(config, frame(20), true);
      const wanted = scene.keyframesWanted;
      await vi.waitFor(() => expect(scene.keyframesWanted + scene.refused.length).toBeGreaterThan(wanted - 1), WAIT);
      await allGone(scene.spawner.pids);
    }
    expect(scene.refused).toEqual([expect.stringMatching(/./)]);
    const started = scene.spawner.started.length;
    expect(started).toBe(RESTART.attempts + 1);
    scene.clock.skip(60_000);
    scene.send(await samples.h264({ colour: 'red' }));
    scene.tick();
    expect(scene.spawner.started).toHaveLength(started);
  });

  it('is refused when no key frame comes to begin anew, and not because of a pause', async () => {
    const scene = new VideoScene(ffmpeg);
    const { config, packets } = await samples.h264({ colour: 'red' });
    const delta = packets[1]?.data as Uint8Array;
    scene.feed(config, delta, false);
    scene.clock.skip(16_000);
    scene.feed(config, delta, false);
    for (let second = 0; second < 15; second += 1) {
      scene.clock.skip(1000);
      scene.feed(config, delta, false);
      if (second < 14) expect(scene.refused).toEqual([]);
    }
    expect(scene.refused).toEqual([
      expect.stringMatching(/no key frame came for 15 s to begin anew; send one when asked/),
    ]);
  });

  it('is refused at once when its decoder works far too much', async () => {
    const scene = new VideoScene(ffmpeg);
    scene.send(await samples.h264({ colour: 'red' }));
    await scene.shows(LUMA.red);
    // Looked at for the first time now that a picture has come out.
    scene.tick();
    await scene.settles();
    let seconds = 0;
    for (; seconds < 5 && scene.refused.length === 0; seconds += 1) {
      scene.usedMs += 500;
      scene.clock.skip(1000);
      scene.tick();
    }
    expect(seconds).toBe(5);
    expect(scene.refused).toHaveLength(1);
    expect(scene.refused[0]).toMatch(
      /^Decoding the picture costs far more than .*\d+ % of a processor\); send it in fewer slices/,
    );
    expect(scene.spawner.started).toHaveLength(1);
    await allGone(scene.spawner.pids);
  });

  it('does not decode a picture larger than allowed', async () => {
    const scene = new VideoScene(ffmpeg);
    const sample = await samples.h264({ colour: 'red', width: 2560, height: 1440, frames: 2 });
    scene.send(sample);
    scene.tick();
    scene.clock.skip(6000);
    scene.tick();
    expect(scene.source.pictureAt(scene.clock.monotonicMs())).toBeUndefined();
    await vi.waitFor(() => expect(scene.spawner.started.some((process) => process.stopRequested)).toBe(true), WAIT);
  });

  it('is refused with the remedy when FFmpeg cannot be started', async () => {
    const scene = new VideoScene('/nowhere/ffmpeg');
    const sample = await samples.h264({ colour: 'red', frames: 1 });
    for (let attempt = 0; attempt <= RESTART.attempts; attempt += 1) {
      scene.clock.skip(1000);
      scene.feed(sample.config, sample.packets[0]?.data as Uint8Array, true);
      await vi.waitFor(() => expect(scene.keyframesWanted + scene.refused.length).toBe(attempt + 1), WAIT);
    }
    expect(scene.refused).toEqual([expect.stringContaining('FFMPEG_PATH')]);
  });

  it('waits, when it is closed, for a decoder that failed and does not want to go', async () => {
    const scene = new VideoScene(ffmpeg);
    scene.send(await samples.h264({ colour: 'red', frames: 15 }));
    await scene.shows(LUMA.red);
    const [pid] = scene.spawner.pids as [number];
    process.kill(pid, 'SIGSTOP');
    scene.tick();
    scene.clock.skip(6000);
    scene.tick();
    scene.pause();
    expect(isAlive(pid)).toBe(true);
    await scene.source.close();
    expect(isAlive(pid)).toBe(false);
  });
});
