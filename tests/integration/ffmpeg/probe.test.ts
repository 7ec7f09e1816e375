import { execFile } from 'node:child_process';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FfmpegError } from '../../../src/errors.ts';
import { type FfmpegLocation, locateFfmpeg } from '../../../src/ffmpeg/locate.ts';
import { type ProbedFile, probeFile } from '../../../src/ffmpeg/probe.ts';
import { MediaFormatError } from '../../../src/media/media-format-error.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { fakeFfmpeg } from '../../helpers/fake-ffmpeg.ts';
import { MediaSamples } from '../../helpers/media-samples.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const samples = new MediaSamples();
let programs: FfmpegLocation;
beforeAll(async () => {
  programs = await locateFfmpeg({});
});
afterAll(() => samples.close());

const probe = (file: string): Promise<ProbedFile> => probeFile(programs.ffprobePath, file, systemClock);

async function make(args: readonly string[], file: string): Promise<string> {
  await promisify(execFile)(programs.path, ['-v', 'error', '-nostdin', ...args, file]);
  return file;
}

describe('probeFile', () => {
  it('tells picture and sound of a film', async () => {
    const probed = await probe(await samples.file({ seconds: 1, channels: 2 }));
    expect(probed.format.split(',')).toContain('mp4');
    expect(probed.durationSeconds).toBeCloseTo(1, 1);
    expect(probed.chapters).toEqual([]);
    expect(probed.streams).toEqual([
      {
        ...{ index: 0, kind: 'video', codec: 'h264', width: 320, height: 180, framerate: 30, frames: 30 },
        durationSeconds: expect.closeTo(1, 2),
      },
      {
        ...{ index: 1, kind: 'audio', codec: 'aac', sampleRate: 48_000, channels: 2 },
        ...{ durationSeconds: expect.closeTo(1, 1), frames: expect.any(Number) },
      },
    ]);
  });

  it('tells sound alone, and leaves out what the container does not know', async () => {
    const dir = await tempDir();
    const probed = await probe(await make(['-f', 'lavfi', '-i', 'sine=d=0.5:r=48000'], join(dir, 'tone.ogg')));
    expect(probed.streams).toHaveLength(1);
    expect(probed.streams[0]).toMatchObject({ kind: 'audio', sampleRate: 48_000, channels: 1 });
    expect(probed.streams[0]).not.toHaveProperty('width');
    expect(probed.streams[0]).not.toHaveProperty('framerate');
    expect(probed.streams[0]).not.toHaveProperty('frames');
  });

  it('tells titles and chapters in any script', async () => {
    const dir = await tempDir();
    const film = await samples.file({ seconds: 1 });
    const chapter = (from: number, to: number, title: string): string =>
      `[CHAPTER]\nTIMEBASE=1/1000\nSTART=${from}\nEND=${to}\ntitle=${title}\n`;
    const metadata = join(dir, 'metadata.txt');
    await writeFile(metadata, `;FFMETADATA1\n${chapter(0, 400, 'Begrüßung')}${chapter(400, 1000, '王小明')}`);
    const args = ['-i', film, '-i', metadata, '-map', '0', '-map_chapters', '1', '-c', 'copy'];
    const probed = await probe(await make([...args, '-metadata:s:a', 'title=Ton "1"'], join(dir, 'a.mkv')));
    expect(probed.chapters).toEqual([
      { startSeconds: 0, endSeconds: 0.4, title: 'Begrüßung' },
      { startSeconds: 0.4, endSeconds: 1, title: '王小明' },
    ]);
    expect(probed.streams.map(({ title }) => title)).toEqual([undefined, 'Ton "1"']);
  });

  it.each(['a:b.mp4', '-i.mp4', 'http:x.mp4', 'pic%03d.mp4', ' a "b" $(c).mp4', '名前.mp4'])(
    'takes a name such as %j for a file',
    async (name) => {
      const dir = await tempDir();
      await copyFile(await samples.file({ seconds: 0.5 }), join(dir, name));
      expect((await probe(join(dir, name))).streams).toHaveLength(2);
    },
  );

  it('refuses what is missing, a folder, empty or no media', async () => {
    const dir = await tempDir();
    await mkdir(join(dir, 'folder'));
    await writeFile(join(dir, 'empty.mp4'), '');
    await writeFile(join(dir, 'text.txt'), 'Only words, again and again.\n'.repeat(100));
    await writeFile(
      join(dir, 'noise.mp4'),
      Uint8Array.from({ length: 50_000 }, (_, at) => (at * 7919) >> 3),
    );
    for (const name of ['missing.mp4', 'folder', 'empty.mp4', 'text.txt', 'noise.mp4']) {
      const failure = await probe(join(dir, name)).catch((error: unknown) => error);
      expect(failure, name).toBeInstanceOf(MediaFormatError);
      expect(String(failure)).toContain('The file cannot be read as media: ');
    }
  });

  it('refuses lists that name other files, whatever they are called', async () => {
    const dir = await tempDir();
    const film = join(dir, 'secret.mp4');
    await copyFile(await samples.file({ seconds: 0.5 }), film);
    const hls = (target: string): string =>
      `#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n${target}\n#EXT-X-ENDLIST\n`;
    const lists = [hls(`file:${film}`), hls('secret.mp4'), "ffconcat version 1.0\nfile 'secret.mp4'\n"];
    for (const [index, list] of lists.entries()) {
      const disguised = join(dir, `${index}.mkv`);
      await writeFile(disguised, list);
      await expect(probe(disguised)).rejects.toBeInstanceOf(MediaFormatError);
    }
  });

  it.each(['true', 'echo no JSON', `echo '{"streams":[]}'`])(
    'does not believe an ffprobe that says %j',
    async (body) => {
      const dir = await tempDir();
      const path = await fakeFfmpeg(dir, body, 'ffprobe');
      await expect(probeFile(path, join(dir, 'x'), systemClock)).rejects.toBeInstanceOf(FfmpegError);
    },
  );

  it('does not hold it against a file when ffprobe is killed, or comes to no end on a busy machine', async () => {
    const dir = await tempDir();
    const killed = await fakeFfmpeg(dir, 'kill -KILL $$', 'killed');
    await expect(probeFile(killed, join(dir, 'x'), systemClock)).rejects.toBeInstanceOf(FfmpegError);
    const clock = new FakeClock();
    const slow = probeFile(await fakeFfmpeg(dir, 'exec sleep 600', 'slow'), join(dir, 'x'), clock);
    clock.advance(60_000);
    await expect(slow).rejects.toBeInstanceOf(FfmpegError);
  });
});
