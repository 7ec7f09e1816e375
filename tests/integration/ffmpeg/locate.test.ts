import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ConfigError } from '../../../src/errors.ts';
import { type LocateOptions, locateFfmpeg } from '../../../src/ffmpeg/locate.ts';
import { fakeFfmpeg } from '../../helpers/fake-ffmpeg.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const REMEDY = /apt-get install ffmpeg.*FFMPEG_PATH/;
const version = (text: string, program = 'ffmpeg'): string => `echo "${program} version ${text} Copyright (c)"`;

/** A folder with both programs. */
async function pair(text = '7.1'): Promise<string> {
  const dir = await tempDir();
  await fakeFfmpeg(dir, version(text, 'ffprobe'), 'ffprobe');
  return fakeFfmpeg(dir, version(text));
}

/** PATH is these folders; the scripts of the fakes use nothing but what the shell has itself. */
function setPath(...folders: string[]): void {
  vi.stubEnv('PATH', folders.join(delimiter));
}

async function failureOf(options: LocateOptions): Promise<Error> {
  const failure = await locateFfmpeg(options).then(
    (found) => new Error(`found ${found.path}`),
    (error: unknown) => error as Error,
  );
  expect(failure).toBeInstanceOf(ConfigError);
  return failure;
}

describe('locateFfmpeg with a configured path', () => {
  it('takes it and the ffprobe beside it', async () => {
    const path = await pair('6.1.1-3ubuntu5');
    expect(await locateFfmpeg({ configured: path })).toEqual({
      path,
      ffprobePath: join(dirname(path), 'ffprobe'),
      version: '6.1.1-3ubuntu5',
      origin: 'configured',
    });
  });

  it('names what is wrong with it and the remedy, and looks nowhere else', async () => {
    const dir = await tempDir();
    await writeFile(join(dir, 'plain'), 'no program');
    await mkdir(join(dir, 'folder'));
    const other = await fakeFfmpeg(dir, 'echo "curl 8.1"', 'other');
    const failing = await fakeFfmpeg(dir, 'echo "libx.so: cannot open shared object file" >&2; exit 127', 'failing');
    const crashing = await fakeFfmpeg(dir, 'kill -SEGV $$', 'crashing');
    const cases: [path: string, problem: RegExp][] = [
      [join(dir, 'nothing'), /ENOENT/],
      [join(dir, 'plain'), /EACCES/],
      [join(dir, 'folder'), /EACCES/],
      [join(dir, 'plain', 'ffmpeg'), /ENOTDIR/],
      [other, /it is not FFmpeg/],
      [failing, /cannot open shared object file/],
      [crashing, /SIGSEGV/],
    ];
    for (const [configured, problem] of cases) {
      const bundled = (): Promise<string> => Promise.reject(new Error('looked elsewhere'));
      const { message } = await failureOf({ configured, bundled });
      expect(message).toContain(`the configured path ${configured} (`);
      expect(message).toMatch(problem);
      expect(message).toMatch(REMEDY);
    }
  });

  it('is not there when it is empty', async () => {
    const path = await pair();
    setPath(dirname(path));
    expect(await locateFfmpeg({ configured: '', bundled: async () => undefined })).toMatchObject({ origin: 'path' });
  });

  it.each(['5.1', '5.1.9-0+deb12u1', 'n7.0', '10.0', 'N-1234-gabcdef', '2025-01-02-git-abc'])(
    'takes version %s',
    async (text) => {
      expect(await locateFfmpeg({ configured: await pair(text) })).toMatchObject({ version: text });
    },
  );

  it.each(['5.0.1', '4.4.2-0ubuntu0.22.04.1', 'n4.4', '2.8'])('refuses version %s', async (text) => {
    const { message } = await failureOf({ configured: await pair(text) });
    expect(message).toContain(`version ${text} is older than 5.1`);
  });

  it('takes ffprobe from PATH when there is none beside it', async () => {
    const alone = await fakeFfmpeg(await tempDir(), version('7.1'));
    setPath(dirname(await pair()));
    expect(await locateFfmpeg({ configured: alone })).toMatchObject({ path: alone, ffprobePath: 'ffprobe' });
  });

  it('does not take another program for ffprobe', async () => {
    const dir = await tempDir();
    const alone = await fakeFfmpeg(dir, version('7.1'));
    await fakeFfmpeg(dir, 'exit 0', 'ffprobe');
    setPath(await tempDir());
    const { message } = await failureOf({ configured: alone });
    expect(message).toContain(alone);
    expect(message).toContain('ffprobe');
    expect(message).toMatch(REMEDY);
  });
});

describe('locateFfmpeg without a configured path', () => {
  it('takes the one of the package', async () => {
    const path = await pair();
    setPath(await tempDir());
    expect(await locateFfmpeg({ bundled: async () => path })).toMatchObject({ path, origin: 'ffmpeg-static' });
  });

  it('takes the one on PATH when the package has none, or a broken one', async () => {
    setPath(dirname(await pair('7.1')));
    const dir = await tempDir();
    const broken = [
      undefined,
      join(dir, 'nothing'),
      await fakeFfmpeg(dir, 'exit 1', 'failing'),
      await fakeFfmpeg(dir, 'kill -ILL $$', 'other-machine'),
      await fakeFfmpeg(dir, version('4.2'), 'old'),
    ];
    for (const path of broken) {
      const found = await locateFfmpeg({ bundled: async () => path });
      expect(found).toEqual({ path: 'ffmpeg', ffprobePath: 'ffprobe', version: '7.1', origin: 'path' });
    }
  });

  it('names both places when there is none', async () => {
    setPath(await tempDir());
    const { message } = await failureOf({ bundled: async () => undefined });
    expect(message).toMatch(/ffmpeg-static \(not installed\), ffmpeg on PATH \(.*ENOENT/);
    expect(message).toMatch(REMEDY);
  });

  it('names what is wrong with a broken package as well', async () => {
    setPath(await tempDir());
    const broken = await fakeFfmpeg(await tempDir(), 'exit 9');
    const { message } = await failureOf({ bundled: async () => broken });
    expect(message).toMatch(/ffmpeg-static \(it ended with code 9\), ffmpeg on PATH \(/);
  });

  it('finds the one of this machine', async () => {
    const found = await locateFfmpeg({});
    expect(found.version).toMatch(/\S/);
    expect(['ffmpeg-static', 'path']).toContain(found.origin);
  });
});
