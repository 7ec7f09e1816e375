/** The private redis-server: a supervised child with an append-only file, for those who run none of their own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { ConfigError, isCode, UnavailableError } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import { bindToParent, runsWell } from '../../util/bind-to-parent.ts';
import { type Clock, sleep } from '../../util/clock.ts';
import type { RetryPolicy } from '../../util/retry.ts';
import { endOrphan, waitForExit } from './child-guard.ts';
import { keepRunning } from './keep-running.ts';

/** Options of `RedisServer.start`. */
export interface RedisServerOptions {
  /** Folder of the append-only file. */
  readonly dir: string;
  readonly log: Logger;
  readonly clock: Clock;
  /** Default `redis-server`, looked up on PATH. */
  readonly program?: string;
  readonly restart?: RetryPolicy;
}

// sun_path holds 108 bytes on Linux and 104 elsewhere.
const MAX_SOCKET_PATH = 100;
const START_TIMEOUT_MS = 15_000;
const STOP_TIMEOUT_MS = 5000;
const TAIL_LINES = 20;
const AOF_FOLDER = 'appendonlydir';
/** What it says when it cannot read its append-only file; one whose end is torn it reads. */
const DAMAGED = /(?:Bad file format|Unrecoverable error) reading the append only file|AOF manifest/i;
/** In which the last words of a server that has ended are read. */
const WORDS_MS = 1000;
// Live rooms go on without Redis, so nobody gives up.
const RESTART: RetryPolicy = { firstMs: 200, maxMs: 5000, attempts: Number.MAX_SAFE_INTEGER, forgetAfterMs: 60_000 };

/** Runs redis-server on a socket that only this user can open, and starts it again when it dies. */
export class RedisServer {
  /** For REDIS_URL; stays the same over restarts. */
  readonly url: string;
  readonly #options: RedisServerOptions;
  readonly #dir: string;
  readonly #socket: string;
  readonly #command: readonly string[];
  readonly #stop = new AbortController();
  readonly #tail: string[] = [];
  #child: ChildProcess | undefined;
  #supervision: Promise<void> = Promise.resolve();
  #closing: Promise<void> | undefined;
  readonly #socketFolder: string | undefined;

  private constructor(options: RedisServerOptions, command: readonly string[], socketFolder: string | undefined) {
    this.#options = options;
    this.#dir = resolve(options.dir);
    this.#command = command;
    this.#socketFolder = socketFolder;
    this.#socket = join(socketFolder ?? this.#dir, 'redis.sock');
    this.url = `unix://${encodeURI(this.#socket)}`;
  }

  /**
   * Starts it and waits until it answers.
   * @throws ConfigError when the program is missing, UnavailableError when it does not come up.
   */
  static async start(options: RedisServerOptions): Promise<RedisServer> {
    const program = options.program ?? 'redis-server';
    if (!(await runsWell(program, ['--version']))) {
      throw new ConfigError(
        `The program ${program} was not found; install it (apt-get install redis-server, or brew install redis), ` +
          'or set REDIS_URL to a Redis of your own.',
      );
    }
    const dir = resolve(options.dir);
    await mkdir(dir, { recursive: true, mode: 0o700 });
    await chmod(dir, 0o700);
    await endOrphan(join(dir, 'redis.pid'), 'redis-server', dir, options.clock);
    const tooLong = Buffer.byteLength(join(dir, 'redis.sock')) > MAX_SOCKET_PATH;
    const socketFolder = tooLong ? await mkdtemp(join(tmpdir(), 'gridcast-redis-')) : undefined;
    const server = new RedisServer(options, await bindToParent([program]), socketFolder);
    try {
      await server.#launchAnyhow();
    } catch (error) {
      await server.close();
      throw error;
    }
    server.#supervision = server.#supervise();
    return server;
  }

  /** Process id of the running server; undefined between a crash and the restart. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Ends it (what it holds is in its file) and resolves when it is gone. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#stop.abort();
    const child = this.#child;
    if (child) {
      child.kill('SIGTERM');
      await waitForExit(child, STOP_TIMEOUT_MS, this.#options.clock);
    }
    await this.#supervision;
    if (this.#socketFolder !== undefined) await rm(this.#socketFolder, { recursive: true, force: true });
  }

  #supervise(): Promise<void> {
    const { clock, log, restart: policy = RESTART } = this.#options;
    let isFirst = true;
    return keepRunning({
      clock,
      policy,
      signal: this.#stop.signal,
      live: async () => {
        // The first one has answered already.
        if (!isFirst) await this.#launchAnyhow().catch((error: unknown) => log.error(String(error)));
        isFirst = false;
        return this.#child && exitOf(this.#child);
      },
      onEnd: (exit, delay) => {
        log.error('redis-server ended and is started again', { exit, delay, output: this.#tail.slice(-5) });
      },
    });
  }

  /** With another file when its own is damaged, as after a power cut: all that must be kept is in SQL, and ordered again. */
  async #launchAnyhow(): Promise<void> {
    this.#tail.splice(0);
    try {
      await this.#launch();
    } catch (error) {
      if (!this.#tail.some((line) => DAMAGED.test(line)) || !(await this.#setAside())) throw error;
      await this.#launch();
    }
  }

  /** Whether there was something to set aside. What was set aside before goes. */
  async #setAside(): Promise<boolean> {
    const damaged = join(this.#dir, `${AOF_FOLDER}.damaged`);
    await rm(damaged, { recursive: true, force: true });
    try {
      await rename(join(this.#dir, AOF_FOLDER), damaged);
    } catch (error) {
      if (isCode(error, 'ENOENT')) return false;
      throw error;
    }
    this.#options.log.error(
      'the file of redis-server was damaged and is set aside; what waited there is ordered again',
      {
        folder: damaged,
        output: this.#tail.slice(-5),
      },
    );
    return true;
  }

  async #launch(): Promise<void> {
    const { clock } = this.#options;
    await rm(this.#socket, { force: true });
    const [program = '', ...first] = this.#command;
    const child = spawn(program, [...first, ...serverArgs(this.#dir, this.#socket)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      // Ctrl-C in a terminal reaches the whole group; this one ends after those who still write to it.
      detached: true,
    });
    this.#child = child;
    child.on('error', (error) => this.#remember(error.message));
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => this.#remember(line));
    }
    const silent = new AbortController();
    child.once('close', () => silent.abort());
    const deadline = clock.monotonicMs() + START_TIMEOUT_MS;
    while (!(await answers(this.#socket))) {
      const gone = child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
      if (gone || clock.monotonicMs() > deadline || this.#stop.signal.aborted) {
        child.kill('SIGKILL');
        await sleep(clock, WORDS_MS, silent.signal);
        throw new UnavailableError(
          'redis_start',
          `redis-server did not start in ${this.#dir}; its last words were: ${this.#tail.slice(-5).join(' / ') || 'none'}.`,
        );
      }
      await sleep(clock, 25, this.#stop.signal);
    }
  }

  #remember(line: string): void {
    this.#tail.push(line);
    if (this.#tail.length > TAIL_LINES) this.#tail.shift();
  }
}

function serverArgs(dir: string, socket: string): string[] {
  const options: Record<string, string> = {
    port: '0',
    unixsocket: socket,
    unixsocketperm: '700',
    dir,
    pidfile: join(dir, 'redis.pid'),
    appendonly: 'yes',
    appendfsync: 'everysec',
    // A queue must refuse what it cannot hold, not forget what it has.
    'maxmemory-policy': 'noeviction',
    save: '',
    daemonize: 'no',
    'enable-debug-command': 'no',
  };
  return Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
}

/** Whether the server takes commands (while it reads its file it answers with an error). */
function answers(socket: string): Promise<boolean> {
  return new Promise((done) => {
    const connection = connect(socket);
    const finish = (ok: boolean): void => {
      connection.destroy();
      done(ok);
    };
    connection.setTimeout(2000, () => finish(false));
    connection.on('error', () => finish(false));
    connection.on('connect', () => connection.write('PING\r\n'));
    connection.on('data', (data) => finish(data.toString('latin1').startsWith('+PONG')));
  });
}

function exitOf(child: ChildProcess): Promise<string> {
  if (child.signalCode !== null || child.exitCode !== null) {
    return Promise.resolve(String(child.signalCode ?? child.exitCode));
  }
  if (child.pid === undefined) return Promise.resolve('it could not be started');
  return new Promise((done) => child.once('exit', (code, signal) => done(String(signal ?? code))));
}
