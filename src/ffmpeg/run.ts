/** Short runs of a program whose whole output is wanted. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { messageOf } from '../errors.ts';
import type { Clock } from '../util/clock.ts';

/** Output of a run; `failure` is undefined when it ended with code 0. */
export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly failure?: string;
  /** It failed and never came to an end of its own: it was killed, by whomever, or could not be started. */
  readonly unfinished?: true;
}

/** How long a run may take, by which clock. */
export interface RunOptions {
  readonly clock: Clock;
  readonly timeoutMs: number;
}

/** More than this on standard output, or on standard error, ends the run. */
const MAX_OUTPUT_BYTES = 4 * 1024 * 1024;

/**
 * Runs a program without a shell and without input, and waits for its end; kills it and all that it has started after
 * `timeoutMs`, or when it says more than 4 MiB. Never rejects.
 */
export function run(path: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  try {
    // The leader of a group of its own: a wrapper script does not take the program in it along when it is killed.
    const child = spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true, windowsHide: true });
    return ended(child, options);
  } catch (error) {
    return Promise.resolve({ stdout: '', stderr: '', failure: messageOf(error), unfinished: true });
  }
}

function ended(child: ChildProcess, options: RunOptions): Promise<RunResult> {
  const { clock, timeoutMs } = options;
  return new Promise((resolve) => {
    let given: string | undefined;
    const giveUp = (reason: string): void => {
      given ??= reason;
      killGroup(child);
      // Whoever left the group may hold the pipes open.
      child.stdout?.destroy();
      child.stderr?.destroy();
    };
    const flooded = (): void => giveUp(`it says more than ${MAX_OUTPUT_BYTES} bytes`);
    const stdout = collect(child.stdout, flooded);
    const stderr = collect(child.stderr, flooded);
    const cancel = clock.after(timeoutMs, () => giveUp(`no end within ${timeoutMs} ms`));
    const finish = (failure: string | undefined, unfinished: boolean): void => {
      cancel();
      const result = { stdout: stdout(), stderr: stderr(), ...(unfinished && { unfinished }) };
      resolve(failure === undefined ? result : { ...result, failure });
    };
    child.on('error', (error) => {
      if (child.pid === undefined) finish(messageOf(error), true);
    });
    child.once('close', (code, signal) => {
      if (given === undefined && code === 0) finish(undefined, false);
      else finish(given ?? (lastLine(stderr()) || describe(code, signal)), given !== undefined || code === null);
    });
  });
}

/** Gives the text read so far. Without file descriptors there is no stream, whatever its type says. */
function collect(stream: Readable | null | undefined, onTooMuch: () => void): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream?.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_OUTPUT_BYTES) onTooMuch();
    else chunks.push(chunk);
  });
  stream?.on('error', () => {});
  return () => Buffer.concat(chunks).toString('utf8');
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

function describe(code: number | null, signal: NodeJS.Signals | null): string {
  return signal ? `it was ended by ${signal}` : `it ended with code ${code}`;
}
