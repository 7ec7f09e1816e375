import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { nullLogger } from '../../../../src/logger.ts';
import { WorkerProcess } from '../../../../src/recorder/jobs/worker-process.ts';
import { systemClock } from '../../../../src/util/clock.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

const WAIT = { timeout: 30_000, interval: 25 };
const RESTART = { firstMs: 10, maxMs: 50, attempts: 100, forgetAfterMs: 60_000 };

/** A worker that writes its number to a file at its start, and `end` when it is asked to stop. */
async function script(dir: string, stop: string): Promise<{ path: string; starts(): Promise<number[]>; log: string }> {
  const path = join(dir, 'worker.mjs');
  const log = join(dir, 'log');
  await writeFile(
    path,
    `import { appendFileSync } from 'node:fs';
     appendFileSync(process.env.LOG, process.pid + '\\n');
     process.on('SIGTERM', () => { ${stop} });
     process.once('disconnect', () => process.exit(0));`,
  );
  const read = (): Promise<string> => readFile(log, 'utf8').catch(() => '');
  return { path, log, starts: async () => (await read()).split('\n').filter(Boolean).map(Number) };
}

function start(path: string, log: string, graceMs?: number): WorkerProcess {
  const worker = new WorkerProcess({
    command: [process.execPath, path],
    env: { LOG: log },
    clock: systemClock,
    log: nullLogger,
    restart: RESTART,
    ...(graceMs === undefined ? {} : { graceMs }),
  });
  onTestFinished(() => worker.close());
  return worker;
}

const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('WorkerProcess', () => {
  it('starts the worker again when it is killed, and is gone after close', async () => {
    const dir = await tempDir();
    const { path, log, starts } = await script(dir, 'process.exit(0)');
    const worker = start(path, log);
    await vi.waitFor(async () => expect(await starts()).toHaveLength(1), WAIT);
    process.kill(worker.pid ?? 0, 'SIGKILL');
    await vi.waitFor(async () => expect(await starts()).toHaveLength(2), WAIT);
    const pids = await starts();
    expect(worker.pid).toBe(pids[1]);
    await Promise.all([worker.close(), worker.close()]);
    expect(pids.map(alive)).toEqual([false, false]);
    expect(await starts()).toEqual(pids);
  });

  it('kills a worker that does not end when asked to', async () => {
    const dir = await tempDir();
    const { path, log, starts } = await script(dir, '');
    const worker = start(path, log, 50);
    await vi.waitFor(async () => expect(await starts()).toHaveLength(1), WAIT);
    const pid = worker.pid ?? 0;
    await worker.close();
    expect(alive(pid)).toBe(false);
  });

  it('survives a program that cannot be started', async () => {
    const dir = await tempDir();
    const worker = new WorkerProcess({
      command: [join(dir, 'missing')],
      env: {},
      clock: systemClock,
      log: nullLogger,
      restart: RESTART,
    });
    await worker.close();
    expect(worker.pid).toBeUndefined();
  });

  it('ends with its server, even when that is killed', async () => {
    const dir = await tempDir();
    const { path, log, starts } = await script(dir, 'process.exit(0)');
    const source = join(import.meta.dirname, '../../../../src');
    const parent = join(dir, 'parent.ts');
    await writeFile(
      parent,
      `import { WorkerProcess } from '${source}/recorder/jobs/worker-process.ts';
       import { nullLogger } from '${source}/logger.ts';
       import { systemClock } from '${source}/util/clock.ts';
       new WorkerProcess({ command: [process.execPath, '${path}'], env: { LOG: '${log}' }, clock: systemClock, log: nullLogger });`,
    );
    const server = spawn(process.execPath, [parent], { stdio: ['ignore', 'inherit', 'inherit'] });
    await vi.waitFor(async () => expect(await starts()).toHaveLength(1), WAIT);
    const [pid = 0] = await starts();
    server.kill('SIGKILL');
    await vi.waitFor(() => expect(alive(pid)).toBe(false), WAIT);
  });
});
