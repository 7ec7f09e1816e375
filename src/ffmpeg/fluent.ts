/**
 * One-shot FFmpeg runs whose command fluent-ffmpeg builds: the only module that imports it. It does not run the process:
 * it starts FFmpeg and ffprobe beside it to ask what they can, loses a kill that comes early, and a program that is
 * missing is an uncaught exception there. It also splits options at spaces, so they are given to it one by one.
 */
import { resolve } from 'node:path';
import ffmpeg from 'fluent-ffmpeg';
import { FfmpegError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { bindToParent } from '../util/bind-to-parent.ts';
import type { Clock, Disposer } from '../util/clock.ts';
import { outwait } from '../util/patience.ts';
import { createSpawner, type FfmpegProcess } from './ffmpeg-process.ts';
import { LineSplitter } from './line-splitter.ts';

/** One option of FFmpeg with its value, if it takes one. */
export type FfmpegOption = readonly [name: string, value?: string];

/** A local file with the options it is read with. */
export interface FfmpegInput {
  readonly path: string;
  readonly options?: readonly FfmpegOption[];
}

/** A run over local files. */
export interface FfmpegRun {
  readonly ffmpegPath: string;
  readonly input: string;
  /** Options of the input, for example `['-ss', '1.5']`. */
  readonly inputOptions: readonly FfmpegOption[];
  /** What is read beside it, in the order of FFmpeg's numbers. */
  readonly moreInputs?: readonly FfmpegInput[];
  /** Overwritten when it exists. */
  readonly output: string;
  readonly outputOptions: readonly FfmpegOption[];
  /** For logs, for example `archive`. */
  readonly label: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Ends the run early. */
  readonly signal?: AbortSignal;
  /** Seconds of output made so far. */
  readonly onProgress?: (seconds: number) => void;
  /** Each `key=value` on standard output: of the progress, and of filters that print there. */
  readonly onValue?: (key: string, value: string) => void;
  /** Milliseconds without any sign of life after which the run is ended; default ten minutes, for slow disks. */
  readonly silenceMs?: number;
}

const SILENCE_MS = 600_000;
const TAIL_LINES = 5;
/** It may end with code 0 although the end of a file found no space: that is written when all else is done. */
const NO_SPACE = /No space left on device|Disk quota exceeded/;
/** What a program that runs another one says when it cannot. */
const CANNOT_EXECUTE = new Set([126, 127]);
/** Errors only, no questions, and progress as lines on standard output. */
const BASE = ['-hide_banner', '-v', 'error', '-nostdin', '-y', '-nostats', '-progress', 'pipe:1'];

/**
 * Runs FFmpeg to its end; it may open nothing but local files.
 * @throws FfmpegError with its last lines when it fails, hangs or is given up.
 */
export async function runFfmpeg(run: FfmpegRun): Promise<void> {
  // Nobody waits for it once we are gone: another worker does all of it again.
  const [program, ...before] = await bindToParent([run.ffmpegPath]);
  if (run.signal?.aborted) throw new FfmpegError('FFmpeg was not started, for the work was given up');
  const spawn = createSpawner(program);
  const args = [...before, ...BASE, ...ffmpegArguments(run)];
  const child = spawn(args, { label: run.label, log: run.log, clock: run.clock });
  let stopped: string | undefined;
  const stop = (reason: string): void => {
    stopped ??= reason;
    void child.stop();
  };
  const onAbort = (): void => stop('was ended, for the work was given up');
  run.signal?.addEventListener('abort', onAbort, { once: true });
  const endWatch = watchProgress(child, run, () => stop('showed no sign of life'));
  const result = await child.exit;
  endWatch();
  run.signal?.removeEventListener('abort', onAbort);
  const cut = result.stderrTail.some((line) => NO_SPACE.test(line));
  if (stopped === undefined && result.kind === 'stopped' && !cut) return;
  const missing = before.length > 0 && CANNOT_EXECUTE.has(result.code ?? 0);
  const failed = missing ? 'could not be started; install it or set FFMPEG_PATH, then try again' : 'failed';
  const reason = stopped ?? (result.signal ? `was ended by ${result.signal}` : failed);
  const words = result.stderrTail.slice(-TAIL_LINES).join(' / ');
  throw new FfmpegError(`FFmpeg ${reason}${words === '' ? '' : `: ${words}`}`);
}

/** The command line of a run, without what every run has. */
export function ffmpegArguments(
  run: Pick<FfmpegRun, 'input' | 'inputOptions' | 'moreInputs' | 'output' | 'outputOptions'>,
): string[] {
  const command = ffmpeg() as ffmpeg.FfmpegCommand & { _getArguments(): string[] };
  for (const { path, options = [] } of [{ path: run.input, options: run.inputOptions }, ...(run.moreInputs ?? [])]) {
    // Behind `file:` an absolute path is never an option nor another protocol.
    command.input(`file:${resolve(path)}`);
    command.inputOptions('-protocol_whitelist', 'file');
    for (const option of options) command.inputOptions(...defined(option));
  }
  for (const option of run.outputOptions) command.outputOptions(...defined(option));
  command.output(`file:${resolve(run.output)}`);
  return command._getArguments();
}

function defined(option: FfmpegOption): [string, ...string[]] {
  return option[1] === undefined ? [option[0]] : [option[0], option[1]];
}

/** Reads the output to its end; calls `onSilence` when nothing came for too long. */
function watchProgress(child: FfmpegProcess, run: FfmpegRun, onSilence: () => void): Disposer {
  const ms = run.silenceMs ?? SILENCE_MS;
  // Time in which this process stood still itself, with its whole machine or container, was no silence.
  const wait = (): Disposer => outwait(run.clock, { ms, mostMs: 2 * ms }, onSilence);
  let cancel = wait();
  const lines = new LineSplitter((line) => {
    const [key = '', value = ''] = line.split('=', 2);
    if (key === 'out_time_us' && Number(value) >= 0) run.onProgress?.(Number(value) / 1e6);
    run.onValue?.(key, value);
  });
  child.output.on('data', (chunk: Buffer) => {
    cancel();
    cancel = wait();
    lines.push(chunk);
  });
  return () => cancel();
}
