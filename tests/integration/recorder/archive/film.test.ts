import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FfmpegLocation, locateFfmpeg } from '../../../../src/ffmpeg/locate.ts';
import { probeFile } from '../../../../src/ffmpeg/probe.ts';
import { nullLogger } from '../../../../src/logger.ts';
import { finishArchive } from '../../../../src/recorder/archive/archive-finish.ts';
import type { ArchiveManifest } from '../../../../src/recorder/archive/archive-manifest.ts';
import type { FrameRange } from '../../../../src/recorder/recordings/frame-range.ts';
import { EVENTS_FILE, formatEvent, type SessionEvent } from '../../../../src/recorder/session/session-events.ts';
import { formatSessionInfo, SESSION_FILE } from '../../../../src/recorder/session/session-info.ts';
import { verifyArchive } from '../../../../src/recorder/archive/verify-archive.ts';
import { systemClock } from '../../../../src/util/clock.ts';
import { filmOnly } from '../../../helpers/film-only.ts';
import { numberedProgram, readBeeps, readNumbers } from '../../../helpers/numbered-program.ts';
import { addSpokenTrack, type SpokenTrack } from '../../../helpers/spoken-tracks.ts';
import { TestSession } from '../../../helpers/test-session.ts';

const FPS = 30;
/** What FFmpeg's text files and command lines would take for something else. */
const HOSTILE = "a=b; c#d \\ e\nf 'g' %s $(h) [CHAPTER] 日本 🎬";
const NAMES = ['Ada = "Lovelace"; #1', '-i evil.mp4', 'Ζωή 🎤'];
const run = promisify(execFile);

let ffmpeg: FfmpegLocation;
let dataDir: string;
let manifest: ArchiveManifest;
/** Two pieces: seconds 1.5 to 4 and 7.5 to 10 of the session, so 0 to 2.5 and 4.5 to 7 of the film. */
const RANGES: FrameRange[] = [
  { from: 45, to: 120, endedBy: 'pause' },
  { from: 225, to: 300 },
];
const film = (): string => join(dataDir, 'recordings', 'r1', 'recording.mp4');

const voice = (id: number, person: number, more: Partial<SpokenTrack>): SpokenTrack => ({
  id,
  participant: `p${person}`,
  name: NAMES[person] ?? '',
  source: 'mic',
  fromMs: 0,
  toMs: 12_000,
  volume: 0.5,
  ...more,
});

/** One sound of the film as an MP4 of its own, edit list and all. */
async function soundOf(position: number): Promise<string> {
  const path = join(dataDir, `sound-${position}.mp4`);
  await run(ffmpeg.path, ['-v', 'error', '-y', '-i', film(), '-map', `0:a:${position}`, '-c', 'copy', path]);
  return path;
}

async function loudnessOf(position: number): Promise<number> {
  const args = [
    '-hide_banner',
    '-nostats',
    '-i',
    film(),
    '-map',
    `0:a:${position}`,
    '-af',
    'ebur128',
    '-f',
    'null',
    '-',
  ];
  const { stderr } = await run(ffmpeg.path, args, { maxBuffer: 64 * 1024 * 1024 });
  return Number(/Integrated loudness:\s+I:\s+(-?[\d.]+) LUFS/.exec(stderr)?.[1]);
}

beforeAll(async () => {
  ffmpeg = await locateFfmpeg({});
  dataDir = await mkdtemp(join(tmpdir(), 'gridcast-film-'));
  const session = await TestSession.open(dataDir, 's1', await numberedProgram({ seconds: 12 }));
  session.feed(Number.POSITIVE_INFINITY);
  await session.log.close();
  const { folder } = session.log;
  const form = { framerate: FPS, width: 384, height: 64, segmentFrames: 60, partFrames: 15 };
  const info = {
    version: 1,
    id: 's1',
    room: 'demo',
    title: HOSTILE,
    originWallMs: 1_800_000_000_000,
    ...form,
  } as const;
  await writeFile(join(folder, SESSION_FILE), formatSessionInfo(info));
  const events: SessionEvent[] = [
    { type: 'annotation', ms: 0, annotation: { language: 'de' } },
    { type: 'marker', ms: 2500, label: HOSTILE },
    { type: 'loudness', ms: 8600, participant: 'p2', silenced: true, gainDb: 0 },
    { type: 'loudness', ms: 9600, participant: 'p2', silenced: false, gainDb: 0 },
    { type: 'marker', ms: 8000, label: 'of another recording', recording: 'r2' },
    { type: 'marker', ms: 9000, label: 'Ende', recording: 'r1' },
    { type: 'annotation', ms: 9500, annotation: { language: 'fr' } },
  ];
  await writeFile(join(folder, EVENTS_FILE), events.map(formatEvent).join(''));
  // One who is quiet, one who comes late and shares a sound, one who is there in the pause only, and one who comes last.
  await addSpokenTrack(folder, voice(0, 0, { volume: 0.05 }));
  await addSpokenTrack(folder, voice(1, 1, { fromMs: 2000, toMs: 9000 }));
  await addSpokenTrack(folder, voice(2, 1, { source: 'screen', fromMs: 8000, toMs: 10_000, volume: 0.02 }));
  await addSpokenTrack(folder, { ...voice(3, 3, { fromMs: 5000, toMs: 6000 }), name: 'nobody' });
  await addSpokenTrack(folder, voice(4, 2, { fromMs: 8000, toMs: 10_000 }));
  manifest = await finishArchive({ recording: 'r1', session: 's1', ranges: RANGES }, filmOnly, {
    dataDir,
    ffmpegPath: ffmpeg.path,
    ffprobePath: ffmpeg.ffprobePath,
    clock: systemClock,
    log: nullLogger,
    onProgress() {},
  });
});

afterAll(() => rm(dataDir, { recursive: true, force: true }));

describe('the film of an archive', () => {
  it('has chapters and titles with every sign that people wrote', async () => {
    const { chapters, streams, durationSeconds } = await probeFile(ffmpeg.ffprobePath, film(), systemClock);
    expect(durationSeconds).toBeCloseTo(7, 1);
    const pause = expect.stringMatching(/^Pausiert \d\d:\d\d:\d\d – \d\d:\d\d:\d\d$/);
    expect(chapters.map(({ startSeconds, title }) => [startSeconds, title])).toEqual([
      [0, HOSTILE],
      [1, HOSTILE],
      [2.5, pause],
      [6, 'Ende'],
    ]);
    expect(chapters.at(-1)?.endSeconds).toBeCloseTo(7, 2);
    expect(streams.map(({ codec }) => codec).slice(0, 5)).toEqual(['h264', 'aac', 'aac', 'aac', 'aac']);
    const args = [
      '-v',
      'error',
      '-show_entries',
      'stream=codec_type:stream_tags:stream_disposition=default:format_tags',
    ];
    const { stdout } = await run(ffmpeg.ffprobePath, [...args, '-of', 'json', film()]);
    const shown = JSON.parse(stdout);
    const tracks = shown.streams.filter((stream: { codec_type: string }) => stream.codec_type === 'audio');
    expect(tracks.map(({ tags }: { tags: Record<string, string> }) => tags['handler_name'])).toEqual([
      'Alle',
      ...NAMES,
    ]);
    expect(tracks.map(({ disposition }: { disposition: { default: number } }) => disposition.default)).toEqual([
      1, 0, 0, 0,
    ]);
    expect(shown.format.tags.title).toBe(HOSTILE.replace('\n', ' '));
  });

  it('tells of the pause for two seconds, and shows everything else at its time', async () => {
    // The last picture of a burst is the one on the screen.
    const shown = new Map<number, number>();
    for (const { seconds, number } of await readNumbers(ffmpeg.path, film())) {
      shown.set(Math.floor(seconds * FPS + 0.25), number);
    }
    const numbers = [...shown.values()];
    expect([...shown.keys()]).toEqual(Array.from({ length: 210 }, (_, frame) => frame));
    expect(numbers.slice(0, 75)).toEqual(Array.from({ length: 75 }, (_, frame) => 45 + frame));
    expect(numbers.slice(135)).toEqual(Array.from({ length: 75 }, (_, frame) => 225 + frame));
    // One still picture, whatever bars it seems to have.
    expect(new Set(numbers.slice(75, 135)).size).toBe(1);
    const times = ['-fps_mode', 'passthrough', '-enc_time_base:v', '1/15360'];
    const decode = [
      '-v',
      'warning',
      '-xerror',
      '-i',
      film(),
      '-map',
      '0:v',
      '-map',
      '0:a',
      ...times,
      '-f',
      'null',
      '-',
    ];
    expect((await run(ffmpeg.path, decode)).stderr).toBe('');
  });

  it('has the sound of each person in its place, silence elsewhere, all of one length', async () => {
    const beeps = await Promise.all([1, 2, 3].map(async (track) => readBeeps(ffmpeg.path, await soundOf(track))));
    // Seconds 2, 3, 8 and 9 of the session.
    const expected = [
      [0.5, 1.5, 5, 6],
      [0.5, 1.5, 5],
      // A host had silenced them when they beeped at second 9.
      [5],
    ];
    for (const [person, times] of expected.entries()) {
      expect(beeps[person], NAMES[person]).toHaveLength(times.length);
      for (const [index, time] of times.entries()) {
        expect(Math.abs((beeps[person]?.[index] ?? -1) - time), `${NAMES[person]} at ${time}`).toBeLessThan(0.04);
      }
    }
    const { streams } = await probeFile(ffmpeg.ffprobePath, film(), systemClock);
    for (const { durationSeconds, kind } of streams.filter((stream) => stream.kind === 'audio')) {
      expect(durationSeconds, kind).toBeCloseTo(7, 1);
    }
  });

  it('makes everybody equally loud', async () => {
    const [quiet, normal] = [await loudnessOf(1), await loudnessOf(2)];
    expect(Math.abs(quiet - normal)).toBeLessThan(1.5);
    expect(quiet).toBeGreaterThan(-17.5);
    expect(quiet).toBeLessThan(-14.5);
  });

  it('has a second of each track in one piece, so that its index is short', async () => {
    const bytes = await readFile(film());
    const pieces: number[] = [];
    // A table of where the pieces of a track are: its type, four bytes of flags, and how many there are.
    for (let at = bytes.indexOf('stco'); at >= 0; at = bytes.indexOf('stco', at + 4))
      pieces.push(bytes.readUInt32BE(at + 8));
    const sounds = pieces.slice(1, 5);
    expect(sounds).toHaveLength(4);
    expect(Math.max(...sounds)).toBeLessThan(7 * 3);
  });

  it('is whole for whoever verifies it', async () => {
    const folder = join(dataDir, 'recordings', 'r1');
    const { path: ffmpegPath, ffprobePath } = ffmpeg;
    const verdict = await verifyArchive({ folder, quick: false, ffmpegPath, ffprobePath, clock: systemClock });
    expect(verdict.files.filter(({ faults }) => faults.length > 0)).toEqual([]);
  });

  it('is described in the manifest', () => {
    expect(manifest.files.map(({ name, kind }) => [name, kind])).toEqual([['recording.mp4', 'film']]);
    expect(manifest.files[0]?.title).toBe(HOSTILE);
    const { sounds, chapters } = manifest.facts['film'] as { sounds: { name: string }[]; chapters: unknown[] };
    expect(sounds.map(({ name }) => name)).toEqual(NAMES);
    expect(chapters).toHaveLength(4);
  });
});
