/** `gridcast serve` in a process of its own, to be killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { LAUNCHER } from './command.ts';

const TOKEN = 'a-token-that-only-the-tests-know';

/** One that runs. */
export class ServeProcess {
  readonly url: string;
  readonly token = TOKEN;
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;

  private constructor(child: ChildProcess, ended: Promise<void>, url: string) {
    this.#child = child;
    this.#ended = ended;
    this.url = url;
    this.pid = child.pid ?? 0;
  }

  /** Resolves when it takes requests. @param env beside the port, the folder and the admin's token */
  static async start(dataDir: string, env: Readonly<Record<string, string>> = {}): Promise<ServeProcess> {
    const own = { GRIDCAST_PORT: '0', GRIDCAST_DATA: dataDir, GRIDCAST_ADMIN_TOKEN: TOKEN };
    const child = spawn(process.execPath, [LAUNCHER, 'serve'], {
      env: { ...process.env, ...own, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
    const url = await new Promise<string>((resolve, reject) => {
      const read = (text: string): void => {
        output += text;
        const found = /Page\s+(https?:\S+?)\/\n/.exec(output)?.[1];
        if (found !== undefined) resolve(found);
      };
      child.stdout.setEncoding('utf8').on('data', read);
      child.stderr.setEncoding('utf8').on('data', read);
      void ended.then(() => reject(new Error(`The server ended: ${output}`)));
    });
    return new ServeProcess(child, ended, url);
  }

  /** @throws Error for an answer that is none of success. */
  async api<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text === '' ? 'null' : text) as T;
  }

  async text(path: string): Promise<string> {
    const response = await fetch(`${this.url}${path}`, { headers: { authorization: `Bearer ${TOKEN}` } });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return text;
  }

  /** Resolves when it is gone, whoever ended it, with its exit code; null after a signal. */
  async ended(): Promise<number | null> {
    await this.#ended;
    return this.#child.exitCode;
  }

  /** From now on nobody reads what it says. */
  deafen(): void {
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
  }

  /** Ends it; `SIGKILL` leaves it no time for anything. Resolves when it is gone. */
  async end(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): Promise<void> {
    this.#child.kill(signal);
    await this.#ended;
  }
}
