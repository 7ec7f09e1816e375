import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { locateFfmpeg } from '../../../src/ffmpeg/locate.ts';
import { MediaSamples } from '../../helpers/media-samples.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { LiveRoom } from './live-room.ts';

const WAIT = { timeout: 20_000, interval: 20 };

/** An FFmpeg whose program encoder takes two pictures where three come, as long as it is asked for all of them. */
async function slowFfmpeg(): Promise<string> {
  const { path } = await locateFfmpeg({});
  const folder = await tempDir();
  const wrapper = join(folder, 'ffmpeg');
  const slow = `case "$*" in *"-framerate 30 "*libx264*) exec "${path}" -readrate 0.66 "$@";; esac`;
  await writeFile(wrapper, `#!/bin/sh\n${slow}\nexec "${path}" "$@"\n`);
  await chmod(wrapper, 0o755);
  return wrapper;
}

let samples: MediaSamples;
beforeAll(() => {
  samples = new MediaSamples();
  return () => samples.close();
});

describe('a program whose machine is too slow', () => {
  it('becomes cheaper without a missing frame or sample, says so, and is on time again', async () => {
    const live = await LiveRoom.open(undefined, await slowFfmpeg());
    const steps: Array<{ step: number; reason: string }> = [];
    onTestFinished(live.mixer.events.on('degraded', (step) => void steps.push(step)));
    live.enter('ana').publish(0, await samples.h264({ colour: 'red', frames: 30 }));
    await vi.waitFor(() => expect(live.video.at(-1)?.duration).toBe(2), WAIT);
    expect(steps).toEqual([{ step: 2, reason: expect.stringContaining('half as many pictures a second') }]);
    await vi.waitFor(() => expect(live.stats?.step).toBe(2), WAIT);
    const { pts, config } = live.video.at(-1) as (typeof live.video)[number];
    expect(config).toMatchObject({ width: 320, height: 180, framerate: 15 });
    await live.frames(30);
    // Each picture begins where the last one ends, over the change too.
    const ends = live.video.map((packet) => packet.pts + packet.duration);
    expect(live.video.slice(1).map((packet) => packet.pts)).toEqual(ends.slice(0, -1));
    const units = live.audio.map((unit) => unit.pts);
    expect(units.slice(1)).toEqual(units.slice(0, -1).map((sample) => sample + 1024));
    expect(live.video.filter((packet) => packet.pts > pts).every(({ duration }) => duration === 2)).toBe(true);
    // What had piled up is worked off: a picture is begun when it is due, as none can be while one before it waits. How many of
    // them are is a matter of the machine.
    await vi.waitFor(() => expect(Math.min(...(live.stats?.latenessMs ?? []))).toBeLessThan(33), WAIT);
  });
});
