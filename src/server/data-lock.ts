/** One server for one data folder and one database: a second one would end the first one's Redis and take over its recordings. */
import { createHash } from 'node:crypto';
import { mkdir, realpath, rm } from 'node:fs/promises';
import { type Server, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { ConfigError } from '../errors.ts';

/** Recordings are for admins only, and so is the folder that holds them. */
const OWNER_ONLY = 0o700;
// sun_path holds 108 bytes on Linux and 104 elsewhere.
const MAX_SOCKET_PATH = 100;

/** A listening socket: it is gone with its process, however that ends, and who finds a dead one takes its place. */
export class DataLock {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Makes the folder when it is missing. @throws ConfigError when another server uses it. */
  static async take(dataDir: string): Promise<DataLock> {
    await mkdir(dataDir, { recursive: true, mode: OWNER_ONLY }).catch((error: unknown) => {
      throw new ConfigError(
        `The data folder ${dataDir} cannot be made (${String(error)}); set GRIDCAST_DATA to another.`,
        error,
      );
    });
    const folder = await realpath(dataDir);
    const path = socketPath(folder, 'server.lock');
    return DataLock.#hold(path, (owner) => {
      const remedy = 'stop that one, or give this one a folder of its own with GRIDCAST_DATA.';
      return `Gridcast runs on the data folder ${dataDir} already${owner}; ${remedy}`;
    });
  }

  /** The process of the server that runs on a data folder; undefined when none does. */
  static async holder(dataDir: string): Promise<string | undefined> {
    const folder = await realpath(dataDir).catch(() => undefined);
    return folder === undefined ? undefined : ownerOf(socketPath(folder, 'server.lock'));
  }

  /** For a database, which another server may have by another data folder. @throws ConfigError when another server uses it. */
  static async takeDatabase(file: string): Promise<DataLock> {
    const folder = dirname(file);
    await mkdir(folder, { recursive: true, mode: OWNER_ONLY }).catch((error: unknown) => {
      throw new ConfigError(`The folder ${folder} cannot be made (${String(error)}); change DATABASE_URL.`, error);
    });
    return DataLock.#hold(socketPath(await realpath(folder), `${basename(file)}.lock`), (owner) => {
      const remedy = 'stop that one, or give this one another with DATABASE_URL.';
      return `Gridcast runs on the database ${file} already${owner}; ${remedy}`;
    });
  }

  /** @param taken says who has it, given ` (process 123)` or nothing */
  static async #hold(path: string, taken: (owner: string) => string): Promise<DataLock> {
    const first = await listen(path);
    if (first) return new DataLock(first);
    const owner = await ownerOf(path);
    if (owner === undefined) {
      await rm(path, { force: true });
      const second = await listen(path);
      if (second) return new DataLock(second);
    }
    throw new ConfigError(taken(owner ? ` (process ${owner})` : ''));
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
    });
  }
}

function socketPath(folder: string, name: string): string {
  const inside = join(folder, name);
  if (Buffer.byteLength(inside) <= MAX_SOCKET_PATH) return inside;
  return join(tmpdir(), `gridcast-${createHash('sha256').update(inside).digest('hex').slice(0, 24)}.lock`);
}

/** Undefined when the path is taken. */
function listen(path: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.end(String(process.pid));
    });
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else
        reject(new ConfigError(`The lock ${path} cannot be made (${error.message}); is its folder writable?`, error));
    });
    server.listen(path, () => resolve(server));
    server.unref();
  });
}

/** The process that answers on the lock; undefined when nobody does. */
function ownerOf(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(path);
    socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
    socket.on('error', () => resolve(undefined));
    socket.on('close', () => resolve(answer));
  });
}
