/** A server in a process of its own, and what it tells of its mixers. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ConfigInput } from '../../helpers/test-server.ts';
import type { StageServer } from './stage.ts';

/** What the process says. */
export type FromServer =
  | { readonly type: 'open'; readonly url: string; readonly token: string }
  /** Something of the program, or of a resident's sound, is missing. */
  | { readonly type: 'gap'; readonly what: string }
  | { readonly type: 'late'; readonly latenessMs: readonly number[]; readonly residentBytes: number };

/** Closed by whoever started it. */
export class ServerProcess implements StageServer {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
  /** Of the server itself, newest. */
  residentBytes = 0;
  readonly #process: ChildProcess;
  readonly #latenessMs: number[] = [];
  readonly #gaps: string[] = [];

  private constructor(child: ChildProcess, { url, token }: Extract<FromServer, { type: 'open' }>) {
    this.#process = child;
    this.url = url;
    this.token = token;
    this.pid = child.pid ?? 0;
    child.on('message', (message: FromServer) => {
      if (message.type === 'gap') this.#gaps.push(message.what);
      if (message.type !== 'late') return;
      this.#latenessMs.push(...message.latenessMs);
      this.residentBytes = message.residentBytes;
    });
  }

  /** @param settings of the server, over those that the hostile need */
  static async start(settings: ConfigInput = {}): Promise<ServerProcess> {
    // A session of its own: kernels that share the processor among sessions must not count us in.
    const options = { execArgv: [], detached: true };
    const main = fileURLToPath(new URL('./server-main.ts', import.meta.url));
    const child = fork(main, [JSON.stringify(settings)], options);
    const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`The server ended with code ${code}`)));
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [FromServer];
    ended.catch(() => {});
    if (message.type !== 'open') throw new Error('The server did not open');
    return new ServerProcess(child, message);
  }

  /** How late the frames of the program were begun since the last call, milliseconds. */
  takeLateness(): readonly number[] {
    return this.#latenessMs.splice(0);
  }

  takeGaps(): readonly string[] {
    return this.#gaps.splice(0);
  }

  /** Resolves when the process is gone. */
  async close(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, 'exit');
    this.#process.disconnect();
    await gone;
  }
}
