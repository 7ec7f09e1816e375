/** The command line, as a person uses it. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** How a command ended, and what it said. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The program of `gridcast`. */
export const LAUNCHER = fileURLToPath(new URL('../../bin/gridcast.js', import.meta.url));

/** One that runs. */
export interface RunningCommand {
  readonly ended: Promise<CommandResult>;
  /** What it has said so far. */
  output(): Omit<CommandResult, 'code'>;
  /** As Ctrl-C in its terminal. */
  interrupt(): void;
}

/** Runs `gridcast …` to its end. `env` is added to the environment; undefined removes. */
export function gridcast(args: readonly string[], env: Environment = {}): Promise<CommandResult> {
  return startGridcast(args, env).ended;
}

/** The same, to be interrupted. */
export function startGridcast(args: readonly string[], env: Environment = {}): RunningCommand {
  const child = spawn(process.execPath, [LAUNCHER, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const ended = new Promise<CommandResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...output }));
  });
  return { ended, output: () => ({ ...output }), interrupt: () => void child.kill('SIGINT') };
}
