/** A real `gridcast serve` that is killed and started again on the same data folder and port. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LAUNCHER } from '../../tests/helpers/command.ts';
import { freePort } from '../../tests/helpers/free-port.ts';
import { TAG_VARIABLE } from './tagged-processes.ts';

/** A small program: five rounds a minute are made on any machine. */
const CONFIG = `
program: { width: 640, height: 360, framerate: 15, preset: ultrafast, videoKbit: 1000, degrade: false }
rooms: { emptySeconds: 20, resumeSeconds: 5 }
log: { level: warn }
`;
const TOKEN = 'the-token-of-a-series-of-kills';

/** Started by `KillServer.start`; `remove` ends it for good. */
export class KillServer {
  readonly url: string;
  readonly token = TOKEN;
  readonly dataDir: string;
  /** Marks all its processes, see `taggedProcesses`. */
  readonly tag: string;
  readonly #folder: string;
  readonly #port: number;
  readonly #onLog: (line: string) => void;
  #child: ChildProcess | undefined;

  private constructor(folder: string, port: number, onLog: (line: string) => void) {
    this.#folder = folder;
    this.#port = port;
    this.#onLog = onLog;
    this.url = `http://127.0.0.1:${port}`;
    this.dataDir = join(folder, 'data');
    this.tag = folder;
  }

  /** @param onLog told what the server prints, line by line. */
  static async start(onLog: (line: string) => void = () => {}): Promise<KillServer> {
    const folder = await mkdtemp(join(tmpdir(), 'gridcast-kill-'));
    await writeFile(join(folder, 'config.yml'), CONFIG);
    // The same for every life of the server, so that people find it again.
    const server = new KillServer(folder, await freePort(), onLog);
    await server.launch();
    return server;
  }

  /** Undefined while it is down. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Starts it; resolves when it says that it is ready. */
  async launch(): Promise<void> {
    const env = {
      ...process.env,
      GRIDCAST_PORT: String(this.#port),
      GRIDCAST_DATA: this.dataDir,
      GRIDCAST_CONFIG: join(this.#folder, 'config.yml'),
      GRIDCAST_ADMIN_TOKEN: TOKEN,
      [TAG_VARIABLE]: this.tag,
    };
    const child = spawn(process.execPath, [LAUNCHER, 'serve'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    let said = '';
    await new Promise<void>((resolve, reject) => {
      const hear = (text: string): void => {
        for (const line of text.split('\n')) if (line.trim() !== '') this.#onLog(line);
        said = (said + text).slice(-4000);
        if (/^ {2}Page /m.test(said)) resolve();
      };
      child.stdout.setEncoding('utf8').on('data', hear);
      child.stderr.setEncoding('utf8').on('data', hear);
      child.once('error', reject);
      child.once('exit', () => reject(new Error(`The server did not start: ${said}`)));
    });
  }

  /** `kill -9`; resolves when the system is done with the process itself. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Ends it in order and deletes everything it made. */
  async remove(): Promise<void> {
    await this.#end('SIGTERM');
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Ends it in order; the data stay. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** Rejects while it is down, and for every answer that is no success. */
  async api<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.#fetch(method, path, body);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  #fetch(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
}
