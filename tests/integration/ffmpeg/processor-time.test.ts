import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { isHeldUp, processorMs } from '../../../src/ffmpeg/processor-time.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

describe('the time that a process has used', () => {
  it('grows while it works, and is unknown once it is gone', async () => {
    const child = execFile('sh', ['-c', 'while :; do :; done']);
    const pid = child.pid ?? 0;
    await vi.waitFor(() => expect(processorMs(pid)).toBeGreaterThan(100), { timeout: 20_000 });
    child.kill('SIGKILL');
    await vi.waitFor(() => expect(processorMs(pid)).toBeUndefined(), WAIT);
  });

  it('does not grow while it sleeps', () => {
    const child = execFile('sleep', ['600']);
    expect(processorMs(child.pid ?? 0)).toBeLessThan(1000);
    child.kill('SIGKILL');
  });
});

describe('a process that would work if it got a processor', () => {
  it('is one that computes, not one that waits or is stopped, nor one that is gone', async () => {
    const [busy, idle] = [execFile('sh', ['-c', 'while :; do :; done']), execFile('sleep', ['600'])];
    const [working, sleeping] = [busy.pid ?? 0, idle.pid ?? 0];
    await vi.waitFor(() => expect([working, sleeping].map(isHeldUp)).toEqual([true, false]), WAIT);
    busy.kill('SIGSTOP');
    await vi.waitFor(() => expect(isHeldUp(working)).toBe(false), WAIT);
    busy.kill('SIGKILL');
    idle.kill('SIGKILL');
    await vi.waitFor(() => expect([working, sleeping].map(isHeldUp)).toEqual([false, false]), WAIT);
  });

  it('is also one in which another thread than the first computes', async () => {
    const worker = `new (require('node:worker_threads').Worker)('for (;;);', { eval: true })`;
    const child = execFile(process.execPath, ['-e', `${worker}.on('online', () => console.log('computes'))`]);
    await once(child.stdout as Readable, 'data');
    // The first has nothing to do any more.
    await vi.waitFor(() => expect(readFileSync(`/proc/${child.pid}/stat`, 'latin1')).toMatch(/^\d+ \(.*\) S /), WAIT);
    await vi.waitFor(() => expect(isHeldUp(child.pid ?? 0)).toBe(true), WAIT);
    child.kill('SIGKILL');
  });
});
