/** A private redis-server for one test file. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nullLogger } from '../../src/logger.ts';
import { RedisServer } from '../../src/recorder/jobs/redis-server.ts';
import { systemClock } from '../../src/util/clock.ts';

/** A running server and its end. */
export interface TestRedis {
  readonly url: string;
  readonly server: RedisServer;
  close(): Promise<void>;
}

/** Starts one in a folder of its own; restarted within 50 ms when a test kills it. */
export async function startTestRedis(): Promise<TestRedis> {
  const dir = await mkdtemp(join(tmpdir(), 'gridcast-redis-'));
  const restart = { firstMs: 50, maxMs: 500, attempts: 1000, forgetAfterMs: 60_000 };
  const server = await RedisServer.start({ dir, log: nullLogger, clock: systemClock, restart });
  return {
    url: server.url,
    server,
    async close() {
      await server.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
