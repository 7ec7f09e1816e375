import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { configSchema } from '../../../src/config/schema.ts';
import { locateFfmpeg } from '../../../src/ffmpeg/locate.ts';
import { HlsOrigin } from '../../../src/hls/hls-origin.ts';
import { nullLogger } from '../../../src/logger.ts';
import type { ResumableSession } from '../../../src/recorder/session/resumable-session.ts';
import { readSessionEvents } from '../../../src/recorder/session/session-events.ts';
import { loadSessionIndex } from '../../../src/recorder/session/session-index.ts';
import { readSessionInfo } from '../../../src/recorder/session/session-info.ts';
import { repairSession } from '../../../src/recorder/session/session-repair.ts';
import { Room } from '../../../src/room/room.ts';
import { programSettings } from '../../../src/server/program-settings.ts';
import { RoomPipeline } from '../../../src/server/room-pipeline.ts';
import { type Clock, systemClock } from '../../../src/util/clock.ts';
import { fakeFfmpeg } from '../../helpers/fake-ffmpeg.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const WAIT = { timeout: 30_000, interval: 25 };

interface Opening {
  /** What the encoder of the small picture does instead, as a shell script says; default: its work. */
  readonly low?: string;
  readonly clock?: Clock;
  readonly framerate?: number;
}

async function opener(dir: string, { low = ':', clock = systemClock, framerate = 25 }: Opening = {}) {
  const { program, hls } = configSchema.parse({
    // How busy the machine of the tests is must not change what they see.
    program: { width: 320, height: 180, framerate, preset: 'ultrafast', videoKbit: 200, degrade: false },
  });
  const limits = { maxParticipants: 3, maxTracksPerParticipant: 2 };
  const room = new Room({ id: 'hall', title: 'Hall', createdAt: new Date(0), limits });
  const origin = new HlsOrigin(systemClock);
  onTestFinished(() => origin.close());
  const viewing = { access: 'public', profile: 'standard', abr: true, captions: false } as const;
  const ffmpeg = (await locateFfmpeg({})).path;
  // Nothing else in a program has half the frames.
  const script = `case "$*" in *'-framerate ${framerate}/2 '*) ${low};; esac\nexec '${ffmpeg}' "$@"`;
  const ffmpegPath = low === ':' ? ffmpeg : await fakeFfmpeg(dir, script);
  const open = (resumed?: ResumableSession): RoomPipeline => {
    const options = {
      program: { ...program, maxPixels: 320 * 180, ffmpegPath },
      hls: { ...hls, ...viewing, segmentSeconds: 1, windowSegments: 6 },
      sessionsDir: dir,
      fsyncMs: 1000,
      origin,
      onEnding: async () => {},
      clock,
      log: nullLogger,
    };
    const pipeline = new RoomPipeline(room, programSettings(program), viewing, options, resumed);
    onTestFinished(() => pipeline.close());
    return pipeline;
  };
  const text = async (path: string): Promise<string> => {
    const { pathname, searchParams } = new URL(path, 'http://hall/');
    const { status, body } = await origin.get('hall', pathname.slice(1), searchParams);
    expect(status).toBe(200);
    return String(body);
  };
  return { open, text, room };
}

it('goes on with a session that broke off: one clock, no number twice, and another address for viewers', async () => {
  const dir = await tempDir();
  const { open, text } = await opener(dir);
  const first = open();
  await vi.waitFor(() => expect(first.session?.log.endFrame).toBeGreaterThan(40), WAIT);
  await first.close();
  const folder = join(dir, first.sessionId);
  await appendFile(join(folder, 'parts.jsonl'), '{"type":"part","segment":9');
  const log = await repairSession(folder);
  expect(log.cutBytes).toBe(26);
  const info = await readSessionInfo(folder);
  expect(info).toMatchObject({ id: first.sessionId, room: 'hall', title: 'Hall', framerate: 25, segmentFrames: 25 });
  if (!info) throw new Error('The session says nothing of itself.');

  const second = open({ info, log, firstFrame: log.nextFrame });
  expect(second.sessionId).toBe(first.sessionId);
  const index = await vi.waitFor(() => text('index.m3u8'), WAIT);
  const paths = index.split('\n').filter((line) => line.endsWith('.m3u8') && !line.startsWith('#'));
  expect(paths.length).toBeGreaterThan(1);
  const listed: number[] = [];
  for (const path of paths) {
    expect(path.startsWith(`${first.sessionId}/`)).toBe(false);
    listed.push(Number(/#EXT-X-MEDIA-SEQUENCE:(\d+)/.exec(await text(path))?.[1]));
  }
  await second.close();

  const { parts } = await loadSessionIndex(folder);
  // Viewers are shown segments of the second run, by their own numbers; how many have gone by depends on when the last encoder came.
  const since = new Set(parts.map(({ segment }) => segment).filter((segment) => segment >= log.nextSegment));
  expect(listed.filter((segment) => !since.has(segment))).toEqual([]);
  const places = parts.map(({ segment, index: part }) => segment * 1000 + part);
  expect(places).toEqual([...new Set(places)].toSorted((a, b) => a - b));
  const resumed = parts.find(({ segment }) => segment >= log.nextSegment);
  expect(resumed).toMatchObject({ segment: log.nextSegment, index: 0, discontinuity: true, init: log.nextGeneration });
  expect(resumed?.firstFrame).toBeGreaterThanOrEqual(log.nextFrame);
  for (const [number, { firstFrame, wallTime }] of parts.entries()) {
    const before = parts[number - 1];
    expect(firstFrame).toBeGreaterThanOrEqual(before ? before.firstFrame + before.frames : 0);
    expect(wallTime).toBeCloseTo(info.originWallMs + firstFrame * 40, 0);
  }
  const told = [];
  for await (const event of readSessionEvents(folder)) if (event.type === 'program') told.push(event);
  expect(told).toMatchObject([{ state: 'interrupted', ms: log.nextFrame * 40 }, { state: 'resumed' }]);
  expect(told[1]?.ms).toBeGreaterThanOrEqual(log.nextFrame * 40);
});

it.each([
  ['dies whenever it is started', 'exit 1'],
  ['never begins', 'exec sleep 600'],
])('viewers get the picture and the sound although the small one’s encoder %s', async (_case, low) => {
  // A segment of 25 frames cannot be halved: the small picture would have all of them.
  const { open, text } = await opener(await tempDir(), { low, framerate: 24 });
  const pipeline = open();
  const index = await vi.waitFor(() => text('index.m3u8'), { ...WAIT, timeout: 60_000 });
  expect(index.match(/\w+\.m3u8/g)).toEqual(['audio.m3u8', 'video.m3u8', 'iframes.m3u8']);
  const paths = [...index.matchAll(/[^"\n]+\.m3u8/g)].map(([path]) => path);
  for (const path of paths) expect(await text(path)).toContain('#EXTINF');
  // Whoever can wait for the small one is told that it is missing, and finds the rest as before.
  const promised = await text('index.m3u8?promised=1');
  expect(promised).toContain('DATA-ID="gridcast.low",VALUE="missing"');
  expect(promised.match(/^\S+\.m3u8$/gm)?.map((path) => path.split('/').at(-1))).toEqual(['video.m3u8', 'low.m3u8']);
  for (const name of ['audio', 'video']) {
    expect(await text(`${paths[0]?.split('/')[0]}/${name}.m3u8`)).not.toContain('URI="low.m3u8"');
  }
  await pipeline.close();
});

it('keeps its time, and tells it, when the clock of the machine is set', async () => {
  let setMs = 0;
  const clock: Clock = { ...systemClock, wallMs: () => systemClock.wallMs() + setMs };
  const { open, text, room } = await opener(await tempDir(), { clock });
  const pipeline = open();
  const index = await vi.waitFor(() => text('index.m3u8'), WAIT);
  const path = /^\S+video\.m3u8$/m.exec(index)?.[0] ?? '';
  setMs = -3 * 3_600_000;
  const listed = async (): Promise<number> => {
    const all = (await text(path)).matchAll(/#EXT-X-PROGRAM-DATE-TIME:(\S+)/g);
    return Date.parse([...all].at(-1)?.[1] ?? '');
  };
  const before = await listed();
  await vi.waitFor(async () => expect(await listed()).toBeGreaterThan(before), WAIT);
  // What a player takes for the age of the newest segment: it has been in the playlist for seconds at most.
  const ageMs = room.timeMs(clock) - (await listed());
  expect(ageMs).toBeGreaterThan(0);
  expect(ageMs).toBeLessThan(60_000);
  const times = [pipeline.now, room.timeMs(clock), pipeline.now];
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  await pipeline.close();
  const after = [clock.wallMs(), room.timeMs(clock), clock.wallMs()];
  expect(after).toEqual(after.toSorted((a, b) => a - b));
});
