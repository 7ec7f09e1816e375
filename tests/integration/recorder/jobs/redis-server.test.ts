import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConfigError, UnavailableError } from '../../../../src/errors.ts';
import { nullLogger } from '../../../../src/logger.ts';
import { connectRedis, type RedisLink } from '../../../../src/recorder/jobs/redis-connection.ts';
import { RedisServer, type RedisServerOptions } from '../../../../src/recorder/jobs/redis-server.ts';
import { systemClock } from '../../../../src/util/clock.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 30_000 };

let dir: string;
const servers: RedisServer[] = [];
const links: RedisLink[] = [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gridcast-rs-'));
});
afterEach(async () => {
  await Promise.all(links.splice(0).map((link) => link.close()));
  await Promise.all(servers.splice(0).map((server) => server.close()));
  await rm(dir, { recursive: true, force: true });
});

async function start(options: Partial<RedisServerOptions> = {}): Promise<RedisServer> {
  const restart = { firstMs: 10, maxMs: 100, attempts: 100, forgetAfterMs: 60_000 };
  const server = await RedisServer.start({ dir, log: nullLogger, clock: systemClock, restart, ...options });
  servers.push(server);
  return server;
}

function client(url: string): Redis {
  const link = connectRedis(url, 'worker', () => {});
  links.push(link);
  return link.redis;
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('a connection to Redis', () => {
  it.each(['queue', 'worker'] as const)('of a %s is closed also when the server stands still', async (role) => {
    const { pid = 0, url } = await start();
    const link = connectRedis(url, role, () => {});
    await vi.waitFor(() => expect(link.redis.status).toBe('ready'), WAIT);
    process.kill(pid, 'SIGSTOP');
    try {
      await link.close();
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await expect(link.redis.ping()).rejects.toThrow();
  });
});

describe('RedisServer', () => {
  it('answers on a socket that only its user can open, refuses to forget, and is gone after close', async () => {
    const server = await start();
    const redis = client(server.url);
    expect(await redis.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
    expect(await redis.config('GET', 'port')).toEqual(['port', '0']);
    expect((await stat(join(dir, 'redis.sock'))).mode & 0o777).toBe(0o700);
    const pid = server.pid ?? 0;
    await Promise.all([server.close(), server.close()]);
    expect(alive(pid)).toBe(false);
  });

  it('comes back after kill -9 at the same address with what was written', async () => {
    const server = await start();
    const redis = client(server.url);
    await redis.set('kept', 'yes');
    // The file is written once a second; WAITAOF exists from 7.2 on, a rewrite of the configuration forces it everywhere.
    await redis.config('SET', 'appendfsync', 'always');
    await redis.set('kept too', 'yes');
    const pid = server.pid ?? 0;
    process.kill(pid, 'SIGKILL');
    expect(await redis.get('kept')).toBe('yes');
    expect(await redis.get('kept too')).toBe('yes');
    expect(server.pid).not.toBe(pid);
  });

  it('begins anew when its file is damaged, and sets that aside', async () => {
    const first = await start();
    await client(first.url).set('kept', 'yes');
    await first.close();
    const folder = join(dir, 'appendonlydir');
    const [name = ''] = (await readdir(folder)).filter((each) => each.endsWith('.incr.aof'));
    const bytes = await readFile(join(folder, name));
    // What a power cut leaves where the disk had not written what it had promised.
    await writeFile(join(folder, name), Buffer.concat([bytes.subarray(0, 20), Buffer.alloc(4096), bytes]));
    const second = await start();
    const redis = client(second.url);
    expect(await redis.get('kept')).toBeNull();
    await redis.set('new', 'yes');
    expect(await readdir(join(dir, 'appendonlydir.damaged'))).toContain(name);
    await second.close();
    expect(await client((await start()).url).get('new')).toBe('yes');
  });

  it('ends the server that a crashed owner left behind before it takes the folder over', async () => {
    const socket = join(dir, 'redis.sock');
    const options = ['--port', '0', '--dir', dir, '--appendonly', 'yes', '--appendfsync', 'always'];
    const orphan = spawn('redis-server', [...options, '--unixsocket', socket, '--pidfile', join(dir, 'redis.pid')], {
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => orphan.once('exit', (code, signal) => resolve(code ?? signal)));
    await client(socket).set('kept', 'yes');
    const server = await start();
    // SIGTERM, which redis-server answers with an orderly end.
    expect(await ended).toBe(0);
    expect(await client(server.url).get('kept')).toBe('yes');
  });

  it('does not touch a stranger whose number stands in the pid file', async () => {
    const stranger: ChildProcess = spawn('sleep', ['60'], { stdio: 'ignore' });
    await writeFile(join(dir, 'redis.pid'), `${stranger.pid}\n`);
    await start();
    expect(stranger.exitCode).toBeNull();
    expect(stranger.signalCode).toBeNull();
    stranger.kill('SIGKILL');
  });

  it('uses a short socket path when the data folder lies deep', async () => {
    const deep = join(dir, 'd'.repeat(60), 'e'.repeat(60));
    await mkdir(deep, { recursive: true });
    const server = await start({ dir: deep });
    expect(await client(server.url).ping()).toBe('PONG');
    const folder = decodeURI(new URL(server.url).pathname).replace('/redis.sock', '');
    expect(folder.length).toBeLessThan(80);
    await server.close();
    await expect(stat(folder)).rejects.toThrow();
  });

  it('dies with its parent, even when that is killed', async () => {
    const script = join(dir, 'parent.ts');
    const source = join(import.meta.dirname, '../../../../src');
    await writeFile(
      script,
      `import { RedisServer } from '${source}/recorder/jobs/redis-server.ts';
       import { nullLogger } from '${source}/logger.ts';
       import { systemClock } from '${source}/util/clock.ts';
       const server = await RedisServer.start({ dir: '${dir}/redis', log: nullLogger, clock: systemClock });
       process.stdout.write(String(server.pid));`,
    );
    const parent = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (data) => resolve(Number(data))));
    expect(alive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await vi.waitFor(async () => {
      expect(await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).toBe('');
    }, WAIT);
  });

  it('says how to install a missing program', async () => {
    const failure = await start({ program: join(dir, 'no-redis') }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConfigError);
    expect(String(failure)).toMatch(/apt-get install redis-server/);
  });

  it('quotes the last words of a server that does not start', async () => {
    const broken = join(dir, 'broken-redis');
    await writeFile(broken, '#!/bin/sh\n[ "$1" = --version ] && exit 0\necho "no such luck"\nexit 3\n');
    await chmod(broken, 0o755);
    const failure = await start({ program: broken }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UnavailableError);
    expect(String(failure)).toMatch(/no such luck/);
  });
});
