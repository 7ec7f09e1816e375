/** A Postgres server of a test's own, in a folder of its own, reached by a socket in there: no port, and nobody else. */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { vi } from 'vitest';

const run = promisify(execFile);
/** Debian keeps each version's programs by themselves, clients' and servers'. */
const DEBIAN = '/usr/lib/postgresql';
const WAIT = { timeout: 20_000, interval: 50 };

interface User {
  readonly uid?: number;
  readonly gid?: number;
}

/** Whoever starts it stops it. */
export class PostgresServer {
  readonly #folder: string;
  readonly #user: User;
  #process: ChildProcess | undefined;
  #databases = 0;

  private constructor(folder: string, user: User) {
    this.#folder = folder;
    this.#user = user;
  }

  static async start(): Promise<PostgresServer> {
    const folder = await mkdtemp(join(tmpdir(), 'gridcast-pg-'));
    const user = await unprivileged();
    if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
    const server = new PostgresServer(folder, user);
    const args = ['--no-sync', '--username=gridcast', '--auth=trust', '--encoding=UTF8', '--locale=C'];
    try {
      await run(program('initdb'), [...args, `--pgdata=${server.#data}`], { ...user, cwd: folder });
      await server.resume();
      return server;
    } catch (error) {
      await server.close();
      throw error;
    }
  }

  get #data(): string {
    return join(this.#folder, 'data');
  }

  /** Runs again, with what it had, after `stop`. */
  async resume(): Promise<void> {
    const args = ['-D', this.#data, '-k', this.#folder, '-c', 'listen_addresses=', '-c', 'fsync=off'];
    this.#process = spawn(program('postgres'), args, { ...this.#user, cwd: this.#folder, stdio: 'ignore' });
    await vi.waitFor(() => this.query('postgres', 'select 1'), WAIT);
  }

  /** The address of a new, empty database. */
  async create(options = ''): Promise<string> {
    this.#databases += 1;
    const name = `test${this.#databases}`;
    await this.query('postgres', `create database ${name} ${options}`);
    return this.url(name);
  }

  url(name: string): string {
    return `postgres:///${name}?host=${encodeURIComponent(this.#folder)}&user=gridcast`;
  }

  /** By a connection of its own. */
  async query(name: string, text: string): Promise<readonly Record<string, unknown>[]> {
    const client = new Client({ connectionString: this.url(name) });
    client.on('error', () => {});
    try {
      await client.connect();
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end().catch(() => {});
    }
  }

  /** As docs/operations.md says it is done. */
  async restore(dump: string, url: string): Promise<void> {
    await run(program('pg_restore'), ['--clean', '--if-exists', '--no-owner', `--dbname=${url}`, dump]);
  }

  /** Ends the connections to a database: gone before anybody has another turn. */
  cutOff(url: string): void {
    const name = new URL(url).pathname.slice(1);
    const query = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`;
    execFileSync(program('psql'), [`--dbname=${this.url('postgres')}`, `--command=${query}`], { stdio: 'ignore' });
  }

  /** Ends every connection and the process; its files stay. */
  async stop(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    // Fast: it does not wait for those who are connected.
    child.kill('SIGINT');
    await gone;
  }

  async close(): Promise<void> {
    await this.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

function program(name: string): string {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  // One that has a client only has no servers.
  const paths = versions.map((version) => join(DEBIAN, version, 'bin'));
  const newest = paths.find((path) => existsSync(join(path, 'initdb')));
  return newest === undefined ? name : join(newest, name);
}

/** Postgres does not run as root, in containers as little as elsewhere. */
async function unprivileged(): Promise<User> {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = await Promise.all(['-u', '-g'].map(async (what) => (await run('id', [what, 'postgres'])).stdout));
  return { uid: Number(uid), gid: Number(gid) };
}
