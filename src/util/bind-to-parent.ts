/** Programs that must not outlive whoever runs them. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PATIENCE_MS = 5000;

/** Whether a program can be run at all: it exists (on PATH when it has no slash) and exits well with `args`. */
export async function runsWell(program: string, args: readonly string[]): Promise<boolean> {
  return run(program, args, { timeout: PATIENCE_MS }).then(
    () => true,
    () => false,
  );
}

/**
 * The command, wrapped so that the kernel kills it when the thread that starts it dies, where that exists (Linux, util-linux).
 */
export async function bindToParent(command: readonly [string, ...string[]]): Promise<readonly [string, ...string[]]> {
  if (process.platform !== 'linux') return command;
  const wrapper = ['--pdeathsig', 'KILL', '--'];
  return (await runsWell('setpriv', [...wrapper, 'true'])) ? ['setpriv', ...wrapper, ...command] : command;
}
