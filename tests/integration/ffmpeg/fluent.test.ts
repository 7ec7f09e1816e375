import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { FfmpegError } from '../../../src/errors.ts';
import { type FfmpegRun, ffmpegArguments, runFfmpeg } from '../../../src/ffmpeg/fluent.ts';
import { locateFfmpeg } from '../../../src/ffmpeg/locate.ts';
import { nullLogger } from '../../../src/logger.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { StoppedClock } from '../../helpers/stopped-clock.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

let ffmpegPath: string;
beforeAll(async () => {
  ffmpegPath = (await locateFfmpeg({})).path;
});

function job(dir: string, overrides: Partial<FfmpegRun> = {}): FfmpegRun {
  const input = join(dir, 'in.pgm');
  const output = join(dir, 'out.mp4');
  return {
    ffmpegPath,
    input,
    inputOptions: [],
    output,
    outputOptions: [],
    label: 'test',
    clock: systemClock,
    log: nullLogger,
    ...overrides,
  };
}

/** An ffmpeg that logs each of its starts and then runs `script`. */
async function fake(dir: string, script: string): Promise<{ path: string; starts(): Promise<string[]> }> {
  const path = join(dir, 'ffmpeg');
  const log = join(dir, 'starts');
  await writeFile(path, `#!/bin/sh\necho "$*" >> ${log}\n${script}\n`, { mode: 0o755 });
  const read = (): Promise<string> => readFile(log, 'utf8').catch(() => '');
  return { path, starts: async () => (await read()).split('\n').filter(Boolean) };
}

describe('runFfmpeg', () => {
  it('keeps options and their values whole, in order, and paths out of reach of protocols', () => {
    const args = ffmpegArguments(
      job('/data', {
        inputOptions: [['-ss', '1.5']],
        outputOptions: [['-metadata', 'title=a b  c'], ['-an'], ['-movflags', '+faststart']],
      }),
    );
    expect(args).toEqual([
      ...['-protocol_whitelist', 'file', '-ss', '1.5', '-i', 'file:/data/in.pgm'],
      ...['-metadata', 'title=a b  c', '-an', '-movflags', '+faststart', 'file:/data/out.mp4'],
    ]);
  });

  it('fails when the end of a file found no space, whatever FFmpeg says of the whole', async () => {
    const dir = await tempDir();
    await symlink('/dev/full', join(dir, 'out.mp4'));
    await writeFile(join(dir, 'in.pgm'), 'P5 64 64 255\n'.padEnd(13 + 64 * 64));
    const outputOptions: FfmpegRun['outputOptions'] = [
      ['-c:v', 'mpeg4'],
      ['-movflags', '+faststart'],
    ];
    await expect(runFfmpeg(job(dir, { outputOptions }))).rejects.toThrow('No space left on device');
    const { path } = await fake(dir, 'echo "Error writing trailer of file:out.mp4: No space left on device" >&2');
    await expect(runFfmpeg(job(dir, { ffmpegPath: path }))).rejects.toThrow(FfmpegError);
  });

  it('starts the program once and nothing beside it', async () => {
    const dir = await tempDir();
    const { path, starts } = await fake(dir, 'exit 0');
    await runFfmpeg(job(dir, { ffmpegPath: path, outputOptions: [['-c', 'copy']], onProgress: () => {} }));
    expect(await starts()).toHaveLength(1);
  });

  it('fails with the last words of FFmpeg', async () => {
    const dir = await tempDir();
    const failure = await runFfmpeg(job(dir)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(FfmpegError);
    expect(String(failure)).toMatch(/in\.pgm: No such file/);
  });

  it('fails when the program does not exist', async () => {
    const dir = await tempDir();
    await expect(runFfmpeg(job(dir, { ffmpegPath: join(dir, 'nothing') }))).rejects.toThrow(/could not be started/);
  });

  it('ends a run that is given up, and does not start one that was before', async () => {
    const dir = await tempDir();
    const { path, starts } = await fake(dir, `mkfifo ${dir}/never; exec cat ${dir}/never`);
    const abort = new AbortController();
    const work = runFfmpeg(job(dir, { ffmpegPath: path, signal: abort.signal }));
    work.catch(() => {});
    await vi.waitFor(async () => expect(await starts()).toHaveLength(1), { timeout: 30_000 });
    abort.abort();
    await expect(work).rejects.toThrow(/given up/);
    await expect(runFfmpeg(job(dir, { ffmpegPath: path, signal: abort.signal }))).rejects.toThrow(/given up/);
    expect(await starts()).toHaveLength(1);
  });

  it('ends a run that shows no sign of life', async () => {
    const dir = await tempDir();
    const { path } = await fake(dir, `mkfifo ${dir}/never; exec cat ${dir}/never`);
    await expect(runFfmpeg(job(dir, { ffmpegPath: path, silenceMs: 100 }))).rejects.toThrow(/no sign of life/);
  });

  it('does not take the time in which everything stood still for silence', async () => {
    const dir = await tempDir();
    const goOn = join(dir, 'go-on');
    const script = `echo out_time_us=1000000; while [ ! -e ${goOn} ]; do sleep 0.02; done; echo out_time_us=2000000`;
    const { path } = await fake(dir, script);
    const clock = new StoppedClock();
    const progress: number[] = [];
    const run = runFfmpeg(job(dir, { ffmpegPath: path, clock, onProgress: (seconds) => progress.push(seconds) }));
    await vi.waitFor(() => expect(progress).toEqual([1]), { timeout: 9000 });
    for (let count = 0; count < 3; count += 1) clock.standStill(3_600_000);
    await writeFile(goOn, '');
    await run;
    expect(progress).toEqual([1, 2]);
  });

  it('reads several files, each with its own options, and hands on what is printed', async () => {
    const dir = await tempDir();
    const { path, starts } = await fake(dir, "echo 'lavfi.r128.I=-16.5'; echo 'out_time_us=2500000'");
    const values: [string, string][] = [];
    const moreInputs = [
      { path: join(dir, '-second file.mkv') },
      { path: join(dir, 'third'), options: [['-f', 'ogg']] },
    ] as const;
    await runFfmpeg(job(dir, { ffmpegPath: path, moreInputs, onValue: (key, value) => values.push([key, value]) }));
    expect(values).toEqual([
      ['lavfi.r128.I', '-16.5'],
      ['out_time_us', '2500000'],
    ]);
    const file = (name: string): string => `-protocol_whitelist file -i file:${join(dir, name)}`;
    const third = `-protocol_whitelist file -f ogg -i file:${join(dir, 'third')}`;
    expect((await starts())[0]).toContain(`${file('in.pgm')} ${file('-second file.mkv')} ${third}`);
  });
});
