import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, type Mock, vi } from 'vitest';
import { AppError } from '../../../../src/errors.ts';
import { locateFfmpeg } from '../../../../src/ffmpeg/locate.ts';
import { type Logger, nullLogger } from '../../../../src/logger.ts';
import { walkBoxes } from '../../../../src/media/fmp4-reader.ts';
import type { Part } from '../../../../src/media/part.ts';
import { type ClipLimits, type ClipView, Clips } from '../../../../src/recorder/clips/clips.ts';
import type { FrameRange } from '../../../../src/recorder/recordings/frame-range.ts';
import { systemClock } from '../../../../src/util/clock.ts';
import { numberedProgram, readBeeps, readNumbers } from '../../../helpers/numbered-program.ts';
import { TestSession } from '../../../helpers/test-session.ts';

const FPS = 30;
const BEGAN = 1_800_000_000_000;
// AAC units of 21 ms cannot be cut, and the attack of a beep is heard up to 2 ms off.
const SOUND_TOLERANCE = 0.0107 + 0.002;

let ffmpeg: { path: string; ffprobePath: string };
let parts: Part[];
let shared: string;
let dataDir: string;
let session: TestSession | undefined;
let rooms: Map<string, { title: string; createdAt: string }>;
let warn: Mock<Logger['warn']>;
let inUse: string[];
let recorded: FrameRange[];
let admit: () => Promise<void>;
const opened: Clips[] = [];

beforeAll(async () => {
  ffmpeg = await locateFfmpeg({});
  parts = await numberedProgram({ seconds: 12 });
  shared = await mkdtemp(join(tmpdir(), 'gridcast-clips-'));
});
afterAll(() => rm(shared, { recursive: true, force: true }));
beforeEach(async () => {
  dataDir = await mkdtemp(join(shared, 'data-'));
  rooms = new Map([['demo', { title: 'Über Gezeiten 🌊', createdAt: new Date(0).toISOString() }]]);
  warn = vi.fn<Logger['warn']>();
  inUse = [];
  recorded = [{ from: 0, to: Number.POSITIVE_INFINITY }];
  admit = async () => {};
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((clips) => clips.close()));
  await session?.log.close();
  session = undefined;
});

async function openClips(limits: Partial<ClipLimits> = {}, ffmpegPath = ffmpeg.path): Promise<Clips> {
  const clips = await Clips.open({
    dataDir,
    ffmpegPath,
    ffprobePath: ffmpeg.ffprobePath,
    sessions: { find: (room) => (rooms.has(room) ? session : undefined) },
    rooms: { find: (room) => rooms.get(room) },
    limits: { maxPerRoom: 10, maxMegabytes: 100, maxSeconds: 60, ...limits },
    recordedOf: async () => recorded,
    admit: () => admit(),
    useSession: (id) => {
      inUse.push(id);
      return () => inUse.splice(inUse.indexOf(id), 1);
    },
    clock: systemClock,
    log: { ...nullLogger, warn },
  });
  opened.push(clips);
  return clips;
}

/** A session that has got as far as `frame`. */
async function live(frame: number, content: readonly Part[] = parts, keepSegments = 1000): Promise<TestSession> {
  session = await TestSession.open(dataDir, 's1', content, keepSegments);
  session.feed(frame);
  await session.log.reachedFrame(Math.floor(frame / 15) * 15);
  return session;
}

/** An FFmpeg that hangs until it is killed. */
async function hangingFfmpeg(): Promise<string> {
  const path = join(dataDir, 'hanging-ffmpeg');
  await writeFile(path, `#!/bin/sh\ntouch ${dataDir}/started\nexec sleep 600\n`, { mode: 0o755 });
  return path;
}

const hangs = () => vi.waitFor(() => expect(existsSync(join(dataDir, 'started'))).toBe(true), { timeout: 30_000 });
const at = (seconds: number): number => BEGAN + seconds * 1000;
const iso = (frame: number): string => new Date(Math.round(BEGAN + (frame * 1000) / FPS)).toISOString();
const frames = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);
const refused = (code: string) => expect.objectContaining({ code });
const leftInFolder = async (): Promise<string[]> => readdir(join(dataDir, 'clips')).catch(() => []);

/** Units of sound that are in a file, also those that no player plays. */
async function soundUnits(path: string): Promise<number> {
  const asked = ['-v', 'error', '-ignore_editlist', '1', '-select_streams', 'a', '-show_entries', 'packet=pts'];
  const { stdout } = await promisify(execFile)(ffmpeg.ffprobePath, [...asked, '-of', 'csv=p=0', path]);
  return stdout.trim().split('\n').length;
}

/** Every wanted frame is shown at its time, and every whole second beeps at its own. */
async function expectContent(clips: Clips, { id }: ClipView, from: number, wanted: readonly number[]): Promise<void> {
  const { path } = clips.file('demo', id);
  const shown = await readNumbers(ffmpeg.path, path);
  expect(shown.map(({ number }) => number)).toEqual(wanted);
  for (const { seconds, number } of shown) expect(seconds, `frame ${number}`).toBeCloseTo((number - from) / FPS, 2);
  const beeps = await readBeeps(ffmpeg.path, path);
  // The attack of a beep right at a cut or a gap lies in the unit before it.
  for (const frame of wanted.filter((number) => number % FPS === 0 && wanted.includes(number - 1))) {
    const nearest = Math.min(...beeps.map((beep) => Math.abs(beep - (frame - from) / FPS)));
    expect(nearest, `beep of frame ${frame}`).toBeLessThan(SOUND_TOLERANCE);
  }
}

describe('Clips', () => {
  it('shows exactly the wanted frames, with sound in step, while the session goes on', async () => {
    const running = await live(300);
    const clips = await openClips();
    const making = clips.make('demo', { from: at(2.57), to: at(8.1) });
    running.feed(360);
    const clip = await making;
    expect(clip).toEqual({
      id: expect.stringMatching(/^c[A-Za-z0-9_-]{12}$/),
      room: 'demo',
      title: 'Über Gezeiten 🌊',
      from: iso(77),
      to: iso(243),
      createdAt: expect.any(String),
      duration: 5.533,
      bytes: expect.any(Number),
    });
    const bytes = await readFile(clips.file('demo', clip.id).path);
    expect(clip.bytes).toBe(bytes.length);
    const boxes = [...walkBoxes(bytes)].map((box) => box.type);
    expect(boxes.indexOf('moov')).toBeLessThan(boxes.indexOf('mdat'));
    expect(boxes).not.toContain('moof');
    await expectContent(clips, clip, 77, frames(77, 243));
    expect(await readdir(join(dataDir, 'clips', 'demo', clip.id))).toEqual(['clip.mp4', 'manifest.json']);
    expect(await leftInFolder()).toEqual(['demo']);
    expect(inUse).toEqual([]);
  });

  it('goes across an encoder that was replaced by another kind, and keeps the time in which there was none', async () => {
    const other = await numberedProgram({ seconds: 12, profile: 'baseline', generation: 1 });
    const changed = other.slice(12).map((part, index) => ({ ...part, discontinuity: index === 0 }));
    // Frames 135 to 179 never existed.
    await live(360, [...parts.slice(0, 9), ...changed]);
    const clips = await openClips();
    const clip = await clips.make('demo', { from: at(3.5), to: at(9) });
    expect(clip).toMatchObject({ from: iso(105), to: iso(270), duration: 5.5 });
    await expectContent(clips, clip, 105, [...frames(105, 135), ...frames(180, 270)]);
  });

  it('takes the newest seconds, up to the newest part of the unfinished segment', async () => {
    await live(345);
    const clips = await openClips();
    const clip = await clips.make('demo', { last: 2.5 }, 'The end');
    expect(clip).toMatchObject({ from: iso(270), to: iso(345), duration: 2.5, title: 'The end' });
    await expectContent(clips, clip, 270, frames(270, 345));
  });

  it('waits for what is being made at the moment', async () => {
    const running = await live(120);
    running.frame = 150;
    const clips = await openClips();
    const making = clips.make('demo', { from: at(3), to: at(5) });
    running.feed(150);
    const clip = await making;
    await expectContent(clips, clip, 90, frames(90, 150));
  });

  it('holds what it shows from the moment it is asked for, while the log lets go of older segments', async () => {
    const running = await live(200, parts, 2);
    const waiting = join(dataDir, 'waiting-ffmpeg');
    const script = `#!/bin/sh\nuntil [ -e ${dataDir}/go ]; do sleep 0.05; done\nexec ${ffmpeg.path} "\${@}"\n`;
    await writeFile(waiting, script, { mode: 0o755 });
    const clips = await openClips({}, waiting);
    const first = clips.make('demo', { last: 1 });
    const second = clips.make('demo', { from: at(4), to: at(5) });
    running.feed(300);
    await running.log.reachedFrame(300);
    await writeFile(join(dataDir, 'go'), '');
    await first;
    await expectContent(clips, await second, 120, frames(120, 150));
    running.feed(360);
    await running.log.reachedFrame(360);
    await expect(clips.make('demo', { from: at(4), to: at(5) })).rejects.toEqual(refused('clip_not_kept'));
  });

  it('refuses a room that is not there, or not live', async () => {
    const clips = await openClips();
    await expect(clips.make('demo', { last: 1 })).rejects.toEqual(refused('not_live'));
    await expect(clips.make('other', { last: 1 })).rejects.toEqual(refused('room_not_found'));
  });

  it('holds nothing of what was not recorded', async () => {
    await live(300);
    const clips = await openClips();
    recorded = [{ from: 200, to: 260 }];
    const clip = await clips.make('demo', { last: 5 });
    expect(clip).toMatchObject({ from: iso(200), to: iso(260), duration: 2 });
    await expectContent(clips, clip, 200, frames(200, 260));
    // Two seconds, the unit in which they end, and two that the first moment needs; nothing of what was said before, whoever looks.
    expect(await soundUnits(clips.file('demo', clip.id).path)).toBeLessThanOrEqual(Math.ceil((2 * 48_000) / 1024) + 2);
    await expect(clips.make('demo', { from: at(6), to: at(7) })).rejects.toEqual(refused('clip_not_recorded'));
    recorded = [];
    await expect(clips.make('demo', { last: 5 })).rejects.toEqual(refused('clip_not_recorded'));
    expect(clips.list('demo')).toEqual([clip]);
  });

  it('keeps as many of a room as it may, and one more once another is deleted', async () => {
    await live(300);
    const clips = await openClips({ maxPerRoom: 2 });
    // Both at once: what is being made counts.
    const [first, second] = await Promise.all([clips.make('demo', { last: 1 }), clips.make('demo', { last: 2 })]);
    await expect(clips.make('demo', { last: 1 })).rejects.toEqual(refused('too_many_clips'));
    expect(clips.list('demo').map(({ id }) => id)).toEqual([second.id, first.id]);
    await clips.remove('demo', first.id);
    await expect(clips.remove('demo', first.id)).rejects.toEqual(refused('clip_not_found'));
    expect(() => clips.file('demo', first.id)).toThrow(refused('clip_not_found'));
    const third = await clips.make('demo', { last: 1 });
    expect(clips.list('demo').map(({ id }) => id)).toEqual([third.id, second.id]);
    expect(clips.list('other')).toEqual([]);
    expect(() => clips.file('other', third.id)).toThrow(refused('clip_not_found'));
  });

  it('keeps as many bytes of all rooms as it may', async () => {
    await live(300);
    const bytes = (await (await openClips()).make('demo', { last: 4 })).bytes;
    const clips = await openClips({ maxMegabytes: bytes / 1e6 });
    await expect(clips.make('demo', { last: 4 })).rejects.toEqual(refused('clips_full'));
    expect(clips.list('demo')).toHaveLength(1);
  });

  it('makes one after the other, and refuses when too many wait; closing gives them all up', async () => {
    await live(300);
    const clips = await openClips({}, await hangingFfmpeg());
    for (const id of ['one', 'two']) rooms.set(id, { title: id, createdAt: new Date(0).toISOString() });
    const ofDemo = frames(0, 3).map(() => clips.make('demo', { last: 1 }));
    const fourth = clips.make('demo', { last: 1 });
    const making = Promise.allSettled([...ofDemo, clips.make('one', { last: 1 }), clips.make('two', { last: 1 })]);
    // A room that asks for one after the other leaves places to the others.
    await expect(fourth).rejects.toEqual(refused('clips_busy'));
    await expect(clips.make('two', { last: 1 })).rejects.toEqual(refused('clips_busy'));
    expect(inUse).toHaveLength(5);
    await hangs();
    await clips.close();
    for (const clip of await making) expect(clip).toEqual({ status: 'rejected', reason: refused('clip_given_up') });
    await expect(clips.make('demo', { last: 1 })).rejects.toEqual(refused('clip_given_up'));
    expect(await leftInFolder()).toEqual([]);
    expect(inUse).toEqual([]);
  });

  it('leaves nothing of a clip that failed, and goes on', async () => {
    await live(300);
    const wrong = join(dataDir, 'wrong-ffmpeg');
    const script = `#!/bin/sh\n[ -e ${dataDir}/well ] || exit 1\nexec ${ffmpeg.path} "\${@}"\n`;
    await writeFile(wrong, script, { mode: 0o755 });
    const clips = await openClips({ maxPerRoom: 1 }, wrong);
    await expect(clips.make('demo', { last: 5 })).rejects.toEqual(refused('ffmpeg'));
    expect(await leftInFolder()).toEqual([]);
    expect(inUse).toEqual([]);
    expect(clips.list('demo')).toEqual([]);
    await writeFile(join(dataDir, 'well'), '');
    expect(await clips.make('demo', { last: 1 })).toMatchObject({ duration: 1 });
  });

  it('says so when the disk does not take it', async () => {
    await live(300);
    const clips = await openClips();
    const full = new AppError('The disk is full.', { code: 'disk_floor', fault: 'destination', status: 507 });
    admit = () => Promise.reject(full);
    await expect(clips.make('demo', { last: 1 })).rejects.toEqual(refused('disk_floor'));
    admit = async () => {};
    await writeFile(join(dataDir, 'clips'), 'no folder');
    await expect(clips.make('demo', { last: 1 })).rejects.toEqual(refused('clip_failed'));
    expect(inUse).toEqual([]);
    await rm(join(dataDir, 'clips'));
    expect(await clips.make('demo', { last: 1 })).toMatchObject({ duration: 1 });
  });

  it('finds its clips after a restart, without what was not finished', async () => {
    await live(300);
    const before = await openClips();
    const clip = await before.make('demo', { last: 1 });
    await mkdir(join(dataDir, 'clips', '.making-abc'));
    await mkdir(join(dataDir, 'clips', 'demo', 'cforeign'));
    expect((await openClips()).list('demo')).toEqual([clip]);
    expect(await leftInFolder()).toEqual(['demo']);
  });

  it('stays on the disk when the list of rooms does not know its room, and is no other room’s', async () => {
    await live(300);
    const clip = await (await openClips()).make('demo', { last: 1 });
    const room = { title: 'Demo', createdAt: clip.createdAt };
    rooms.delete('demo');
    expect((await openClips()).list('demo')).toEqual([]);
    expect(warn.mock.calls).toEqual([
      [expect.stringContaining('stay until somebody deletes'), expect.objectContaining({ names: [`demo/${clip.id}`] })],
    ]);
    rooms.set('demo', { ...room, createdAt: new Date(Date.parse(clip.createdAt) + 1).toISOString() });
    expect((await openClips()).list('demo')).toEqual([]);
    rooms.set('demo', room);
    expect((await openClips()).list('demo')).toEqual([clip]);
  });

  it('goes with its room, and what is being made of it is given up', async () => {
    await live(300);
    const made = await (await openClips()).make('demo', { last: 1 });
    const clips = await openClips({}, await hangingFfmpeg());
    const making = Promise.allSettled([clips.make('demo', { last: 1 })]);
    await hangs();
    await clips.removeRoom('demo');
    expect(await making).toEqual([{ status: 'rejected', reason: refused('clip_given_up') }]);
    expect(existsSync(join(dataDir, 'clips', 'demo', made.id))).toBe(false);
    expect(await leftInFolder()).toEqual([]);
  });
});
