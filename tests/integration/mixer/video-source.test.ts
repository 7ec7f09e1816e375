import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { locateFfmpeg } from '../../../src/ffmpeg/locate.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { MediaSamples } from '../../helpers/media-samples.ts';
import { allGone } from './processes.ts';
import { LUMA, VideoScene, middleOf, startCodes } from './video-scene.ts';

const WAIT = { timeout: 9000 };

let samples: MediaSamples;
let ffmpeg: string;

beforeAll(async () => {
  samples = new MediaSamples();
  ffmpeg = (await locateFfmpeg({})).path;
});

afterAll(() => samples.close());

describe('VideoSource', () => {
  it('shows the first picture, in the size of its tile, with one process', async () => {
    const scene = new VideoScene(ffmpeg);
    expect(scene.source.silentMs(scene.clock.monotonicMs())).toBe(Number.POSITIVE_INFINITY);
    scene.send(await samples.h264({ colour: 'red' }));
    await scene.shows(LUMA.red);
    expect(scene.spawner.started).toHaveLength(1);
    expect(scene.source.silentMs(scene.clock.monotonicMs())).toBeLessThan(5000);
    expect(scene.keyframesWanted).toBe(0);
  });

  it('asks for a key frame when it has none, unless nobody sees it', async () => {
    const { config, packets } = await samples.h264({ colour: 'red' });
    const scene = new VideoScene(ffmpeg);
    const hidden = new VideoScene(ffmpeg, { width: 0, height: 0 });
    for (const { data } of packets.slice(1, 4)) {
      scene.feed(config, data, false);
      hidden.feed(config, data, false);
    }
    expect([scene.keyframesWanted, scene.spawner.started.length]).toEqual([3, 0]);
    hidden.send({ config, packets });
    for (let frame = 0; frame < 310; frame += 1) hidden.feed(config, packets[1]?.data as Uint8Array, false);
    expect([hidden.keyframesWanted, hidden.spawner.started.length]).toEqual([0, 0]);
    hidden.source.resize({ width: 160, height: 90, fit: 'contain' });
    await hidden.shows(LUMA.red);
  });

  it('shows the old size until the new decoder has caught up, and is never blank', async () => {
    const scene = new VideoScene(ffmpeg);
    scene.send(await samples.h264({ colour: 'red', frames: 120 }));
    await scene.shows(LUMA.red);
    const from = scene.seen.length;
    scene.source.resize({ width: 320, height: 180, fit: 'contain' });
    expect(scene.source.pictureAt(scene.clock.monotonicMs())?.width).toBe(160);
    await scene.shows(LUMA.red, 320);
    scene.tick();
    const widths = scene.seen.slice(from).map((picture) => picture?.width ?? 0);
    expect(widths).toEqual([...widths].sort((a, b) => a - b));
    expect(widths.at(-1)).toBe(320);
    expect([scene.blanks(from), scene.keyframesWanted]).toEqual([0, 0]);
    const [old] = scene.spawner.pids;
    await allGone([old as number]);
    expect(scene.spawner.alive).toHaveLength(1);
  });

  it('does not show again what the new decoder has to catch up with', async () => {
    const scene = new VideoScene(ffmpeg);
    // White for the first three frames of each second.
    const { config, packets } = await samples.h264({ colour: 'red', frames: 120, flash: true });
    const firstUs = Math.round(scene.clock.monotonicMs() * 1000) - 4_000_000;
    for (const [index, { data, keyframe }] of packets.slice(0, 118).entries()) {
      scene.source.feed(config, { captureUs: firstUs + Math.round((index * 1e6) / 30), keyframe, data });
    }
    const observed = vi.spyOn(scene.playout, 'observe');
    await vi.waitFor(() => expect(observed.mock.calls.at(-1)?.[1]).toBeGreaterThan(firstUs + 3_890_000), WAIT);
    await scene.shows(LUMA.red);
    scene.clock.skip(1000);
    scene.source.resize({ width: 320, height: 180, fit: 'contain' });
    const brightest: number[] = [];
    const stopLooking = systemClock.every(1, () => {
      brightest.push(middleOf(scene.source.pictureAt(scene.clock.monotonicMs())));
    });
    await scene.shows(LUMA.red, 320);
    await vi.waitFor(() => expect(scene.spawner.alive).toHaveLength(1), WAIT);
    stopLooking();
    expect(Math.max(...brightest)).toBeLessThan(LUMA.red + 4);
  });

  it('shows a picture that stands still in its new size, which makes it no newer', async () => {
    const scene = new VideoScene(ffmpeg);
    const { config, packets } = await samples.h264({ colour: 'red', frames: 2 });
    const firstUs = Math.round(scene.clock.monotonicMs() * 1000);
    // In whole milliseconds the second comes later than it was captured.
    const timesUs = [firstUs, firstUs + 33_600];
    for (const [index, { data, keyframe }] of packets.entries()) {
      scene.source.feed(config, { captureUs: timesUs[index] as number, keyframe, data });
    }
    await vi.waitFor(() => {
      scene.source.pictureAt(scene.clock.monotonicMs());
      expect(scene.source.captureUs).toBe(timesUs[1]);
    }, WAIT);
    scene.clock.skip(5000);
    const observed = vi.spyOn(scene.playout, 'observe');
    scene.source.resize({ width: 320, height: 180, fit: 'contain' });
    await scene.shows(LUMA.red, 320);
    expect(scene.source.captureUs).toBe(timesUs[1]);
    // The sender is as silent as before, and its line no slower.
    expect(scene.source.silentMs(scene.clock.monotonicMs())).toBeGreaterThanOrEqual(5000);
    expect([observed.mock.calls, scene.keyframesWanted]).toEqual([[], 0]);
  });

  it('stays with the newest of many sizes, and starts few processes for all of them', async () => {
    const scene = new VideoScene(ffmpeg);
    scene.send(await samples.h264({ colour: 'red', frames: 120 }));
    await scene.shows(LUMA.red);
    const from = scene.seen.length;
    for (let round = 0; round < 40; round += 1) {
      scene.source.resize(
        round % 2 === 0 ? { width: 320, height: 180, fit: 'contain' } : { width: 240, height: 136, fit: 'contain' },
      );
      scene.tick();
    }
    await scene.shows(LUMA.red, 240);
    expect(scene.spawner.started.length).toBeLessThanOrEqual(4);
    expect(scene.blanks(from)).toBe(0);
  });

  it('starts nothing when the size comes back to what is shown', async () => {
    const scene = new VideoScene(ffmpeg);
    scene.send(await samples.h264({ colour: 'red', frames: 120 }));
    await scene.shows(LUMA.red);
    scene.clock.skip(1000);
    scene.source.resize({ width: 320, height: 180, fit: 'contain' });
    scene.source.resize({ width: 160, height: 90, fit: 'contain' });
    scene.tick();
    await allGone(scene.spawner.pids.slice(1));
    expect(scene.spawner.alive).toHaveLength(1);
    scene.tick();
    expect(scene.spawner.alive).toHaveLength(1);
  });

  it('asks for a key frame again and again when a new size waits for one', async () => {
    const scene = new VideoScene(ffmpeg);
    const { config, packets } = await samples.h264({ colour: 'red', frames: 320 });
    for (const { data, keyframe } of packets.slice(0, 310)) scene.feed(config, data, keyframe);
    await scene.shows(LUMA.red);
    scene.source.resize({ width: 320, height: 180, fit: 'contain' });
    expect(scene.keyframesWanted).toBe(1);
    scene.feed(config, packets[310]?.data as Uint8Array, false);
    scene.feed(config, packets[311]?.data as Uint8Array, false);
    expect(scene.keyframesWanted).toBe(3);
    scene.clock.skip(1000);
    scene.send({ config, packets });
    await scene.shows(LUMA.red, 320);
  });

  it('goes on through a change of resolution inside the stream', async () => {
    const scene = new VideoScene(ffmpeg);
    scene.send(await samples.h264({ colour: 'red', width: 320, height: 180 }));
    await scene.shows(LUMA.red);
    const from = scene.seen.length;
    scene.send(await samples.h264({ colour: 'blue', width: 640, height: 480 }));
    await scene.shows(LUMA.blue);
    expect([scene.blanks(from), scene.spawner.started.length]).toEqual([0, 1]);
  });

  it('changes from H.264 to VP8 and back without a blank', async () => {
    const scene = new VideoScene(ffmpeg);
    scene.send(await samples.h264({ colour: 'red' }));
    await scene.shows(LUMA.red);
    const from = scene.seen.length;
    scene.clock.skip(1000);
    scene.send(await samples.vp8({ colour: 'lime' }));
    await scene.shows(LUMA.lime);
    scene.clock.skip(1000);
    scene.send(await samples.h264({ colour: 'blue' }));
    await scene.shows(LUMA.blue);
    expect([scene.blanks(from), scene.spawner.started.length, scene.refused]).toEqual([0, 3, []]);
    await allGone(scene.spawner.pids.slice(0, 2));
  });

  it('does not start a process for each frame of a sender that changes codecs all the time', async () => {
    const [h264, vp8] = await Promise.all([samples.h264({ colour: 'red' }), samples.vp8({ colour: 'lime' })]);
    const scene = new VideoScene(ffmpeg);
    for (let round = 0; round < 60; round += 1) {
      const { config, packets } = round % 2 === 0 ? h264 : vp8;
      scene.feed(config, packets[0]?.data as Uint8Array, true);
    }
    expect(scene.spawner.started.length).toBeLessThanOrEqual(3);
    scene.clock.skip(1000);
    scene.send(vp8);
    await scene.shows(LUMA.lime);
  });

  it('never starts a decoder with frames of the codec before', async () => {
    const [h264, vp8] = await Promise.all([samples.h264({ colour: 'red' }), samples.vp8({ colour: 'lime' })]);
    const scene = new VideoScene(ffmpeg);
    scene.send(h264);
    await scene.shows(LUMA.red);
    scene.pause();
    scene.clock.skip(1000);
    scene.feed(vp8.config, vp8.packets[1]?.data as Uint8Array, false);
    expect([scene.spawner.started.length, scene.keyframesWanted]).toEqual([1, 1]);
    scene.send(vp8);
    await scene.shows(LUMA.lime);
  });

  it('gives many sizes in a short time few decoders, and the last of them one in the end', async () => {
    const scene = new VideoScene(ffmpeg);
    const sample = await samples.h264({ colour: 'red', frames: 15 });
    scene.send(sample);
    await scene.shows(LUMA.red);
    // Within the time that the budget of such starts is for, also on a slow machine.
    for (let width = 170; width < 184; width += 2) {
      await scene.settles();
      scene.clock.skip(600);
      const before = scene.spawner.started.length;
      scene.source.resize({ width, height: 90, fit: 'contain' });
      scene.tick();
      if (before < 6) await vi.waitFor(() => expect(scene.spawner.started).toHaveLength(before + 1), WAIT);
    }
    expect(scene.spawner.started.length).toBe(6);
    await scene.settles();
    scene.clock.skip(10_000);
    scene.send(sample);
    scene.source.resize({ width: 190, height: 90, fit: 'contain' });
    await scene.shows(LUMA.red, 190);
  });

  it('is back at once when it was hidden for a moment', async () => {
    const scene = new VideoScene(ffmpeg);
    scene.send(await samples.h264({ colour: 'red', frames: 15 }));
    await scene.shows(LUMA.red);
    scene.source.suspend(true);
    scene.source.suspend(true);
    scene.send(await samples.h264({ colour: 'blue', frames: 15 }));
    await scene.shows(LUMA.blue);
    scene.source.resize({ width: 160, height: 90, fit: 'contain' });
    expect(middleOf(scene.source.pictureAt(scene.clock.monotonicMs()))).toBe(LUMA.blue);
    scene.source.suspend(true);
    scene.clock.skip(1000);
    scene.source.resize({ width: 320, height: 180, fit: 'contain' });
    expect(scene.source.pictureAt(scene.clock.monotonicMs())?.width).toBe(160);
    await scene.shows(LUMA.blue, 320);
    expect([scene.spawner.started.length, scene.blanks(scene.seen.length)]).toEqual([2, 0]);
  });

  it('decodes nothing at once when it is hidden and there is no time for it', async () => {
    const scene = new VideoScene(ffmpeg);
    scene.send(await samples.h264({ colour: 'red', frames: 15 }));
    await scene.shows(LUMA.red);
    scene.source.suspend(false);
    await allGone(scene.spawner.pids);
    for (let frame = 0; frame < 30; frame += 1) scene.tick();
    expect([scene.source.current, scene.spawner.started.length]).toEqual([undefined, 1]);
  });

  it('decodes nothing once it has been hidden for long, and has a decoder ready for the next time', async () => {
    for (const width of [160, 320]) {
      const scene = new VideoScene(ffmpeg, { lingerMs: 1 });
      scene.send(await samples.h264({ colour: 'red', frames: 15 }));
      await scene.shows(LUMA.red);
      scene.source.suspend(true);
      await vi.waitFor(() => expect(scene.spawner.started).toHaveLength(2), WAIT);
      await allGone(scene.spawner.pids.slice(0, 1));
      scene.source.suspend(true);
      for (let frame = 0; frame < 30; frame += 1) scene.tick();
      expect([scene.source.current, scene.spawner.started.length]).toEqual([undefined, 2]);
      scene.clock.skip(1000);
      const next: number[] = [];
      scene.spawner.onStart = ({ pid = 0 }) => {
        process.kill(pid, 'SIGSTOP');
        next.push(pid);
      };
      scene.source.resize({ width, height: (width / 16) * 9, fit: 'contain' });
      // Stretched, until a decoder of the size that is wanted has begun.
      await scene.shows(LUMA.red, 160);
      if (width > 160) await vi.waitFor(() => expect(next).toHaveLength(1), WAIT);
      for (const pid of next) process.kill(pid, 'SIGCONT');
      await scene.shows(LUMA.red, width);
      expect(scene.spawner.started).toHaveLength(width === 160 ? 2 : 3);
    }
  });

  it('does without the decoder that was ready when that has ended, or when the picture is another one now', async () => {
    const scene = new VideoScene(ffmpeg, { lingerMs: 1 });
    scene.send(await samples.h264({ colour: 'red', frames: 15 }));
    await scene.shows(LUMA.red);
    scene.source.suspend(true);
    await vi.waitFor(() => expect(scene.spawner.pids).toHaveLength(2), WAIT);
    process.kill(scene.spawner.pids[1] as number, 'SIGKILL');
    await scene.spawner.started[1]?.exit;
    scene.clock.skip(1000);
    scene.source.resize({ width: 160, height: 90, fit: 'contain' });
    await scene.shows(LUMA.red);
    scene.source.suspend(true);
    await vi.waitFor(() => expect(scene.spawner.started).toHaveLength(4), WAIT);
    scene.send(await samples.vp8({ colour: 'blue', frames: 15 }));
    await allGone(scene.spawner.pids);
    scene.clock.skip(1000);
    scene.source.resize({ width: 160, height: 90, fit: 'contain' });
    await scene.shows(LUMA.blue);
  });

  it('is closed at once while it lingers, and while a decoder is ready for the next time', async () => {
    for (const lingerMs of [60_000, 1]) {
      const scene = new VideoScene(ffmpeg, { lingerMs });
      scene.send(await samples.h264({ colour: 'red', frames: 15 }));
      await scene.shows(LUMA.red);
      scene.source.suspend(true);
      await vi.waitFor(() => expect(scene.spawner.started).toHaveLength(lingerMs === 1 ? 2 : 1), WAIT);
      await scene.close();
      expect(scene.spawner.alive).toEqual([]);
    }
  });

  it('takes nobody’s turn to start a decoder while it is not shown', async () => {
    const scene = new VideoScene(ffmpeg, { width: 0 });
    scene.send(await samples.h264());
    for (let frame = 0; frame < 5; frame += 1) scene.tick();
    let begun = 0;
    for (let other = 0; other < 2; other += 1) {
      scene.starts.request({ urgent: true }, () => {
        begun += 1;
      });
    }
    expect(begun).toBe(2);
    expect(scene.spawner.started).toEqual([]);
  });

  it('starts from a group of pictures of several megabytes', async () => {
    const { config, packets } = await samples.h264({ colour: 'red', frames: 120 });
    const scene = new VideoScene(ffmpeg, { width: 0, height: 0 });
    // Filler data (NAL type 12), which decoders skip: 60 KB a frame, as at 15 Mbit/s.
    const filler = startCodes(Buffer.concat([Uint8Array.of(12), Buffer.alloc(60_000, 0xff), Uint8Array.of(0x80)]));
    for (const { data, keyframe } of packets.slice(0, 110)) {
      scene.feed(config, Buffer.concat([data, filler]), keyframe);
    }
    scene.source.resize({ width: 160, height: 90, fit: 'contain' });
    scene.feed(config, packets[110]?.data as Uint8Array, false);
    await scene.shows(LUMA.red);
    expect(scene.spawner.started).toHaveLength(1);
  });

  it('does not keep a group of more than eight megabytes', async () => {
    const { config, packets } = await samples.h264({ colour: 'red', frames: 120 });
    const scene = new VideoScene(ffmpeg, { width: 0, height: 0 });
    for (const { data, keyframe } of packets.slice(0, 20)) {
      scene.feed(config, Buffer.concat([data, Buffer.alloc(500_000, 0xff)]), keyframe);
    }
    scene.source.resize({ width: 160, height: 90, fit: 'contain' });
    scene.feed(config, packets[20]?.data as Uint8Array, false);
    expect([scene.spawner.started.length, scene.keyframesWanted]).toEqual([0, 1]);
  });

  it('keeps 200 ms of 60 frames a second waiting for their time', async () => {
    const scene = new VideoScene(ffmpeg);
    // White for the first six frames.
    const { config, packets } = await samples.h264({ colour: 'blue', framerate: 60, frames: 60, flash: true });
    const firstUs = 1_000_000_000;
    const observed = vi.spyOn(scene.playout, 'observe');
    for (const [index, { data, keyframe }] of packets.slice(0, 13).entries()) {
      scene.source.feed(config, { captureUs: firstUs + Math.round((index * 1e6) / 60), keyframe, data });
    }
    await vi.waitFor(() => expect(observed.mock.calls.at(-1)?.[1]).toBeGreaterThan(firstUs + 199_000), WAIT);
    const dueMs = (us: number): number => (us - scene.playout.playheadUs(0)) / 1000;
    const picture = scene.source.pictureAt(dueMs(firstUs + 2 * 16_667));
    expect(middleOf(picture)).toBeGreaterThan(200);
    expect(middleOf(scene.source.pictureAt(dueMs(firstUs + 12 * 16_667)))).toBeLessThan(60);
  });

  it('leaves no process behind when it is closed, however often and in whatever state', async () => {
    const sample = await samples.h264({ colour: 'red', frames: 15 });
    const scene = new VideoScene(ffmpeg);
    scene.send(sample);
    await scene.shows(LUMA.red);
    scene.clock.skip(1000);
    scene.source.resize({ width: 320, height: 180, fit: 'contain' });
    scene.tick();
    await vi.waitFor(() => expect(scene.spawner.started).toHaveLength(2), WAIT);
    await Promise.all([scene.close(), scene.source.close()]);
    expect(scene.spawner.alive).toEqual([]);
    scene.clock.skip(1000);
    scene.source.resize({ width: 160, height: 90, fit: 'contain' });
    scene.send(sample);
    scene.tick();
    expect([scene.spawner.alive, scene.source.pictureAt(scene.clock.monotonicMs())]).toEqual([[], undefined]);
  });
});
