/** Short runs of a program whose whole output is wanted. */
import { type ExecFileException, execFile } from 'node:child_process';
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
      resolve({ stdout, stderr, failure: late ? `no end within ${timeoutMs} ms` : lastLine || describe(error) });
    });
    const cancel = clock.after(timeoutMs, () => {
      late = true;
      child.kill('SIGKILL');
    });
    child.stdin?.on('error', () => {});
    child.stdin?.end();
  });
}

/** A text `code` is the system's (`ENOENT`): it did not start at all. */
function describe(error: ExecFileException): string {
  if (typeof error.code === 'string') return error.message;
  return error.signal ? `it was ended by ${error.signal}` : `it ended with code ${error.code}`;
}
