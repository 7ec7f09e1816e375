import { expect, it, onTestFinished, vi } from 'vitest';
import { locateFfmpeg } from '../../../src/ffmpeg/locate.ts';
import { nullLogger } from '../../../src/logger.ts';
import { type FromMixer, MIXER_CHANNEL } from '../../../src/mixer/link-messages.ts';
import type { LinkMedia } from '../../../src/mixer/link.ts';
import { MixerInstance } from '../../../src/mixer/mixer-instance.ts';
import { LiveClock } from './live-clock.ts';
import { TrackedSpawner } from './processes.ts';

const WAIT = { timeout: 30_000, interval: 15 };
const FPS = 30;
const STATE = { id: 'ann', name: 'Ann', host: false, silenced: false, gainDb: 0 } as const;

it('goes on with what is due after the machine stood still for hours, with the encoders that it had for pictures', async () => {
  const clock = new LiveClock();
  const ffmpegPath = (await locateFfmpeg({})).path;
  const spawner = new TrackedSpawner(ffmpegPath);
  const media: LinkMedia[] = [];
  const messages: FromMixer[] = [];
  const lost: string[] = [];
  const originMs = clock.monotonicMs();
  const mixer = new MixerInstance({
    program: {
      ...{ width: 320, height: 180, framerate: FPS, videoKbit: 300, audioKbit: 96, preset: 'ultrafast' },
      ...{ gopFrames: 60, maxPixels: 320 * 180, ffmpegPath, degrade: false, originMs, originWallMs: clock.wallMs() },
    },
    spawn: spawner.spawn,
    clock,
    log: nullLogger,
    send: (message) => messages.push(message),
    sendMedia: (packet) => media.push(packet),
    onLost: (reason) => lost.push(reason),
  });
  onTestFinished(() => mixer.close());
  const state = { ...STATE, detached: false, hand: false, withheld: false };
  for (const participant of [0, 1, 2]) mixer.handle({ type: 'join', participant, state, listening: 1 });
  const of = (channel: number): LinkMedia[] => media.filter((packet) => packet.channel === channel);
  const secondsOf = (channel: number, perSecond: number): number => (of(channel).at(-1)?.pts ?? 0) / perSecond;
  const { video, audio, returnBase } = MIXER_CHANNEL;
  const reaches = (seconds: number): Promise<void> =>
    vi.waitFor(() => {
      expect(secondsOf(video, FPS)).toBeGreaterThan(seconds);
      expect(secondsOf(audio, 48_000)).toBeGreaterThan(seconds);
      expect(secondsOf(returnBase + 2, 48_000)).toBeGreaterThan(seconds);
    }, WAIT);
  await reaches(1);
  const packets = media.length;
  const stoodStillS = 3 * 3600;
  clock.skip(stoodStillS * 1000);
  await reaches(stoodStillS + 3);
  expect(lost).toEqual([]);
  // As many as a few seconds have, not as three hours.
  const madeS = (clock.monotonicMs() - originMs) / 1000 - stoodStillS;
  expect(media.length - packets).toBeLessThan((madeS + 3) * (FPS + 48 + 3 * 50));
  const runs = messages.flatMap((message) => (message.type === 'video-config' ? [message.run] : []));
  expect(runs).toEqual([1]);
  // Sound and picture of a moment lie where they would have.
  const firstAfter = (channel: number, perSecond: number): number =>
    (of(channel).find(({ pts }) => pts / perSecond > stoodStillS)?.pts ?? 0) / perSecond;
  expect(Math.abs(firstAfter(video, FPS) - firstAfter(audio, 48_000))).toBeLessThan(0.1);
});
