import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { PublisherClient } from '../../../src/cli/publish/publisher-client.ts';
import { locateFfmpeg } from '../../../src/ffmpeg/locate.ts';
import { nullLogger } from '../../../src/logger.ts';
import { Mixer } from '../../../src/mixer/mixer.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { fakeFfmpeg } from '../../helpers/fake-ffmpeg.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { MediaSamples } from '../../helpers/media-samples.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { Door } from '../ingest/door.ts';
import { LiveClock } from './live-clock.ts';

const WAIT = { timeout: 30_000 };

let samples: MediaSamples;
beforeAll(() => {
  samples = new MediaSamples();
});
afterAll(() => samples.close());

/** The first decoder hangs, the next four die at once, as on a machine without memory; all others are FFmpeg itself. */
async function badTimes(folder: string): Promise<string> {
  const { path } = await locateFfmpeg({});
  const count = join(folder, 'count');
  return fakeFfmpeg(
    folder,
    `case "$*" in *"-c:v rawvideo"*) ;; *) exec ${path} "$@" ;; esac
echo x >> ${count}
n=$(wc -l < ${count})
[ "$n" -eq 1 ] && exec sleep 600
[ "$n" -le 5 ] && exit 1
touch ${join(folder, 'decodes')}
exec ${path} "$@"`,
  );
}

it('a film whose decoders hang and die in a bad minute is sent again by itself, and shown', {
  timeout: 60_000,
}, async () => {
  const folder = await tempDir();
  const clock = new LiveClock();
  const door = await Door.open({ clock });
  const mixer = new Mixer({
    room: door.room,
    program: {
      width: 320,
      height: 180,
      framerate: 10,
      videoKbit: 300,
      audioKbit: 96,
      preset: 'ultrafast',
      gopFrames: 10,
      maxPixels: 1920 * 1088,
      degrade: false,
      ffmpegPath: await badTimes(folder),
      originMs: systemClock.monotonicMs(),
      originWallMs: systemClock.wallMs(),
    },
    restart: { firstMs: 1, maxMs: 1, attempts: 5, forgetAfterMs: 30_000 },
    clock: systemClock,
    log: nullLogger,
  });
  onTestFinished(() => mixer.close());
  const { config, packets } = await samples.h264({ colour: 'red', frames: 10, gopFrames: 5 });
  const { codecString, width, height, framerate } = config;
  const patience = new FakeClock();
  const notices: string[] = [];
  const client = new PublisherClient({
    url: door.url,
    room: 'demo',
    token: 'participant',
    name: 'Film',
    tracks: [
      {
        publish: { type: 'publish', track: 4, kind: 'video', source: 'file' },
        config: { type: 'config', track: 4, id: 0, codec: 'h264', codecString, width, height, framerate },
      },
    ],
    clock: patience,
    onNotice: (text) => notices.push(text),
  });
  const run = client.run();
  let sent = 0;
  const stop = systemClock.every(1000 / 30, () => {
    const { keyframe = false, data = new Uint8Array() } = packets[sent % packets.length] ?? {};
    sent += 1;
    client.send({
      track: 4,
      captureUs: Math.round(systemClock.monotonicMs() * 1000),
      durationUs: 33_333,
      keyframe,
      data,
    });
  });
  onTestFinished(async () => {
    stop();
    client.close();
    await run;
  });
  await vi.waitFor(() => expect(notices.at(-1)).toMatch(/^Track 4: .* Sending it again in 10 s\.$/), WAIT);
  expect(door.room.participants[0]?.tracks.size).toBe(0);
  expect(existsSync(join(folder, 'decodes'))).toBe(false);
  // In steps: the server's answers to its pings take real time.
  const track = await vi.waitFor(() => {
    patience.advance(500);
    const found = door.room.participants[0]?.tracks.get(4);
    if (!found) throw new Error('It is not there yet');
    return found;
  }, WAIT);
  let refused = 0;
  track.events.on('refused', () => {
    refused += 1;
  });
  // The age of a picture is told of those that were shown.
  const ages: number[] = [];
  mixer.events.on('ages', (shown) => {
    ages.push(shown.length);
  });
  await vi.waitFor(() => expect(ages.some((count) => count > 0)).toBe(true), WAIT);
  expect(existsSync(join(folder, 'decodes'))).toBe(true);
  expect(refused).toBe(0);
});
