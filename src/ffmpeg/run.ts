/** Short runs of a program whose whole output is wanted. */
import { execFile } from 'node:child_process';
import type { Clock } from '../util/clock.ts';

/** Output of a run; `failure` is undefined when it ended with code 0. */
export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly failure?: string;
}

const MAX_OUTPUT_BYTES = 4 * 1024 * 1024;

/** Runs a program without a shell and waits for its end; kills it after `timeoutMs`. Never rejects. */
export function run(
  path: string,
  args: readonly string[],
  options: { readonly clock: Clock; readonly timeoutMs: number },
): Promise<RunResult> {
  const { clock, timeoutMs } = options;
  return new Promise((resolve) => {
    const settings = { maxBuffer: MAX_OUTPUT_BYTES, killSignal: 'SIGKILL', encoding: 'utf8' } as const;
    let late = false;
    const child = execFile(path, args, settings, (error, stdout, stderr) => {
      cancel();
      if (!error) {
        resolve({ stdout, stderr });
        return;
      }
      const lastLine = stderr.trim().split('\n').at(-1) ?? '';
      const reason = late ? `no end within ${timeoutMs} ms` : lastLine === '' ? error.message : lastLine;
      resolve({ stdout, stderr, failure: reason });
    });
    const cancel = clock.after(timeoutMs, () => {
      late = true;
      child.kill('SIGKILL');
    });
    child.stdin?.on('error', () => {});
    child.stdin?.end();
  });
}
